import Diagnostics
import Host
import Packaging
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
    let report = found.problems.map { problem in
      let path = problem.path.relative(to: source.folder) ?? problem.path
      return "\(path): \(problem.message)\n"
    }.joined()
    try session.give(report, to: output)
    if !common.quiet {
      for name in found.unrecorded {
        session.tell(Finding(.note, "\(name) has no RECORD, so its files cannot be compared"), common.color)
      }
      let count = found.problems.count
      let verdict = count == 0 ? "all as installed" : "\(Wording.count(count, "file")) changed, missing or unreadable"
      session.errors.line("\(Wording.count(found.fileCount, "file")) of \(name(of: source.environment)): \(verdict)")
      let broken = Set(found.problems.map(\.distribution)).sorted().map(\.normalized)
      if !broken.isEmpty {
        let python = source.environment.interpreter.path
        let shown = python.relative(to: source.folder) ?? python
        session.hint(
          "\(shown) -m pip install --force-reinstall --no-deps \(broken.joined(separator: " "))", common.color)
      }
    }
    return found.problems.isEmpty ? ExitStatus.fine : ExitStatus.findings
  }
}
