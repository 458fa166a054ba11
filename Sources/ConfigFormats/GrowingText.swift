/// The bytes of a file while something is inserted, step by step; nothing that stood there is ever changed.
package struct GrowingText: Sendable {
  package private(set) var bytes: [UInt8]
  /// For each byte whether it was inserted.
  private var isNew: [Bool]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    isNew = [Bool](repeating: false, count: bytes.count)
  }

  /// Inserts several texts at once; offsets are those of the bytes as they are now. What stands at one offset comes in the
  /// order given; an offset that is none of the text's takes the nearest that is.
  package mutating func insert(_ insertions: [(offset: Int, text: String)]) {
    let sorted = insertions.enumerated().sorted {
      ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset)
    }.map(\.element)
    for (offset, text) in sorted.reversed() {
      let place = min(max(0, offset), bytes.count)
      bytes.insert(contentsOf: text.utf8, at: place)
      isNew.insert(contentsOf: repeatElement(true, count: text.utf8.count), at: place)
    }
  }

  package mutating func insert(_ text: String, at offset: Int) { insert([(offset, text)]) }

  /// All that was inserted, as edits of the bytes as they were.
  package var edits: [TextEdit] {
    var edits: [TextEdit] = []
    var old = 0
    var index = 0
    while index < bytes.count {
      let end = isNew[index...].firstIndex { $0 != isNew[index] } ?? bytes.count
      if isNew[index] {
        edits.append(TextEdit(old..<old, replacement: Array(bytes[index..<end])))
      } else {
        old += end - index
      }
      index = end
    }
    return edits
  }

  // MARK: - Lines

  /// The line end of the file: that of its first line, a line feed when there is none.
  package var lineEnd: String {
    guard let first = bytes.firstIndex(of: lineFeed), first > 0 else { return "\n" }
    return bytes[first - 1] == carriageReturn ? "\r\n" : "\n"
  }

  /// Where the line of `offset` begins.
  package func lineStart(of offset: Int) -> Int {
    // A byte order mark stands before the first line.
    bytes[..<min(offset, bytes.count)].lastIndex(of: lineFeed).map { $0 + 1 }
      ?? (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
  }

  /// Where the line of `offset` ends, before its line end.
  package func lineStop(of offset: Int) -> Int {
    guard let end = bytes[min(offset, bytes.count)...].firstIndex(of: lineFeed) else { return bytes.count }
    return end > offset && bytes[end - 1] == carriageReturn ? end - 1 : end
  }

  /// The blanks that the line of `offset` begins with.
  package func indentation(of offset: Int) -> String {
    let blanks = bytes[lineStart(of: offset)...].prefix { isBlank($0) }
    return String(decoding: blanks, as: UTF8.self)
  }

  /// Whether nothing but blanks stands before `offset` on its line.
  package func isFirstOnLine(_ offset: Int) -> Bool {
    bytes[lineStart(of: offset)..<min(offset, bytes.count)].allSatisfy(isBlank)
  }

  /// The first offset from `offset` that holds no blank.
  package func skipBlanks(from offset: Int) -> Int {
    bytes[min(offset, bytes.count)...].firstIndex { !isBlank($0) } ?? bytes.count
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private var lineFeed: UInt8 { UInt8(ascii: "\n") }
  private var carriageReturn: UInt8 { UInt8(ascii: "\r") }
}
