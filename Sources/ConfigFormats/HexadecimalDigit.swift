/// The digits of escapes and of numbers in base 16.
enum HexadecimalDigit {
  /// 0 to 15, or nil when the byte is no digit.
  static func value(_ byte: UInt8) -> UInt8? {
    if byte &- 0x30 < 10 { return byte &- 0x30 }
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? letter + 10 : nil
  }
}
