// Supported: block mappings and sequences, compact ones (`- key: value`), flow ones over any number of lines, plain and quoted
// scalars over any number of lines, block scalars with their indicators, comments, several documents, anchors and tags
// (passed over), lines that a template engine takes (`{% ... %}`, passed over).
// Unsupported: aliases and merged keys (their values are none), `? key`, escapes by number. What cannot be read costs its line.
// Grammar, by lines, `n` being the indentation that what is read must have:
//   block(n)    = sequence(n) | mapping(n) | scalar
//   sequence(n) = ("-" (block(deeper) | ""))+     mapping(n) = (key ":" (block(deeper) | sequence(n) | ""))+
//   scalar      = plain | "'"..."'" | "\""...  | ("|" | ">") indicators lines(deeper) | flow
//   flow        = "[" (flow ","?)* "]" | "{" (flow (":" flow)? ","?)* "}" | scalar

/// Reads the subset of YAML that process and pipeline files are written in, with the offset of every byte.
///
/// Reading never fails. Source: https://yaml.org/spec/1.2.2/
struct YAMLReader {
  /// How deep values may lie in each other.
  static let maximumDepth = 64

  struct Line {
    /// Where the line begins, where what is left of it begins, and where it ends, without its line end.
    let first: Int
    var start: Int
    let end: Int
    /// How many columns lie before `start`.
    var indentation: Int
  }

  let file: [UInt8]
  var lines: [Line] = []
  var index = 0

  /// The documents of a file.
  static func documents(_ file: [UInt8]) -> [YAMLNode] {
    var reader = YAMLReader(file)
    var documents: [YAMLNode] = []
    while reader.index < reader.lines.count {
      if reader.peek() == nil {
        reader.index += 1
        continue
      }
      let before = reader.index
      documents.append(reader.block(from: 0, depth: 0))
      if reader.index == before { reader.index += 1 }
    }
    return documents
  }

  private init(_ file: [UInt8]) {
    self.file = file
    var first = file.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while first < file.count {
      let lineEnd = file[first...].firstIndex(of: UInt8(ascii: "\n")) ?? file.count
      var end = lineEnd
      while end > first, file[end - 1] == UInt8(ascii: "\r") || file[end - 1] == UInt8(ascii: " ") { end -= 1 }
      let start = file[first..<end].firstIndex { $0 != UInt8(ascii: " ") } ?? end
      lines.append(Line(first: first, start: start, end: end, indentation: start - first))
      first = lineEnd + 1
    }
  }

  /// The line that is read next, behind empty ones and comments; nil at the end of the document.
  mutating func peek() -> Line? {
    while index < lines.count {
      let line = lines[index]
      guard line.start < line.end else {
        index += 1
        continue
      }
      let byte = file[line.start]
      let isTemplate =
        byte == UInt8(ascii: "{") && line.start + 1 < line.end && file[line.start + 1] == UInt8(ascii: "%")
      if byte == UInt8(ascii: "#") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "%") || isTemplate {
        index += 1
        continue
      }
      let isMarker = file[line.start..<line.end].starts(with: "---".utf8) && line.start == line.first
      return isMarker ? nil : line
    }
    return nil
  }

  // MARK: - Blocks

  /// The value that begins on the next line, if that is indented by `minimum` at least.
  mutating func block(from minimum: Int, depth: Int) -> YAMLNode {
    guard let line = peek(), line.indentation >= minimum else { return .nothing }
    guard depth < Self.maximumDepth else {
      index += 1
      return .nothing
    }
    if isItem(line) { return sequence(at: line.indentation, depth) }
    if key(of: line) != nil { return mapping(at: line.indentation, depth) }
    return scalar(from: line.start, below: minimum - 1, depth)
  }

  private func isItem(_ line: Line) -> Bool {
    file[line.start] == UInt8(ascii: "-") && (line.start + 1 == line.end || file[line.start + 1] == UInt8(ascii: " "))
  }

  private mutating func sequence(at indentation: Int, _ depth: Int) -> YAMLNode {
    var items: [YAMLNode] = []
    while let line = peek(), line.indentation == indentation, isItem(line) {
      let start = content(from: line.start + 1, in: line)
      if start == line.end {
        index += 1
        items.append(block(from: indentation + 1, depth: depth + 1))
        continue
      }
      lines[index].indentation += start - line.start
      lines[index].start = start
      items.append(inner(below: indentation, depth))
    }
    return .sequence(items)
  }

  /// What stands behind the dash of an item.
  private mutating func inner(below indentation: Int, _ depth: Int) -> YAMLNode {
    let line = lines[index]
    guard depth < Self.maximumDepth else {
      index += 1
      return .nothing
    }
    if isItem(line) { return sequence(at: line.indentation, depth + 1) }
    if key(of: line) != nil { return mapping(at: line.indentation, depth + 1) }
    return scalar(from: line.start, below: indentation, depth + 1)
  }

  private mutating func mapping(at indentation: Int, _ depth: Int) -> YAMLNode {
    var entries: [(key: String, value: YAMLNode)] = []
    while let line = peek(), line.indentation >= indentation {
      guard line.indentation == indentation, !isItem(line), let (name, colon) = key(of: line) else {
        if line.indentation == indentation, isItem(line) { break }
        index += 1
        continue
      }
      let start = content(from: colon + 1, in: line)
      if start < line.end {
        entries.append((name, scalar(from: start, below: indentation, depth + 1)))
        continue
      }
      index += 1
      if let next = peek(), next.indentation == indentation, isItem(next) {
        entries.append((name, depth < Self.maximumDepth ? sequence(at: indentation, depth + 1) : .nothing))
      } else {
        entries.append((name, block(from: indentation + 1, depth: depth + 1)))
      }
    }
    return .mapping(entries)
  }

  /// Where something begins behind blanks, anchors and tags; the end of the line where only a comment follows.
  private func content(from start: Int, in line: Line) -> Int {
    var position = start
    while position < line.end {
      switch file[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): position += 1
      case UInt8(ascii: "&"), UInt8(ascii: "!"):
        while position < line.end, file[position] != UInt8(ascii: " ") { position += 1 }
      case UInt8(ascii: "#"): return line.end
      default: return position
      }
    }
    return position
  }

  /// The key that a line begins with and where its colon stands.
  private func key(of line: Line) -> (name: String, colon: Int)? {
    let quote = file[line.start]
    var position = line.start
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      guard let close = file[(position + 1)..<line.end].firstIndex(of: quote) else { return nil }
      position = close + 1
      while position < line.end, file[position] == UInt8(ascii: " ") { position += 1 }
      guard position < line.end, isColon(position, in: line) else { return nil }
      return (String(decoding: file[(line.start + 1)..<close], as: UTF8.self), position)
    }
    if "[{|>*&!%@`".utf8.contains(quote) { return nil }
    while position < line.end {
      if isColon(position, in: line) {
        return (String(decoding: file[line.start..<position], as: UTF8.self), position)
      }
      if file[position] == UInt8(ascii: "#"), file[position - 1] == UInt8(ascii: " ") { return nil }
      position += 1
    }
    return nil
  }

  private func isColon(_ position: Int, in line: Line) -> Bool {
    file[position] == UInt8(ascii: ":") && (position + 1 == line.end || file[position + 1] == UInt8(ascii: " "))
  }
}
