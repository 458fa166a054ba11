import ConfigFormats
import Diagnostics
import Host
import Knowledge
import PythonSource

/// Reads the files that tell more than their imports, one after another: settings, what names them, process files.
struct ProjectReader {
  let tree: ProjectTree
  let localModules: LocalModules
  /// The environment variables that the settings are evaluated with.
  private let environment: [String: String]
  /// The number of files read that are no Python sources.
  private(set) var filesRead = 0
  private(set) var failures: [Finding] = []
  private(set) var notes: [Finding] = []
  private(set) var evidence: [Evidence] = []
  private(set) var localImports: Set<String> = []
  private(set) var settingsModules: [Settings] = []
  /// The values given to DJANGO_SETTINGS_MODULE by `setdefault` in manage.py, wsgi.py and asgi.py.
  private(set) var settingsNames: [SourcePath: String] = [:]
  /// Paths of modules that are settings by their names.
  private var candidates: [SourcePath] = []
  private let loader: SettingsLoader

  /// Without `keepsValues` the settings are read for their evidence alone.
  init(
    tree: ProjectTree, localModules: LocalModules, files: ObservedFiles, environment: [String: String],
    keepsValues: Bool
  ) {
    self.tree = tree
    self.localModules = localModules
    self.environment = environment
    loader = SettingsLoader(
      root: tree.root, files: SettingsFiles(localModules, files), environment: environment, keepsValues: keepsValues)
  }

  mutating func readAll() {
    for file in tree.files { read(file) }
    readSettings()
  }

  private mutating func read(_ path: SourcePath) {
    let isINI = path.bytes.ends(with: ".ini")
    guard isINI || path.isEntryPoint || path.isSettingsModule else { return }
    let bytes: [UInt8]
    do { bytes = try Files.read(tree.root.appending(path), limit: SourceReader.sizeLimit) } catch {
      // Of Python sources the reading of imports has told already.
      guard isINI else { return }
      let isGone = error.isMissing || error.isNoFile
      let finding = Finding(isGone ? .note : .error, at: Location(path: path), "cannot read: \(error.reason)")
      if isGone { notes.append(finding) } else { failures.append(finding) }
      return
    }
    if isINI {
      filesRead += 1
      readINI(bytes, at: path)
      return
    }
    // Django's own wsgi.py names no settings, and to follow what it imports would be to run Django.
    let namesSettings = path.isEntryPoint && bytes.holds("DJANGO_SETTINGS_MODULE")
    let isCandidate = path.isSettingsModule && loader.mayBeSettings(bytes, at: path)
    guard namesSettings || isCandidate else { return }
    let tree = PythonTree(bytes)
    loader.add(tree, at: path)
    if isCandidate { candidates.append(path) }
    if namesSettings { settingsNames[path] = settingsName(in: tree) ?? loader.moduleName(setBy: path) }
  }

  /// The literal in `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "...")`, wherever it stands.
  private func settingsName(in tree: PythonTree) -> String? {
    tree.strings(after: "DJANGO_SETTINGS_MODULE").first
  }

  // MARK: - Settings

  /// Evaluates the settings: what looks like them by its name, and what manage.py and the like name.
  private mutating func readSettings() {
    var named = Set(settingsNames.compactMap { localModules.file(of: $0.value, for: $0.key) })
    named.formUnion([namedByEnvironment].compactMap(\.self).compactMap { localModules.file(of: $0) })
    for folder in Set(tree.projectFolders).union([""]).sorted().prefix(20) {
      let file = folder.appending("manage.py")
      named.formUnion(loader.moduleNames(namedIn: folder).compactMap { localModules.file(of: $0, for: file) })
    }
    settingsModules = loader.modules(named.union(candidates).sorted(), named: named)
    for settings in settingsModules {
      addEvidence(of: settings)
      if let excess = settings.excess { notes.append(Finding(.note, at: Location(path: settings.path), excess)) }
    }
  }

  /// The same modules once more, with what the environment leaves open as not known.
  func judgedModules() -> [Settings] {
    let paths = settingsModules.map(\.path)
    return SettingsLoader(judgingAs: loader).modules(paths, named: Set(paths))
  }

  private mutating func addEvidence(of settings: Settings) {
    var found = SettingsEvidence(group: DependencyGroup(of: settings.path), localModules: localModules)
    for (name, value) in settings.history { found.add(value, of: name) }
    evidence += found.evidence
    localImports.formUnion(found.localImports)
  }

  private var namedByEnvironment: String? {
    environment["DJANGO_SETTINGS_MODULE"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The settings that the process would use: DJANGO_SETTINGS_MODULE, else what manage.py (then wsgi.py, asgi.py) names,
  /// else the only settings module there is.
  func namedSettings(manage: SourcePath?) -> (module: String, values: Settings)? {
    var names: [(name: String, place: SourcePath?)] = [namedByEnvironment].compactMap(\.self).map { ($0, manage) }
    if let manage, let name = settingsNames[manage] { names.append((name, manage)) }
    names += settingsNames.sorted { $0.key < $1.key }.map { ($0.value, $0.key) }
    for (name, place) in names {
      let file = localModules.file(of: name, for: place)
      if let file, let values = settingsModules.first(where: { $0.path == file }) { return (name, values) }
    }
    guard settingsModules.count == 1, let only = settingsModules.first else { return nil }
    return (only.path.components.joined(separator: ".").dropLast(3).description, only)
  }

  // MARK: - Process files

  /// A uWSGI configuration shows by its section that uWSGI serves the project, whatever the file is called.
  private mutating func readINI(_ bytes: [UInt8], at path: SourcePath) {
    let file = INIFile(String(decoding: bytes, as: UTF8.self))
    guard let section = file.sections.first(where: { $0.name == "uwsgi" }), let uwsgi = PackageNames.uwsgi else {
      return
    }
    evidence.append(
      Evidence(
        subject: .distribution([uwsgi]), kind: .process, group: DependencyGroup(of: path),
        location: Location(path: path, line: section.line, column: 1), text: "[uwsgi]"))
  }
}
