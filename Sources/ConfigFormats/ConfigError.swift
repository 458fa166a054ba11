/// Why a configuration file cannot be read, and where.
package struct ConfigError: Error, Hashable, Sendable, CustomStringConvertible {
  /// From 1.
  package let line: Int
  /// From 1, in Unicode scalars.
  package let column: Int
  /// One sentence in plain words without a final full stop: `expected a value behind =, found the end of the line`.
  package let message: String

  package init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  package init(at place: ConfigPlace, _ message: String) {
    self.init(line: place.line, column: place.column, message: message)
  }

  package var description: String { "\(line):\(column): \(message)" }
}
