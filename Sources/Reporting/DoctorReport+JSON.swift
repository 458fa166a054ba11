import Diagnostics
import Doctor

extension DoctorReport {
  /// The schema envtool.doctor/1.
  package var json: JSONValue {
    .object([
      ("schema", .string("envtool.doctor/1")),
      ("summary", .object(CheckStatus.allCases.map { ($0.rawValue, .number(count($0))) })),
      ("checks", .array(results.map(entry))),
    ])
  }

  private func entry(_ timed: TimedResult) -> JSONValue {
    let result = timed.result
    let location: JSONValue =
      result.location.map {
        .object([("path", .path($0.path)), ("line", .optional($0.line)), ("column", .optional($0.column))])
      } ?? .null
    return .object([
      ("id", .string(timed.documentation.id)),
      ("status", .string(result.status.rawValue)),
      ("subject", .string(result.subject)),
      ("title", .string(timed.documentation.title)),
      ("message", .string(result.message)),
      ("remedy", .optional(result.remedy)),
      ("location", location),
      ("evidence", .object(result.evidence.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
      ("milliseconds", .number(timed.milliseconds)),
    ])
  }

  /// What is wrong or could not be told, for tools that show findings beside the lines.
  package var rows: [ReportRow] {
    results.compactMap { timed in
      let severity: Severity
      switch timed.result.status {
      case .error: severity = .error
      case .warning: severity = .warning
      case .unknown: severity = .note
      case .ok, .skipped: return nil
      }
      let result = timed.result
      let subject = Escaping.text(result.subject)
      return ReportRow(
        Self.rule(timed.documentation), at: result.location,
        subject.isEmpty || result.message.contains(subject) ? result.message : "\(subject): \(result.message)",
        remedy: result.remedy, subject: subject, severity: severity)
    }
  }

  private static func rule(_ documentation: CheckDocumentation) -> ReportRow.Rule {
    ReportRow.Rule(
      id: documentation.id, severity: documentation.severity, title: documentation.title,
      help: "\(documentation.what) \(documentation.why) What to do: \(documentation.remedy).")
  }
}
