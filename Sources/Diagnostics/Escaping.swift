/// Makes bytes from outside fit to be shown.
package enum Escaping {
  /// UTF-8 text in which control characters (C0, DEL, C1) and bytes that are not UTF-8 stand as `\xNN`.
  ///
  /// A terminal cannot be steered by the result, and it stays on one line.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(decoding: bytes, as: UTF8.self) }
    return escape(bytes, keepingControls: false)
  }

  /// The same for a `String`.
  package static func text(_ string: String) -> String { text(Array(string.utf8)) }

  /// Text for a JSON string: only bytes that are not UTF-8 stand as `\xNN`, the JSON writer escapes the rest.
  package static func unicode(_ bytes: some Collection<UInt8>) -> String { escape(bytes, keepingControls: true) }

  private static func escape(_ bytes: some Collection<UInt8>, keepingControls: Bool) -> String {
    var result = ""
    var start = bytes.startIndex
    while start < bytes.endIndex { start = escape(bytes, from: start, keepingControls: keepingControls, to: &result) }
    return result
  }

  /// Escapes up to and including the first byte that is not UTF-8; the index behind it.
  private static func escape<Bytes: Collection<UInt8>>(
    _ bytes: Bytes, from start: Bytes.Index, keepingControls: Bool, to result: inout String
  ) -> Bytes.Index {
    var input = bytes[start...].makeIterator()
    var decoder = UTF8()
    var consumed = start
    while true {
      switch decoder.decode(&input) {
      case .emptyInput: return bytes.endIndex
      case .scalarValue(let scalar):
        let width = UTF8.width(scalar)
        if !keepingControls && isControl(scalar) {
          for byte in bytes[consumed...].prefix(width) { result += hexadecimal(byte) }
        } else {
          result.unicodeScalars.append(scalar)
        }
        consumed = bytes.index(consumed, offsetBy: width)
      case .error:
        // One byte is wrong for certain; start again behind it.
        result += hexadecimal(bytes[consumed])
        return bytes.index(after: consumed)
      }
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.utf8.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
  }
}
