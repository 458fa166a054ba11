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
  /// Folders that distributions are installed in, the environment's own first.
  package let sitePackages: [SourcePath]
  /// The environment's path as a person would write it: relative to the project where it lies there.
  package let displayName: String

  /// The markers that hold here, for CPython on Linux; without a known version the newest is assumed.
  package func markerEnvironment(machine: String) -> MarkerEnvironment {
    .linux(python: interpreter.version ?? Version(release: [3, 14]), machine: machine)
  }
}
