/// A checksum that tells a file that was not written whole, or was changed by accident.
struct CacheSum {
  let value: UInt64

  init(of bytes: ArraySlice<UInt8>) {
    let prime: UInt64 = 0x9E37_79B9_7F4A_7C15
    value = bytes.withUnsafeBytes { bytes in
      // Four sums side by side: each step is a bijection of what it has, so that one changed byte always shows.
      var sums: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, UInt64(bytes.count))
      var offset = 0
      func word(_ place: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: offset + place, as: UInt64.self) }
      func turned(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        let product = (sum ^ word) &* prime
        return product << 31 | product >> 33
      }
      while offset + 32 <= bytes.count {
        sums = (turned(sums.0, word(0)), turned(sums.1, word(8)), turned(sums.2, word(16)), turned(sums.3, word(24)))
        offset += 32
      }
      for byte in bytes[offset...] { sums.0 = turned(sums.0, UInt64(byte)) }
      return turned(turned(turned(sums.0, sums.1), sums.2), sums.3)
    }
  }

  /// Whether the last eight bytes are the sum of those before them.
  static func isRight(at bytes: [UInt8]) -> Bool {
    let size = MemoryLayout<UInt64>.size
    guard bytes.count >= size else { return false }
    let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: bytes.count - size, as: UInt64.self) }
    return CacheSum(of: bytes.dropLast(size)).value == value
  }
}
