import Diagnostics

/// Findings as workflow commands of GitHub Actions, one line each.
///
///     ::error file=requirements.txt,line=3,col=1,title=unused::six: nothing uses it
///
/// Grammar: `::` level ` ` property `=` value (`,` property `=` value)* `::` message. In a message `%`, CR and LF are
/// escaped as `%25`, `%0D` and `%0A`; in the value of a property `:` and `,` as well, as `%3A` and `%2C`.
/// Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
package struct AnnotationReport: Sendable {
  private let rows: [ReportRow]

  package init(_ rows: [ReportRow]) { self.rows = rows }

  /// The lines with their ends; empty without findings.
  package var text: String { rows.map { "\(Self.line($0))\n" }.joined() }

  private static func line(_ row: ReportRow) -> String {
    var properties: [(String, String)] = []
    if let location = row.location {
      properties.append(("file", Escaping.unicode(location.path.bytes)))
      if let line = location.line { properties.append(("line", String(line))) }
      if let column = location.column { properties.append(("col", String(column))) }
    }
    properties.append(("title", row.rule.id))
    let list = properties.map { "\($0)=\(escaped($1, isProperty: true))" }.joined(separator: ",")
    let message = row.message + (row.remedy.map { "\n\($0)" } ?? "")
    return "::\(level(row.severity)) \(list)::\(escaped(message, isProperty: false))"
  }

  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
