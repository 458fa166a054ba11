/// Lays down values one behind the other, for `CacheReader` of the same program.
struct CacheWriter {
  private(set) var bytes: [UInt8] = []

  mutating func add<Value: BitwiseCopyable>(_ value: Value) {
    withUnsafeBytes(of: value) { bytes += $0 }
  }

  /// The bytes alone.
  mutating func addRaw(_ raw: some Sequence<UInt8>) { bytes += raw }

  /// A count, then the values as they lie in memory.
  mutating func add<Value: BitwiseCopyable>(_ values: [Value]) {
    add(values.count)
    values.withUnsafeBytes { bytes += $0 }
  }

  mutating func add(_ text: String) { add(Array(text.utf8)) }

  /// A count, then what `write` lays down for each element.
  mutating func add<List: Collection>(each list: List, _ write: (inout CacheWriter, List.Element) -> Void) {
    add(list.count)
    for element in list { write(&self, element) }
  }

  /// What `write` lays down, so that a reader can pass over it.
  mutating func addBlock(_ write: (inout CacheWriter) -> Void) {
    let start = bytes.count
    add(0)
    write(&self)
    let count = bytes.count - start - MemoryLayout<Int>.size
    withUnsafeBytes(of: count) { bytes.replaceSubrange(start..<(start + MemoryLayout<Int>.size), with: $0) }
  }

  mutating func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }
}
