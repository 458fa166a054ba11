import ConfigFormats
import Diagnostics
package import Project
import PythonSource

/// Which settings a server would use.
extension CheckContext {
  /// Settings that are served, and how that is known.
  package struct ServedSettings: Sendable {
    package let settings: Settings
    /// Whether what serves them names them itself, so that nothing else decides.
    let isNamed: Bool
  }

  private struct Name {
    let module: String
    let isNamed: Bool
  }

  /// The settings that a server would use: those that what starts it names, else those that other process files name, else
  /// those of wsgi.py and asgi.py, else those of manage.py; several where these differ. Nil where one is named that is
  /// not known.
  package var servedSettings: [ServedSettings]? {
    var names: [Name] = []
    let signs = exposures
    for sign in signs { names += self.names(servedBy: sign) }
    if signs.isEmpty { names = namesElsewhere(than: nil) }
    if names.isEmpty {
      // As this environment gives them, not as they are judged.
      return settings.map { own in
        [ServedSettings(settings: project.settingsModules.first { $0.path == own.path } ?? own, isNamed: false)]
      }
    }
    var found: [ServedSettings] = []
    for name in names {
      guard let settings = settings(ofModule: name.module) else { return nil }
      if let index = found.firstIndex(where: { $0.settings.path == settings.path }) {
        if name.isNamed { found[index] = ServedSettings(settings: settings, isNamed: true) }
      } else {
        found.append(ServedSettings(settings: settings, isNamed: name.isNamed))
      }
    }
    return found
  }

  private func settings(ofModule name: String) -> Settings? {
    guard let file = code.file(ofModule: name) else { return nil }
    return project.settingsModules.first { $0.path == file }
  }

  // MARK: - What a server is told

  private func names(servedBy sign: Deployment) -> [Name] {
    if sign.program == "runserver" {
      return namesForDevelopmentServer(sign).map { Name(module: $0, isNamed: true) }
    }
    // What wsgi.py writes over the environment counts whatever that holds.
    let fixed = entries.filter { overwritesEnvironment($0.path) }.map(\.module)
    if !fixed.isEmpty { return fixed.map { Name(module: $0, isNamed: true) } }
    let own = project.settingsNamed(in: sign.location.path, startedAt: sign.location.line)
    return own.isEmpty ? namesElsewhere(than: sign) : own.map { Name(module: $0, isNamed: true) }
  }

  /// What another file than that of `sign` names.
  private func namesElsewhere(than sign: Deployment?) -> [Name] {
    let files = project.filesOfProcesses.filter { $0.path != sign?.location.path && !$0.path.isForDevelopment }
    let told = files.filter { $0.kind != .environment }.flatMap { project.settingsNamed(in: $0.path, startedAt: nil) }
    if !told.isEmpty { return told.map { Name(module: $0, isNamed: sign != nil) } }
    // A file of variables may be that of the person who writes the project.
    let perhaps = files.filter { $0.kind == .environment }.flatMap {
      project.settingsNamed(in: $0.path, startedAt: nil)
    }
    return (perhaps + entries.map(\.module)).map { Name(module: $0, isNamed: false) }
  }

  /// wsgi.py and asgi.py with the modules that they name; not those of templates for new projects.
  private var entries: [(path: SourcePath, module: String)] {
    let own = Set(code.sources)
    return project.settingsNames.filter { entry in
      own.contains(entry.path) && (entry.path.name == "wsgi.py" || entry.path.name == "asgi.py")
    }
  }

  /// `os.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings"`
  private func overwritesEnvironment(_ path: SourcePath) -> Bool {
    code.tree(of: path)?.assignedTargets.contains { target in
      guard case .subscripted(let base, let index) = target.node else { return false }
      return base.lastName == "environ" && index.stringValue == "DJANGO_SETTINGS_MODULE"
    } ?? false
  }

  // MARK: - The server for development

