/// Lines and columns of byte offsets in a file; quickest when they are asked for in order.
struct FilePlaces {
  private let bytes: [UInt8]
  private let starts: [Int]
  private var last = (offset: 0, column: 1)

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
    self.starts = starts
    last.offset = starts[0]
  }

  /// The line and the column in Unicode scalars, both from 1.
  mutating func place(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(offset, bytes.count)
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    if last.offset < starts[low] || last.offset > offset { last = (starts[low], 1) }
    while last.offset < offset {
      if bytes[last.offset] & 0xC0 != 0x80 { last.column += 1 }
      last.offset += 1
    }
    return (low + 1, last.column)
  }
}
