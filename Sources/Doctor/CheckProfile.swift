/// What a project is looked at for.
package enum CheckProfile: String, CaseIterable, Sendable {
  case dev
  /// As `dev`, with a report for continuous integration.
  case ci
  /// What is dangerous only where others reach the project is an error.
  case production
}
