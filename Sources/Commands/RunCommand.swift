import Diagnostics
import Host
import Packaging
import Project
import PythonEnvironment
import Runner

/// `envtool run`
struct RunCommand: Subcommand {
  let address: String
  let project: String
  let dryRun: Bool
  let stopTimeout: Double
  let common: CommonOptions

  func run(in session: Session) throws -> Int32 {
    let plan = try plan(in: session)
    if dryRun {
      session.output.line(plan.description)
      return ExitStatus.fine
    }
    if let refusal = RefusedStart.finding(for: plan.address) { throw CommandFailure(ExitStatus.findings, refusal) }
    if !common.quiet { session.errors.line("starting \(Escaping.text(plan.commandLine))") }
    session.errors.flush()
    let supervisor = Supervisor(plan: plan) { url in
      let lan = plan.address.lanURL.map { ", from other machines \($0)" } ?? ""
      session.errors.line("ready: \(url)\(lan)")
      session.errors.flush()
    }
    do throws(SupervisorFailure) {
      let status = try supervisor.run()
      // The terminal has written ^C in front of it.
      if status == 0, !common.quiet { session.errors.line(session.errors.isTerminal ? "\nstopped" : "stopped") }
      return status
    } catch {
      // The start was refused when there is nothing to start; anything else is the system's failure.
      let isRefusal: Bool
      switch error {
      case .cannotExecute, .cannotEnter: isRefusal = true
      case .noGuard, .system, .processesLeft: isRefusal = false
      }
      throw CommandFailure(isRefusal ? ExitStatus.findings : ExitStatus.outside, Finding(.error, error.description))
    }
  }

  private func plan(in session: Session) throws -> LaunchPlan {
    let folder = session.host.absolute(SourcePath(project))
    let address = try listenAddress(in: session)
    let contents = try self.project(at: project, in: session)
    guard let manage = contents.managePath else {
      throw CommandFailure(
        ExitStatus.usage,
        Finding(
          .error, "no manage.py in \(folder)",
          remedy: "name the Django project's folder with --project DIR; other frameworks are not launched yet"))
    }
    let environment = try interpreter(for: folder, in: session)
    let workingFolder = folder.appending(manage).parent
    let python = environment.interpreter.path
    return LaunchPlan(
      executable: text(python.relative(to: workingFolder) ?? python),
      arguments: [manage.name, "runserver", address.description],
      environment: session.host.environment, additions: ["PYTHONUNBUFFERED": "1"],
      workingDirectory: text(workingFolder), address: address,
      stopTimeout: .milliseconds(Int64(stopTimeout * 1000)))
  }

  private func text(_ path: SourcePath) -> String { String(decoding: path.bytes, as: UTF8.self) }

  private func listenAddress(in session: Session) throws -> ListenAddress {
    if Files.kind(of: session.host.absolute(SourcePath(address))) == .folder {
      throw CommandFailure(
        ExitStatus.usage,
        Finding(
          .error, "\(Escaping.text(address)) is a folder, not an address",
          remedy: "envtool run --project \(Escaping.text(address))"))
    }
    let parsed: ListenAddress
    do throws(ListenAddressError) { parsed = try ListenAddress(parsing: address).resolvingPort() } catch {
      throw CommandFailure(ExitStatus.usage, Finding(.error, error.description, remedy: error.remedy))
    }
    if parsed.unixPath != nil {
      throw CommandFailure(
        ExitStatus.usage, Finding(.error, "runserver cannot listen on a Unix socket", remedy: "give HOST:PORT"))
    }
    return parsed
  }

  /// The environment to start with: the project's, else that of the python3 on PATH. Refused without Django in it.
  private func interpreter(for folder: SourcePath, in session: Session) throws -> PythonEnvironment {
    var (environment, installed) = try common.environment(for: folder, in: session)
    if environment == nil {
      let finder = EnvironmentFinder(host: session.host, project: folder)
      guard let python = finder.pythonOnSearchPath() else {
        throw CommandFailure(
          ExitStatus.findings,
          Finding(
            .error, "no virtual environment and no python3 on PATH",
            remedy: "install Python, then run `python3 -m venv .venv`"))
      }
      environment = try finder.find(option: String(decoding: python.bytes, as: UTF8.self))
      installed = environment.map { InstalledDistributions(of: $0) } ?? InstalledDistributions()
    }
    guard let environment else {
      throw CommandFailure(ExitStatus.findings, Finding(.error, "no interpreter to start the server with"))
    }
    guard let django = PackageName("django"), installed[django] != nil else {
      let python = (environment.interpreter.path.relative(to: folder) ?? environment.interpreter.path).description
      throw CommandFailure(
        ExitStatus.findings,
        Finding(
          .error, "Django is not installed in \(environment.displayName)",
          remedy: environment.origin == .besideProject
            ? "\(python) -m pip install django" : "python3 -m venv .venv && .venv/bin/python -m pip install django"))
    }
    return environment
  }
}
