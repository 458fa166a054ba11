/// Why text is not a requirement or a marker, and where.
package struct RequirementError: Error, Hashable, Sendable, CustomStringConvertible {
  /// 1-based, in Unicode scalars of the text that was parsed.
  package let column: Int
  /// What should stand there, as a phrase: `a package name`.
  package let expected: String

  package init(column: Int, expected: String) {
    self.column = column
    self.expected = expected
  }

  package var description: String { "column \(column): expected \(expected)" }
}
