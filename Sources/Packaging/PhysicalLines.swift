/// The lines of a requirements file as pip counts them, by their bytes.
struct PhysicalLines {
  private let bytes: [UInt8]
  /// Each without its line end; 0-based.
  private let lines: [Range<Int>]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var lines: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].indices.first { Self.lineEnd(in: bytes, at: $0) > 0 } ?? bytes.count
      lines.append(start..<end)
      start = end + max(1, end < bytes.count ? Self.lineEnd(in: bytes, at: end) : 1)
    }
    self.lines = lines
  }

  var count: Int { lines.count }

  func start(of line: Int) -> Int {
    lines.indices.contains(line) ? max(lines[line].lowerBound, hasMark ? 3 : 0) : bytes.count
  }

  /// What puts texts on lines of their own below a line; below -1 is at the top.
  func below(_ line: Int, _ texts: [String], _ lineEnd: String) -> (offset: Int, text: String) {
    guard lines.indices.contains(line) else { return (hasMark ? 3 : 0, texts.map { $0 + lineEnd }.joined()) }
    let end = lines[line].upperBound
    let next = end < bytes.count ? end + Self.lineEnd(in: bytes, at: end) : end
    if next > end { return (next, texts.map { $0 + lineEnd }.joined()) }
    // A backslash at the very end would swallow the first of them.
    let isJoined = bytes[lines[line]].last == UInt8(ascii: "\\")
    return (end, (isJoined ? lineEnd : "") + texts.map { lineEnd + $0 }.joined())
  }

  func isIndentedComment(_ line: Int) -> Bool {
    guard lines.indices.contains(line), let first = bytes[lines[line]].first, ASCII.isSpace(first) else { return false }
    return bytes[lines[line]].first { !ASCII.isSpace($0) } == UInt8(ascii: "#")
  }

  /// Whether the line is empty, or holds a comment that begins it.
  func endsSection(_ line: Int) -> Bool {
    let first = bytes[lines[line]].first { !ASCII.isSpace($0) }
    return first == nil || bytes[lines[line]].first == UInt8(ascii: "#")
  }

  /// Whether the comments right above a line say that it is there for tests, development or documentation.
  func isHeadedForDevelopment(_ line: Int) -> Bool {
    var above = line - 1
    while above >= 0, bytes[lines[above]].first == UInt8(ascii: "#") {
      let text = String(decoding: bytes[lines[above]], as: UTF8.self).lowercased()
      if ["test", "dev", "lint", "doc", "debug", "tool"].contains(where: { text.contains($0) }) { return true }
      above -= 1
    }
    return false
  }

  private var hasMark: Bool { bytes.starts(with: [0xEF, 0xBB, 0xBF]) }

  /// How many bytes end a line at `offset`, as Python's `str.splitlines` sees it; 0 when none do.
  private static func lineEnd(in bytes: [UInt8], at offset: Int) -> Int {
    switch bytes[offset] {
    case 0x0D: offset + 1 < bytes.count && bytes[offset + 1] == 0x0A ? 2 : 1
    case 0x0A...0x0C, 0x1C...0x1E: 1
    case 0xC2: offset + 1 < bytes.count && bytes[offset + 1] == 0x85 ? 2 : 0
    case 0xE2:
      offset + 2 < bytes.count && bytes[offset + 1] == 0x80 && (0xA8...0xA9).contains(bytes[offset + 2]) ? 3 : 0
    default: 0
    }
  }
}
