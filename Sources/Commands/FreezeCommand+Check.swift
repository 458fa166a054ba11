import Diagnostics
import Host
import Manifests
import Reporting

extension FreezeCommand {
  /// Compares the lock that was written with the environment; the report is the data.
  func compare(_ source: Source, in session: Session) throws -> Int32 {
    let (file, pins) = try lockedFile(source, in: session)
    var (current, findings): (Lock, [Finding])
    do { (current, findings) = (try lock(source, in: session), []) } catch let incomplete as Lock.Incomplete {
      (current, findings) = (incomplete.partial, incomplete.findings)
    }
    let comparison = LockComparison(
      of: pins, with: current, missing: findings, in: source.markers, python: source.python,
      extras: Set(extras), groups: Set(groups))
    let report = LockComparisonReport(comparison, file: file.description)
    try session.give(report.text(paint: session.paint(session.output, common.color)), to: output)
    if !common.quiet {
      let count = Wording.count(comparison.differences.count, "difference")
      let verdict = comparison.differences.isEmpty ? "fits" : "differs from"
      let tail = comparison.differences.isEmpty ? Wording.count(comparison.count, "pin") : count
      session.errors.line("\(file) \(verdict) \(name(of: source.environment)): \(tail)")
    }
    return comparison.differences.isEmpty ? ExitStatus.fine : ExitStatus.findings
  }
}
