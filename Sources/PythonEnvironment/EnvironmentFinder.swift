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
  package func find(option: String?) throws(Finding) -> PythonEnvironment? {
    if let option { return try named(option, origin: .option) }
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
      return environment(of: python, origin: .searchPath)
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

  private func named(_ option: String, origin: PythonEnvironment.Origin) throws(Finding) -> PythonEnvironment {
    let path =
      option.contains("/")
      ? host.absolute(SourcePath(option)) : host.executable(named: option) ?? host.absolute(SourcePath(option))
    let found: PythonEnvironment? =
      switch Files.kind(of: path) {
      case .folder: environment(at: path, origin)
      case .regular: environment(of: behindShim(path), origin: origin)
      case .special, .symbolicLink, nil: nil
      }
    if let found { return found }
    throw Finding(
      .error, "--python \(Escaping.text(option)): neither an interpreter nor an environment",
      remedy: "name a virtual environment's folder or its bin/python")
  }

  /// The environment whose folder is `prefix`; nil when there is no interpreter with a site-packages folder in it.
  private func environment(at prefix: SourcePath, _ origin: PythonEnvironment.Origin) -> PythonEnvironment? {
    for name in ["python3", "python"] {
      let python = prefix.appending("bin").appending(name)
      // A dangling link is a broken environment, not none: its packages can still be read.
      if Files.kind(of: python, followingLinks: false) != nil { return environment(of: python, prefix: prefix, origin) }
    }
    return nil
  }

  /// The environment that the interpreter file belongs to.
  private func environment(of python: SourcePath, origin: PythonEnvironment.Origin) -> PythonEnvironment? {
    let prefix = python.parent.parent
    if Files.exists(prefix.appending("pyvenv.cfg")) { return environment(of: python, prefix: prefix, origin) }
    guard let real = Files.resolved(python) else { return nil }
    return environment(of: real, prefix: real.parent.parent, origin)
  }

  private func environment(
    of python: SourcePath, prefix: SourcePath, _ origin: PythonEnvironment.Origin
  ) -> PythonEnvironment? {
    let configuration = VirtualEnvironmentConfiguration(at: prefix)
    let libraries = libraryFolders(of: prefix)
    let version =
      configuration?.version ?? libraries.lazy.compactMap(\.version).first
      ?? version(inName: (Files.resolved(python) ?? python).name)
    var folders = libraries.filter { $0.version == nil || version == nil || $0.matches(version) }.map(\.folder)
    if configuration == nil || configuration?.includesSystem == true {
      folders += systemFolders(version: version, configuration, prefix)
    }
    guard !folders.isEmpty else { return nil }
    return PythonEnvironment(
      origin: origin, prefix: prefix, interpreter: Interpreter(path: python, version: version), sitePackages: folders,
      searchPath: [], root: .machine,
      displayName: (prefix.relative(to: project).flatMap { $0.isEmpty ? nil : $0 } ?? prefix).description)
  }

  private struct LibraryFolder {
    let folder: SourcePath
    let version: Version?

    func matches(_ other: Version?) -> Bool { version?.release.prefix(2) == other?.release.prefix(2) }
  }

  /// `lib/pythonX.Y/site-packages` below `prefix`, newest Python first.
  private func libraryFolders(of prefix: SourcePath) -> [LibraryFolder] {
    var result: [LibraryFolder] = []
    let library = prefix.appending("lib")
    guard let entries = try? Files.list(library) else { return [] }
    for entry in entries where entry.name.name.hasPrefix("python") || entry.name.name.hasPrefix("pypy") {
      let folder = library.appending(entry.name).appending("site-packages")
      if Files.kind(of: folder) == .folder {
        result.append(LibraryFolder(folder: folder, version: version(inName: entry.name.name)))
      }
    }
    return result.sorted { left, right in
      switch (left.version, right.version) {
      case (let left?, let right?): left > right
      case (nil, _?): false
      case (_?, nil): true
      case (nil, nil): left.folder < right.folder
      }
    }
  }

  /// The folders of the installation behind an environment, and those that Debian adds to the system's own Python.
  private func systemFolders(
    version: Version?, _ configuration: VirtualEnvironmentConfiguration?, _ prefix: SourcePath
  ) -> [SourcePath] {
    var folders: [SourcePath] = []
    if let home = configuration?.home {
      folders += libraryFolders(of: home.parent).filter { $0.matches(version) }.map(\.folder)
    }
    let series = (version?.release.prefix(2) ?? []).map(String.init).joined(separator: ".")
    let debian: [SourcePath] = [
      SourcePath("/usr/local/lib/python\(series)/dist-packages"), "/usr/lib/python3/dist-packages",
    ]
    let isSystem = (configuration?.home ?? prefix.appending("bin")) == "/usr/bin"
    return folders + (isSystem ? debian.filter { Files.kind(of: $0) == .folder } : [])
  }

  /// `3.11` of `python3.11`, as a version.
  private func version(inName name: String) -> Version? {
    let digits = name.drop { !$0.isNumber }
    return digits.contains(".") ? Version(String(digits)) : nil
  }

  /// pyenv puts scripts on PATH that choose an interpreter: the one they would start, as far as files tell.
  private func behindShim(_ python: SourcePath) -> SourcePath {
    guard python.parent.name == "shims" else { return python }
    let root = python.parent.parent
    let chosen = host.variable("PYENV_VERSION") ?? (try? Files.text(root.appending("version")))
    guard let name = chosen?.split(whereSeparator: { $0.isWhitespace || $0 == ":" }).first else { return python }
    let real = root.appending("versions").appending(String(name)).appending("bin").appending(python.name)
    return Files.exists(real) ? real : python
  }
}
