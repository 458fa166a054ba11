/// How much a finding weighs.
package enum Severity: String, Sendable {
  case note
  case warning
  case error
}

/// A user's mistake, or something about the project that the user should know: what, where, and what to do.
package struct Finding: Error, Hashable, Sendable {
  package let severity: Severity
  package let location: Location?
  /// One sentence without a final full stop; it names the value seen.
  package let message: String
  /// The next command or edit, in words that can be followed as they stand.
  package let remedy: String?

  package init(_ severity: Severity, at location: Location? = nil, _ message: String, remedy: String? = nil) {
    self.severity = severity
    self.location = location
    self.message = message
    self.remedy = remedy
  }
}

extension Finding: CustomStringConvertible {
  package var description: String { location.map { "\($0): \(message)" } ?? message }
}
