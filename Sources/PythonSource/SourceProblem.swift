/// A place where a source is not Python that the reader knows.
package struct SourceProblem: Hashable, Sendable {
  /// From 1.
  package let line: Int
  package let reason: String

  package init(line: Int, reason: String) {
    self.line = line
    self.reason = reason
  }
}
