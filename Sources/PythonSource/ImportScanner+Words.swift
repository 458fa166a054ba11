import CPosix

/// Words of the last source, wherever they stand: what imports alone do not tell. To be used before the source's memory
/// changes.
///
/// Supported: whole words, and beginnings of literals when the word itself begins with a quote; what stands behind a `#` on its
/// line does not count. Unsupported: telling code from the text of a string that has several lines.
extension ImportScanner {
  /// Where the word first stands; nil when it does not. Both count from 1.
  package func firstPlace(of word: String) -> (line: Int, column: Int)? {
    var found: (line: Int, column: Int)?
    forEachPlace(of: word) { offset in
      found = place(of: offset)
      return false
    }
    return found
  }

  /// Calls `body` with each string that is the first argument of a call of the function, with the place of the call: dotted
  /// names alone, or all strings of one line.
  package func forEachArgument(
    of function: String, isDotted: Bool = true, _ body: (_ text: String, _ line: Int, _ column: Int) -> Void
  ) {
    forEachPlace(of: function) { offset in
      let parenthesis = source.skipBlanks(from: offset + function.utf8.count)
      guard source[parenthesis] == UInt8(ascii: "(") else { return true }
      let argument = skip(from: parenthesis + 1, acrossLines: true)
      if let literal = literal(at: argument), !isDotted || isDottedName(literal.text[...]) {
        let place = place(of: offset)
        body(String(decoding: literal.text, as: UTF8.self), place.line, place.column)
      }
      return true
    }
  }

  /// Calls `body` with the scheme of each URL that a literal begins with: `redis` of `"redis://..."`, and the place of the
  /// scheme.
  package func forEachScheme(_ body: (_ scheme: UnsafeBufferPointer<UInt8>, _ line: Int, _ column: Int) -> Void) {
    forEachOffset(of: "://") { offset in
      var start = offset
      while start > 0, isSchemeByte(source[start - 1]) { start -= 1 }
      guard start > 0, start < offset, source[start - 1] == doubleQuote || source[start - 1] == singleQuote else {
        return true
      }
      // `url.startswith("redis://")` asks, it does not use.
      if isWeb(start..<offset) || isCommented(offset) || source.matches("startswith(", at: start - 12) { return true }
      let place = place(of: start)
      body(source.bytes(start..<offset), place.line, place.column)
      return true
    }
  }

  private func isSchemeByte(_ byte: UInt8) -> Bool {
    isNameByte(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// `http` and `https`, which most are.
  private func isWeb(_ scheme: Range<Int>) -> Bool {
    let start = scheme.lowerBound
    return source[start] == UInt8(ascii: "h") && source[start + 1] == UInt8(ascii: "t")
      && source[start + 2] == UInt8(ascii: "t") && source[start + 3] == UInt8(ascii: "p")
      && (scheme.count == 4 || scheme.count == 5 && source[start + 4] == UInt8(ascii: "s"))
  }

  /// Calls `body` with each offset where the word stands by itself, until it returns false.
  private func forEachPlace(of word: String, _ body: (Int) -> Bool) {
    let bytes = Array(word.utf8)
    guard let first = bytes.first, let last = bytes.last else { return }
    forEachOffset(of: word) { offset in
      let end = offset + bytes.count
      let isWhole =
        !(isNameByte(first) && offset > 0 && isNameByte(source[offset - 1]))
        && !(isNameByte(last) && isNameByte(source[end]))
      return isWhole && !isCommented(offset) ? body(offset) : true
    }
  }

  private func forEachOffset(of text: String, _ body: (Int) -> Bool) {
    var text = text
    text.withUTF8 { text in
      guard let needle = text.baseAddress else { return }
      var offset = 0
      while true {
        offset = cposix_find_text(source.base, offset, source.count, needle, text.count)
        guard offset < source.count, body(offset) else { return }
        offset += 1
      }
    }
  }

  private func lineStart(of offset: Int) -> Int {
    var start = offset
    while start > 0, source[start - 1] != lineFeed, source[start - 1] != carriageReturn { start -= 1 }
    return start
  }

  private func isCommented(_ offset: Int) -> Bool { source.bytes(lineStart(of: offset)..<offset).contains(hash) }

  private func place(of offset: Int) -> (line: Int, column: Int) {
    let start = lineStart(of: offset)
    let column = source.bytes(start..<offset).reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    return (1 + source.lineEnds(in: 0..<start), column)
  }
}
