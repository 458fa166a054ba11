/// An INI file as Python's `configparser` reads it with its defaults, with places; `setup.cfg` and `tox.ini` are such.
///
/// Supported: `[section]`, `key = value` and `key: value` (the earlier of the two splits), values that go on in lines
/// indented deeper than their key, with empty lines in them; comment lines that begin with `#` or `;`, also inside a
/// value; LF, CRLF and CR. A `#` behind a value belongs to it.
/// Unsupported: interpolation, and values of `[DEFAULT]` in other sections.
/// https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
package struct ConfigParserFile: Sendable {
  /// A part of a value on one line, without the white space around it; empty for an empty line inside the value.
  package struct Line: Hashable, Sendable {
    package let text: String
    /// From 1; the column counts Unicode scalars.
    package let line: Int
    package let column: Int

    package init(text: String, line: Int, column: Int) {
      self.text = text
      self.line = line
      self.column = column
    }
  }

  package struct Entry: Sendable {
    package let section: String
    /// As written.
    package let key: String
    /// At least one: what stands behind the `=`, then the lines that follow; none empty at the end but the first.
    package internal(set) var lines: [Line]

    /// The lines as `configparser` joins them.
    package var value: String { lines.map(\.text).joined(separator: "\n") }
  }

  /// Why Python would refuse the file.
  package enum Reason: Hashable, Sendable {
    case noSection
    case repeatedSection(String)
    case repeatedKey(String)
    case noValue
  }

  package struct Problem: Hashable, Sendable {
    package let reason: Reason
    package let line: Int

    package init(reason: Reason, line: Int) {
      self.reason = reason
      self.line = line
    }
  }

  package let entries: [Entry]
  package let sections: [String]
  package let problems: [Problem]

  package init(_ text: String) {
    var reader = ConfigParserReader()
    for (number, line) in zip(1..., Self.lines(of: text)) { reader.take(line, number) }
    entries = reader.finished
    sections = reader.sections
    problems = reader.problems
  }

  /// The entry of that section and key; the last when there are several.
  package func entry(_ section: String, _ key: String) -> Entry? {
    entries.last { $0.section == section && $0.key == key }
  }

  private static func lines(of text: String) -> [[Unicode.Scalar]] {
    var lines: [[Unicode.Scalar]] = [[]]
    var afterReturn = false
    for (index, scalar) in text.unicodeScalars.enumerated() {
      if index == 0, scalar == "\u{FEFF}" { continue }
      if scalar == "\r" || (scalar == "\n" && !afterReturn) {
        lines.append([])
      } else if scalar != "\n" {
        lines[lines.count - 1].append(scalar)
      }
      afterReturn = scalar == "\r"
    }
    return lines
  }
}

private struct ConfigParserReader {
  private(set) var entries: [ConfigParserFile.Entry] = []
  private(set) var sections: [String] = []
  private(set) var problems: [ConfigParserFile.Problem] = []
  private var section: String?
  private var seen: Set<[String]> = []
  private var indentation = 0
  /// Whether a deeper line would go on with the value of the last entry.
  private var isInValue = false

  /// The entries without the empty lines at their ends.
  var finished: [ConfigParserFile.Entry] {
    entries.map { entry in
      var entry = entry
      while entry.lines.count > 1, entry.lines.last?.text.isEmpty == true { entry.lines.removeLast() }
      return entry
    }
  }

  mutating func take(_ line: [Unicode.Scalar], _ number: Int) {
    let content = Self.trimmed(line[...])
    if content.first == "#" || content.first == ";" { return }
    if content.isEmpty {
      if isInValue { append(content, number) }
      return
    }
    if isInValue, content.startIndex > indentation { return append(content, number) }
    indentation = content.startIndex
    if content.first == "[", let end = content.lastIndex(of: "]"), end > content.startIndex + 1 {
      return begin(section: Self.text(content[(content.startIndex + 1)..<end]), number)
    }
    guard let section else {
      // Python gives up here; what follows may have sections all the same.
      return problems.append(.init(reason: .noSection, line: number))
    }
    guard let separator = content.firstIndex(where: { $0 == "=" || $0 == ":" }), separator > content.startIndex else {
      return problems.append(.init(reason: .noValue, line: number))
    }
    let key = Self.text(Self.trimmed(content[..<separator]))
    if !seen.insert([section, key]).inserted { problems.append(.init(reason: .repeatedKey(key), line: number)) }
    entries.append(ConfigParserFile.Entry(section: section, key: key, lines: []))
    isInValue = true
    append(Self.trimmed(content[(separator + 1)...]), number)
  }

  private mutating func begin(section name: String, _ number: Int) {
    if sections.contains(name) {
      problems.append(.init(reason: .repeatedSection(name), line: number))
    } else {
      sections.append(name)
    }
    section = name
    isInValue = false
  }

  private mutating func append(_ content: ArraySlice<Unicode.Scalar>, _ number: Int) {
    entries[entries.count - 1].lines.append(
      ConfigParserFile.Line(text: Self.text(content), line: number, column: content.startIndex + 1))
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  private static func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    var rest = scalars.drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }

  /// What Python's `str.strip` takes.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
  }
}
