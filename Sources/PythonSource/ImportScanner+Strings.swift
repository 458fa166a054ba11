/// String literals, skipped.
///
/// Grammar: https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals
extension ImportScanner {
  /// CPython allows 150 f-strings in one another; what nests deeper than this is read as plain text.
  private static let nestingLimit = 150

  /// Behind the literal whose opening quote stands at `quote`; an unterminated one ends with its line.
  @inline(__always) mutating func endOfString(quotedAt quote: Int) -> Int {
    if quote > 0, isPrefixEnd(source[quote &- 1]), isFormatted(quotedAt: quote) {
      return endOfFormatted(quotedAt: quote, nesting: 0)
    }
    return endOfPlain(quotedAt: quote)
  }

  /// `f`, `t`, `r` in either case: only then need the prefix be looked at.
  @inline(__always) private func isPrefixEnd(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return letter == UInt8(ascii: "f") || letter == UInt8(ascii: "r") || letter == UInt8(ascii: "t")
  }

  /// Whether the prefix before the quote is one of `f`, `fr`, `rf`, `t`, `tr`, `rt`.
  private func isFormatted(quotedAt quote: Int) -> Bool {
    var start = quote
    while start > 0, quote - start < 3, isNameByte(source[start - 1]) { start -= 1 }
    switch quote - start {
    case 1: return source[start] | 0x20 != UInt8(ascii: "r")
    case 2:
      let first = source[start] | 0x20
      let second = source[start + 1] | 0x20
      let r = UInt8(ascii: "r")
      return first == r && (second == UInt8(ascii: "f") || second == UInt8(ascii: "t"))
        || second == r && (first == UInt8(ascii: "f") || first == UInt8(ascii: "t"))
    default: return false
    }
  }

  private mutating func endOfPlain(quotedAt start: Int) -> Int {
    let quote = source[start]
    if source[start &+ 1] == quote {
      return source[start &+ 2] == quote ? endOfTriple(quotedAt: start) : start &+ 2
    }
    var offset = start &+ 1
    while true {
      offset = source.stringStop(from: offset, quote: quote)
      guard offset < source.count else { break }
      if source[offset] == quote { return offset &+ 1 }
      if source[offset] != backslash { break }
      offset = behindEscape(offset)
    }
    note("unterminated string literal", at: start)
    return min(offset, source.count)
  }

  private mutating func endOfTriple(quotedAt start: Int) -> Int {
    let quote = source[start]
    var offset = start &+ 3
    while true {
      offset = source.tripleStop(from: offset, quote: quote)
      guard offset < source.count else { return endOfUnterminated(from: start) }
      if source[offset] == backslash {
        offset = behindEscape(offset)
      } else if source[offset &+ 1] == quote, source[offset &+ 2] == quote {
        return offset &+ 3
      } else {
        offset &+= 1
      }
    }
  }

  /// A triple quote that nothing closes costs its line, the first time: what follows is rather code than text. Later ones
  /// reach to the end, so that a source full of them is not read again and again.
  private mutating func endOfUnterminated(from start: Int) -> Int {
    note("unterminated triple-quoted string literal", at: start)
    if hasRecovered { return source.count }
    hasRecovered = true
    return source.lineEnd(from: start)
  }

  /// Behind what the backslash at `offset` takes out of its meaning.
  private func behindEscape(_ offset: Int) -> Int {
    source[offset + 1] == carriageReturn && source[offset + 2] == lineFeed ? offset + 3 : offset + 2
  }

  // MARK: - f-strings and t-strings

  private mutating func endOfFormatted(quotedAt start: Int, nesting: Int) -> Int {
    let quote = source[start]
    let isTriple = source[start + 1] == quote && source[start + 2] == quote
    if !isTriple, source[start + 1] == quote { return start + 2 }
    var offset = start + (isTriple ? 3 : 1)
    while true {
      offset = source.formattedStop(from: offset, quote: quote)
      guard offset < source.count else { break }
      switch source[offset] {
      case backslash: offset = behindFormattedEscape(offset, start)
      case UInt8(ascii: "{"):
        if source[offset + 1] == UInt8(ascii: "{") {
          offset += 2
        } else {
          offset = endOfField(from: offset + 1, in: isTriple ? nil : quote, nesting: nesting)
        }
      case quote:
        if !isTriple { return offset + 1 }
        if source[offset + 1] == quote, source[offset + 2] == quote { return offset + 3 }
        offset += 1
      default:
        guard isTriple else {
          note("unterminated f-string literal", at: start)
          return offset
        }
        offset += 1
      }
    }
    if isTriple { return endOfUnterminated(from: start) }
    note("unterminated f-string literal", at: start)
    return source.count
  }

  private func behindFormattedEscape(_ offset: Int, _ start: Int) -> Int {
    // A field begins all the same.
    if source[offset + 1] == UInt8(ascii: "{") { return offset + 1 }
    let isRaw =
      start > 0 && source[start - 1] | 0x20 == UInt8(ascii: "r")
      || start > 1 && source[start - 2] | 0x20 == UInt8(ascii: "r")
    guard source[offset + 1] == UInt8(ascii: "N"), source[offset + 2] == UInt8(ascii: "{"), !isRaw else {
      return behindEscape(offset)
    }
    var end = offset + 3
    while isNameByte(source[end]) || source[end] == blank || source[end] == UInt8(ascii: "-") { end += 1 }
    return source[end] == UInt8(ascii: "}") ? end + 1 : offset + 3
  }

  /// Behind `expression[!r][:format]}`. In the format a quote gives the field up: it either stands for itself or closes the
  /// string, and what reads the string can tell.
  private mutating func endOfField(from start: Int, in quote: UInt8?, nesting: Int) -> Int {
    var brackets = 0
    var isFormat = false
    var offset = start
    while offset < source.count {
      let byte = source[offset]
      switch byte {
      case UInt8(ascii: "}") where brackets == 0: return offset + 1
      case UInt8(ascii: "{") where isFormat:
        offset =
          nesting < Self.nestingLimit ? endOfField(from: offset + 1, in: quote, nesting: nesting + 1) : offset + 1
        continue
      case UInt8(ascii: ":") where brackets == 0: isFormat = true
      case UInt8(ascii: "(") where !isFormat:
        if mayEndImporter(offset) { readDynamicImport(openedAt: offset) }
        brackets += 1
      case UInt8(ascii: "["), UInt8(ascii: "{"): if !isFormat { brackets += 1 }
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
      case doubleQuote, singleQuote:
        if isFormat { return offset }
        offset = endOfNested(quotedAt: offset, nesting: nesting)
        continue
      case hash where !isFormat:
        offset = source.lineEnd(from: offset)
        continue
      case backslash where isFormat: offset += 1
      default: break
      }
      offset += 1
    }
    return source.count
  }

  private mutating func endOfNested(quotedAt quote: Int, nesting: Int) -> Int {
    if nesting < Self.nestingLimit, isPrefixEnd(source[quote - 1]), isFormatted(quotedAt: quote) {
      return endOfFormatted(quotedAt: quote, nesting: nesting + 1)
    }
    return endOfPlain(quotedAt: quote)
  }
}
