/// Lines and columns of byte offsets. Lines end at LF, CRLF and CR; a BOM has no width.
package struct LineTable: Sendable {
  private static let block = 1024
  private let source: [UInt8]
  private let starts: ContiguousArray<UInt32>
  /// For every block of the source the number of bytes before it that continue a scalar; empty when there are none.
  private let continuations: ContiguousArray<UInt32>

  package init(_ source: [UInt8]) {
    self.source = source
    var starts: ContiguousArray<UInt32> = [source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    starts.reserveCapacity(source.count / 32 + 1)
    var isASCII = true
    source.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        if byte >= 0x80 { isASCII = false }
        guard byte == 0x0A || byte == 0x0D else { continue }
        if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
        starts.append(UInt32(truncatingIfNeeded: index))
      }
    }
    self.starts = starts
    var continuations: ContiguousArray<UInt32> = []
    if !isASCII {
      var count: UInt32 = 0
      for (index, byte) in source.enumerated() {
        if index % Self.block == 0 { continuations.append(count) }
        if byte & 0xC0 == 0x80 { count += 1 }
      }
      continuations.append(count)
    }
    self.continuations = continuations
  }

  var isASCII: Bool { continuations.isEmpty }

  /// The line of a byte offset, from 1.
  package func line(of offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The byte offset at which a line starts.
  package func start(ofLine line: Int) -> Int { Int(starts[min(max(line, 1), starts.count) - 1]) }

  /// The line and the column in Unicode scalars, both from 1.
  package func place(of offset: Int) -> (line: Int, column: Int) {
    let line = line(of: offset)
    let start = min(start(ofLine: line), offset)
    guard !continuations.isEmpty else { return (line, offset - start + 1) }
    if offset - start < Self.block {
      let reach = min(offset, source.count)
      let more = source.withUnsafeBufferPointer { bytes in
        var count = 0
        for index in start..<max(start, reach) where bytes[index] & 0xC0 == 0x80 { count += 1 }
        return count
      }
      return (line, offset - start - more + 1)
    }
    return (line, offset - start - (continuationCount(before: offset) - continuationCount(before: start)) + 1)
  }

  private func continuationCount(before offset: Int) -> Int {
    let offset = min(offset, source.count)
    let block = offset / Self.block
    return source[(block * Self.block)..<offset].reduce(Int(continuations[block])) {
      $1 & 0xC0 == 0x80 ? $0 + 1 : $0
    }
  }
}
