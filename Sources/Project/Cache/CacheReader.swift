#if canImport(Glibc)
  import Glibc
#endif

/// What a kept file holds is not what was written.
struct CacheDamage: Error {}

/// Takes up what `CacheWriter` laid down. Bytes that nobody wrote end in an error, never in a trap.
struct CacheReader {
  private let bytes: [UInt8]
  private var offset: Int
  private let end: Int

  /// `start` is at most the number of bytes.
  init(_ bytes: [UInt8], from start: Int = 0) {
    self.bytes = bytes
    offset = start
    end = bytes.count
  }

  var isAtEnd: Bool { offset == end }

  mutating func value<Value: BitwiseCopyable>(of type: Value.Type = Value.self) throws(CacheDamage) -> Value {
    let range = try take(MemoryLayout<Value>.size)
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: range.lowerBound, as: type) }
  }

  mutating func array<Value: BitwiseCopyable>(of type: Value.Type = Value.self) throws(CacheDamage) -> [Value] {
    let count = try count(ofSize: MemoryLayout<Value>.stride)
    let range = try take(count * MemoryLayout<Value>.stride)
    return [Value](unsafeUninitializedCapacity: count) { values, filled in
      bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(values).copyMemory(from: .init(rebasing: $0[range])) }
      filled = count
    }
  }

  /// The bytes of an array where they lie.
  mutating func slice() throws(CacheDamage) -> ArraySlice<UInt8> { bytes[try take(count(ofSize: 1))] }

  mutating func text() throws(CacheDamage) -> String {
    let range = try take(count(ofSize: 1))
    return String(decoding: bytes[range], as: UTF8.self)
  }

  mutating func list<Element>(
    _ read: (inout CacheReader) throws(CacheDamage) -> Element
  ) throws(CacheDamage) -> [Element] {
    let count = try count(ofSize: 1)
    var list: [Element] = []
    list.reserveCapacity(count)
    for _ in 0..<count { list.append(try read(&self)) }
    return list
  }

  /// Whether the next array is `expected`; it is passed over.
  mutating func arrayEquals(_ expected: [UInt8]) throws(CacheDamage) -> Bool {
    let range = try take(count(ofSize: 1))
    return bytes[range].elementsEqualInMemory(expected)
  }

  /// How many elements follow, of at least that many bytes each.
  private mutating func count(ofSize size: Int) throws(CacheDamage) -> Int {
    let count = try value(of: Int.self)
    guard count >= 0, count <= (end - offset) / max(1, size) else { throw CacheDamage() }
    return count
  }

  private mutating func take(_ size: Int) throws(CacheDamage) -> Range<Int> {
    guard size <= end - offset else { throw CacheDamage() }
    defer { offset += size }
    return offset..<(offset + size)
  }
}

extension ArraySlice<UInt8> {
  fileprivate func elementsEqualInMemory(_ other: [UInt8]) -> Bool {
    guard count == other.count else { return false }
    return withUnsafeBytes { left in
      other.withUnsafeBytes { right in
        // SAFETY: both hold at least the bytes that are compared; of none there is no address.
        guard let first = left.baseAddress, let second = right.baseAddress else { return true }
        return memcmp(first, second, left.count) == 0
      }
    }
  }
}
