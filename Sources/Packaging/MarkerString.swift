/// The string literals of markers, which Python reads as its own.
///
/// Supported: `\\ \' \" \a \b \f \n \r \t \v`, octal, `\xNN`, `\uNNNN`, `\UNNNNNNNN`; an unknown escape stands for
/// itself.
/// Unsupported: `\N{name}`, which is an error.
enum MarkerString {
  /// The text between the quotes with escapes resolved, or nil when Python would refuse the literal.
  static func unescaped(_ text: TextCursor) -> String? {
    if text.allSatisfy({ $0 != UInt8(ascii: "\\") && $0 > 0x0D }) { return text.text }
    var result = String.UnicodeScalarView()
    var scalars = text.text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if scalar == "\n" || scalar == "\r" || scalar.value == 0 { return nil }
      if scalar != "\\" {
        result.append(scalar)
        continue
      }
      guard let kind = scalars.popFirst() else { return nil }
      if let simple = simpleEscapes[kind] {
        result.append(simple)
      } else if ("0"..."7").contains(kind) {
        guard let value = octal(kind, &scalars) else { return nil }
        result.append(value)
      } else if let width = hexadecimalWidths[kind] {
        guard let value = hexadecimal(width, &scalars) else { return nil }
        result.append(value)
      } else if kind == "N" || kind.value == 0 {
        return nil
      } else if kind != "\n" {
        result.append(contentsOf: [scalar, kind])
      }
    }
    return String(result)
  }

  /// Whether the text between these quotes, as it is, stands for itself.
  static func isReadBack(_ text: String, in quote: UInt8) -> Bool {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\\") && $0 != quote }) { return true }
    if text.utf8.contains(where: { $0 < 0x20 || $0 == quote }) { return false }
    return TextCursor.reading(text.utf8.span) { cursor in unescaped(cursor) } == text
  }

  /// Text that `unescaped` gives back, for double quotes.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\t"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          result += digits.utf8.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  private static let simpleEscapes: [Unicode.Scalar: Unicode.Scalar] = [
    "\\": "\\", "'": "'", "\"": "\"", "a": "\u{7}", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
    "v": "\u{B}",
  ]

  private static let hexadecimalWidths: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]

  private static func octal(
    _ first: Unicode.Scalar, _ scalars: inout Substring.UnicodeScalarView
  ) -> Unicode.Scalar? {
    var value = first.value - 0x30
    for _ in 0..<2 {
      guard let next = scalars.first, ("0"..."7").contains(next) else { break }
      value = value * 8 + next.value - 0x30
      scalars.removeFirst()
    }
    return Unicode.Scalar(value)
  }

  private static func hexadecimal(_ width: Int, _ scalars: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
    let digits = String(scalars.prefix(width))
    guard digits.unicodeScalars.count == width, digits.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
      let value = UInt32(digits, radix: 16)
    else { return nil }
    scalars.removeFirst(width)
    return Unicode.Scalar(value)
  }
}
