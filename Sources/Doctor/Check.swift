/// One thing that doctor looks at. A check is one file in checks/, named for its type.
///
/// It sees the project and the machine through its context alone, never prints, and leaves deadlines and sorting to the
/// engine. What it cannot tell is `unknown`, never ok.
package protocol Check: Sendable {
  var documentation: CheckDocumentation { get }

  /// Looks, and reports a result per subject. An error thrown becomes one result `unknown`.
  func run(in context: CheckContext) async throws -> [CheckResult]
}

extension Check {
  package var id: String { documentation.id }
}
