/// The value of string literals.
enum PythonString {
  /// The text of a literal token; nil for bytes, t-strings and f-strings that hold replacement fields.
  ///
  /// Escapes: https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences (`\N{...}` stays as written,
  /// half a surrogate pair becomes U+FFFD).
  static func value(of token: PythonToken, in source: [UInt8]) -> String? {
    var body = source[token.start..<token.end]
    let prefix = body.prefix { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"") }
    body = body.dropFirst(prefix.count)
    guard let quote = body.first else { return nil }
    let letters = Set(prefix.map { $0 | 0x20 })
    let isTriple = body.count >= 6 && body.prefix(3).allSatisfy { $0 == quote }
    body = body.dropFirst(isTriple ? 3 : 1)
    if body.last == quote { body = body.dropLast(isTriple ? 3 : 1) }
    if letters.contains(UInt8(ascii: "b")) || letters.contains(UInt8(ascii: "t")) { return nil }
    if body.contains(0x0D) { body = withLineFeeds(body)[...] }
    if letters.contains(UInt8(ascii: "f")) {
      guard let plain = withoutDoubledBraces(body) else { return nil }
      body = plain[...]
    }
    if letters.contains(UInt8(ascii: "r")) || !body.contains(UInt8(ascii: "\\")) {
      return String(decoding: body, as: UTF8.self)
    }
    return unescape(body)
  }

  /// Python sees every line end as a line feed.
  private static func withLineFeeds(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = body
    while let byte = rest.popFirst() {
      if byte == 0x0D, rest.first == 0x0A { rest.removeFirst() }
      result.append(byte == 0x0D ? 0x0A : byte)
    }
    return result
  }

  /// The text of an f-string; nil when a brace stands alone, as it does around a replacement field.
  private static func withoutDoubledBraces(_ body: ArraySlice<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var rest = body
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
        guard rest.popFirst() == byte else { return nil }
      }
      result.append(byte)
    }
    return result
  }

  private static func unescape(_ body: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var rest = body
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
        result.append(byte)
        continue
      }
      switch escape {
      case 0x0A: break
      case UInt8(ascii: "a"): result.append(0x07)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "v"): result.append(0x0B)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(escape)
      case UInt8(ascii: "x"): appendScalar(&rest, digits: 2, radix: 16, to: &result)
      case UInt8(ascii: "u"): appendScalar(&rest, digits: 4, radix: 16, to: &result)
      case UInt8(ascii: "U"): appendScalar(&rest, digits: 8, radix: 16, to: &result)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        rest = body[(rest.startIndex - 1)...]
        appendScalar(&rest, digits: 3, radix: 8, to: &result)
      default: result += [byte, escape]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func appendScalar(
    _ rest: inout ArraySlice<UInt8>, digits: Int, radix: Int, to result: inout [UInt8]
  ) {
    let text = rest.prefix(digits).prefix { byte in
      Character(Unicode.Scalar(byte)).hexDigitValue.map { $0 < radix } ?? false
    }
    rest = rest.dropFirst(text.count)
    guard let value = UInt32(String(decoding: text, as: UTF8.self), radix: radix) else { return }
    result += Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
  }
}
