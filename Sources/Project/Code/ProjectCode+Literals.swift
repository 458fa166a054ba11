package import ConfigFormats
package import Diagnostics
package import PythonSource

/// String literals of Python sources, by what they say and where.
extension ProjectCode {
  /// The literal with that text at a place, else the last one before it on the same statement's lines: the key of a value.
  package func literal(_ text: String, atOrBefore location: Location) -> PythonExpression? {
    guard let tree = tree(of: location.path), let line = location.line else { return nil }
    let place = (line, location.column ?? Int.max)
    return tree.strings(reading: text).last { literal in (literal.line, literal.column) <= place }
  }

  /// Whether a literal is made of several that stand one behind the other.
  package func isJoined(_ literal: PythonExpression, in path: SourcePath) -> Bool {
    guard let bytes = bytes(of: path), let tree = tree(of: path), tree.source == bytes else { return false }
    let quotes = bytes[literal.range].filter { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }
    return quotes.count == 4 && quotes[0] == quotes[1] && quotes[2] == quotes[3]
  }

  /// The first literal with that text at a place or behind it.
  package func literal(_ text: String, atOrAfter location: Location) -> PythonExpression? {
    guard let tree = tree(of: location.path), let line = location.line else { return nil }
    let place = (line, location.column ?? 0)
    return tree.strings(reading: text).first { literal in (literal.line, literal.column) >= place }
  }

  /// The location of a literal.
  package func location(of literal: PythonExpression, in path: SourcePath) -> Location {
    Location(path: path, line: literal.line, column: literal.column)
  }

  /// The edit that gives a plain literal other text, in the quotes that it has; nil where its bytes are not those of the file, or
  /// more than one pair of quotes makes it.
  package func edit(_ literal: PythonExpression, to text: String, in path: SourcePath) -> TextEdit? {
    guard let bytes = bytes(of: path), let tree = tree(of: path), tree.source == bytes else { return nil }
    // `r'...'` holds what it says as long as no backslash does.
    let range = literal.range.dropFirst(bytes[literal.range].prefix { "rRuU".utf8.contains($0) }.count)
    guard range.count >= 2, let quote = bytes[range].first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
      bytes[range.upperBound - 1] == quote,
      !bytes[(range.lowerBound + 1)..<(range.upperBound - 1)].contains(where: {
        $0 == quote || $0 == UInt8(ascii: "\\")
      }),
      !text.utf8.contains(where: { $0 == quote || $0 == UInt8(ascii: "\\") || $0 < 0x20 })
    else { return nil }
    return TextEdit((range.lowerBound + 1)..<(range.upperBound - 1), replacement: Array(text.utf8))
  }
}
