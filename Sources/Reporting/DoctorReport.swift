import Diagnostics
package import Doctor

/// What `doctor` prints.
package struct DoctorReport: Sendable {
  let results: [TimedResult]

  package init(_ results: [TimedResult]) { self.results = results }

  package func count(_ status: CheckStatus) -> Int { results.count { $0.result.status == status } }

  /// One block per area, one entry per result that has something to say, and a closing line with the counts.
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
    let plain = shown.filter { !Self.isProblem($0.result) }
    let idWidth = plain.map(\.documentation.id.count).max() ?? 0
    let subjectWidth = min(24, plain.map { Escaping.text($0.result.subject).count }.max() ?? 0)
    var result = ""
    for area in CheckDocumentation.Area.allCases {
      let block = shown.filter { $0.documentation.area == area }
      if block.isEmpty { continue }
      if !result.isEmpty { result += "\n" }
      result += paint(area.rawValue, .bold) + "\n"
      for (timed, more) in isVerbose ? block.map({ ($0, 0) }) : Self.together(block) {
        result += lines(of: timed, more, idWidth, subjectWidth, paint, isVerbose)
      }
    }
    return result.isEmpty ? closing(time, paint) : result + "\n" + closing(time, paint)
  }

  /// What several checks say in the same words of the same place, as a setting that is not known makes them: once, with how
  /// many more say it.
  private static func together(_ block: [TimedResult]) -> [(TimedResult, more: Int)] {
    var found: [(TimedResult, more: Int)] = []
    for timed in block {
      let result = timed.result
      let same = found.firstIndex { other, _ in
        let known = other.result
        return result.status == .unknown && known.status == .unknown && known.subject == result.subject
          && known.location == result.location && known.message == result.message
      }
      if let same { found[same].more += 1 } else { found.append((timed, 0)) }
    }
    return found
  }

  private func lines(
    of timed: TimedResult, _ more: Int, _ idWidth: Int, _ subjectWidth: Int, _ paint: Paint, _ isVerbose: Bool
  ) -> String {
    let result = timed.result
    let (mark, color) = Self.mark(result.status)
    let subject = Escaping.text(result.subject)
    let time = isVerbose ? paint(" [\(timed.milliseconds) ms]", .dim) : ""
    var text = "  \(paint(mark, color)) "
    if Self.isProblem(result) {
      let place = result.location.map { "\($0)" } ?? ""
      let id = paint(timed.documentation.id, .bold) + (more > 0 ? " and \(more) more" : "")
      let head = [id, subject, paint(place, .dim)].filter { !$0.isEmpty }
      text += head.joined(separator: "  ") + time + "\n"
      for line in Self.wrapped(Escaping.text(result.message)) { text += "      \(line)\n" }
    } else {
      let id = Wording.padded(timed.documentation.id, to: idWidth)
      let message = result.message.isEmpty && result.status == .ok ? "fine" : Escaping.text(result.message)
      text += "\(paint(id, .dim))  \(Wording.padded(subject, to: subjectWidth))  \(message)\(time)\n"
    }
    // What is to be copied stays on one line.
    if let remedy = result.remedy { text += "      \(paint("→", .cyan)) \(Escaping.text(remedy))\n" }
    return text
  }

  private static func isProblem(_ result: CheckResult) -> Bool { result.status != .ok && result.status != .skipped }

  /// Lines that fit, with their indentation, into the usual terminal: the report is the same at any width.
  private static func wrapped(_ text: String, width: Int = 74) -> [String] {
    var lines: [String] = []
    var line = ""
    var count = 0
    for word in text.split(separator: " ") {
      if count > 0, count + 1 + word.count > width {
        lines.append(line)
        (line, count) = ("", 0)
      }
      line += (count > 0 ? " " : "") + word
      count += (count > 0 ? 1 : 0) + word.count
    }
    return line.isEmpty ? lines : lines + [line]
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
