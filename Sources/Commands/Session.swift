import Diagnostics
package import Host
import Project
import Reporting

#if canImport(Glibc)
  import Glibc
#endif

/// What a command needs of the process that it runs in: the outside world and the two checked streams.
package struct Session: Sendable {
  package let host: Host
  package let output: OutputWriter
  package let errors: OutputWriter

  package init(host: Host, output: OutputWriter, errors: OutputWriter) {
    self.host = host
    self.output = output
    self.errors = errors
  }

  /// Colours for a stream: as `choice` says, else NO_COLOR, FORCE_COLOR, TERM and whether it is a terminal.
  /// https://no-color.org https://force-color.org
  func paint(_ stream: OutputWriter, _ choice: ColorChoice) -> Paint {
    switch choice {
    case .always: return Paint(isOn: true)
    case .never: return Paint(isOn: false)
    case .auto:
      if host.variable("NO_COLOR") != nil { return Paint(isOn: false) }
      if let force = host.variable("FORCE_COLOR") { return Paint(isOn: force != "0") }
      return Paint(isOn: stream.isTerminal && host.variable("TERM") != "dumb")
    }
  }

  /// Tells a finding on stderr: `error: file:line: message`, and the way out behind `hint:`.
  func tell(_ finding: Finding, _ choice: ColorChoice = .auto) {
    let paint = paint(errors, choice)
    let label: String =
      switch finding.severity {
      case .error: paint("error:", .red)
      case .warning: paint("warning:", .yellow)
      case .note: paint("note:", .cyan)
      }
    errors.line("\(label) \(Escaping.text(finding.description))")
    if let remedy = finding.remedy { hint(remedy, choice) }
  }

  /// Tells the way out on stderr.
  func hint(_ remedy: String, _ choice: ColorChoice = .auto) {
    errors.line("  \(paint(errors, choice)("hint:", .cyan)) \(Escaping.text(remedy))")
  }

  /// Gives the data asked for: to stdout, or whole to the file `path`.
  func give(_ text: String, to path: String?) throws(Finding) { try give(Array(text.utf8), to: path) }

  func give(_ bytes: [UInt8], to path: String?) throws(Finding) {
    guard let path else { return output.write(bytes) }
    do { try Files.write(bytes, to: host.absolute(SourcePath(path))) } catch {
      throw Finding(
        .error, "cannot write \(Escaping.text(path)): \(error.reason)",
        remedy: "the old file, if there was one, is as it was")
    }
  }

  /// Keeps what was read of a project until the process ends: to take a large tree apart piece by piece takes longer than
  /// to end.
  func keepUntilEnd(_ project: Project) { _ = Unmanaged.passRetained(Kept(project)) }

  private final class Kept {
    let project: Project
    init(_ project: Project) { self.project = project }
  }
}
