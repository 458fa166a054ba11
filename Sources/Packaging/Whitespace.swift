/// White space beyond ASCII, as Python's `str.isspace` knows it.
enum Whitespace {
  /// The bytes of the white space that begins at the offset, or nil when none beyond ASCII does.
  static func length(atStartOf text: TextCursor, _ offset: Int) -> Int? {
    let lead = text[offset]
    if lead < 0xC2 { return nil }
    if lead == 0xC2 { return isSpace(UInt32(text[offset + 1])) && text[offset + 1] >= 0x80 ? 2 : nil }
    guard lead & 0xF0 == 0xE0, text[offset + 1] & 0xC0 == 0x80, text[offset + 2] & 0xC0 == 0x80 else { return nil }
    let scalar = UInt32(lead & 0x0F) << 12 | UInt32(text[offset + 1] & 0x3F) << 6 | UInt32(text[offset + 2] & 0x3F)
    return isSpace(scalar) ? 3 : nil
  }

  /// The bytes of the white space that ends before the offset.
  static func length(atEndOf text: TextCursor, _ end: Int) -> Int? {
    guard text[end - 1] & 0xC0 == 0x80 else { return nil }
    if length(atStartOf: text, end - 2) == 2 { return 2 }
    return length(atStartOf: text, end - 3) == 3 ? 3 : nil
  }

  private static func isSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }
}
