/// An INI file as uWSGI and configparser read it, with places.
///
/// Supported: `[section]`, `key = value` and `key: value` (the earlier of the two splits), a bare key, comment lines that
/// begin with `#` or `;`, LF and CRLF. A `#` behind a value belongs to the value, as it does for uWSGI.
/// Unsupported: continuation lines, interpolation.
/// https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html#ini-files
package struct INIFile: Sendable {
  /// One `key = value` line.
  package struct Entry: Sendable {
    /// The section it stands in; empty before the first.
    package let section: String
    package let key: String
    /// Without the white space around it.
    package let value: String
    /// Of the key, both from 1.
    package let line: Int
    package let column: Int
  }

  package let entries: [Entry]
  /// The section headers in order with their lines.
  package let sections: [(name: String, line: Int)]

  package init(_ text: String) {
    var entries: [Entry] = []
    var sections: [(name: String, line: Int)] = []
    var number = 0
    // By bytes: a form feed or U+2028 ends no line here, and CRLF is one character to Swift.
    let body = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    for line in body.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Substring.init) {
      number += 1
      let content = Self.trimmed(line)
      let indentation = line.unicodeScalars.distance(from: line.startIndex, to: content.startIndex)
      guard let first = content.first, first != "#", first != ";" else { continue }
      if first == "[", let end = content.firstIndex(of: "]") {
        sections.append((String(content[content.index(after: content.startIndex)..<end]), number))
        continue
      }
      let separator = content.firstIndex { $0 == "=" || $0 == ":" } ?? content.endIndex
      entries.append(
        Entry(
          section: sections.last?.name ?? "", key: String(Self.trimmed(content[..<separator])),
          value: String(Self.trimmed(content[separator...].dropFirst())), line: number, column: indentation + 1))
    }
    self.entries = entries
    self.sections = sections
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var rest = text.drop { $0.isWhitespace }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
