import ConfigFormats
import Diagnostics
import Host
import Knowledge
import PythonSource

/// Reads the files of a project one after another and gathers what they show.
struct ProjectReader {
  let tree: ProjectTree
  let localModules: LocalModules
  let host: Host
  var filesRead = 0
  var partial: [Finding] = []
  var failures: [Finding] = []
  var notes: [Finding] = []
  var evidence: [Evidence] = []
  var localImports: Set<String> = []
  var settingsModules: [Settings] = []
  /// The values given to DJANGO_SETTINGS_MODULE by `setdefault` in manage.py, wsgi.py and asgi.py.
  private var settingsNames: [SourcePath: String] = [:]

  init(tree: ProjectTree, localModules: LocalModules, host: Host) {
    self.tree = tree
    self.localModules = localModules
    self.host = host
  }

  /// A file of more bytes is no source that anybody wrote.
  static let sizeLimit = 64 << 20

  mutating func read(_ path: SourcePath) {
    let bytes: [UInt8]
    do { bytes = try Files.read(tree.root.appending(path), limit: Self.sizeLimit) } catch {
      if error.isTooLarge {
        partial.append(Finding(.warning, at: Location(path: path), "larger than 64 MiB, so it was not read"))
        return
      }
      let isGone = error.isMissing || error.isNoFile
      let finding = Finding(isGone ? .note : .error, at: Location(path: path), "cannot read: \(error.reason)")
      if isGone { notes.append(finding) } else { failures.append(finding) }
      return
    }
    filesRead += 1
    if path.bytes.ends(with: ".ini") { readINI(bytes, at: path) } else { readPython(bytes, at: path) }
  }

  // MARK: - Python

  private mutating func readPython(_ bytes: [UInt8], at path: SourcePath) {
    let module = PythonModule(bytes)
    if let problem = module.problem {
      partial.append(Finding(.warning, at: Location(path: path, line: problem.line), problem.reason))
    }
    let fileGroup = DependencyGroup(of: path)
    for statement in module.imports where statement.level == 0 {
      if localModules.provides(statement.module, names: statement.names, importedFrom: path) {
        localImports.insert(String(statement.topLevel))
        continue
      }
      evidence.append(
        Evidence(
          subject: .module(statement.module), kind: statement.context.contains(.dynamic) ? .dynamicImport : .import,
          group: group(of: statement.context, in: fileGroup),
          location: Location(path: path, line: statement.line, column: statement.column), text: text(of: statement)))
    }
    if isSettings(path) { readSettings(module, at: path) }
    if ["manage.py", "wsgi.py", "asgi.py"].contains(path.name), let name = settingsName(in: module) {
      settingsNames[path] = name
    }
  }

  private func group(of context: ImportStatement.Context, in file: DependencyGroup) -> DependencyGroup {
    if context.contains(.typeChecking) { return max(file, .typing) }
    return context.contains(.optional) ? max(file, .optional) : file
  }

  private func text(of statement: ImportStatement) -> String {
    if statement.context.contains(.dynamic) { return statement.module }
    if statement.names.isEmpty { return "import \(statement.module)" }
    return "from \(statement.module) import \(statement.names.joined(separator: ", "))"
  }

  /// The literal in `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "...")`, wherever it stands.
  private func settingsName(in module: PythonModule) -> String? {
    module.strings(after: "DJANGO_SETTINGS_MODULE").first
  }

  // MARK: - Settings

  /// settings.py, local_settings.py, settings_dev.py, and the modules of a package `settings`.
  private func isSettings(_ path: SourcePath) -> Bool {
    let name = path.name.dropLast(3)
    return name == "settings" || name.hasSuffix("_settings") || name.hasPrefix("settings_")
      || path.parent.name == "settings"
  }

  private mutating func readSettings(_ module: PythonModule, at path: SourcePath) {
    var evaluator = SettingsEvaluator(module, at: path, in: tree.root, host: host)
    let settings = evaluator.evaluate()
    guard settings.isDjango else { return }
    settingsModules.append(settings)
    let group = DependencyGroup(of: path)
    for (name, value) in settings.history {
      switch name {
      case "INSTALLED_APPS": add(value.items, as: .installedApp, group)
      case "MIDDLEWARE", "MIDDLEWARE_CLASSES": add(value.items, as: .middleware, group)
      case "DATABASES": add(value.entries.compactMap { $0.value["ENGINE"] }, as: .databaseEngine, group)
      case "CACHES": add(value.entries.compactMap { $0.value["BACKEND"] }, as: .cacheBackend, group)
      default: break
      }
    }
  }

  private mutating func add(_ values: [SettingValue], as kind: EvidenceKind, _ group: DependencyGroup) {
    for value in values {
      guard case .string(let name) = value.content, !name.isEmpty else { continue }
      if localModules.provides(name, names: ["apps", "models", "views", "urls", "migrations", "admin"]) {
        localImports.insert(String(name.prefix { $0 != "." }))
        continue
      }
      evidence.append(Evidence(subject: .module(name), kind: kind, group: group, location: value.location, text: name))
      let clients = DjangoBackends.clients(of: name)
      if !clients.isEmpty {
        evidence.append(
          Evidence(subject: .distribution(clients), kind: kind, group: group, location: value.location, text: name))
      }
    }
  }

  /// The settings that the process would use: DJANGO_SETTINGS_MODULE, else what manage.py (then wsgi.py, asgi.py) names,
  /// else the only settings module there is.
  func namedSettings(manage: SourcePath?) -> (module: String, values: Settings)? {
    let names =
      [host.variable("DJANGO_SETTINGS_MODULE"), manage.flatMap { settingsNames[$0] }]
      + settingsNames.sorted { $0.key < $1.key }.map(\.value)
    for name in names.compactMap(\.self) {
      if let file = localModules.file(of: name), let values = settingsModules.first(where: { $0.path == file }) {
        return (name, values)
      }
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
