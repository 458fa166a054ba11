// Each function begins at the first opening quote and ends behind the last closing one.

extension TOMLReader {
  mutating func literalString() throws(ConfigError) -> String {
    let opening = cursor.position
    cursor.position += 1
    takePlain(upTo: UInt8(ascii: "'"))
    guard cursor.take(UInt8(ascii: "'")) else { throw unclosed(opening, "'") }
    return cursor.text(opening + 1..<cursor.position - 1)
  }

  mutating func basicString() throws(ConfigError) -> String {
    let opening = cursor.position
    cursor.position += 1
    takePlain(upTo: UInt8(ascii: "\""))
    if cursor.take(UInt8(ascii: "\"")) { return cursor.text(opening + 1..<cursor.position - 1) }
    var content = Array(cursor.bytes[opening + 1..<cursor.position])
    while !cursor.take(UInt8(ascii: "\"")) {
      guard cursor.take(UInt8(ascii: "\\")) else { throw unclosed(opening, "\"") }
      content += String(try escape()).utf8
      let start = cursor.position
      takePlain(upTo: UInt8(ascii: "\""))
      content += cursor.bytes[start..<cursor.position]
    }
    return String(decoding: content, as: UTF8.self)
  }

  mutating func multilineLiteralString() throws(ConfigError) -> String {
    try multilineString(quote: UInt8(ascii: "'"))
  }

  mutating func multilineBasicString() throws(ConfigError) -> String {
    try multilineString(quote: UInt8(ascii: "\""))
  }

  private mutating func multilineString(quote: UInt8) throws(ConfigError) -> String {
    let opening = cursor.position
    cursor.position += 3
    _ = takeLineEnd()
    var content: [UInt8] = []
    while true {
      let start = cursor.position
      takePlain(upTo: quote)
      content += cursor.bytes[start..<cursor.position]
      if takeLineEnd() {
        content.append(UInt8(ascii: "\n"))
      } else if cursor.current == quote {
        let count = quotes(quote)
        content += repeatElement(quote, count: count < 3 ? count : count - 3)
        if count >= 3 { return String(decoding: content, as: UTF8.self) }
      } else if quote == UInt8(ascii: "\""), cursor.take(UInt8(ascii: "\\")) {
        if try !continuesLine() { content += String(try escape()).utf8 }
      } else {
        throw unclosed(opening, quote == UInt8(ascii: "\"") ? "\"\"\"" : "'''")
      }
    }
  }

  /// Takes up to five quotes: two that are content and three that close.
  private mutating func quotes(_ quote: UInt8) -> Int {
    var count = 0
    while count < 5, cursor.take(quote) { count += 1 }
    return count
  }

  /// Takes the blanks behind a backslash at a line's end and all empty lines and blanks below it, if it is one.
  private mutating func continuesLine() throws(ConfigError) -> Bool {
    let start = cursor.position
    skipBlanksInString()
    guard takeLineEnd() else {
      if cursor.position > start { throw cursor.expected("the end of the line behind \\ and blanks") }
      return false
    }
    repeat { skipBlanksInString() } while takeLineEnd()
    return true
  }

  private mutating func skipBlanksInString() {
    while cursor.current == UInt8(ascii: " ") || cursor.current == UInt8(ascii: "\t") { cursor.position += 1 }
  }

  /// Takes what stands for itself: up to the quote, a backslash (where the quote is double) or a control character.
  private mutating func takePlain(upTo quote: UInt8) {
    let start = cursor.position
    let escape = quote == UInt8(ascii: "\"") ? UInt8(ascii: "\\") : quote
    var bits: UInt8 = 0
    var index = start
    while true {
      let byte = cursor.bytes[index]
      if byte == quote || byte == escape || Self.isControl(byte) { break }
      bits |= byte
      index += 1
    }
    cursor.position = index
    if bits & 0x80 != 0 { cursor.countScalars(from: start) }
  }

  /// The scalar of an escape, behind its backslash.
  private mutating func escape() throws(ConfigError) -> Unicode.Scalar {
    let kind = cursor.current
    let start = cursor.position
    cursor.position += 1
    switch kind {
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return Unicode.Scalar(kind)
    case UInt8(ascii: "u"): return try codePoint(digits: 4, at: start)
    case UInt8(ascii: "U"): return try codePoint(digits: 8, at: start)
    case UInt8(ascii: "e") where version == .v1_1: return "\u{1B}"
    case UInt8(ascii: "x") where version == .v1_1: return try codePoint(digits: 2, at: start)
    default:
      cursor.position = start
      let known = version == .v1_0 ? "b t n f r \" \\ u U" : "b e t n f r \" \\ x u U"
      throw cursor.expected("one of \(known) behind \\ (a path stands well in single quotes)")
    }
  }

  private mutating func codePoint(digits: Int, at start: Int) throws(ConfigError) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = HexadecimalDigit.value(cursor.current) else {
        throw cursor.expected("\(digits) hexadecimal digits behind \\\(Unicode.Scalar(cursor.bytes[start]))")
      }
      value = value << 4 | UInt32(digit)
      cursor.position += 1
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw cursor.error("\\\(cursor.text(start..<cursor.position)) is no Unicode character", at: start - 1)
    }
    return scalar
  }

  /// Why a string cannot go on here.
  private func unclosed(_ opening: Int, _ quote: String) -> ConfigError {
    if cursor.isAtEnd { return cursor.error("a string that does not end: \(quote) is missing", at: opening) }
    let found = cursor.found(at: cursor.position)
    if cursor.current == UInt8(ascii: "\n") || cursor.current == UInt8(ascii: "\r"), quote.utf8.count == 1 {
      return cursor.error("expected \(quote) at the end of a string, found \(found)")
    }
    return cursor.error("\(found) in a string")
  }
}
