import CPosix

/// The bytes of one source, followed by at least `padding` NULs, so that looking ahead needs no checks.
///
/// The hot loops of this module read through it. SAFETY: whoever makes one keeps the memory alive and unchanged for as long as
/// it is used, with `padding` readable NULs behind it; offsets are never negative and lie at most `padding` behind the
/// end, since every loop stops at `count` or at the first NUL of the padding.
struct PaddedSource {
  static let padding = 64

  let base: UnsafePointer<UInt8>
  /// The number of bytes without the padding.
  let count: Int

  /// No source: nothing is ever read from it.
  static var empty: PaddedSource { PaddedSource(base: ("" as StaticString).utf8Start, count: 0) }

  subscript(offset: Int) -> UInt8 {
    @inline(__always) get { base[offset] }
  }

  /// Eight bytes from `offset` as a number, the first byte lowest.
  @inline(__always) func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self))
  }

  /// The bytes of a range.
  func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  func matches(_ text: StaticString, at offset: Int) -> Bool {
    guard offset >= 0, offset + text.utf8CodeUnitCount <= count else { return false }
    return text.withUTF8Buffer { bytes(offset..<offset + $0.count).elementsEqual($0) }
  }

  // MARK: - Searches

  /// How many blanks stand at `offset`.
  @inline(__always) func blanks(at offset: Int) -> Int {
    var found = Int(cposix_leading_spaces(base + offset))
    while found & 15 == 0, found > 0 {
      let more = Int(cposix_leading_spaces(base + offset + found))
      if more == 0 { break }
      found += more
    }
    return found
  }

  /// Behind the letters, digits, `_` and bytes above 0x7F that stand at `start`.
  @inline(__always) func endOfName(from start: Int) -> Int {
    var end = start
    while true {
      let found = Int(cposix_name_bytes(base + end))
      end &+= found
      if found < 16 { return end }
    }
  }

  /// Whether the word in `letters` (little-endian) stands at `offset`, and no longer one.
  @inline(__always) func isWord(_ letters: UInt64, _ length: Int, at offset: Int) -> Bool {
    word(at: offset) & ((1 << UInt64(8 * length)) &- 1) == letters && !isNameByte(base[offset + length])
  }

  /// `import`
  @inline(__always) func isImport(at offset: Int) -> Bool { isWord(0x7472_6F70_6D69, 6, at: offset) }

  /// Whether the eight bytes before `offset` end in a blank, or as `import_module` and `__import__` do.
  @inline(__always) func mayEndImporter(_ offset: Int) -> Bool {
    let word = word(at: offset &- 8)
    // "t_module" and "mport__" with their letters in little-endian order.
    return word == 0x656C_7564_6F6D_5F74 || word >> 8 == 0x5F_5F74_726F_706D || word >> 56 == 0x20
  }

  /// `as`
  @inline(__always) func isAs(at offset: Int) -> Bool { isWord(0x7361, 2, at: offset) }

  @inline(__always) func codeStops(at offset: Int) -> UInt64 { cposix_code_stops(base + offset) }

  @inline(__always) func lineEnd(from offset: Int) -> Int { cposix_find_line_end(base, offset, count) }

  @inline(__always) func stringStop(from offset: Int, quote: UInt8) -> Int {
    cposix_find_in_string(base, offset, count, quote)
  }

  @inline(__always) func tripleStop(from offset: Int, quote: UInt8) -> Int {
    cposix_find_in_triple(base, offset, count, quote)
  }

  @inline(__always) func formattedStop(from offset: Int, quote: UInt8) -> Int {
    cposix_find_in_formatted(base, offset, count, quote)
  }

  /// The number of line ends in the range.
  func lineEnds(in range: Range<Int>) -> Int { cposix_line_ends(base + range.lowerBound, range.count) }

  /// Where the last `import` ends, as a word or inside one; 0 when there is none.
  var endOfLastImport: Int { cposix_last_import(base, count) }

  var startsWithByteOrderMark: Bool { count >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF }
}
