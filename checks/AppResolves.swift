import Diagnostics
import Doctor
import Knowledge
import Manifests
import Packaging
import Project
import PythonSource

/// Every entry of INSTALLED_APPS is there.
struct AppResolves: Check {
  let documentation = CheckDocumentation(
    id: "app-resolves", area: .project, reach: .static, severity: .error, judgesServedSettings: true,
    title: "the entries of INSTALLED_APPS are there",
    what: """
      Looks up each entry of INSTALLED_APPS that belongs to the project: a package, or the class of its configuration. \
      What belongs to something installed is dependency-missing's.
      """,
    why: "Django imports every entry when it starts: one that is not there stops manage.py with its first command.",
    example: "INSTALLED_APPS = ['polls.apps.PollConfig'] where apps.py has PollsConfig",
    remedy: "correct the entry")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let settings = context.settings, settings["INSTALLED_APPS"] != nil else { return [] }
    guard let apps = context.project.apps?.apps else { return [context.undetermined("INSTALLED_APPS", in: settings)] }
    let reader = ViewReader(context.code)
    return apps.compactMap { app in
      if let found = misnamed(app, context) { return found }
      // Those are name-identifier's.
      guard app.entry.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ $0.isPythonIdentifier })
      else { return nil }
      let definition = context.code.definition(of: app.entry)
      switch definition {
      case .missing(let name, let file):
        if reader.mayBeThere(definition) || context.code.folder(ofPackage: app.entry) != nil { return nil }
        let owner = file.name == "__init__.py" ? "\(file.parent)" : "\(file)"
        return result(app, "\(owner) has no \(Escaping.text(name))", name, context.code.names(in: file), context)
      case .missingModule(let name, let folder):
        if reader.mayBeThere(definition) { return nil }
        return result(
          app, "\(folder) has no module \(Escaping.text(name))", name, context.code.modules(in: folder), context)
      case .external: return misspelt(app, context)
      default: return nil
      }
    }
  }

  private func result(
    _ app: InstalledApp, _ message: String, _ name: String, _ candidates: [String], _ context: CheckContext
  ) -> CheckResult {
    let elsewhere = context.code.folder(ofPackage: name) == nil ? [] : [name]
    let close = Suggestion.closest(to: name, among: elsewhere + candidates)
    let isElsewhere = close == name && !elsewhere.isEmpty
    let before = app.entry.hasSuffix(".\(name)") && !isElsewhere ? app.entry.dropLast(name.count) : ""
    return CheckResult(
      context.status(self), Escaping.text(app.entry),
      "\(message)\(close.map { ", but \(Escaping.text($0))" } ?? "")",
      remedy: close.map { "write \(Escaping.text(before + $0))" } ?? "correct the entry, or take it out",
      at: app.location)
  }

  /// The apps that Django has or had: https://docs.djangoproject.com/en/stable/ref/contrib/
  private static let apps = [
    "admin", "admindocs", "auth", "comments", "contenttypes", "csrf", "databrowse", "flatpages", "formtools", "gis",
    "humanize", "localflavor", "markup", "messages", "postgres", "redirects", "sessions", "sitemaps", "sites",
    "staticfiles", "syndication", "webdesign",
  ]

  /// What is no name of an app for other reasons than that no module has it: a path, an app that Django never had, a
  /// configuration that names another package.
  private func misnamed(_ app: InstalledApp, _ context: CheckContext) -> CheckResult? {
    if app.entry.contains("/") {
      let name = app.entry.split(separator: "/").joined(separator: ".")
      guard context.code.folder(ofPackage: name) != nil else { return nil }
      return CheckResult(
        context.status(self), Escaping.text(app.entry), "\(Escaping.text(app.entry)) is a path and no module",
        remedy: "write \(Escaping.text(name))", at: app.location)
    }
    let parts = app.entry.split(separator: ".").map(String.init)
    if parts.count > 2, parts[0] == "django", parts[1] == "contrib", !Self.apps.contains(parts[2]),
      let close = Suggestion.closest(to: parts[2], among: Self.apps)
    {
      let name = (["django", "contrib", close] + parts.dropFirst(3)).joined(separator: ".")
      return CheckResult(
        context.status(self), Escaping.text(app.entry), "Django has no app \(Escaping.text(app.entry)), but \(name)",
        remedy: "write \(Escaping.text(name))", at: app.location)
    }
    return misconfigured(app, context)
  }

  /// A configuration whose `name` is no module: Django raises ImproperlyConfigured.
  private func misconfigured(_ app: InstalledApp, _ context: CheckContext) -> CheckResult? {
    guard let configuration = context.code.configuration(of: app), let (name, place) = configuration.text("name"),
      let package = context.code.dottedName(of: configuration.path.parent),
      name != package, context.code.folder(ofPackage: name) == nil, context.code.file(ofModule: name) == nil,
      isNowhere(String(name.prefix { $0 != "." }), context)
    else { return nil }
    return CheckResult(
      context.status(self), Escaping.text(app.entry),
      "the configuration names \(Escaping.text(name)), which is no module; its package is \(Escaping.text(package))",
      remedy: "write name = '\(Escaping.text(package))'", at: place)
  }

  /// Whether nothing brings a top-level module: not the project, not Python, nothing that is installed or declared.
  private func isNowhere(_ module: String, _ context: CheckContext) -> Bool {
    if context.code.provides(module) || StandardLibrary.contains(module, python: nil) { return false }
    if context.declared.entries.isEmpty && context.declared.locks.isEmpty || ModuleTable.isNamespace(module) {
      return false
    }
    let providers = ModuleTable.distributions(providing: module) + [PackageName(module)].compactMap(\.self)
    let squeezed = module.lowercased().replacing("_", with: "-")
    return providers.allSatisfy { context.has($0) == false }
      && !context.declared.entries.contains { $0.name.normalized.contains(squeezed) }
  }

  /// Two entries that a missing comma makes one.
  private func joined(_ app: InstalledApp, _ isUnknown: Bool, _ context: CheckContext) -> CheckResult? {
    let parts = app.entry.split(separator: ".").map(String.init)
    let isOfDjango = parts.count > 2 && parts[0] == "django" && parts[1] == "contrib" && !Self.apps.contains(parts[2])
    guard isUnknown || isOfDjango, let literal = context.code.literal(app.entry, atOrBefore: app.location),
      literal.line == app.location.line, context.code.isJoined(literal, in: app.location.path)
    else { return nil }
    return CheckResult(
      context.status(self), Escaping.text(app.entry), "two texts without a comma between them are one name",
      remedy: "write a comma between them", at: app.location)
  }

  /// A package that stands in another one, and is named without it: `polls` for `apps.polls`.
  private func inside(_ app: InstalledApp, _ context: CheckContext) -> CheckResult? {
    let first = String(app.entry.split(separator: ".").first ?? "")
    let homes = context.code.sources.filter { $0.name == "__init__.py" && $0.parent.name == first }.map(\.parent)
    guard homes.count == 1, let name = context.code.dottedName(of: homes[0]), name.hasSuffix(".\(first)"),
      !context.mentionsPythonPath
    else { return nil }
    return CheckResult(
      context.status(self), Escaping.text(app.entry),
      "there is no module \(Escaping.text(first)), but the project has \(Escaping.text(name))",
      remedy: "write \(Escaping.text(name + app.entry.dropFirst(first.count)))", at: app.location)
  }

  /// A name that nothing installed or published has, and that is almost an app of the project.
  private func misspelt(_ app: InstalledApp, _ context: CheckContext) -> CheckResult? {
    let first = String(app.entry.split(separator: ".").first ?? "")
    let isUnknown =
      ModuleTable.distributions(providing: first).isEmpty && !StandardLibrary.contains(first, python: nil)
      && !context.declared.entries.contains {
        $0.name.normalized.contains(first.lowercased().replacing("_", with: "-"))
      }
    if let found = joined(app, isUnknown, context) { return found }
    guard !app.isOptional, isUnknown || isNowhere(first, context) else { return nil }
    if isUnknown, let found = inside(app, context) { return found }
    let own = Set(context.code.sources.filter { $0.components.count > 1 }.compactMap { $0.components.first })
      .filter { context.code.folder(ofPackage: $0) != nil }.union(context.code.packages).sorted()
    let closest = isUnknown ? Suggestion.closest(to: first, among: own) : Suggestion.slip(of: first, among: own)
    guard let close = closest else { return nil }
    if !close.isPythonIdentifier {
      return CheckResult(
        context.status(self), Escaping.text(app.entry),
        "there is no module \(Escaping.text(first)), but a folder \(Escaping.text(close))",
        remedy: "mv \(Escaping.text(close)) \(Escaping.text(first))", at: app.location)
    }
    return CheckResult(
      context.status(self), Escaping.text(app.entry),
      "there is no module \(Escaping.text(first)), but the project has \(Escaping.text(close))",
      remedy: "write \(Escaping.text(close + app.entry.dropFirst(first.count)))", at: app.location)
  }
}
