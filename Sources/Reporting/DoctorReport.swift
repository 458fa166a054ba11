import Diagnostics
package import Doctor

/// What `doctor` prints.
package struct DoctorReport: Sendable {
  private let results: [TimedResult]

  package init(_ results: [TimedResult]) { self.results = results }

  package func count(_ status: CheckStatus) -> Int { results.count { $0.result.status == status } }

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

  /// One block per area, one line per result that has something to say, and a closing line with the counts.
  ///
  /// `isVerbose` shows every result with its duration, `isQuiet` only what is wrong.
  package func text(paint: Paint, isVerbose: Bool, isQuiet: Bool, time: Duration) -> String {
    let shown = results.filter { timed in
      if isVerbose { return true }
      switch timed.result.status {
      case .error, .warning, .unknown: return true
      case .ok: return !isQuiet && !timed.result.message.isEmpty
      // What does not apply needs no line, unless there is something to do about it.
      case .skipped: return !isQuiet && timed.result.remedy != nil
      }
    }
    let idWidth = shown.map(\.documentation.id.count).max() ?? 0
    let subjectWidth = min(24, shown.map { Escaping.text($0.result.subject).count }.max() ?? 0)
    var result = ""
    for area in CheckDocumentation.Area.allCases {
      let block = shown.filter { $0.documentation.area == area }
      if block.isEmpty { continue }
      if !result.isEmpty { result += "\n" }
      result += paint(area.rawValue, .bold) + "\n"
      for timed in block { result += lines(of: timed, idWidth, subjectWidth, paint, isVerbose) }
    }
    return result.isEmpty ? closing(time, paint) : result + "\n" + closing(time, paint)
  }

  private func lines(of timed: TimedResult, _ idWidth: Int, _ subjectWidth: Int, _ paint: Paint, _ isVerbose: Bool)
    -> String
  {
    let result = timed.result
    let (mark, color) = Self.mark(result.status)
    let id = Wording.padded(timed.documentation.id, to: idWidth)
    let subject = Wording.padded(Escaping.text(result.subject), to: subjectWidth)
    let message = result.message.isEmpty ? (result.status == .ok ? "fine" : "") : result.message
    var line = "  \(paint(mark, color)) \(paint(id, .dim))  \(subject)  \(Escaping.text(message))"
    if isVerbose { line += paint(" [\(timed.milliseconds) ms]", .dim) }
    line += "\n"
    // On a line of its own: the report is the same at any width, and should fit the usual one.
    if result.status != .ok, result.status != .skipped, let location = result.location {
      line += "    \(paint("at \(location)", .dim))\n"
    }
    if let remedy = result.remedy { line += "    \(paint("→", .cyan)) \(Escaping.text(remedy))\n" }
    return line
  }

  private static func mark(_ status: CheckStatus) -> (String, Paint.Color) {
    switch status {
    case .ok: ("✓", .green)
    case .warning: ("!", .yellow)
    case .error: ("✗", .red)
    case .unknown: ("?", .yellow)
    case .skipped: ("-", .dim)
    }
  }

  private func closing(_ time: Duration, _ paint: Paint) -> String {
    var parts = [paint("\(count(.ok)) ok", .green)]
    if count(.warning) > 0 { parts.append(paint(Wording.count(count(.warning), "warning"), .yellow)) }
    if count(.error) > 0 { parts.append(paint(Wording.count(count(.error), "error"), .red)) }
    if count(.unknown) > 0 { parts.append(paint("\(count(.unknown)) unknown", .yellow)) }
    if count(.skipped) > 0 { parts.append(paint("\(count(.skipped)) skipped", .dim)) }
    return "\(parts.joined(separator: ", ")) in \(Wording.time(time))\n"
  }
}
