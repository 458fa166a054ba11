/// A checksum that tells a file that was not written whole, or was changed by accident.
struct CacheSum {
  /// The bytes that are taken together.
  static let stepSize = 32

  // Four sums side by side: each step is a bijection of what it has, so that one changed byte always shows.
  private var sums: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  private var count: UInt64 = 0

  /// Adds bytes, a multiple of `stepSize`.
  mutating func add(_ bytes: ArraySlice<UInt8>) {
    assert(bytes.count.isMultiple(of: Self.stepSize))
    count += UInt64(bytes.count)
    var sums = self.sums
    bytes.withUnsafeBytes { bytes in
      for offset in stride(from: 0, to: bytes.count, by: Self.stepSize) {
        func word(_ place: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: offset + place, as: UInt64.self) }
        sums = (
          Self.turned(sums.0, word(0)), Self.turned(sums.1, word(8)), Self.turned(sums.2, word(16)),
          Self.turned(sums.3, word(24))
        )
      }
    }
    self.sums = sums
  }

  /// The sum of what was added and of `rest` behind it.
  func value(with rest: ArraySlice<UInt8>) -> UInt64 {
    var whole = self
    whole.add(rest.prefix(rest.count / Self.stepSize * Self.stepSize))
    let tail = rest.suffix(rest.count % Self.stepSize)
    let (first, second, third, fourth) = whole.sums
    let last = tail.reduce(first) { Self.turned($0, UInt64($1)) }
    let sums = [second, third, fourth, whole.count + UInt64(tail.count)]
    return sums.reduce(last) { Self.turned($0, $1) }
  }

  private static func turned(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let product = (sum ^ word) &* 0x9E37_79B9_7F4A_7C15
    return product << 31 | product >> 33
  }

  /// Whether the last eight bytes are the sum of those before them.
  static func isRight(at bytes: [UInt8]) -> Bool {
    let size = MemoryLayout<UInt64>.size
    guard bytes.count >= size else { return false }
    let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: bytes.count - size, as: UInt64.self) }
    return CacheSum().value(with: bytes.dropLast(size)) == value
  }
}
