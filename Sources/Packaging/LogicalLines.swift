/// Splits the text of a requirements file the way pip does: lines end where Python's `str.splitlines` ends them, a
/// backslash joins a line with the next, and a comment begins at `#` at a line's start or behind white space.
enum LogicalLines {
  typealias Scalars = RequirementsText.Scalars

  static func lines(of text: Scalars) -> [LogicalLine] {
    var result: [LogicalLine] = []
    var joined: Scalars = []
    var pieces: [LogicalLine.Piece] = []
    func end() {
      if let line = LogicalLine(joining: joined, pieces) { result.append(line) }
      joined = []
      pieces = []
    }
    for (number, line) in zip(1..., physicalLines(text[...])) {
      let isComment = startsWithComment(line)
      let isContinued = line.last == "\\" && !isComment
      // A blank before it, so that a comment behind a continuation is still seen as one.
      if isComment { joined.append(" ") }
      let body = isContinued ? withoutBackslashes(line) : line
      pieces.append(.init(offset: joined.count, line: number, column: 1 + body.startIndex - line.startIndex))
      joined += body
      if !isContinued { end() }
    }
    if !pieces.isEmpty { end() }
    return result
  }

  static func physicalLines(_ text: ArraySlice<Unicode.Scalar>) -> [ArraySlice<Unicode.Scalar>] {
    var lines: [ArraySlice<Unicode.Scalar>] = []
    var start = text.startIndex
    while start < text.endIndex {
      let end = text[start...].firstIndex(where: endsLine) ?? text.endIndex
      lines.append(text[start..<end])
      start = end + 1
      if end < text.endIndex, text[end] == "\r", start < text.endIndex, text[start] == "\n" { start += 1 }
    }
    return lines
  }

  private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// What Python's `str.isspace` and `\s` match.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return ASCII.isSpace(UInt8(scalar.value)) }
    return scalar.properties.isWhitespace
  }

  static func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    var rest = scalars.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }

  private static func startsWithComment(_ line: ArraySlice<Unicode.Scalar>) -> Bool {
    line.first { !isSpace($0) } == "#"
  }

  /// The index of the `#` that begins a comment, or the end.
  static func commentStart(_ line: Scalars) -> Int {
    line.indices.first { line[$0] == "#" && ($0 == 0 || isSpace(line[$0 - 1])) } ?? line.endIndex
  }

  private static func withoutBackslashes(_ line: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    var rest = line.drop { $0 == "\\" }
    while rest.last == "\\" { rest.removeLast() }
    return rest
  }
}
