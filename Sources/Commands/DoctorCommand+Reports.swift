import Diagnostics
import Doctor
import Host
import Reporting

extension DoctorCommand {
  enum Format: String, CaseIterable {
    case text
    case json
    case sarif
    case junit
    case github
  }

  /// What `--report FORMAT=FILE` asks for.
  struct ReportFile {
    let format: Format
    let file: String

    init(_ text: String) throws(Finding) {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let names = Format.allCases.map(\.rawValue)
      guard parts.count == 2, !parts[1].isEmpty, let format = Format(rawValue: parts[0]) else {
        let hint = Suggestion.closest(to: parts[0], among: names).map { "did you mean \($0)=FILE?" }
        throw Finding(
          .error, "--report takes FORMAT=FILE, not \(Escaping.text(text))",
          remedy: hint ?? "FORMAT is one of \(names.joined(separator: ", "))")
      }
      self.format = format
      file = parts[1]
    }
  }

  /// The report on stdout (or in the file of `--output`), then those of `--report`.
  func give(_ report: DoctorReport, time: Duration, in session: Session) throws {
    let isOnActions = profile == .ci && session.host.variable("GITHUB_ACTIONS") == "true"
    let main = !isFormatChosen && isOnActions && output == nil ? .github : format
    let paint = output == nil ? session.paint(session.output, color) : Paint(isOn: common.color == .always)
    try session.give(text(of: report, main, paint, time), to: output)
    for other in reports {
      try session.give(text(of: report, other.format, Paint(isOn: false), time), to: other.file)
    }
  }

  /// Logs of continuous integration are read as plain text.
  private var color: ColorChoice { profile == .ci && common.color == .auto ? .never : common.color }

  private func text(of report: DoctorReport, _ format: Format, _ paint: Paint, _ time: Duration) -> String {
    switch format {
    case .text: report.text(paint: paint, isVerbose: common.verbose, isQuiet: common.quiet, time: time)
    case .json: report.json.text + "\n"
    case .sarif: SARIFReport(report.rows, toolVersion: VersionCommand.number).json.text + "\n"
    case .junit: report.junit(failing: failOn.statuses)
    case .github: AnnotationReport(report.rows).text
    }
  }
}
