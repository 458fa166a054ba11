import Checks
import Diagnostics
import Doctor
import Host
import Manifests
import Project
import PythonEnvironment
import Reporting

/// `envtool doctor`
struct DoctorCommand: ConcurrentCommand {
  enum Threshold: String, CaseIterable {
    case error
    case warning
    case unknown

    /// Each includes those before it.
    var statuses: Set<CheckStatus> {
      switch self {
      case .error: [.error]
      case .warning: [.error, .warning]
      case .unknown: [.error, .warning, .unknown]
      }
    }
  }

  let path: String
  let format: Format
  /// Whether `format` was chosen by anybody.
  let isFormatChosen: Bool
  let reports: [ReportFile]
  let only: [String]
  let skip: [String]
  let failOn: Threshold
  let profile: CheckProfile
  let settings: String?
  let envFile: String?
  let timeout: Double
  let wait: Double
  let isStatic: Bool
  let isLive: Bool
  let allowsCommands: Bool
  let baseline: String?
  let changedSince: String?
  let showsFixes: Bool
  let makesFixes: Bool
  let list: Bool
  let output: String?
  let common: CommonOptions

  /// The whole run ends by then, whatever hangs; waiting for servers comes on top.
  private static let runLimit = Duration.seconds(30)

  func runConcurrently(in session: Session) async throws -> Int32 {
    let checks = try selectedChecks(in: session)
    if list {
      try session.give(Self.list(checks), to: output)
      return ExitStatus.fine
    }
    let start = ContinuousClock.now
    let host = try settingsHost(session)
    let project: Project
    do {
      project = try Project(
        reading: host.absolute(SourcePath(path)), host: host, jobs: common.threads, rules: common.rules)
    } catch {
      throw CommandFailure(ExitStatus.usage, error)
    }
    if let settings, project.settings?.module != settings {
      throw CommandFailure(
        ExitStatus.usage,
        Finding(
          .error, "--settings \(Escaping.text(settings)): no such settings module in the project",
          remedy: Self.known(project)))
    }
    let scope = try await scope(of: project, in: session)
    let context = try context(for: project, host: host, session)
    let limit = Self.runLimit + .milliseconds(Int64(wait * 1000))
    let engine = CheckEngine(checks: checks, timeLimit: limit, crashes: CheckCrashes(host: session.host))
    let all = await engine.run(in: context)
    let results = scope.narrowed(all.withoutDoubles)
    try give(DoctorReport(results), time: .now - start, in: session)
    if showsFixes { try fix(results, in: project, session) }
    let isLost = tellTroubles(of: project, in: session)
    session.keepUntilEnd(project)
    let counts = results.contains { failOn.statuses.contains($0.result.status) }
    return isLost || counts ? ExitStatus.findings : ExitStatus.fine
  }

  /// The outside world as the settings shall see it: with `--settings` and the variables of `--env-file`.
  private func settingsHost(_ session: Session) throws -> Host {
    var host = session.host
    if let envFile { try host.addVariables(of: envFile) }
    if let settings { host.environment["DJANGO_SETTINGS_MODULE"] = settings }
    return host
  }

  private func context(for project: Project, host: Host, _ session: Session) throws -> CheckContext {
    let (environment, installed) = try common.environment(for: project.root, in: session)
    let declared = DeclaredDependencies(of: project.root, folders: project.tree.projectFolders, host: session.host)
    let onPath = EnvironmentFinder(host: host, project: project.root).pythonOnSearchPath()
    return CheckContext(
      project: project,
      manifest: Manifest(
        of: project, installed: installed, declared: DeclaredNames(declared),
        python: environment?.interpreter.version),
      environment: environment,
      interpreter: environment?.interpreter ?? onPath.map { Interpreter(path: $0, version: nil) }, installed: installed,
      declared: declared, profile: profile, asksServers: !isStatic && !common.offline, host: host,
      probeTimeout: .milliseconds(Int64(timeout * 1000)),
      waiting: .milliseconds(Int64(wait * 1000)), portState: Self.portState)
  }

  private static func known(_ project: Project) -> String {
    let paths = project.settingsModules.map(\.path.description)
    return paths.isEmpty ? "no settings module was found" : "found: \(paths.joined(separator: ", "))"
  }
}
