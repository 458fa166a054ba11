package import Diagnostics
package import Host
package import Manifests
package import Packaging
package import Probes
package import Project
package import PythonEnvironment

#if canImport(Glibc)
  import Glibc
#endif

/// All that a check may look at.
package struct CheckContext: Sendable {
  package let project: Project
  package let manifest: Manifest
  /// The environment that the project would be run in; nil when there is none.
  package let environment: PythonEnvironment?
  /// The interpreter that would be used: the environment's, else the python3 on PATH.
  package let interpreter: Interpreter?
  /// What is installed in the environment; nothing without one.
  package let installed: InstalledDistributions
  private let host: Host
  private let probeTimeout: Duration

  /// `probeTimeout` bounds each probe and each question to the interpreter.
  package init(
    project: Project, manifest: Manifest, environment: PythonEnvironment?, interpreter: Interpreter?,
    installed: InstalledDistributions, host: Host, probeTimeout: Duration
  ) {
    self.project = project
    self.manifest = manifest
    self.environment = environment
    self.interpreter = interpreter
    self.installed = installed
    self.host = host
    self.probeTimeout = probeTimeout
  }

  /// The version of Django that is installed; nil when it is not, or not a version.
  package var django: Version? {
    PackageName("django").flatMap { installed[$0] }.flatMap { Version($0.version) }
  }

  /// A path for messages: relative to the project where it lies there.
  package func display(_ path: SourcePath) -> String { (path.relative(to: project.root) ?? path).description }

  /// Runs `code` with the interpreter that would be used and returns what it prints, without the final line end.
  ///
  /// The code must import the standard library alone; see `Interpreter.evaluate`.
  package func ask(_ interpreter: Interpreter, _ code: String) async throws -> String {
    let outcome = try await interpreter.evaluate(code, in: host, by: .after(probeTimeout))
    guard outcome.status == 0 else {
      let last = outcome.error.split(whereSeparator: \.isNewline).last.map(String.init) ?? "no message"
      throw Finding(.error, "\(interpreter.path) failed: \(Escaping.text(last))")
    }
    return outcome.output.split(whereSeparator: \.isNewline).joined(separator: "\n")
  }

  /// Runs a server conversation on a thread of its own, so that no probe waits for another.
  package func run<P: Probe>(_ probe: P) async -> Result<P.Answer, ProbeFailure> {
    await probe.attempt(by: .after(probeTimeout))
  }

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
