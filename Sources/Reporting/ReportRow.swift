package import Diagnostics

/// One finding for tools: which rule, how much it weighs, where, what, and the way out.
package struct ReportRow: Sendable {
  /// What a row is an instance of.
  package struct Rule: Hashable, Sendable {
    /// `missing`, `cache-connect`
    package let id: String
    package let severity: Severity
    /// One sentence that says what is found.
    package let title: String
    /// What to do about it in general.
    package let help: String

    package init(id: String, severity: Severity, title: String, help: String) {
      self.id = id
      self.severity = severity
      self.title = title
      self.help = help
    }
  }

  package let rule: Rule
  /// How much this one weighs.
  package let severity: Severity
  package let location: Location?
  package let message: String
  package let remedy: String?
  /// What it is about, so that it stays the same finding when its line moves: a distribution, a module.
  package let subject: String

  /// Weighs what its rule does where `severity` says nothing else.
  package init(
    _ rule: Rule, at location: Location?, _ message: String, remedy: String?, subject: String,
    severity: Severity? = nil
  ) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.location = location
    self.message = message
    self.remedy = remedy
    self.subject = subject
  }
}
