/// The lines of a file that carry a comment `# envtool: ignore`.
package struct IgnoredLines: Sendable {
  /// By line, from 1.
  package private(set) var comments: [Int: IgnoreComment] = [:]

  /// None.
  package init() {}

  package var isEmpty: Bool { comments.isEmpty }

  /// What the comment on a line says.
  package subscript(line: Int) -> IgnoreComment? { comments[line] }

  /// Adds a comment to lines.
  package mutating func add(_ comment: IgnoreComment, to lines: ClosedRange<Int>) {
    for line in lines {
      if comments[line] == nil { comments[line] = comment } else { comments[line]?.add(comment) }
    }
  }

  /// Reads a file in which a comment begins at a `#` that begins a line or stands behind white space, whatever else the
  /// line holds: requirements files, INI files, Dockerfiles, shell scripts.
  ///
  /// A line that a backslash joins with the next is one line with it.
  package init(inLinesOf bytes: [UInt8]) {
    guard Self.mayOccur(in: bytes) else { return }
    var first = 1
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, line) in zip(1..., lines) {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if let start = Self.commentStart(in: line) {
        if let comment = IgnoreComment(line[start...]) { add(comment, to: first...number) }
        first = number + 1
      } else if line.last != UInt8(ascii: "\\") {
        first = number + 1
      }
    }
  }

  private static func commentStart(in line: ArraySlice<UInt8>) -> Int? {
    line.indices.first { index in
      line[index] == UInt8(ascii: "#")
        && (index == line.startIndex || line[index - 1] == 0x20 || line[index - 1] == 0x09)
    }
  }

  /// Whether the bytes hold the word at all.
  package static func mayOccur(in bytes: [UInt8]) -> Bool {
    let word = Array("envtool".utf8)
    var rest = bytes[...]
    while let start = rest.firstIndex(of: word[0]) {
      if rest[start...].starts(with: word) { return true }
      rest = rest[(start + 1)...]
    }
    return false
  }
}
