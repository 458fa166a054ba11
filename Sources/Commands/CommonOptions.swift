import ArgumentParser
import Diagnostics
import Host
import PythonEnvironment

/// `--color`.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto
  case always
  case never
}

/// The options that every command takes.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The environment or interpreter to use.", valueName: "path"))
  var python: String?

  @Flag(help: "Never use the network.")
  var offline = false

  @Flag(name: .customLong("no-cache"), help: "Read and write no cache; none is kept yet.")
  var noCache = false

  @Option(help: ArgumentHelp("Threads to read with; as many as there are cores.", valueName: "n"))
  var jobs: Int?

  @Option(help: "When to use colours.")
  var color = ColorChoice.auto

  @Flag(name: .shortAndLong, help: "Say only what is wrong.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more.")
  var verbose = false

  mutating func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs \(jobs): at least one thread is needed") }
  }

  /// `--jobs`, else the number of cores.
  var threads: Int { jobs ?? Concurrently.cores }

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
