extension YAMLReader {
  /// The scalar or flow value at `start` on the current line; lines indented deeper than `indentation` may belong to it.
  mutating func scalar(from start: Int, below indentation: Int, _ depth: Int) -> YAMLNode {
    switch file[start] {
    case UInt8(ascii: "|"), UInt8(ascii: ">"): return .scalar(blockScalar(from: start, below: indentation))
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      if file[start...].starts(with: "{{".utf8) { break }
      var position = start
      let node = flow(at: &position, depth)
      go(behind: position)
      return node
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      var position = start
      let text = quoted(at: &position)
      go(behind: position)
      return .scalar(text)
    case UInt8(ascii: "*"):
      index += 1
      return .nothing
    default: break
    }
    return .scalar(plain(from: start, below: indentation))
  }

  /// Goes to the line behind the one that `position` stands on.
  private mutating func go(behind position: Int) {
    while index < lines.count, lines[index].end < position { index += 1 }
    index += 1
  }

  private mutating func plain(from start: Int, below indentation: Int) -> ScriptText {
    var text = ScriptText(file, start..<plainEnd(from: start, to: lines[index].end))
    index += 1
    while index < lines.count {
      let line = lines[index]
      guard line.start < line.end, line.indentation > indentation, file[line.start] != UInt8(ascii: "#") else { break }
      text.append(UInt8(ascii: " "), at: line.start)
      text.append(file, line.start..<plainEnd(from: line.start, to: line.end))
      index += 1
    }
    return text
  }

  /// Where a comment begins, else `end`.
  private func plainEnd(from start: Int, to end: Int) -> Int {
    var position = start
    while position < end {
      if file[position] == UInt8(ascii: "#"), position > start, file[position - 1] == UInt8(ascii: " ") {
        return position
      }
      position += 1
    }
    return end
  }

  private mutating func blockScalar(from start: Int, below indentation: Int) -> ScriptText {
    let isFolded = file[start] == UInt8(ascii: ">")
    let digit = file[start..<lines[index].end].prefix(3).first { $0 &- 0x31 < 9 }
    var width = digit.map { max(indentation, 0) + Int($0 - UInt8(ascii: "0")) }
    var text = ScriptText()
    index += 1
    while index < lines.count {
      let line = lines[index]
      if line.start < line.end {
        if width == nil, line.indentation > indentation { width = line.indentation }
        guard let width, line.indentation >= width else { break }
        text.append(file, min(line.first + width, line.end)..<line.end)
      }
      // A backslash in front of a line end is meant to join lines, folded or not.
      let joins = isFolded && line.start < line.end && text.bytes.last != UInt8(ascii: "\\")
      text.append(UInt8(ascii: joins ? " " : "\n"), at: line.end)
      index += 1
    }
    return text
  }

  /// A quoted scalar at its quote; `position` goes behind the closing one.
  func quoted(at position: inout Int) -> ScriptText {
    let quote = file[position]
    var text = ScriptText()
    position += 1
    while position < file.count {
      let byte = file[position]
      let next = position + 1 < file.count ? file[position + 1] : 0
      if byte == quote, quote == UInt8(ascii: "'"), next == quote {
        text.append(quote, at: position)
        position += 2
      } else if byte == quote {
        position += 1
        return text
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        switch next {
        case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"), at: position)
        case UInt8(ascii: "t"), UInt8(ascii: "\n"): text.append(UInt8(ascii: " "), at: position)
        default: text.append(next, at: position)
        }
        position += 2
      } else if byte == UInt8(ascii: "\n") {
        text.append(UInt8(ascii: " "), at: position)
        position += 1
      } else {
        text.append(byte, at: position)
        position += 1
      }
    }
    position = file.count
    return text
  }

  // MARK: - Flow

  /// A flow value; `position` goes behind it.
  private func flow(at position: inout Int, _ depth: Int) -> YAMLNode {
    skipSpace(&position)
    guard position < file.count else { return .nothing }
    guard depth < Self.maximumDepth else {
      position = file.count
      return .nothing
    }
    switch file[position] {
    case UInt8(ascii: "["):
      position += 1
      var items: [YAMLNode] = []
      while !isClosed(by: UInt8(ascii: "]"), &position) { items.append(flow(at: &position, depth + 1)) }
      return .sequence(items)
    case UInt8(ascii: "{"):
      position += 1
      var entries: [(key: String, value: YAMLNode)] = []
      while !isClosed(by: UInt8(ascii: "}"), &position) {
        let name = flow(at: &position, depth + 1).scalar?.string ?? ""
        skipSpace(&position)
        guard position < file.count, file[position] == UInt8(ascii: ":") else { continue }
        position += 1
        entries.append((name, flow(at: &position, depth + 1)))
      }
      return .mapping(entries)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .scalar(quoted(at: &position))
    default: return flowPlain(&position)
    }
  }

  private func flowPlain(_ position: inout Int) -> YAMLNode {
    let start = position
    var end = position
    while position < file.count {
      let byte = file[position]
      if ",[]{}\n".utf8.contains(byte) { break }
      let next = position + 1 < file.count ? file[position + 1] : 0x0A
      if byte == UInt8(ascii: ":"), next == UInt8(ascii: " ") || next == 0x0A || next == 0x2C || next == 0x7D { break }
      position += 1
      if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\r") { end = position }
    }
    // A bracket that closes nothing must not be met again.
    if position == start, position < file.count { position += 1 }
    return start == end ? .nothing : .scalar(ScriptText(file, start..<end))
  }

  /// Whether the closing bracket stands here, which is taken; true at the end of the file, too.
  private func isClosed(by bracket: UInt8, _ position: inout Int) -> Bool {
    skipSpace(&position, commas: true)
    guard position < file.count else { return true }
    guard file[position] == bracket else { return false }
    position += 1
    return true
  }

  private func skipSpace(_ position: inout Int, commas: Bool = false) {
    while position < file.count {
      switch file[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): position += 1
      case UInt8(ascii: ",") where commas: position += 1
      case UInt8(ascii: "#")
      where position > 0 && (file[position - 1] == UInt8(ascii: " ") || file[position - 1] == 0x0A):
        while position < file.count, file[position] != UInt8(ascii: "\n") { position += 1 }
      default: return
      }
    }
  }
}
