extension TOMLEditor {
  /// Adds `key = value` to the table at `path`, which is made when it is not there: below the last table that begins as it
  /// does, else behind that of `neighbour`, else at the end of the file.
  ///
  /// `name` puts it among the keys that are there when these are sorted by it; those without a name order nothing.
  package mutating func addMember(
    _ key: String, _ value: String, toTableAt path: [String], behind neighbour: String? = nil,
    name: ((String) -> String?)? = nil
  ) throws(ConfigError) {
    if let index = layout.sections.firstIndex(where: { $0.key == path && !$0.isElement }) {
      let section = layout.sections[index]
      let line = "\(Self.key(key)) = \(value)"
      return try insert([place(of: key, line, in: section, name)])
    }
    if let table = node(at: path), table.table != nil, text.bytes[table.place.bytes.lowerBound] == UInt8(ascii: "{") {
      return try insert([inline(key, value, table)])
    }
    for section in layout.sections where !section.isElement {
      guard path.starts(with: section.key), path.count > section.key.count else { continue }
      let rest = Array(path[section.key.count...])
      guard let pair = section.pairs.last(where: { $0.key.count > rest.count && $0.key.starts(with: rest) }) else {
        continue
      }
      let line = "\(Self.key(rest + [key])) = \(value)"
      return try insert([(text.lineStop(of: pair.bytes.upperBound), "\(text.lineEnd)\(line)")])
    }
    try insert([newTable(path, "\(Self.key(key)) = \(value)", behind: neighbour)])
  }

  /// A key as a file writes it: bare where that is possible.
  static func key(_ parts: String...) -> String { key(parts) }

  static func key(_ parts: [String]) -> String {
    parts.map { part in
      let isBare =
        !part.isEmpty
        && part.utf8.allSatisfy { byte in
          (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
        }
      return isBare ? part : basicString(part)
    }.joined(separator: ".")
  }

  private func place(
    of key: String, _ line: String, in section: TOMLLayout.Section, _ name: ((String) -> String?)?
  ) -> (offset: Int, text: String) {
    guard let name, !section.pairs.isEmpty else {
      return (text.lineStop(of: section.end), "\(text.lineEnd)\(indentation(of: section))\(line)")
    }
    let names = section.pairs.map { name($0.key[0]) == nil ? nil : $0.key[0] }
    let slot = SortedPlace.slots(for: [key], among: names) { name($0) ?? $0 }[0]
    guard slot > 0 else {
      return (text.lineStart(of: section.pairs[0].bytes.lowerBound), "\(line)\(text.lineEnd)")
    }
    let pair = section.pairs[slot - 1]
    let indent = text.indentation(of: pair.bytes.lowerBound)
    return (text.lineStop(of: pair.bytes.upperBound), "\(text.lineEnd)\(indent)\(line)")
  }

  private func indentation(of section: TOMLLayout.Section) -> String {
    section.pairs.last.map { text.indentation(of: $0.bytes.lowerBound) } ?? ""
  }

  private func inline(_ key: String, _ value: String, _ table: ConfigNode) -> (offset: Int, text: String) {
    let (open, close) = (table.place.bytes.lowerBound, table.place.bytes.upperBound - 1)
    var end = close
    while end > open + 1, text.bytes[end - 1] == UInt8(ascii: " ") || text.bytes[end - 1] == UInt8(ascii: "\t") {
      end -= 1
    }
    let pair = "\(Self.key(key)) = \(value)"
    return end == open + 1 ? (open + 1, " \(pair) ") : (end, ", \(pair)")
  }

  private func newTable(_ path: [String], _ line: String, behind neighbour: String?) -> (offset: Int, text: String) {
    let lineEnd = text.lineEnd
    let table = "[\(Self.key(path))]\(lineEnd)\(line)"
    // The last of the tables that share the most of the path.
    var best: (common: Int, index: Int)?
    for (index, section) in layout.sections.enumerated().dropFirst() {
      let common = zip(path, section.key).prefix { $0 == $1 }.count
      let shared = common == 0 && section.key.first == neighbour ? 1 : common * 2
      if shared > 0, shared >= best?.common ?? 0 { best = (shared, index) }
    }
    guard let best else {
      let isBlank = text.bytes.allSatisfy { $0 == 0x0A || $0 == 0x0D || $0 == 0x20 || $0 == 0x09 }
      if isBlank { return (text.bytes.count, table + lineEnd) }
      let isClosed = text.bytes.last == UInt8(ascii: "\n")
      return (text.bytes.count, isClosed ? "\(lineEnd)\(table)\(lineEnd)" : "\(lineEnd)\(lineEnd)\(table)")
    }
    let stop = blockStop(behind: layout.sections[best.index].end)
    let isLast = best.index == layout.sections.count - 1
    let follows = isLast ? nil : layout.sections[best.index + 1].header.lowerBound
    // An empty line before the next header, if none is there.
    let gap = follows.map { text.bytes[stop..<$0].count { $0 == UInt8(ascii: "\n") } < 2 } ?? false
    return (stop, "\(lineEnd)\(lineEnd)\(table)\(gap ? lineEnd : "")")
  }

  /// Where the lines end that belong to a section's last value: comments right below it do.
  private func blockStop(behind offset: Int) -> Int {
    var stop = text.lineStop(of: offset)
    while let next = nextLine(behind: stop), text.bytes[text.skipBlanks(from: next)...].first == UInt8(ascii: "#") {
      stop = text.lineStop(of: next)
    }
    return stop
  }

  private func nextLine(behind stop: Int) -> Int? {
    guard let end = text.bytes[stop...].firstIndex(of: UInt8(ascii: "\n")), end + 1 < text.bytes.count else {
      return nil
    }
    return end + 1
  }
}
