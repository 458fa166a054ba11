/// A copy of a source that may be read a few bytes past its end, where it is NUL.
///
/// SAFETY: the module's only unsafe memory. `base` points to `count + padding` initialised bytes that live as long as
/// this object; nobody writes to them after `init`. Readers hold the object beside the pointer and ask for offsets up to
/// `count + padding - 1` alone: every loop over bytes ends at a NUL or at `count`, and looks at most 4 bytes ahead.
final class SourceBytes {
  static let padding = 8
  let base: UnsafePointer<UInt8>
  let count: Int

  init(_ source: [UInt8]) {
    count = source.count
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: source.count + Self.padding)
    source.withUnsafeBufferPointer { bytes in
      if let first = bytes.baseAddress { memory.initialize(from: first, count: bytes.count) }
    }
    (memory + source.count).initialize(repeating: 0, count: Self.padding)
    base = UnsafePointer(memory)
  }

  deinit { base.deallocate() }
}

/// What a byte is to the lexer, looked up through one pointer.
///
/// SAFETY: 256 initialised bytes that are never freed nor changed, indexed by a byte.
struct ByteClasses: @unchecked Sendable {
  static let shared = ByteClasses()
  static let nameBit: UInt8 = 1
  static let digitBit: UInt8 = 2
  static let spaceBit: UInt8 = 4
  /// What ends a run of plain text in a string: quotes, backslash, braces, line ends, NUL.
  static let stringBit: UInt8 = 8
  let table: UnsafePointer<UInt8>

  private init() {
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in UInt8.min...UInt8.max {
      var bits: UInt8 = 0
      if isNameByte(byte) { bits |= Self.nameBit }
      if isDigit(byte) { bits |= Self.digitBit }
      if byte == 0x20 || byte == 0x09 || byte == 0x0C { bits |= Self.spaceBit }
      if "'\"\\{}\n\r\0".utf8.contains(byte) { bits |= Self.stringBit }
      (memory + Int(byte)).initialize(to: bits)
    }
    table = UnsafePointer(memory)
  }
}

func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// A letter, a digit, `_`, or a byte of a scalar beyond ASCII.
func isNameByte(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte >= 0x80 || byte &- 0x30 < 10
}
