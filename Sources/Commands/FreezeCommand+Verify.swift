import Diagnostics
import Host
import PythonEnvironment
import Reporting

extension FreezeCommand {
  /// Compares the installed files with their RECORD; the report is the data.
  func verify(_ source: Source, in session: Session) throws -> Int32 {
    let found: RecordVerification
    do {
      found = try RecordVerification(of: source.installed, in: source.environment, jobs: common.threads)
    } catch {
      throw Finding(.error, "\(error)")
    }
    let report = found.problems.map { "\(Escaping.text($0.finding.description))\n" }.joined()
    try session.give(report, to: output)
    if !common.quiet {
      for name in found.unrecorded {
        session.tell(Finding(.note, "\(name) has no RECORD, so its files cannot be compared"), common.color)
      }
      let count = found.problems.count
      let verdict = count == 0 ? "all as installed" : "\(Wording.count(count, "file")) changed, missing or unreadable"
      session.errors.line("\(Wording.count(found.fileCount, "file")) of \(name(of: source.environment)): \(verdict)")
    }
    return found.problems.isEmpty ? ExitStatus.fine : ExitStatus.findings
  }
}
