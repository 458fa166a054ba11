// Supported: `# envtool: ignore` and `# envtool: ignore[a, b]`, alone or behind other words of a comment
// (`# noqa # envtool: ignore`), with blanks or none around its parts.
// Unsupported: other letter cases, and marks for a whole file.
//   comment = "#" ... mark ...
//   mark    = "#" blank* "envtool" blank* ":" blank* "ignore" (blank* "[" names "]")?
//   names   = name ("," name)*      what is ignored: a distribution, a module, or what --check calls its findings

/// What a comment `# envtool: ignore` says of the line that it stands on.
package struct IgnoreComment: Hashable, Sendable {
  /// What it is about; everything when it names nothing.
  package private(set) var names: [String]

  /// Reads a comment from its `#` to the end of its line; nil when there is no mark in it.
  package init?(_ comment: some Collection<UInt8>) {
    let bytes = Array(comment)
    var marks: [[String]] = []
    for start in bytes.indices where bytes[start] == UInt8(ascii: "#") {
      if let names = Self.names(bytes[(start + 1)...]) { marks.append(names) }
    }
    guard !marks.isEmpty else { return nil }
    names = marks.contains([]) ? [] : marks.flatMap(\.self)
  }

  /// Whether the comment is about something for which `isMeant` holds of a name.
  package func covers(_ isMeant: (String) -> Bool) -> Bool { names.isEmpty || names.contains(where: isMeant) }

  /// Whether it is about a dotted module: its name or that of a package around it is there.
  package func covers(module: String) -> Bool {
    covers { name in
      module == name || module.utf8.starts(with: name.utf8) && module.utf8.dropFirst(name.utf8.count).first == 0x2E
    }
  }

  /// Both comments on one line.
  package mutating func add(_ other: IgnoreComment) {
    names = names.isEmpty || other.names.isEmpty ? [] : names + other.names
  }

  /// What stands in the brackets of a mark behind its `#`, empty without brackets; nil when this is no mark.
  private static func names(_ bytes: ArraySlice<UInt8>) -> [String]? {
    var rest = bytes
    func skipBlanks() { rest = rest.drop { $0 == 0x20 || $0 == 0x09 } }
    for word in ["envtool", ":", "ignore"] {
      skipBlanks()
      guard rest.starts(with: word.utf8) else { return nil }
      rest = rest.dropFirst(word.utf8.count)
    }
    if let next = rest.first, isNamePart(next) { return nil }
    skipBlanks()
    guard rest.first == UInt8(ascii: "[") else { return [] }
    guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let names = rest[(rest.startIndex + 1)..<end].split { $0 == UInt8(ascii: ",") || $0 == 0x20 || $0 == 0x09 }
    return names.isEmpty ? nil : names.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte >= 0x80 || byte &- 0x30 < 10
      || (byte | 0x20) &- 0x61 < 26
  }
}
