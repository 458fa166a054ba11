internal import ConfigFormats

/// Why a manifest is not edited.
package struct EditRefusal: Error, Hashable, Sendable {
  /// One sentence without a final full stop.
  package let message: String
  /// What to do instead.
  package let remedy: String?
  /// From 1; nil when the file as a whole is meant.
  package let line: Int?
  package let column: Int?

  init(_ message: String, line: Int? = nil, column: Int? = nil, remedy: String?) {
    self.message = message
    self.remedy = remedy
    self.line = line
    self.column = column
  }

  init(_ error: ConfigError) {
    self.init(error.message, line: error.line, column: error.column, remedy: "correct the file first")
  }

  init(_ problem: RequirementsFileProblem) {
    self.init("\(problem)", line: problem.line, column: problem.column, remedy: problem.remedy)
  }

  /// For an edit whose result does not read as what was there and what was added.
  static let unsure = EditRefusal(
    "nothing can be added here without changing what the file says", remedy: "add the lines by hand")
}
