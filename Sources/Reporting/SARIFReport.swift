import Diagnostics

/// Findings as SARIF 2.1.0, which code hosts and editors show beside the lines.
///
/// Paths stand relative to `%SRCROOT%`, the project's folder; columns count Unicode code points.
/// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
package struct SARIFReport: Sendable {
  private let rows: [ReportRow]
  private let toolVersion: String

  package init(_ rows: [ReportRow], toolVersion: String) {
    self.rows = rows
    self.toolVersion = toolVersion
  }

  package var json: JSONValue {
    let rules = Set(rows.map(\.rule)).sorted { $0.id < $1.id }
    let driver: JSONValue = .object([
      ("name", .string("envtool")), ("version", .string(toolVersion)), ("rules", .array(rules.map(Self.rule))),
    ])
    let indices = Dictionary(zip(rules, 0...)) { first, _ in first }
    return .object([
      (
        "$schema", .string("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
      ),
      ("version", .string("2.1.0")),
      (
        "runs",
        .array([
          .object([
            ("tool", .object([("driver", driver)])), ("columnKind", .string("unicodeCodePoints")),
            ("results", .array(rows.map { Self.result($0, indices[$0.rule] ?? 0) })),
          ])
        ])
      ),
    ])
  }

  private static func rule(_ rule: ReportRow.Rule) -> JSONValue {
    .object([
      ("id", .string(rule.id)), ("shortDescription", .object([("text", .string(rule.title))])),
      ("help", .object([("text", .string(rule.help))])),
      ("defaultConfiguration", .object([("level", .string(rule.severity.rawValue))])),
    ])
  }

  private static func result(_ row: ReportRow, _ index: Int) -> JSONValue {
    let text = row.message + (row.remedy.map { ". \($0)" } ?? "")
    var members: [(key: String, value: JSONValue)] = [
      ("ruleId", .string(row.rule.id)), ("ruleIndex", .number(index)), ("level", .string(row.severity.rawValue)),
      ("message", .object([("text", .string(Escaping.text(text)))])),
    ]
    if let location = row.location { members.append(("locations", .array([Self.location(location)]))) }
    let place = row.location.map { PathReference.text($0.path) } ?? ""
    members.append(
      ("partialFingerprints", .object([("envtool/1", .string("\(row.rule.id):\(row.subject):\(place)"))])))
    return .object(members)
  }

  private static func location(_ location: Location) -> JSONValue {
    let artifact: JSONValue = .object([
      ("uri", .string(PathReference.text(location.path))), ("uriBaseId", .string("%SRCROOT%")),
    ])
    var physical: [(key: String, value: JSONValue)] = [("artifactLocation", artifact)]
    if let line = location.line, line > 0 {
      var region: [(key: String, value: JSONValue)] = [("startLine", .number(line))]
      if let column = location.column, column > 0 { region.append(("startColumn", .number(column))) }
      physical.append(("region", .object(region)))
    }
    return .object([("physicalLocation", .object(physical))])
  }
}
