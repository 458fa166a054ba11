package import ConfigFormats
package import Diagnostics

/// How a check ended for one subject. The raw values stand in envtool.doctor/1.
package enum CheckStatus: String, CaseIterable, Sendable {
  case ok
  case warning
  case error
  /// It could not be told.
  case unknown
  /// It does not apply here, or was not asked for.
  case skipped
}

/// What a check found out about one subject.
package struct CheckResult: Sendable {
  package let status: CheckStatus
  /// What the result is about: an alias, a distribution, a file.
  package let subject: String
  /// What was found, one sentence without a final full stop; empty when there is nothing to say.
  package let message: String
  /// The next command or edit.
  package let remedy: String?
  package let location: Location?
  /// Facts for machines, `reason` for a failed connection. Never a secret.
  package let evidence: [String: String]
  /// An edit that does what the remedy says and cannot make anything worse.
  package let fix: CheckFix?

  package init(
    _ status: CheckStatus, _ subject: String, _ message: String, remedy: String? = nil, at location: Location? = nil,
    evidence: [String: String] = [:], fix: CheckFix? = nil
  ) {
    self.status = status
    self.subject = subject
    self.message = message
    self.remedy = remedy
    self.location = location
    self.evidence = evidence
    self.fix = fix
  }

  /// Whether both say the same of the same place.
  func isSame(as other: CheckResult) -> Bool {
    status == other.status && subject == other.subject && message == other.message && location == other.location
  }

  /// The same, as one that does not count: `reason` stands in the evidence.
  package func skipped(because reason: String) -> CheckResult {
    CheckResult(
      .skipped, subject, message, at: location, evidence: evidence.merging(["reason": reason]) { $1 })
  }
}

/// Edits of one file of the project, in the bytes that were read.
package struct CheckFix: Sendable {
  /// Relative to the project's folder.
  package let path: SourcePath
  package let edits: [TextEdit]

  package init(_ path: SourcePath, _ edits: [TextEdit]) {
    self.path = path
    self.edits = edits
  }
}
