// Supported: `[section]`, `key = value`, a bare key, lines that begin with `#` or `;`, LF and CRLF. The key ends at the first `=` and at
// nothing else; what follows belongs to the value, comments and quotes too; the last character of a header's line is taken for
// its bracket. So does uWSGI's own reader (core/ini.c).
// Unsupported: `%` and `$(...)`, which are for who knows the file's place; XML, YAML and JSON.

/// A configuration of uWSGI in INI form, as uWSGI reads it, with places.
///
/// https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html#ini-files
package struct UWSGIFile: Sendable {
  package struct Section: Sendable {
    /// As uWSGI takes it: `uwsgi] # mai` for a header with a comment behind it.
    package let name: String
    /// What stands between the brackets.
    package let writtenName: String
    /// From 1.
    package let line: Int
  }

  package struct Option: Sendable {
    /// The name of the section that it stands in; empty before the first.
    package let section: String
    package let key: String
    /// Without the white space around it; nil for a bare key.
    package let value: String?
    /// Of the key, from 1; columns in Unicode scalars.
    package let line: Int
    package let column: Int
    /// Of the value.
    package let valueColumn: Int
    /// Whether it stands between `if-...` or `for...` and its end.
    package let isConditional: Bool
  }

  package private(set) var sections: [Section] = []
  package private(set) var options: [Option] = []

  package init(_ text: String) {
    var isConditional = false
    let body = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    for (number, line) in zip(1..., body.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)) {
      let content = Self.trimmed(line)
      guard let first = content.first, first != "#", first != ";" else { continue }
      if first == "[" {
        let written = content.dropFirst().prefix { $0 != "]" }
        sections.append(
          Section(name: String(content.dropFirst().dropLast()), writtenName: String(written), line: number))
        isConditional = false
        continue
      }
      let sign = content.firstIndex(of: "=")
      let key = String(Self.trimmed(content[..<(sign ?? content.endIndex)]))
      let value = sign.map { Self.trimmed(content[content.index(after: $0)...]) }
      if key.hasPrefix("end") { isConditional = false }
      let column = line.distance(from: line.startIndex, to: content.startIndex) + 1
      options.append(
        Option(
          section: sections.last?.name ?? "", key: key, value: value.map { String($0) }, line: number, column: column,
          valueColumn: value.map { line.distance(from: line.startIndex, to: $0.startIndex) + 1 } ?? column,
          isConditional: isConditional))
      if key.hasPrefix("if") || key == "for" || key.hasPrefix("for-") { isConditional = true }
    }
  }

  private static func trimmed(_ text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\r" }
    var rest = text.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return rest
  }
}
