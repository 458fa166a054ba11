package import Diagnostics
package import Manifests
import Packaging
package import Project

/// What `scan --check` prints: how the declared requirements differ from those that the sources show.
package struct DeclarationReport: Sendable {
  let comparison: DeclarationComparison
  let files: [SourcePath]
  let project: Project

  /// `files` are the manifests that were compared.
  package init(_ comparison: DeclarationComparison, files: [SourcePath], of project: Project) {
    self.comparison = comparison
    self.files = files
    self.project = project
  }

  /// One line for each difference, `path:line:column: missing NAME: why`, with its end; empty when all is well.
  package func text(paint: Paint) -> String {
    comparison.differences.map { difference in
      let kind = paint(difference.kind.rawValue, Self.color(difference.kind))
      return "\(difference.location): \(kind) \(paint(difference.name.normalized, .bold)): \(difference.reason)\n"
    }.joined()
  }

  /// The same in columns, with the way out of each.
  package func table(paint: Paint) -> String {
    let differences = comparison.differences
    if differences.isEmpty { return "" }
    let rows = differences.map { [$0.kind.rawValue, $0.name.normalized, $0.location.description] }
    let widths = (0..<3).map { column in
      (rows.map { $0[column].count }.filter { $0 <= 48 } + [["FINDING", "NAME", "PLACE"][column].count]).max() ?? 0
    }
    func cells(_ row: [String]) -> [String] { zip(row, widths).map { Wording.padded($0, to: $1) } }
    let head = (cells(["FINDING", "NAME", "PLACE"]) + ["WHAT TO DO"]).joined(separator: "  ")
    return zip(rows, differences).reduce(paint(head, .dim) + "\n") { text, row in
      var line = cells(row.0)
      line[0] = paint(row.0[0], Self.color(row.1.kind)) + line[0].dropFirst(row.0[0].count)
      return text + (line + [row.1.remedy]).joined(separator: "  ") + "\n"
    }
  }

  private static func color(_ kind: DeclarationComparison.Kind) -> Paint.Color { kind.counts ? .red : .yellow }

  /// What differs, then what stayed unresolved or was read in part.
  package var rows: [ReportRow] {
    comparison.differences.map { difference in
      ReportRow(
        difference.kind.rule, at: difference.location,
        "\(difference.kind.rawValue) \(difference.name): \(difference.reason)",
        remedy: difference.remedy, subject: difference.name.normalized)
    } + ScanReport.rows(unresolved: comparison.unresolved, of: project, python: nil)
  }
}

extension DeclarationComparison.Kind {
  package var rule: ReportRow.Rule {
    switch self {
    case .missing:
      ReportRow.Rule(
        id: rawValue, severity: .error, title: "A distribution is needed and declared nowhere",
        help: "Add it to the manifest: a fresh installation would lack it.")
    case .unused:
      ReportRow.Rule(
        id: rawValue, severity: .error, title: "A distribution is declared for running and nothing uses it",
        help: "Remove it from the manifest: it costs time at every installation, and has to be watched for flaws.")
    case .transitive:
      ReportRow.Rule(
        id: rawValue, severity: .warning, title: "A distribution is needed and comes only with another one",
        help: "Add it to the manifest: the other one may stop needing it with any release.")
    case .misplaced:
      ReportRow.Rule(
        id: rawValue, severity: .warning, title: "A distribution is declared for another purpose than it is needed for",
        help: "Move it to where it is needed: what is declared for development is not installed where the project runs."
      )
    }
  }
}
