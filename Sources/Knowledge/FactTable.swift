/// A table of Facts/: lines of `key field...`, sorted by the bytes of the key, searched where they lie in the binary.
///
/// Looking up a key allocates nothing but its result; the table is never copied nor split.
struct FactTable: Sendable {
  let text: StaticString

  init(_ text: StaticString) { self.text = text }

  /// What follows the key on its line (empty when nothing does), or nil when no line has the key. O(log n).
  func fields(of key: String) -> String? {
    var key = key
    return key.withUTF8 { key in
      // SAFETY: both buffers are used only inside the closures that lend them, and the text is immutable.
      text.withUTF8Buffer { table in FactTable.search(table, for: key) }
    }
  }

  /// Whether a key begins with `prefix`. O(log n).
  func hasKey(startingWith prefix: String) -> Bool {
    var prefix = prefix
    return prefix.withUTF8 { prefix in
      text.withUTF8Buffer { table in
        table[FactTable.lowerBound(table, of: prefix)...].starts(with: prefix)
      }
    }
  }

  private static func search(_ table: UnsafeBufferPointer<UInt8>, for key: UnsafeBufferPointer<UInt8>) -> String? {
    let start = lowerBound(table, of: key)
    let end = table[start...].firstIndex(of: newline) ?? table.count
    let keyEnd = table[start..<end].firstIndex(of: space) ?? end
    guard start < end, table[start..<keyEnd].elementsEqual(key) else { return nil }
    return String(decoding: table[min(keyEnd + 1, end)..<end], as: UTF8.self)
  }

  /// Where the first line begins whose key is not below `key`; the table's end when there is none.
  private static func lowerBound(_ table: UnsafeBufferPointer<UInt8>, of key: UnsafeBufferPointer<UInt8>) -> Int {
    var low = 0
    var high = table.count
    while low < high {
      var start = low + (high - low) / 2
      while start > low, table[start - 1] != newline { start -= 1 }
      var index = start
      let isBelow = Self.isKey(below: key, in: table, at: &index, limit: high)
      guard isBelow else {
        high = start
        continue
      }
      while index < high, table[index] != newline { index += 1 }
      low = min(index + 1, high)
    }
    return low
  }

  /// Whether the key that begins at `index` comes before `key`; `index` is moved to where that shows.
  private static func isKey(
    below key: UnsafeBufferPointer<UInt8>, in table: UnsafeBufferPointer<UInt8>, at index: inout Int, limit: Int
  ) -> Bool {
    var offset = 0
    while true {
      if index == limit || table[index] == space || table[index] == newline { return offset < key.count }
      if offset == key.count { return false }
      if table[index] != key[offset] { return table[index] < key[offset] }
      index += 1
      offset += 1
    }
  }
}

private let newline = UInt8(ascii: "\n")
private let space = UInt8(ascii: " ")
