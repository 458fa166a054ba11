package import ConfigFormats

/// What setuptools reads of requirements in a `setup.cfg`.
///
/// Supported: `install_requires`, `tests_require` and `setup_requires` in `[options]`, `[options.extras_require]`, lists by lines or with `;`, comment lines,
/// `file:` for either, `name` in `[metadata]`. Unsupported: `attr:`.
/// Source: https://setuptools.pypa.io/en/latest/userguide/declarative_config.html
package struct SetupConfiguration: Sendable {
  /// Requirements as text, or the files that hold them.
  package enum List: Sendable {
    case texts([ConfigParserFile.Line])
    /// `file: a.txt, b.txt`, with the place of the `file:`.
    case files([String], ConfigParserFile.Line)
  }

  /// `name` of `[metadata]`, when that is written out.
  package let name: String?
  package let requirements: List
  /// `tests_require`
  package let tests: List
  /// `setup_requires`
  package let builds: List
  /// In the order of the file.
  package let extras: [(name: String, requirements: List)]
  package let problems: [ConfigParserFile.Problem]

  /// Reads the text of a file.
  package init(_ text: String) {
    let file = ConfigParserFile(text)
    name = (file.entry("metadata", "name")?.value).flatMap { $0.hasPrefix("attr:") || $0.hasPrefix("file:") ? nil : $0 }
    func list(_ key: String, _ other: String) -> List {
      (file.entry("options", key) ?? file.entry("options", other)).map(Self.list) ?? .texts([])
    }
    requirements = list("install_requires", "install-requires")
    tests = list("tests_require", "tests-require")
    builds = list("setup_requires", "setup-requires")
    extras = file.entries.filter { $0.section == "options.extras_require" }.map { ($0.key, Self.list($0)) }
    problems = file.problems
  }

  private static func list(_ entry: ConfigParserFile.Entry) -> List {
    let lines = entry.lines.filter { !$0.text.isEmpty }
    if let first = lines.first, first.text.hasPrefix("file:") {
      let value = lines.map(\.text).joined(separator: "\n")
      let names = value.dropFirst(5).utf8.split { $0 == UInt8(ascii: ",") || $0 == 0x0A }
      return .files(
        names.map { String(decoding: ASCII.trimmed(Array($0)[...]), as: UTF8.self) }.filter { !$0.isEmpty }, first)
    }
    // A list on one line is split at semicolons, which its markers cannot hold.
    let parts = entry.lines.count == 1 ? lines.flatMap(semicolonParts) : lines
    return .texts(parts.filter { !$0.text.hasPrefix("#") })
  }

  private static func semicolonParts(_ line: ConfigParserFile.Line) -> [ConfigParserFile.Line] {
    var column = line.column
    var parts: [ConfigParserFile.Line] = []
    for part in line.text.unicodeScalars.split(separator: ";", omittingEmptySubsequences: false) {
      let blanks = part.prefix { $0 == " " || $0 == "\t" }.count
      var text = part.dropFirst(blanks)
      while let last = text.last, last == " " || last == "\t" { text.removeLast() }
      if !text.isEmpty { parts.append(.init(text: String(text), line: line.line, column: column + blanks)) }
      column += part.count + 1
    }
    return parts
  }
}
