package import Diagnostics
package import Host
import Packaging

/// Finds the environment that a project would be run in: `--python`, else VIRTUAL_ENV, CONDA_PREFIX, `.venv`, `venv` or
/// `env` beside the project, and under CI=true the python3 on PATH. Nothing is run.
package struct EnvironmentFinder: Sendable {
  private let host: Host
  private let project: SourcePath

  /// `project` is the project's folder, absolute.
  package init(host: Host, project: SourcePath) {
    self.host = host
    self.project = project
  }

  /// The environment, or nil when there is none. Throws when one was named and cannot be used.
  ///
  /// `option` names an environment's folder, an interpreter by its path, its name on PATH or its version (`3.12`), or the
  /// root of another file system that holds a Python.
  package func find(option: String?) throws(Finding) -> PythonEnvironment? {
    if let option { return try named(option) }
    for variable in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
      if let value = host.variable(variable),
        let found = environment(at: host.absolute(SourcePath(value)), .variable(variable))
      {
        return found
      }
    }
    for name in [".venv", "venv", "env"] {
      if let found = environment(at: project.appending(name), .besideProject) { return found }
    }
    if host.variable("CI") == "true", let python = pythonOnSearchPath() {
      return environment(of: python, .searchPath)
    }
    return nil
  }

  /// The interpreter that a bare `python3` starts, for projects without an environment.
  package func pythonOnSearchPath() -> SourcePath? {
    for name in ["python3", "python"] {
      if let found = host.executable(named: name) { return behindShim(found) }
    }
    return nil
  }

  private func named(_ option: String) throws(Finding) -> PythonEnvironment {
    var place = host.absolute(SourcePath(option))
    // `env` means the folder, although there is a program of that name.
    if !option.contains("/"), Files.kind(of: place) != .folder, let found = executable(option) { place = found }
    let found: PythonEnvironment? =
      switch Files.kind(of: place) {
      case .folder: environment(at: place, .option) ?? environment(inRoot: place)
      case .regular: environment(of: behindShim(place), .option)
      // A link that leads nowhere here may lead somewhere in the file system that it belongs to.
      case .special, .symbolicLink, nil:
        Files.kind(of: place, followingLinks: false) == .symbolicLink ? environment(of: place, .option) : nil
      }
    if let found { return found }
    throw Finding(
      .error, "--python \(Escaping.text(option)): neither an interpreter nor an environment",
      remedy: "name a virtual environment's folder or its bin/python")
  }

  private func executable(_ name: String) -> SourcePath? {
    let isVersion = name.utf8.first.map { $0 &- 0x30 < 10 } ?? false
    return host.executable(named: isVersion ? "python\(name)" : name)
  }

  /// The environment whose folder is `prefix`; nil when there is no interpreter with a site-packages folder in it.
  private func environment(at prefix: SourcePath, _ origin: PythonEnvironment.Origin) -> PythonEnvironment? {
    let root = FileRoot(around: prefix)
    let isRoot = FileRoot.looksLikeRoot(prefix) && !PythonInstallation.isEnvironment(prefix)
    guard !isRoot, let python = PythonInstallation.interpreter(in: prefix) else { return nil }
    return environment(PythonInstallation(python: python, prefix: prefix, root: root, host), origin)
  }

  /// The Python of another file system whose `/` is `folder`: the one that PATH would find there.
  private func environment(inRoot folder: SourcePath) -> PythonEnvironment? {
    let root = FileRoot(folder: folder)
    for prefix in ["usr/local", "usr"] {
      guard let python = PythonInstallation.interpreter(in: folder.appending(prefix)) else { continue }
      if let found = environment(of: python, in: root, .option) { return found }
    }
    return nil
  }

  private func environment(of python: SourcePath, _ origin: PythonEnvironment.Origin) -> PythonEnvironment? {
    environment(of: python, in: FileRoot(around: python), origin)
  }

  /// The environment that the interpreter file belongs to.
  private func environment(
    of python: SourcePath, in root: FileRoot, _ origin: PythonEnvironment.Origin
  ) -> PythonEnvironment? {
    for prefix in [python.parent.parent, python.parent] where Files.exists(prefix.appending("pyvenv.cfg")) {
      return environment(PythonInstallation(python: python, prefix: prefix, root: root, host), origin)
    }
    guard let real = root.resolved(python) else { return nil }
    let prefix = real.name.hasSuffix(".exe") ? real.parent : real.parent.parent
    return environment(PythonInstallation(python: real, prefix: prefix, root: root, host), origin)
  }

  private func environment(
    _ installation: PythonInstallation, _ origin: PythonEnvironment.Origin
  ) -> PythonEnvironment? {
    let folders = installation.siteFolders()
    guard !folders.isEmpty else { return nil }
    let prefix = installation.prefix
    var searchPath: [SourcePath] = []
    if installation.root == .machine, let variable = host.variable("PYTHONPATH") {
      searchPath = variable.split(separator: ":").map { host.absolute(SourcePath(String($0))) }
    }
    return PythonEnvironment(
      origin: origin, prefix: prefix,
      interpreter: Interpreter(path: installation.python, version: installation.version), sitePackages: folders,
      searchPath: searchPath, root: installation.root,
      displayName: (prefix.relative(to: project).flatMap { $0.isEmpty ? nil : $0 } ?? prefix).description)
  }

  private func behindShim(_ python: SourcePath) -> SourcePath {
    PyenvShim(python)?.interpreter(for: project, host) ?? python
  }
}
