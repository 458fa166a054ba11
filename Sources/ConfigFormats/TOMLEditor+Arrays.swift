extension TOMLEditor {
  /// Adds items, sorted by name, to the array at `path`: where they belong by `name` of those that are there when these
  /// are sorted, else at the end.
  package mutating func append(
    _ items: [Item], toArrayAt path: [String], normalize: (String) -> String, name: (ConfigNode) -> String?
  ) throws(ConfigError) {
    guard !items.isEmpty, let array = node(at: path), let nodes = array.array else { return }
    let bytes = array.place.bytes
    let writer = TOMLArrayWriter(
      text: text, indent: indent, open: bytes.lowerBound, close: bytes.upperBound - 1, nodes: nodes)
    if nodes.isEmpty { return try insert([writer.filling(items.map { quoted($0.text) })]) }
    let slots = SortedPlace.slots(for: items.map(\.name), among: nodes.map(name), normalize: normalize)
    var insertions: [(offset: Int, text: String)] = []
    for slot in Set(slots).sorted() {
      let texts = zip(items, slots).filter { $0.1 == slot }.map { quoted($0.0.text, like: nodes) }
      insertions += writer.insertions(of: texts, behind: slot)
    }
    try insert(insertions)
  }

  /// The text of a new array, an item a line.
  package func array(_ items: [Item]) -> String {
    let indent = indent
    let lines = items.map { "\(indent)\(quoted($0.text)),\(text.lineEnd)" }
    return items.isEmpty ? "[]" : "[\(text.lineEnd)\(lines.joined())]"
  }
}

/// Says what to insert into one array, in the style in which it is written.
private struct TOMLArrayWriter {
  let text: GrowingText
  let indent: String
  /// The offsets of the brackets.
  let open: Int
  let close: Int
  let nodes: [ConfigNode]

  private var lineEnd: String { text.lineEnd }

  /// What makes an empty array hold items.
  func filling(_ items: [String]) -> (offset: Int, text: String) {
    let outer = text.indentation(of: open)
    // Between brackets on lines of their own there are at most comments.
    if text.lineStart(of: close) > open {
      let line = text.lineStart(of: close)
      let comment = (open..<line).last { text.bytes[$0] == UInt8(ascii: "#") && text.isFirstOnLine($0) }
      let indent = comment.map { text.indentation(of: $0) } ?? outer + self.indent
      return (line, items.map { "\(indent)\($0),\(lineEnd)" }.joined())
    }
    return (open + 1, items.map { "\(lineEnd)\(outer)\(self.indent)\($0)," }.joined() + lineEnd + outer)
  }

  /// What puts items behind the first `slot` nodes, of which there is at least one in the array.
  func insertions(of items: [String], behind slot: Int) -> [(offset: Int, text: String)] {
    guard slot > 0 else {
      let start = nodes[0].place.bytes.lowerBound
      guard text.isFirstOnLine(start) else { return [(start, items.map { "\($0), " }.joined())] }
      let indent = text.indentation(of: start)
      return [(text.lineStart(of: start), items.map { "\(indent)\($0),\(lineEnd)" }.joined())]
    }
    let end = nodes[slot - 1].place.bytes.upperBound
    let indent = indentation(near: slot - 1)
    guard let comma = comma(behind: slot - 1) else { return insertions(of: items, behindLast: end, indent) }
    if isLineEnd(in: end..<comma) {
      // The comma stands before what follows, on the next line.
      let indent = text.indentation(of: comma)
      return [(lineStop(of: end), items.map { "\(lineEnd)\(indent), \($0)" }.joined())]
    }
    let next = text.skipBlanks(from: comma + 1)
    let isLineOver = isAtLineEnd(next) || isAtComment(next)
    if isLineOver || (next == close && isMultiline && text.isFirstOnLine(nodes[slot - 1].place.bytes.lowerBound)) {
      let place = isLineOver ? lineStop(of: comma) : comma + 1
      return [(place, items.map { "\(lineEnd)\(indent)\($0)," }.joined())]
    }
    return [(comma + 1, items.map { " \($0)," }.joined())]
  }

  /// The same for the last node, behind which no comma stands.
  private func insertions(
    of items: [String], behindLast end: Int, _ indent: String
  ) -> [(offset: Int, text: String)] {
    if !isMultiline { return [(end, items.map { ", \($0)" }.joined())] }
    let next = text.skipBlanks(from: end)
    guard isAtLineEnd(next) || isAtComment(next) else {
      return [(end, items.map { ",\(lineEnd)\(indent)\($0)" }.joined())]
    }
    let stop = lineStop(of: end)
    if nodes.count > 1, let comma = comma(behind: nodes.count - 2),
      isLineEnd(in: nodes[nodes.count - 2].place.bytes.upperBound..<comma)
    {
      let indent = text.indentation(of: comma)
      return [(stop, items.map { "\(lineEnd)\(indent), \($0)" }.joined())]
    }
    return [(end, ","), (stop, items.map { "\(lineEnd)\(indent)\($0)" }.joined(separator: ","))]
  }

  // MARK: - Looking around

  /// The comma behind a node; nil when the bracket stands there.
  private func comma(behind index: Int) -> Int? {
    var offset = nodes[index].place.bytes.upperBound
    while offset < close {
      switch text.bytes[offset] {
      case UInt8(ascii: ","): return offset
      case UInt8(ascii: "#"): offset = text.lineStop(of: offset)
      default: offset += 1
      }
    }
    return nil
  }

  private var isMultiline: Bool {
    let starts = nodes.map(\.place.bytes.lowerBound) + [close]
    let ends = [open] + nodes.map(\.place.bytes.upperBound)
    return zip(ends, starts).contains { isLineEnd(in: $0..<$1) }
  }

  private func isLineEnd(in range: Range<Int>) -> Bool { text.bytes[range].contains(UInt8(ascii: "\n")) }

  private func isAtLineEnd(_ offset: Int) -> Bool {
    text.bytes[offset] == UInt8(ascii: "\n") || text.bytes[offset] == UInt8(ascii: "\r")
  }

  private func isAtComment(_ offset: Int) -> Bool { text.bytes[offset] == UInt8(ascii: "#") }

  private func lineStop(of offset: Int) -> Int { text.lineStop(of: offset) }

  /// That of the node's line, or of the nearest node above that begins a line.
  private func indentation(near index: Int) -> String {
    let first = nodes[...index].last { text.isFirstOnLine($0.place.bytes.lowerBound) }
    return first.map { text.indentation(of: $0.place.bytes.lowerBound) }
      ?? text.indentation(of: open) + self.indent
  }
}
