/// A place in a file, or a file or folder as a whole.
///
/// Lines and columns count from 1; columns count Unicode scalars of the decoded text.
package struct Location: Hashable, Sendable {
  package let path: SourcePath
  package let line: Int?
  package let column: Int?

  package init(path: SourcePath, line: Int? = nil, column: Int? = nil) {
    self.path = path
    self.line = line
    self.column = column
  }
}

extension Location: Comparable {
  /// By path bytes, then line, then column; a whole file before its lines.
  package static func < (left: Location, right: Location) -> Bool {
    if left.path != right.path { return left.path < right.path }
    return (left.line ?? 0, left.column ?? 0) < (right.line ?? 0, right.column ?? 0)
  }
}

extension Location: CustomStringConvertible {
  /// `path`, `path:line` or `path:line:column`.
  package var description: String {
    [path.description, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
  }
}
