import Diagnostics
import Host
import Project
import PythonEnvironment

/// `--color`.
enum ColorChoice: String, CaseIterable {
  case auto
  case always
  case never
}

/// The options that every command takes.
struct CommonOptions {
  let python: String?
  let offline: Bool
  let noCache: Bool
  let jobs: Int?
  let color: ColorChoice
  let quiet: Bool
  let verbose: Bool
  /// What the configuration says of the project.
  let rules: ProjectRules

  /// `--jobs`, else the number of cores.
  var threads: Int { jobs ?? Concurrently.cores }

  /// What earlier scans left behind, unless it is not to be used.
  func cache(in session: Session) -> ScanCache? {
    noCache ? nil : ScanCache(host: session.host, version: "\(VersionCommand.number) \(BuildCommit.identifier)")
  }

  /// The project's environment by the rule of `EnvironmentFinder`, and what is installed there.
  func environment(
    for project: SourcePath, in session: Session
  ) throws -> (environment: PythonEnvironment?, installed: InstalledDistributions) {
    let environment: PythonEnvironment?
    do { environment = try EnvironmentFinder(host: session.host, project: project).find(option: python) } catch {
      throw CommandFailure(ExitStatus.usage, error)
    }
    let installed = environment.map { InstalledDistributions(of: $0) } ?? InstalledDistributions()
    for finding in installed.findings { session.tell(finding, color) }
    if verbose { session.tell(Finding(.note, description(of: environment, installed)), color) }
    return (environment, installed)
  }

  private func description(of environment: PythonEnvironment?, _ installed: InstalledDistributions) -> String {
    guard let environment else { return "no environment: the table of published modules is the only proof" }
    let version = environment.interpreter.version.map { ", Python \($0)" } ?? ""
    return "environment \(environment.displayName)\(version), \(installed.all.count) distributions"
  }
}
