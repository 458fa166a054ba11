import Diagnostics
package import Doctor

/// The catalogue of checks as people read it.
package enum CheckCatalogText {
  /// A section for each area with a table, then what each check looks at, why, an example, and what to do.
  package static func markdown(of checks: [CheckDocumentation]) -> String {
    var text = ""
    for area in CheckDocumentation.Area.allCases {
      let found = checks.filter { $0.area == area }.sorted { $0.id < $1.id }
      if found.isEmpty { continue }
      text += "## \(area.rawValue)\n\n| id | reach | severity | holds when |\n|---|---|---|---|\n"
      for check in found {
        text += "| \(check.id) | \(check.reach.rawValue) | \(severity(of: check)) | \(check.title) |\n"
      }
      text += "\n"
      for check in found { text += section(of: check) }
    }
    return text
  }

  private static func severity(of check: CheckDocumentation) -> String {
    check.severity.rawValue + (check.isErrorInProduction ? ", error under production" : "")
  }

  private static func section(of check: CheckDocumentation) -> String {
    var text = "### \(check.id)\n\n\(check.what)\n\n\(check.why)\n\n"
    if !check.example.isEmpty { text += "```\n\(check.example)\n```\n\n" }
    return text + "→ \(check.remedy)\n\n"
  }
}
