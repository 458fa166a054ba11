import Diagnostics
import Host
import Manifests
import Packaging
import Project
import PythonEnvironment
import Reporting

/// `envtool freeze`
struct FreezeCommand: Subcommand {
  enum Format: String, CaseIterable {
    case requirements
    case pylock
    case json
    case cyclonedx
  }

  let path: String
  let all: Bool
  let requirements: [String]
  let extras: [String]
  let groups: [String]
  let check: OptionalValue
  let verify: Bool
  let format: Format
  let noAnnotate: Bool
  let output: String?
  let common: CommonOptions

  /// What the lock is made of.
  struct Source {
    let folder: SourcePath
    let environment: PythonEnvironment
    let installed: InstalledDistributions
    let markers: MarkerEnvironment

    var python: Version? { environment.interpreter.version }
  }

  func run(in session: Session) throws -> Int32 {
    let source = try source(in: session)
    if verify { return try verify(source, in: session) }
    let request = all ? nil : try request(source, in: session)
    if check != .notGiven { return try compare(source, request, in: session) }
    let lock: Lock
    do { lock = try self.lock(source, request) } catch { return refuse(error, in: session) }
    try session.give(text(of: lock, source, request, in: session), to: output)
    for finding in lock.findings + lock.portability + (common.verbose ? lock.notes : []) {
      session.tell(finding, common.color)
    }
    if !common.quiet {
      let purpose = request.map { " for \($0.origin)" } ?? ""
      session.errors.line(
        "\(Wording.count(lock.pins.count, "distribution"))\(purpose), from \(name(of: source.environment))")
    }
    return ExitStatus.fine
  }

  /// The lock of what was asked for, or of everything in the environment.
  func lock(_ source: Source, _ request: Request?) throws(Lock.Incomplete) -> Lock {
    guard let request else {
      let reasons = format != .requirements || !noAnnotate || check != .notGiven
      return Lock(allOf: source.installed, in: source.markers, reasons: reasons)
    }
    return try Lock(
      closureOf: request.roots, within: request.constraints, over: source.installed, in: source.markers,
      named: source.environment.displayName)
  }

  /// `.venv (Python 3.12.4)`
  func name(of environment: PythonEnvironment) -> String {
    environment.displayName + (environment.interpreter.version.map { " (Python \($0))" } ?? "")
  }

  private func source(in session: Session) throws -> Source {
    let folder = session.host.absolute(SourcePath(path))
    guard Files.kind(of: folder) == .folder else {
      throw CommandFailure(
        ExitStatus.usage, Finding(.error, "no such folder: \(folder)", remedy: "name the project's folder"))
    }
    let (found, installed) = try common.environment(for: folder, in: session)
    guard let environment = found else {
      throw CommandFailure(
        ExitStatus.usage,
        Finding(
          .error, "no environment to read: no --python, VIRTUAL_ENV, CONDA_PREFIX, .venv, venv or env",
          remedy:
            "name one with --python PATH, or make one: python3 -m venv .venv (resolving from an index is not there yet)"
        ))
    }
    return Source(
      folder: folder, environment: environment, installed: installed,
      markers: environment.markerEnvironment(machine: Machine.name))
  }

  private func text(of lock: Lock, _ source: Source, _ request: Request?, in session: Session) -> String {
    let environment = source.environment
    // https://reproducible-builds.org/specs/source-date-epoch/
    let timestamp = session.host.variable("SOURCE_DATE_EPOCH").flatMap { Int($0) }
    let report = LockReport(
      lock, environment: environment.displayName, python: environment.interpreter.version?.description)
    return switch format {
    case .json: report.json.text + "\n"
    case .cyclonedx:
      report.cycloneDX(
        named: request?.project, in: source.folder, toolVersion: VersionCommand.number, timestamp: timestamp)
    case .requirements, .pylock: report.requirements(annotated: !noAnnotate)
    }
  }

  private func refuse(_ incomplete: Lock.Incomplete, in session: Session) -> Int32 {
    for finding in incomplete.findings { session.tell(finding, common.color) }
    var way = output.map { "\(Escaping.text($0)) was not touched" } ?? "nothing was printed"
    if output == nil, session.output.isEmptyFile {
      way = "the shell has emptied the file behind `>` already; `-o FILE` keeps the old one"
    }
    session.errors.line("\(Wording.count(incomplete.findings.count, "distribution")) missing or unfit; \(way)")
    return ExitStatus.findings
  }
}