  /// What starts runserver for everybody.
  var developmentServers: [Deployment] {
    // Where files are there for serving, this one is not.
    let isServedOtherwise = project.tree.processFiles.contains { $0.path.isForServing }
    return commands.compactMap { command, path in
      guard !path.isMaterial, !path.isForDevelopment, !isServedOtherwise,
        command.words.contains("runserver") || command.words.contains("runserver_plus"),
        command.words.contains(where: { word in ["0.0.0.0", "0:", "[::]"].contains { word.hasPrefix($0) } })
      else { return nil }
      let sign = Deployment(
        location: Location(path: path, line: command.line, column: command.column), program: "runserver",
        processes: nil)
      switch command.place {
      case .pipeline, .testRunner, .imageBuild, .crontab: return nil
      case .image, .procfile, .unit, .supervisor, .platform: return sign
      // What people start at their desks is no sign where wsgi.py names other settings.
      case .compose, .script, .task:
        let names = namesForDevelopmentServer(sign)
        return entries.allSatisfy { names.contains($0.module) } ? sign : nil
      }
    }
  }

  private func namesForDevelopmentServer(_ sign: Deployment) -> [String] {
    let place = sign.location
    let words = commands.first { command, path in
      path == place.path && command.line == place.line && command.column == place.column
    }?.command.words
    if let words {
      for (word, next) in zip(words, words.dropFirst() + [""]) {
        if word == "--settings" { return [next] }
        if word.hasPrefix("--settings=") { return [String(word.dropFirst(11))] }
      }
    }
    let own = project.settingsNamed(in: place.path, startedAt: place.line)
    if !own.isEmpty { return own }
    let told = project.filesOfProcesses.filter { !$0.path.isForDevelopment }.flatMap {
      project.settingsNamed(in: $0.path, startedAt: nil)
    }
    return told.isEmpty ? [project.settings?.module].compactMap(\.self) : told
  }

  // MARK: - Certainty

  /// Whether nothing but these files decides what is served: no other settings beside them are made for it.
  func isCertain(_ name: String, in served: ServedSettings, _ all: [ServedSettings]) -> Bool {
    let settings = served.settings
    guard project.isSettled(name, in: settings) else { return false }
    if served.isNamed { return true }
    return !project.settingsModules.contains { other in
      guard other.path.parent == settings.path.parent, !all.contains(where: { $0.settings.path == other.path }),
        let debug = other["DEBUG"], case .boolean(false) = debug.content
      else { return false }
      return other.history.contains { $0.name == "DEBUG" || $0.name == "ALLOWED_HOSTS" }
        && !other.path.name.contains("test") && !other.path.name.contains("base")
        && (isNamedAnywhere(other) || entries.isEmpty)
    }
  }

  /// Whether any file of the project names the module of settings: a document that says what to set where it is served.
  private func isNamedAnywhere(_ settings: Settings) -> Bool {
    guard let package = code.dottedName(of: settings.path.parent) else { return true }
    let module = "\(package).\(settings.path.name.dropLast(3))"
    let tree = project.tree
    let paths =
      tree.files
      + tree.otherFiles.filter { path in
        let name = path.name.lowercased()
        return !name.contains(".")
          || [".md", ".rst", ".txt", ".yml", ".yaml", ".toml", ".cfg", ".json", ".example", ".sample", ".j2", ".conf"]
            .contains { name.hasSuffix($0) }
      }
    return (paths + tree.processFiles.map(\.path)).contains { code.text(of: $0)?.contains(module) == true }
  }
}

extension SourcePath {
  private static let developmentNames: Set<Substring> = [
    "dev", "development", "local", "localhost", "test", "tests", "testing", "ci", "devcontainer", "vagrant", "debug",
    "example", "examples", "demo",
  ]
  private static let servingNames: Set<Substring> = [
    "prod", "production", "live", "staging", "stage", "deploy", "deployment",
  ]

  /// Whether the name of the file, or of a folder that it is in, says that it is for those who write the project.
  var isForDevelopment: Bool { words.contains(where: Self.developmentNames.contains) }

  /// Whether it says that it is for where the project is served.
  var isForServing: Bool { words.contains(where: Self.servingNames.contains) }

  private var words: [Substring] { description.lowercased().split { "/.-_".contains($0) } }
}
