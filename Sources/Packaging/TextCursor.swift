/// A position in UTF-8 bytes that the parsers of this module move forward.
///
/// It never throws and never passes the end; every `take` either moves or answers false.
struct TextCursor {
  let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  var isAtEnd: Bool { position == bytes.count }
  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Takes one byte when it stands here.
  mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  /// Takes the ASCII text when it stands here; with `ignoringCase`, `text` must be in lower case.
  mutating func take(_ text: StaticString, ignoringCase: Bool = false) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - position >= count else { return false }
    let matches = text.withUTF8Buffer { wanted in
      (0..<count).allSatisfy { index in
        let byte = bytes[position + index]
        return (ignoringCase ? ASCII.lowercased(byte) : byte) == wanted[index]
      }
    }
    if matches { position += count }
    return matches
  }

  /// Takes bytes as long as they satisfy the predicate and gives them.
  @discardableResult
  mutating func takeWhile(_ predicate: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = position
    while position < bytes.count, predicate(bytes[position]) { position += 1 }
    return bytes[start..<position]
  }

  /// Goes back to a position taken before.
  mutating func rewind(to earlier: Int) { position = min(earlier, position) }

  /// The column of a byte offset: 1-based, in Unicode scalars.
  func column(at offset: Int) -> Int {
    1 + bytes[..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 }
  }
}
