package import Diagnostics
package import Host
package import Packaging

/// A Python interpreter on this machine.
package struct Interpreter: Sendable {
  /// The file that is started.
  package let path: SourcePath
  /// As the file's name or its environment's pyvenv.cfg tells; nil when neither does. Nothing was run to learn it.
  package let version: Version?

  package init(path: SourcePath, version: Version?) {
    self.path = path
    self.version = version
  }

  /// Runs `code` with `-I -S`: no site-packages, no `.pth` files, no current folder, so that nothing of the project or of
  /// what is installed can run.
  package func evaluate(_ code: String, in host: Host, by deadline: Deadline) async throws(ChildFailure) -> ChildOutcome
  {
    try await runChild(path, ["-I", "-S", "-c", code], environment: host.environment, by: deadline)
  }
}
