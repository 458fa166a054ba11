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
  enum Format: String, CaseIterable {
    case text
    case json
  }

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
  let only: [String]
  let skip: [String]
  let failOn: Threshold
  let settings: String?
  let timeout: Double
  let isStatic: Bool
  let list: Bool
  let output: String?
  let common: CommonOptions

  /// The whole run ends by then, whatever hangs.
  private static let runLimit = Duration.seconds(30)

  func runConcurrently(in session: Session) async throws -> Int32 {
    let checks = try selectedChecks()
    if list {
      try session.give(Self.list(checks), to: output)
      return ExitStatus.fine
    }
    let start = ContinuousClock.now
    var host = session.host
    if let settings { host.environment["DJANGO_SETTINGS_MODULE"] = settings }
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
    let context = try context(for: project, host: host, session)
    let results = await CheckEngine(checks: checks, timeLimit: Self.runLimit).run(in: context)
    let report = DoctorReport(results)
    let text =
      format == .json
      ? report.json.text + "\n"
      : report.text(
        paint: session.paint(session.output, output == nil ? common.color : .never), isVerbose: common.verbose,
        isQuiet: common.quiet, time: .now - start)
    try session.give(text, to: output)
    let isLost = tellTroubles(of: project, in: session)
    return isLost || failOn.statuses.contains { report.count($0) > 0 } ? ExitStatus.findings : ExitStatus.fine
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
      declared: declared, host: host, probeTimeout: .milliseconds(Int64(timeout * 1000)))
  }

  private static func known(_ project: Project) -> String {
    let paths = project.settingsModules.map(\.path.description)
    return paths.isEmpty ? "no settings module was found" : "found: \(paths.joined(separator: ", "))"
  }

  private func selectedChecks() throws -> [any Check] {
    let all = CheckCatalog.all
    for pattern in only + skip where !all.contains(where: { Glob.matches($0.id, pattern) }) {
      let hint = Suggestion.closest(to: pattern, among: all.map(\.id)).map { "did you mean \($0)?" }
      throw CommandFailure(
        ExitStatus.usage,
        Finding(
          .error, "no such check: \(Escaping.text(pattern))", remedy: hint ?? "`envtool doctor --list` names them"))
    }
    return all.filter { check in
      let id = check.id
      if !only.isEmpty, !only.contains(where: { Glob.matches(id, $0) }) { return false }
      if skip.contains(where: { Glob.matches(id, $0) }) { return false }
      switch check.documentation.reach {
      case .static: return true
      case .interpreter: return !isStatic
      case .network: return !isStatic && !common.offline
      case .project: return false
      }
    }.sorted { $0.id < $1.id }
  }

  private static func list(_ checks: [any Check]) -> String {
    let width = checks.map(\.id.count).max() ?? 0
    return checks.map { check in
      let documentation = check.documentation
      return "\(Wording.padded(check.id, to: width))  \(Wording.padded(documentation.severity.rawValue, to: 7))  "
        + "\(Wording.padded(documentation.reach.rawValue, to: 11))  \(documentation.title)\n"
    }.joined()
  }
}
