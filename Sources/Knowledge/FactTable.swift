#if canImport(Glibc)
  import Glibc
#endif

/// A table of Facts/: lines of `key field...`, sorted by the bytes of the key, searched where they lie in the binary.
///
/// Looking up a key allocates nothing but its result; the table is never copied nor split. Keys are Strings or their UTF-8
/// bytes.
struct FactTable: Sendable {
  let text: StaticString

  /// So few bytes are searched line by line.
  private static let fewBytes = 160

  init(_ text: StaticString) { self.text = text }

  /// What follows the key on its line (empty when nothing does), or nil when no line has the key. O(log n).
  func fields(of key: String) -> String? {
    var key = key
    return key.withUTF8 { fields(of: $0) }
  }

  func fields(of key: UnsafeBufferPointer<UInt8>) -> String? {
    // SAFETY: both buffers are used only inside the closures that lend them, and the text is immutable.
    text.withUTF8Buffer { table in
      guard let start = Self.fieldsStart(table, of: key) else { return nil }
      return String(decoding: table[start..<Self.lineEnd(table, from: start)], as: UTF8.self)
    }
  }

  /// Whether a line has the key. O(log n).
  func hasKey(_ key: String) -> Bool {
    var key = key
    return key.withUTF8 { hasKey($0) }
  }

  func hasKey(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    text.withUTF8Buffer { Self.fieldsStart($0, of: key) != nil }
  }

  /// Whether a key begins with `name` and then `separator`. O(log n).
  func hasKeys(below name: String, separator: UInt8 = UInt8(ascii: ".")) -> Bool {
    var name = name
    return name.withUTF8 { name in
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: name.count + 1) { prefix in
        _ = prefix.update(fromContentsOf: name)
        prefix[name.count] = separator
        return text.withUTF8Buffer { table in
          let start = Self.lowerBound(table, of: UnsafeBufferPointer(prefix))
          return table.count - start >= prefix.count && table[start..<(start + prefix.count)].elementsEqual(prefix)
        }
      }
    }
  }

  /// Where the fields behind the key begin: at the line's end when there are none.
  private static func fieldsStart(_ table: UnsafeBufferPointer<UInt8>, of key: UnsafeBufferPointer<UInt8>) -> Int? {
    let start = lowerBound(table, of: key)
    let end = start + key.count
    guard end <= table.count, table[start..<end].elementsEqual(key) else { return nil }
    if end == table.count || table[end] == newline { return end }
    return table[end] == space ? end + 1 : nil
  }

  /// Where the first line begins whose key is not below `key`; the table's end when there is none.
  private static func lowerBound(_ table: UnsafeBufferPointer<UInt8>, of key: UnsafeBufferPointer<UInt8>) -> Int {
    var low = 0
    var high = table.count
    while high - low > fewBytes {
      let start = lineEnd(table, from: low + (high - low) / 2) + 1
      guard start < high else { break }
      if isKey(at: start, in: table, below: key) { low = start } else { high = start }
    }
    while low < high, isKey(at: low, in: table, below: key) { low = min(lineEnd(table, from: low) + 1, high) }
    return low
  }

  private static func lineEnd(_ table: UnsafeBufferPointer<UInt8>, from index: Int) -> Int {
    guard index < table.count, let base = table.baseAddress,
      // SAFETY: what is looked for lies between `index` and the table's end.
      let end = memchr(base + index, Int32(newline), table.count - index)
    else { return table.count }
    return UnsafeRawPointer(end) - UnsafeRawPointer(base)
  }

  /// Whether the key of the line that begins at `start` comes before `key`.
  private static func isKey(
    at start: Int, in table: UnsafeBufferPointer<UInt8>, below key: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var offset = 0
    while true {
      let index = start + offset
      if index == table.count || table[index] == space || table[index] == newline { return offset < key.count }
      if offset == key.count { return false }
      if table[index] != key[offset] { return table[index] < key[offset] }
      offset += 1
    }
  }
}

private let newline = UInt8(ascii: "\n")
private let space = UInt8(ascii: " ")
