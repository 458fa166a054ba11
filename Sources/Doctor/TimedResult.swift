import Diagnostics

/// A result with the check that gave it and the time that the check took.
package struct TimedResult: Sendable {
  package let documentation: CheckDocumentation
  package let result: CheckResult
  package let milliseconds: Int

  /// What stays the same when its line moves: the check, its subject and the file.
  package var fingerprint: String {
    Self.fingerprint(documentation.id, result.subject, result.location?.path.description)
  }

  static func fingerprint(_ id: String, _ subject: String, _ path: String?) -> String {
    [id, subject, path ?? ""].joined(separator: "\u{0}")
  }

  /// The same as one that does not count, for `reason`.
  package func skipped(because reason: String) -> TimedResult {
    TimedResult(documentation: documentation, result: result.skipped(because: reason), milliseconds: milliseconds)
  }

  /// Whether it says that something is wrong or could not be told.
  package var isFinding: Bool { result.status != .ok && result.status != .skipped }
}
