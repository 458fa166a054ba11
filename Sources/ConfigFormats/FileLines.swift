/// The lines of a file as ranges of its bytes, without their ends and without a byte order mark.
enum FileLines {
  static func ranges(of file: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = file.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < file.count {
      let end = file[start...].firstIndex(of: UInt8(ascii: "\n")) ?? file.count
      ranges.append(start..<(end > start && file[end - 1] == UInt8(ascii: "\r") ? end - 1 : end))
      start = end + 1
    }
    return ranges
  }

  /// The first byte of a range that is neither blank nor tab; the end where there is none.
  static func content(of range: Range<Int>, in file: [UInt8]) -> Int {
    file[range].firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } ?? range.upperBound
  }

  /// Whether a line goes on in the next one.
  static func isContinued(_ range: Range<Int>, in file: [UInt8]) -> Bool {
    !range.isEmpty && file[range.upperBound - 1] == UInt8(ascii: "\\")
  }
}
