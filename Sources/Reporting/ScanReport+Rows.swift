import Diagnostics
import Manifests
package import Packaging
package import Project

extension ScanReport {
  private static let unresolved = ReportRow.Rule(
    id: "unresolved-import", severity: .warning, title: "Nothing proves which distribution provides a module",
    help: "Install it in the project's environment, declare it, or name the environment with --python.")
  private static let partial = ReportRow.Rule(
    id: "partial-source", severity: .warning, title: "A source was read in part only",
    help: "Correct the file: what follows the place may need something that is not found.")
  private static let unreadable = ReportRow.Rule(
    id: "unreadable-source", severity: .error, title: "A source could not be read at all",
    help: "Make the file or folder readable.")

  /// Everything that scan finds, with --check and without.
  package static var rules: [ReportRow.Rule] {
    DeclarationComparison.Kind.allCases.map(\.rule) + [unresolved, partial, unreadable]
  }

  /// The modules that stayed unresolved, the sources that were read in part or not at all.
  package static func rows<List: Collection<Evidence>>(
    unresolved: [(module: String, evidence: List)], of project: Project, python: Version?
  ) -> [ReportRow] {
    let modules = unresolved.map { module, evidence in
      let reason = UnresolvedReason(of: module, python: python)
      return ReportRow(
        Self.unresolved, at: evidence.first?.location, reason.message(module), remedy: reason.remedy, subject: module)
    }
    func row(_ rule: ReportRow.Rule, _ finding: Finding) -> ReportRow {
      ReportRow(rule, at: finding.location, finding.message, remedy: finding.remedy, subject: "")
    }
    let files = project.partial.map { row(partial, $0) } + project.failures.map { row(unreadable, $0) }
    return (modules + files).sorted { left, right in
      guard let first = left.location, let second = right.location, first != second else {
        return left.message < right.message
      }
      return first < second
    }
  }

  /// Those of the groups that are shown.
  package var rows: [ReportRow] {
    Self.rows(unresolved: manifest.unresolved(in: groups), of: project, python: manifest.python)
  }
}
