/// The escapes of URLs: `%` and two hexadecimal digits for a byte.
///
/// Source: https://www.rfc-editor.org/rfc/rfc3986#section-2.1
enum PercentEncoding {
  /// The text that the bytes write; a `%` without two digits stands for itself, what is not UTF-8 becomes U+FFFD.
  static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy(isHexadecimal),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        result.append(value)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool { ASCII.isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
}
