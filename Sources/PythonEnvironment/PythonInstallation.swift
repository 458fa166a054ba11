import Diagnostics
import Host
import Packaging

/// The folders of one Python: of an installation or of a virtual environment, on any system that can be unpacked here.
struct PythonInstallation {
  /// The interpreter file.
  let python: SourcePath
  /// `sys.prefix`.
  let prefix: SourcePath
  let root: FileRoot
  let configuration: VirtualEnvironmentConfiguration?
  let version: Version?
  /// `python3.12`, `python3.13t`, `pypy3.10`: what its folders below `lib` are called; nil when nothing tells.
  let libraryName: String?
  private let host: Host

  init(python: SourcePath, prefix: SourcePath, root: FileRoot, _ host: Host) {
    self.python = python
    self.prefix = prefix
    self.root = root
    self.host = host
    configuration = VirtualEnvironmentConfiguration(at: prefix)
    let libraries = LibraryFolder.all(in: prefix)
    let real = root.resolved(python) ?? python
    let named = LibraryFolder.Name(real.name)
    let isConda = Files.kind(of: prefix.appending("conda-meta")) == .folder
    let known =
      configuration?.version ?? (isConda ? Self.condaVersion(in: prefix) : nil) ?? Self.version(inFolder: real, named)
    let fitting = libraries.filter { library in
      if let named, !named.series.isEmpty { return library.name.series == named.series }
      return known.map { library.name.matches($0) } ?? true
    }
    libraryName = (fitting.first?.name ?? named.flatMap { $0.series.isEmpty ? nil : $0 })?.text
    version = known ?? named?.version ?? fitting.first?.name.version
  }

  /// Whether a folder says itself that it is an environment.
  static func isEnvironment(_ folder: SourcePath) -> Bool {
    Files.exists(folder.appending("pyvenv.cfg")) || Files.exists(folder.appending("conda-meta"))
  }

  /// The interpreter of the environment in a folder, even one that is a broken link: its packages can still be read.
  static func interpreter(in prefix: SourcePath) -> SourcePath? {
    let names = [
      "bin/python3", "bin/python", "bin/pypy3", "bin/pypy", "Scripts/python.exe", "python.exe",
    ]
    return names.lazy.map { prefix.appending($0) }.first { Files.kind(of: $0, followingLinks: false) != nil }
  }

  /// The folders that Python's site module reads `.pth` files in, in the order in which they stand on sys.path.
  func siteFolders() -> [SourcePath] {
    var folders: [SourcePath] = []
    guard let configuration else {
      folders = [userFolder()].compactMap(\.self) + systemFolders(of: prefix, libraryName, isVirtual: false)
      return existing(folders)
    }
    folders = siteFolders(of: prefix, libraryName)
    if configuration.includesSystem {
      folders += [userFolder()].compactMap(\.self)
      if let base = basePrefix(configuration) { folders += systemFolders(of: base, libraryName, isVirtual: true) }
    }
    return existing(folders)
  }

  /// Those that exist, each once, with the links of another file system followed.
  private func existing(_ folders: [SourcePath]) -> [SourcePath] {
    var result: [SourcePath] = []
    for folder in folders {
      let place = root == .machine ? folder : root.resolved(folder) ?? folder
      if Files.kind(of: place) == .folder, !result.contains(place) { result.append(place) }
    }
    return result
  }

  /// The installation that a virtual environment was made with.
  private func basePrefix(_ configuration: VirtualEnvironmentConfiguration) -> SourcePath? {
    guard let home = configuration.home.map({ root.place(of: $0) }) else { return nil }
    let names = [libraryName, "python3", "python", "python.exe"].compactMap(\.self)
    let real = names.lazy.compactMap { root.resolved(home.appending($0)) }.first
    if real?.name.hasSuffix(".exe") == true { return real?.parent }
    return real?.parent.parent ?? home.parent
  }

  private func siteFolders(of prefix: SourcePath, _ library: String?) -> [SourcePath] {
    var folders: [SourcePath] = []
    if let library {
      // lib64 is a folder of its own on some systems, elsewhere a link to lib.
      if Files.kind(of: prefix.appending("lib64"), followingLinks: false) == .folder {
        folders.append(prefix.appending("lib64/\(library)/site-packages"))
      }
      folders.append(prefix.appending("lib/\(library)/site-packages"))
    }
    if Files.exists(prefix.appending("lib_pypy")) { folders.append(prefix.appending("site-packages")) }
    folders.append(prefix.appending("Lib/site-packages"))
    return folders
  }

  /// The folders of an installation, with those that distributors add: Debian's dist-packages, Fedora's /usr/local.
  private func systemFolders(of prefix: SourcePath, _ library: String?, isVirtual: Bool) -> [SourcePath] {
    guard let library, root.written(prefix) == "/usr" else { return siteFolders(of: prefix, library) }
    let isPython3 = !library.hasPrefix("python2")
    let local = prefix.appending("local")
    if Files.exists(prefix.appending("lib/python3/dist-packages"))
      || Files.exists(prefix.appending("lib/\(library)/dist-packages"))
    {
      return (isVirtual ? [prefix.appending("lib/\(library)/site-packages")] : [])
        + [local.appending("lib/\(library)/dist-packages")]
        + (isPython3 ? [prefix.appending("lib/python3/dist-packages")] : [])
        + [prefix.appending("lib/\(library)/dist-packages")]
    }
    let isFedora = Files.kind(of: prefix.appending("lib64"), followingLinks: false) == .folder
    return (isFedora ? siteFolders(of: local, library) : []) + siteFolders(of: prefix, library)
  }

  /// `~/.local/lib/pythonX.Y/site-packages`, unless the environment rules it out.
  /// https://docs.python.org/3/library/site.html#site.USER_SITE
  private func userFolder() -> SourcePath? {
    guard let libraryName else { return nil }
    if root != .machine { return root.place(of: SourcePath("/root/.local/lib/\(libraryName)/site-packages")) }
    if host.variable("PYTHONNOUSERSITE") != nil { return nil }
    let base = host.variable("PYTHONUSERBASE") ?? host.variable("HOME").map { "\($0)/.local" }
    return base.map { host.absolute(SourcePath($0)).appending("lib/\(libraryName)/site-packages") }
  }

  /// `3.12.1` of `cpython-3.12.1-linux-x86_64-gnu/bin/python3.12` or `versions/3.12.1/bin/python3.12`.
  private static func version(inFolder python: SourcePath, _ named: LibraryFolder.Name?) -> Version? {
    guard let named, !named.series.isEmpty else { return nil }
    let parts = python.parent.parent.name.split(separator: "-")
    return parts.lazy.compactMap { Version(String($0)) }.first { $0.release.count == 3 && named.matches($0) }
  }

  /// `3.12.1` of `conda-meta/python-3.12.1-hab00c5b_1.json`.
  private static func condaVersion(in prefix: SourcePath) -> Version? {
    let entries = (try? Files.list(prefix.appending("conda-meta"))) ?? []
    return entries.lazy.compactMap { entry in
      let parts = entry.name.name.split(separator: "-")
      return parts.count == 3 && parts[0] == "python" ? Version(String(parts[1])) : nil
    }.first
  }
}
