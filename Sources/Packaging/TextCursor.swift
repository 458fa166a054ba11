/// A position in UTF-8 bytes that the parsers of this module move forward.
///
/// It never throws and never passes the end; every `take` either moves or answers false. Ranges are byte offsets from
/// the start of its text. The bytes are only lent: a cursor lives within the closure of `reading` that made it.
struct TextCursor {
  // SAFETY: every access is guarded by `position < bytes.count` or takes a range that this cursor has given out, and
  // `reading` keeps the bytes alive and unchanged as long as its closure runs.
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Gives `body` a cursor at the start of the bytes.
  @inline(__always)
  static func reading<Result, Failure: Error>(
    _ bytes: Span<UInt8>, _ body: (inout TextCursor) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try bytes.withUnsafeBufferPointer { (pointer) throws(Failure) -> Result in
      var cursor = TextCursor(pointer)
      return try body(&cursor)
    }
  }

  var count: Int { bytes.count }
  var isAtEnd: Bool { position == bytes.count }
  var current: UInt8? { position < bytes.count ? bytes[position] : nil }
  /// The byte here, 0 at the end.
  var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

  /// The byte at an offset, 0 outside the text.
  subscript(offset: Int) -> UInt8 { offset >= 0 && offset < bytes.count ? bytes[offset] : 0 }

  /// A cursor at the start of a part of the text.
  func part(_ range: Range<Int>) -> TextCursor { TextCursor(UnsafeBufferPointer(rebasing: bytes[range])) }

  /// What lies between here and the end.
  var rest: TextCursor { part(position..<bytes.count) }

  /// Takes one byte when it stands here.
  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Takes the ASCII text when it stands here; with `ignoringCase`, `text` must be in lower case.
  mutating func take(_ text: StaticString, ignoringCase: Bool = false) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - position >= count else { return false }
    let wanted = text.utf8Start
    for index in 0..<count {
      let byte = bytes[position + index]
      guard (ignoringCase ? ASCII.lowercased(byte) : byte) == wanted[index] else { return false }
    }
    position += count
    return true
  }

  /// Takes bytes as long as they satisfy the predicate; gives where they stand.
  @inline(__always)
  @discardableResult
  mutating func takeWhile(_ predicate: (UInt8) -> Bool) -> Range<Int> {
    let start = position
    while position < bytes.count, predicate(bytes[position]) { position += 1 }
    return start..<position
  }

  mutating func skipBlanks() { takeWhile(ASCII.isBlank) }

  /// Takes what Python's `\s` matches: white space of Unicode too.
  mutating func skipSpace() {
    while position < bytes.count {
      if ASCII.isSpace(bytes[position]) {
        position += 1
      } else if let length = Whitespace.length(atStartOf: self, position) {
        position += length
      } else {
        return
      }
    }
  }

  /// The text without what Python's `str.strip` takes from both ends.
  func trimmed() -> TextCursor {
    var cursor = self
    cursor.skipSpace()
    var end = bytes.count
    while end > cursor.position {
      if ASCII.isSpace(bytes[end - 1]) {
        end -= 1
      } else if let length = Whitespace.length(atEndOf: self, end) {
        end -= length
      } else {
        break
      }
    }
    return part(cursor.position..<max(end, cursor.position))
  }

  /// Goes back to a position taken before.
  mutating func rewind(to earlier: Int) { position = min(earlier, position) }

  /// The column of a byte offset: 1-based, in Unicode scalars.
  func column(at offset: Int) -> Int {
    1 + bytes[..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 }
  }

  /// The text of a range, with U+FFFD for what is not UTF-8.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The whole text.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  func allSatisfy(_ predicate: (UInt8) -> Bool) -> Bool { bytes.allSatisfy(predicate) }

  func allSatisfy(_ range: Range<Int>, _ predicate: (UInt8) -> Bool) -> Bool { bytes[range].allSatisfy(predicate) }

  func elements(_ range: Range<Int>) -> [UInt8] { Array(bytes[range]) }

  /// Whether a range holds exactly that ASCII text.
  func spells(_ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    for index in 0..<range.count where bytes[range.lowerBound + index] != text.utf8Start[index] { return false }
    return true
  }

  /// Whether two texts are the same bytes.
  func isEqual(to other: TextCursor) -> Bool { bytes.count == other.count && bytes.elementsEqual(other.bytes) }

  /// Whether the other text stands somewhere in this one; the empty text stands everywhere.
  func contains(_ other: TextCursor) -> Bool {
    guard let first = other.bytes.first else { return true }
    guard other.count <= count else { return false }
    for start in 0...(count - other.count) where bytes[start] == first {
      if bytes[start..<(start + other.count)].elementsEqual(other.bytes) { return true }
    }
    return false
  }
}
