/// What CPython finds wrong with the escapes of string literals.
///
/// Unsupported: names of `\N{...}` that no character has but could.
/// Source: https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
enum PythonEscapes {
  /// The error of a literal with prefix and quotes; nil where it has none.
  static func error(inLiteral text: ArraySlice<UInt8>) -> String? {
    let prefix = text.prefix { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"") }.map { $0 | 0x20 }
    guard !prefix.contains(UInt8(ascii: "r")), text.count > prefix.count else { return nil }
    let quote = text[text.startIndex + prefix.count]
    let quoted = text.dropFirst(prefix.count)
    let length = quoted.count >= 6 && quoted.prefix(3).allSatisfy { $0 == quote } ? 3 : 1
    guard quoted.count >= 2 * length else { return nil }
    return error(in: quoted.dropFirst(length).dropLast(length), isBytes: prefix.contains(UInt8(ascii: "b")))
  }

  /// The error of a stretch that is not raw, in CPython's words; it counts a character beyond ASCII as ten.
  static func error(in body: ArraySlice<UInt8>, isBytes: Bool) -> String? {
    var rest = body
    var position = 0
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
        position += byte < 0x80 || isBytes ? 1 : byte & 0xC0 == 0x80 ? 0 : 10
        continue
      }
      let digits =
        switch escape {
        case UInt8(ascii: "x"): 2
        case UInt8(ascii: "u") where !isBytes: 4
        case UInt8(ascii: "U") where !isBytes: 8
        default: 0
        }
      let found = rest.prefix(digits).prefix { Character(Unicode.Scalar($0)).hexDigitValue != nil && $0 < 0x80 }
      if found.count < digits, isBytes { return #"(value error) invalid \x escape at position \#(position)"# }
      if found.count < digits {
        let letter = String(Character(Unicode.Scalar(escape)))
        return undecoded(
          position, position + 1 + found.count,
          #"truncated \\#(letter)\#(String(repeating: "X", count: digits)) escape"#)
      }
      if digits == 8, UInt32(String(decoding: found, as: UTF8.self), radix: 16).map({ $0 > 0x10FFFF }) ?? true {
        return undecoded(position, position + 9, "illegal Unicode character")
      }
      rest = rest.dropFirst(digits)
      // What is no ASCII behind a backslash is counted like any other.
      var length = escape < 0x80 ? 2 + digits : 11
      if escape == UInt8(ascii: "N"), !isBytes {
        if let (end, message) = nameError(rest) { return undecoded(position, position + 1 + end, message) }
        length += rest.prefix { $0 != UInt8(ascii: "}") }.count + 1
        rest = rest.drop { $0 != UInt8(ascii: "}") }.dropFirst()
      }
      position += length
    }
    return nil
  }

  /// What is wrong behind `\N`, and how far CPython read to find it.
  private static func nameError(_ rest: ArraySlice<UInt8>) -> (length: Int, message: String)? {
    let malformed = #"malformed \N character escape"#
    guard rest.first == UInt8(ascii: "{") else { return (0, malformed) }
    let name = rest.dropFirst().prefix { $0 != UInt8(ascii: "}") }
    guard name.count + 1 < rest.count else { return (rest.count, malformed) }
    if name.isEmpty { return (1, malformed) }
    let isName = name.allSatisfy { $0 < 0x80 && isNameByte($0) || $0 == 0x20 || $0 == UInt8(ascii: "-") }
    return isName ? nil : (name.count + 2, "unknown Unicode character name")
  }

  private static func undecoded(_ first: Int, _ last: Int, _ message: String) -> String {
    "(unicode error) 'unicodeescape' codec can't decode bytes in position \(first)-\(last): \(message)"
  }
}
