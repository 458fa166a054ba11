import Diagnostics
import Doctor
import Knowledge
import Manifests
import Packaging
import Project
import PythonSource

/// The project's package and its apps have names that Python can import.
struct NameIdentifier: Check {
  let documentation = CheckDocumentation(
    id: "name-identifier", area: .source, reach: .static, severity: .error,
    title: "projects and apps have names that can be imported",
    what: """
      Looks at the names of the settings module and of the project's own entries in INSTALLED_APPS: hyphens, other \
      signs, keywords, and names of modules that Python or a declared requirement brings.
      """,
    why: """
      No import statement can name `news-feed` or `class`, and Django refuses such labels; a folder called like a \
      module hides it from everything that imports it, Django included.
      """,
    example: "INSTALLED_APPS = ['news-feed']",
    remedy: "rename the folder: mv news-feed news_feed")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    var results: [CheckResult] = []
    var seen: Set<String> = []
    func take(_ objection: (part: String, message: String, remedy: String)?, _ place: Location) {
      guard let (part, message, remedy) = objection, seen.insert(part).inserted else { return }
      results.append(CheckResult(context.status(self), Escaping.text(part), message, remedy: remedy, at: place))
    }
    let own = Set(context.code.sources)
    let manage = context.project.managePath
    let entries = context.project.settingsNames.filter { own.contains($0.path) }
    for (path, module) in entries.filter({ $0.path == manage }) + entries.filter({ $0.path != manage }) {
      take(objection(to: module, context), location(of: module, in: path, context))
    }
    let apps = context.project.apps?.apps ?? []
    // A folder called django is the fault of the entry that names it, not of those that mean Django.
    for app in apps.filter({ !$0.entry.contains(".") }) + apps.filter({ $0.entry.contains(".") }) {
      // That is app-resolves's: a path in place of a name.
      if app.entry.contains("/") { continue }
      take(objection(to: app.entry, context), app.location)
      if let (label, place) = context.code.configuration(of: app)?.text("label"), !label.isPythonIdentifier,
        !label.isPythonKeyword
      {
        take(
          (label, "\(Escaping.text(label)) is no label that Django takes", "write \(suggestion(label))"), place)
      }
    }
    return results + hidingModules(seen, context) + unlistedApps(seen, context)
      + context.unknowns(of: "INSTALLED_APPS")
  }

  /// Modules of Python that Django imports before it knows any setting. A file of that name beside manage.py is found first.
  private static let neededModules: Set<String> = [
    "argparse", "ast", "asyncio", "base64", "bisect", "bz2", "calendar", "collections", "concurrent", "contextlib",
    "copy",
    "copyreg", "datetime", "decimal", "difflib", "email", "enum", "fnmatch", "functools", "gettext", "glob", "gzip",
    "hashlib", "heapq", "hmac", "html", "http", "importlib", "inspect", "ipaddress", "json", "keyword", "locale",
    "logging",
    "mimetypes", "numbers", "operator", "pathlib", "pickle", "pkgutil", "platform", "pprint", "queue", "random", "re",
    "secrets", "selectors", "shutil", "signal", "socket", "socketserver", "ssl", "string", "struct", "subprocess",
    "tempfile", "textwrap", "threading", "token", "tokenize", "traceback", "types", "typing", "urllib", "uuid",
    "warnings",
    "weakref", "math", "select", "dis",
  ]
  /// Those that the apps of django.contrib import besides.
  private static let neededByContrib: Set<String> = [
    "statistics", "fractions", "sqlite3", "binascii", "zlib", "contextvars", "graphlib", "opcode", "quopri", "reprlib",
    "sysconfig",
  ]

  /// Whether a file beside manage.py has the name of a module that the project installs and imports: Django, what a manifest
  /// declares, what the file itself imports by that name.
  private func hidesPublished(_ name: String, _ path: SourcePath, _ context: CheckContext) -> Bool {
    if name == "django" { return true }
    let isDeclared = ModuleTable.distributions(providing: name).contains { context.has($0) == true }
    guard isDeclared else { return false }
    return context.code.tree(of: path)?.imports.contains { statement in
      switch statement.kind {
      case .import(let aliases): aliases.contains { $0.name == name || $0.name.hasPrefix("\(name).") }
      case .importFrom(let module, _, let level): level == 0 && (module == name || module.hasPrefix("\(name)."))
      default: false
      }
    } ?? false
  }

  private func hidingModules(_ seen: Set<String>, _ context: CheckContext) -> [CheckResult] {
    guard let manage = context.project.managePath, context.settings != nil else { return [] }
    let usesContrib =
      context.project.apps?.apps.contains { $0.module == "django.contrib.auth" && !$0.isOptional } ?? false
    return context.code.sources.compactMap { path in
      let isPackage = path.name == "__init__.py" && path.parent.parent == manage.parent && path.parent != manage.parent
      guard isPackage || path.parent == manage.parent, path != manage else { return nil }
      let file = isPackage ? path.parent : path
      let name = isPackage ? file.name : String(path.name.dropLast(3))
      guard !seen.contains(name) else { return nil }
      let isNeeded = Self.neededModules.contains(name) || usesContrib && Self.neededByContrib.contains(name)
      guard isNeeded || !isPackage && hidesPublished(name, path, context) else { return nil }
      return CheckResult(
        context.status(self), Escaping.text(name),
        isNeeded ? "\(file) hides the module \(name) of Python" : "\(file) hides the \(name) that is installed",
        remedy: isPackage ? "mv \(file) \(file)_app" : "rename it: \(name)s.py", at: Location(path: file))
    }
  }

  /// Packages with models and a configuration of their own that no statement can import.
  private func unlistedApps(_ seen: Set<String>, _ context: CheckContext) -> [CheckResult] {
    guard context.settings != nil else { return [] }
    let own = Set(context.code.sources)
    // An entry with the name that the folder should have is app-resolves's.
    let entries = Set((context.project.apps?.apps ?? []).map(\.entry))
    return own.filter { $0.name == "apps.py" }.map(\.parent).sorted().compactMap { folder in
      guard folder.name.contains("-"), !seen.contains(folder.name), !entries.contains(suggestion(folder.name)),
        own.contains(folder.appending("__init__.py")),
        own.contains(folder.appending("models.py")) || own.contains(folder.appending("views.py")),
        folder.parent == context.project.managePath?.parent
      else { return nil }
      return CheckResult(
        context.status(self), Escaping.text(folder.name), "\(folder.name) is no name that Python can import",
        remedy: "mv \(folder) \(folder.parent.appending(suggestion(folder.name)))", at: Location(path: folder))
    }
  }

  private func objection(
    to dotted: String, _ context: CheckContext
  ) -> (part: String, message: String, remedy: String)? {
    let parts = dotted.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    for part in parts where !part.isPythonIdentifier && !part.isEmpty {
      let shown = Escaping.text(part)
      let message =
        part.isPythonKeyword ? "\(shown) is a keyword of Python" : "\(shown) is no name that Python can import"
      return (part, message, "rename it: \(suggestion(part))")
    }
    guard let top = parts.first, let file = ownPackage(top, context) ?? bareModule(dotted, context) else { return nil }
    // What means Django itself.
    if top == "django", parts.count > 1, context.code.file(ofModule: dotted) == nil { return nil }
    // Not what only the newest Pythons bring.
    if let minor = StandardLibrary.firstMinor(with: top), minor <= 9 {
      return (top, "\(file) hides the module \(top) of Python", "rename it: \(top)_app")
    }
    if top == "django" { return (top, "\(file) hides Django itself", "rename it: \(top)_project") }
    if let distribution = declared(top, context) {
      return (top, "\(file) hides the module \(top) of \(distribution.normalized)", "rename it: \(top)_app")
    }
    return nil
  }

  /// The folder of a package of that name where Python looks first.
  private func ownPackage(_ name: String, _ context: CheckContext) -> SourcePath? {
    guard let folder = context.code.folder(ofPackage: name) else { return nil }
    let start = context.project.managePath?.parent ?? ""
    return folder.parent == start ? folder : nil
  }

  /// The folder of an app that is named as a module of Python is, wherever sys.path has it: Python's own may be found first.
  private func bareModule(_ name: String, _ context: CheckContext) -> SourcePath? {
    StandardLibrary.contains(name, python: nil) ? context.code.folder(ofPackage: name) : nil
  }

  /// The declared requirement that brings a module of that name, other than the project itself.
  private func declared(_ name: String, _ context: CheckContext) -> PackageName? {
    let providers = ModuleTable.distributions(providing: name)
    return context.declared.entries.lazy.map(\.name).first { declared in
      let isNamesake = declared.normalized == name.lowercased().replacing("_", with: "-")
      return (isNamesake && providers.contains(declared) || declared == providers.first)
        && !isProject(name, context) && !isProject(declared.normalized, context)
    }
  }

  /// A project may name itself in its own manifests.
  private func isProject(_ name: String, _ context: CheckContext) -> Bool {
    ["pyproject.toml", "setup.py", "setup.cfg"].contains { file in
      guard let text = context.code.text(of: SourcePath(file)) else { return false }
      let letters = text.filter { !$0.isWhitespace && $0 != "'" && $0 != "\"" }
      return letters.contains("name=\(name)")
    }
  }

  private func suggestion(_ part: String) -> String {
    if part.isPythonKeyword { return "\(Escaping.text(part))_app" }
    let letters = part.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" }
    return letters.first?.isNumber == true ? "_\(String(letters))" : String(letters)
  }

  /// Where a file names the module: the first string that holds it.
  private func location(of module: String, in path: SourcePath, _ context: CheckContext) -> Location {
    guard let text = context.code.text(of: path) else { return Location(path: path) }
    for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let line = String(Substring(line))
      for quote in ["\"", "'"] {
        guard let range = line.firstRange(of: "\(quote)\(module)\(quote)") else { continue }
        let column = line.unicodeScalars.distance(from: line.startIndex, to: range.lowerBound) + 1
        return Location(path: path, line: index + 1, column: column)
      }
    }
    return Location(path: path)
  }
}
