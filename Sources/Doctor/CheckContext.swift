package import ConfigFormats
package import Diagnostics
package import Host
package import Manifests
import Knowledge
package import Packaging
package import Probes
package import Project
package import PythonEnvironment

#if canImport(Glibc)
  import Glibc
#endif

/// All that a check may look at.
package struct CheckContext: Sendable {
  package private(set) var project: Project
  package let manifest: Manifest
  /// The environment that the project would be run in; nil when there is none.
  package let environment: PythonEnvironment?
  /// The interpreter that would be used: the environment's, else the python3 on PATH.
  package let interpreter: Interpreter?
  /// What is installed in the environment; nothing without one.
  package let installed: InstalledDistributions
  /// What the manifests declare and the locks hold.
  package let declared: DeclaredDependencies
  /// The contents of the project's files, for as many checks as ask.
  package let code: ProjectCode
  package let profile: CheckProfile
  /// Whether servers, and databases in files, may be asked.
  package let asksServers: Bool
  /// What the process files start, sorted by path.
  package let commands: [(command: ProcessCommand, path: SourcePath)]
  /// The project as its interpreter imports it.
  package let live: LiveProject
  /// Where the files say that the project is served to others, sorted by location.
  package let deployments: [Deployment]
  let secrets: SecretFilter
  /// What files and command lines tell uWSGI, sorted by location.
  package let uwsgi: [UWSGIConfiguration]
  /// What files and command lines tell gunicorn, sorted by path, the files first.
  package let gunicorn: [GunicornConfiguration]
  /// The month that it is, or that SOURCE_DATE_EPOCH says.
  package let today: CalendarMonth
  /// Looks whether a server could listen at a host and port; nil where nobody can tell.
  package let portState: (@Sendable (_ host: String, _ port: UInt16) -> PortState)?
  /// Settings that are judged in place of those that manage.py names.
  var judged: Settings?
  private let pins: [PackageName: Version]
  private let host: Host
  private let probeTimeout: Duration
  /// Until when what can still come up is asked again.
  private let waitEnd: Deadline

  /// `project` was read with its settings. `probeTimeout` bounds each probe and each question to the interpreter; for `wait` from
  /// now on servers that are not there yet are waited for.
  package init(
    project: Project, manifest: Manifest, environment: PythonEnvironment?, interpreter: Interpreter?,
    installed: InstalledDistributions, declared: DeclaredDependencies, profile: CheckProfile = .dev,
    asksServers: Bool = true, host: Host, probeTimeout: Duration, waiting wait: Duration = .zero,
    portState: (@Sendable (_ host: String, _ port: UInt16) -> PortState)? = nil
  ) {
    self.project = project
    self.manifest = manifest
    self.environment = environment
    self.interpreter = interpreter
    self.installed = installed
    self.declared = declared
    self.profile = profile
    self.asksServers = asksServers
    guard let code = project.code else { preconditionFailure("the project was read for what it needs alone") }
    self.code = code
    live = LiveProject(project, interpreter, host, isProduction: profile == .production)
    commands = project.processCommands()
    secrets = SecretFilter(project, host)
    uwsgi = UWSGIConfiguration.all(in: project, code, commands)
    gunicorn = GunicornConfiguration.all(in: project, code, commands)
    deployments = Deployment.all(in: project, code, commands, gunicorn)
    today = CalendarMonth(now: host.variable("SOURCE_DATE_EPOCH"))
    pins = Self.pins(declared).merging(Self.pins(commands, besides: declared)) { declared, _ in declared }
    self.host = host
    self.portState = portState
    self.probeTimeout = probeTimeout
    waitEnd = .after(wait)
  }

  /// Puts other settings in the place of those that manage.py names.
  mutating func judge(_ settings: Settings, named module: String) {
    judged = settings
    project = project.with(settings, named: module)
  }

  /// The version of Django that is installed, or pinned where there is no environment; nil when neither tells.
  package var django: Version? { PackageNames.django.flatMap { version(of: $0) } }

  /// The Python that would run the project: that of its environment, else the oldest that its manifests admit, else the oldest
  /// that a file names; nil where none tells.
  package var python: (major: Int, minor: Int)? {
    if let version = environment?.interpreter.version { return (version.major, version.minor) }
    let conditions = declared.pythons + requiredPythons.map(\.specifiers)
    let oldest =
      conditions.isEmpty
      ? nil
      : (0..<100).first { minor in
        conditions.allSatisfy { $0.contains(text: "3.\(minor).99", prereleases: false) }
      }
    return oldest.map { (3, $0) } ?? namedPythons.map(\.version).min().map { ($0.major, $0.minor) }
  }

  /// The version that is installed; where there is no environment, the one that the manifests and locks pin.
  package func version(of name: PackageName) -> Version? {
    environment == nil ? pins[name] : installed[name].flatMap { Version($0.version) }
  }

  /// The one version that the manifests and locks pin, whatever is installed; nil where they pin none or several.
  package func pinnedVersion(of name: PackageName) -> Version? { pins[name] }

  /// Whether a distribution is installed; where there is no environment, whether a manifest or lock names it. Nil where there
  /// is neither.
  package func has(_ name: PackageName) -> Bool? {
    if environment != nil { return installed[name] != nil }
    if declared.entries.isEmpty && declared.locks.isEmpty { return nil }
    return declared.entries.contains { $0.name == name }
      || declared.locks.contains { $0.distributions.contains { $0.name == name } }
  }

  /// How bad what the check found is, under the profile that was asked for.
  package func status(_ check: some Check) -> CheckStatus {
    let documentation = check.documentation
    if documentation.isErrorInProduction, profile == .production { return .error }
    return documentation.severity == .error ? .error : .warning
  }

  private static func pins(_ declared: DeclaredDependencies) -> [PackageName: Version] {
    var found: [PackageName: Set<Version>] = [:]
    for distribution in declared.locks.flatMap(\.distributions) {
      if let version = distribution.version.flatMap({ Version($0) }) {
        found[distribution.name, default: []].insert(version)
      }
    }
    for entry in declared.entries {
      if let version = entry.requirement.specifiers.pinnedVersion { found[entry.name, default: []].insert(version) }
    }
    return found.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  /// What process files install in one version and no manifest names: `RUN pip install django==5.2.4`.
  private static func pins(
    _ commands: [(command: ProcessCommand, path: SourcePath)], besides declared: DeclaredDependencies
  ) -> [PackageName: Version] {
    var found: [PackageName: Set<Version>] = [:]
    for (command, path) in commands {
      guard !path.isMaterial, command.place != .testRunner, command.place != .pipeline else { continue }
      let words = command.words.contains("install") ? command.words : []
      for word in words {
        let parts = word.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[1].isEmpty, let name = PackageName(String(parts[0].prefix { $0 != "[" })),
          let version = Version(parts[2])
        else { continue }
        found[name, default: []].insert(version)
      }
    }
    let named = Set(declared.entries.map(\.name)).union(declared.locks.flatMap(\.distributions).map(\.name))
    return found.filter { !named.contains($0.key) }.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  /// A path for messages: relative to the project where it lies there.
  package func display(_ path: SourcePath) -> String { (path.relative(to: project.root) ?? path).description }

  /// Runs `code` with the interpreter that would be used and returns what it prints, without the final line end.
  ///
  /// The code must import the standard library alone; see `Interpreter.evaluate`. Throws `NoAnswer` when its time is over.
  package func ask(_ interpreter: Interpreter, _ code: String) async throws -> String {
    let outcome: ChildOutcome
    do throws(ChildFailure) {
      outcome = try await interpreter.evaluate(code, in: host, by: .after(probeTimeout))
    } catch {
      if case .timeout = error { throw NoAnswer(path: interpreter.path) }
      throw error
    }
    guard outcome.status == 0 else {
      let last = outcome.error.split(whereSeparator: \.isNewline).last.map(String.init) ?? "no message"
      throw Finding(.error, "\(interpreter.path) failed: \(Escaping.text(last))")
    }
    return outcome.output.split(whereSeparator: \.isNewline).joined(separator: "\n")
  }

  /// Runs a server conversation on a thread of its own, so that no probe waits for another; again and again as long as what
  /// does not answer may still come up.
  package func run<P: Probe>(_ probe: P) async -> Result<P.Answer, ProbeFailure> {
    while true {
      let outcome = await probe.attempt(by: .after(probeTimeout))
      guard case .failure(let failure) = outcome, failure.reason.canPass, !waitEnd.hasPassed else { return outcome }
      do { try await Task.sleep(for: min(waitEnd.remaining, .milliseconds(250))) } catch { return outcome }
    }
  }

  /// What a command prints that is not the project's own: run in the project's folder, bounded as each probe is.
  package func runCommand(_ words: [String]) async throws -> ChildOutcome {
    let name = words.first ?? ""
    let program = name.contains("/") ? project.root.appending(name) : host.executable(named: name)
    guard let program else { throw Finding(.error, "there is no command \(Escaping.text(name)) on PATH") }
    return try await runChild(
      program, Array(words.dropFirst()), environment: host.environment, folder: project.root,
      by: .after(probeTimeout))
  }

  /// The value of an environment variable; nil when it is unset or empty.
  package func variable(_ name: String) -> String? { host.variable(name) }

  package func folderExists(_ folder: SourcePath) -> Bool { Files.kind(of: folder) == .folder }

  /// Whether this user may make files in `folder`, which must exist.
  package func canMakeFile(in folder: SourcePath) -> Bool {
    folderExists(folder) && Files.isAccessible(folder, W_OK | X_OK)
  }

  /// Whether this user may make files in `folder`, with the folders that lead to it: it is writable, or the nearest folder above it that exists is.
  package func folderIsWritable(_ folder: SourcePath) -> Bool {
    var existing = folder
    while !Files.exists(existing), !existing.parent.isEmpty, existing.parent != existing { existing = existing.parent }
    return canMakeFile(in: existing)
  }
}

/// An interpreter did not answer in time: a busy machine, so nothing is known of it.
package struct NoAnswer: Error, CustomStringConvertible {
  let path: SourcePath

  package var description: String { "\(path) did not answer in time" }
}
