import Diagnostics
import Host
import Manifests
import Packaging
import Reporting

extension FreezeCommand {
  /// Compares the lock that was written with the environment; the report is the data.
  func compare(_ source: Source, _ request: Request?, in session: Session) throws -> Int32 {
    let file = try lockedFile(source, in: session)
    for finding in file.findings { session.tell(finding, common.color) }
    var (current, findings): (Lock, [Finding])
    do { (current, findings) = (try lock(source, request), []) } catch {
      (current, findings) = (error.partial, error.findings)
    }
    let comparison = LockComparison(
      of: file.pins, requiresPython: file.requiresPython, with: current, missing: findings, in: source.markers,
      python: source.python, extras: Set(extras), groups: Set(groups))
    let report = LockComparisonReport(comparison, file: file.path)
    let paint = output == nil ? session.paint(session.output, common.color) : Paint(isOn: common.color == .always)
    try session.give(format == .json ? report.json.text + "\n" : report.text(paint: paint), to: output)
    if !common.quiet {
      let environment = name(of: source.environment)
      session.errors.line(
        comparison.differences.isEmpty
          ? "\(file.path) fits \(environment): \(Wording.count(comparison.count, "pin"))"
          : "\(file.path) does not fit \(environment): \(Wording.count(comparison.differences.count, "difference"))")
      if !comparison.differences.isEmpty, findings.isEmpty, !file.path.name.hasSuffix(".toml") {
        session.hint("\(command) -o \(file.path)", common.color)
      }
    }
    return comparison.differences.isEmpty ? ExitStatus.fine : ExitStatus.findings
  }

  /// The call that writes what is compared.
  private var command: String {
    let options =
      (all ? ["--all"] : []) + requirements.map { "-r \($0)" } + extras.map { "--extra \($0)" }
      + groups.map { "--group \($0)" }
    return (["envtool freeze"] + (path == "." ? [] : [path]) + options).joined(separator: " ")
  }

  private func lockedFile(_ source: Source, in session: Session) throws -> LockedFile {
    do throws(Finding) {
      if case .value(let name) = check {
        return try LockedFile(SourcePath(name), in: session.host.folder, host: session.host)
      }
      if let found = try LockedFile.found(in: source.folder, host: session.host) { return found }
    } catch {
      throw CommandFailure(ExitStatus.usage, error)
    }
    throw CommandFailure(
      ExitStatus.usage,
      Finding(
        .error, "no lock to check: no requirements.lock, pylock.toml or pinned requirements.txt",
        remedy: "make one: envtool freeze -o requirements.lock; or name it: --check=FILE"))
  }
}
