package import Diagnostics
package import Packaging

/// A place that distributions are installed in, with the interpreter that imports them.
package struct PythonEnvironment: Sendable {
  /// How the environment was chosen.
  package enum Origin: Sendable, Equatable {
    case option
    /// An environment variable: VIRTUAL_ENV, CONDA_PREFIX.
    case variable(String)
    case besideProject
    /// python3 on PATH, under CI=true.
    case searchPath
  }

  package let origin: Origin
  /// The folder that holds `bin` and `lib`.
  package let prefix: SourcePath
  package let interpreter: Interpreter
  /// Folders that distributions are installed in, whose `.pth` files count; in the order of sys.path.
  package let sitePackages: [SourcePath]
  /// Folders and archives that stand on sys.path before them: those of PYTHONPATH.
  package let searchPath: [SourcePath]
  /// The file system that absolute paths found in the environment are meant in.
  package let root: FileRoot
  /// The environment's path as a person would write it: relative to the project where it lies there.
  package let displayName: String

  /// The markers that hold here, on Linux; `machine` is what `uname -m` says. Without a known version the newest is assumed.
  package func markerEnvironment(machine: String) -> MarkerEnvironment {
    var markers = MarkerEnvironment.linux(
      python: interpreter.version ?? Version(release: [3, 14]), machine: foreignMachine(kernel: machine) ?? machine)
    if sitePackages.contains(where: { $0.components.contains { $0.hasPrefix("pypy") } }) {
      markers.implementationName = "pypy"
      markers.platformPythonImplementation = "PyPy"
    }
    return markers
  }

  /// What another machine's file tree is made for; nil for this machine, or when its interpreter does not tell.
  private func foreignMachine(kernel: String) -> String? {
    guard root != .machine, case .linux(let architecture, _)? = try? platform(kernel: kernel) else { return nil }
    return architecture
  }
}
