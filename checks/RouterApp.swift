import Diagnostics
import Doctor
import Project
import PythonSource

/// Routers speak of apps that there are, and models go by the label that routers ask for.
struct RouterApp: Check {
  let documentation = CheckDocumentation(
    id: "router-app", area: .routers, reach: .static, severity: .warning,
    title: "routers name apps of the project",
    what: """
      Compares the apps in the mappings that routers use with INSTALLED_APPS and the project's packages. Where routers are \
      set: looks for models whose Meta.app_label names another app than the one that they stand in.
      """,
    why: """
      Routers see the label of an app and nothing else. One that does not exist is never asked for, and a model that bears \
      another app's label goes to that app's database.
      """,
    example: "class StoredFile(models.Model): class Meta: app_label = 'polls' in storage/models.py",
    remedy: "write the label of an installed app")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let settings = context.settings else { return [CheckResult(.skipped, "routers", "no Django settings found")] }
    guard let routers = settings["DATABASE_ROUTERS"], routers.alternatives.contains(where: { !$0.items.isEmpty }) else {
      let unknown = context.unknowns(of: "DATABASE_ROUTERS")
      return unknown.isEmpty ? [CheckResult(.skipped, "routers", "DATABASE_ROUTERS is not set")] : unknown
    }
    guard let (apps, isComplete) = context.project.apps else {
      return [context.undetermined("INSTALLED_APPS", in: settings)]
    }
    return unknownApps(apps, isComplete, in: context) + comparedLabels(apps, isComplete, in: context)
      + foreignLabels(apps, in: context)
  }

  // MARK: - Mappings

  private func unknownApps(_ apps: [InstalledApp], _ isComplete: Bool, in context: CheckContext) -> [CheckResult] {
    guard let aliases = context.databaseAliases()?.names else { return [] }
    let labels = apps.compactMap(\.label)
    let mappings = context.project.appMappings(aliases: aliases)
    return mappings.flatMap { mapping -> [CheckResult] in
      let isKnown = { (app: String) in labels.contains(app) || mayBeLabel(app, of: apps, in: context) }
      // A dictionary that knows none of the apps is keyed by something else, unless it is asked by them.
      guard mapping.isByApp || mapping.pairs.contains(where: { isKnown($0.app.text) }) else { return [] }
      var seen: Set<String> = []
      return mapping.pairs.map(\.app).filter { seen.insert($0.text).inserted }.compactMap { app in
        if mapping.isByApp, let label = label(ofPackage: app.text, apps, labels) {
          return noLabel(app.text, of: mapping.name, label, at: app.location, in: context)
        }
        return isKnown(app.text)
          ? nil : unknown(app.text, of: mapping.name, at: app.location, labels, isComplete, in: context)
      }
    }
  }

  private func noLabel(
    _ app: String, of name: String, _ label: String, at location: Location, in context: CheckContext
  ) -> CheckResult {
    let shown = Escaping.text(app)
    return CheckResult(
      context.status(self), shown, "\(Escaping.text(name)) speaks of \(shown), and routers see the label \(label)",
      remedy: "write '\(label)'", at: location)
  }

  /// The label of the app that a name is the package or the class of; nil where the name may be a label itself.
  private func label(ofPackage name: String, _ apps: [InstalledApp], _ labels: [String]) -> String? {
    guard !labels.contains(name), !Self.contributed.contains(name) else { return nil }
    return apps.first { $0.module == name || $0.entry == name }?.label.map { Escaping.text($0) }
  }

  private func unknown(
    _ app: String, of name: String, at location: Location, _ labels: [String], _ isComplete: Bool,
    in context: CheckContext
  ) -> CheckResult {
    let close = Suggestion.closest(to: app, among: labels)
    return CheckResult(
      isComplete ? context.status(self) : .unknown, Escaping.text(app),
      "\(Escaping.text(name)) speaks of an app \(Escaping.text(app)), and there is none",
      remedy: close.map { "did you mean \(Escaping.text($0))?" } ?? "remove it, or write the app's label", at: location)
  }

  /// `model._meta.app_label == "archive"`, `route_app_labels = {"archive"}` in a router.
  private func comparedLabels(_ apps: [InstalledApp], _ isComplete: Bool, in context: CheckContext) -> [CheckResult] {
    let labels = apps.compactMap(\.label)
    return context.project.routers.filter(\.isNamed).flatMap { router -> [CheckResult] in
      var seen: Set<String> = []
      return router.labels(in: context.code).compactMap { literal -> CheckResult? in
        guard let text = literal.stringValue, !labels.contains(text) else { return nil }
        let (name, place) = (router.definition.name, context.code.location(of: literal, in: router.file))
        if let label = label(ofPackage: text, apps, labels) {
          return seen.insert(text).inserted ? noLabel(text, of: name, label, at: place, in: context) : nil
        }
        guard !mayBeLabel(text, of: apps, in: context), seen.insert(text).inserted else { return nil }
        return unknown(text, of: name, at: place, labels, isComplete, in: context)
      }
    }
  }

  /// The labels of Django's own apps, and that of its cache tables: routers name them whether they are installed or not.
  private static let contributed: Set<String> = [
    "admin", "admindocs", "auth", "contenttypes", "flatpages", "gis", "humanize", "messages", "postgres", "redirects",
    "sessions", "sitemaps", "sites", "staticfiles", "syndication", "django_cache",
  ]

  /// Whether a label may be that of an app: a package of the project that is only not installed (app-installed tells that), a
  /// model, or a label that only an installed class knows.
  private func mayBeLabel(_ name: String, of apps: [InstalledApp], in context: CheckContext) -> Bool {
    if Self.contributed.contains(name) { return true }
    let parts = name.split(separator: ".").map(String.init)
    if parts.count == 2, apps.contains(where: { $0.label == parts[0] }) { return true }
    if apps.contains(where: { $0.module == name || $0.entry == name }) { return true }
    if context.code.folder(ofPackage: name) != nil { return true }
    return apps.contains { app in
      app.folder == nil && !app.module.hasPrefix("django.contrib.")
        && app.module.split(whereSeparator: { ".-_".contains($0) }).contains { name.contains($0) || $0.contains(name) }
    }
  }

  // MARK: - Models

  private func foreignLabels(_ apps: [InstalledApp], in context: CheckContext) -> [CheckResult] {
    context.code.sources(mentioning: "app_label").flatMap { file -> [CheckResult] in
      guard let home = home(of: file, apps, in: context), let tree = context.code.tree(of: file) else { return [] }
      return tree.topClasses.compactMap { _, type -> CheckResult? in
        let meta = type.meta
        guard let expression = meta["app_label"], meta["proxy"] == nil,
          let (label, place) = GivenValues(context.code).texts(of: expression, in: file).onlyOne,
          label != home.label, !home.others.contains(label)
        else { return nil }
        let isInstalled = apps.contains { $0.label == label }
        // Tables of others go by a label of nobody's; a base counts as the models that come from it.
        if meta["managed"] != nil, !isInstalled { return nil }
        if meta["abstract"] != nil, !isInherited(type.name, in: tree) { return nil }
        let owner =
          isInstalled
          ? "belongs to \(Escaping.text(label))" : "belongs to an app \(Escaping.text(label)) that is not installed"
        return CheckResult(
          context.status(self), Escaping.text(type.name),
          "a model of \(Escaping.text(home.label)) says that it \(owner)",
          remedy: "app_label = '\(Escaping.text(home.label))', or leave it out", at: place)
      }
    }
  }

  /// Whether a model of the file takes its label from an abstract one.
  private func isInherited(_ name: String, in tree: PythonTree) -> Bool {
    tree.topClasses.contains { _, type in
      type.bases.contains { $0.dottedName == name } && type.meta["app_label"] == nil && type.meta["abstract"] == nil
        && (type.metaBases.isEmpty ? !type.hasMeta : type.metaBases.contains("\(name).Meta"))
    }
  }

  /// The label of the app whose models a file holds, and those of the apps around it; nil for other files.
  private func home(
    of file: SourcePath, _ apps: [InstalledApp], in context: CheckContext
  ) -> (label: String, others: Set<String>)? {
    let folder: SourcePath
    if file.name == "models.py" {
      folder = file.parent
    } else if file.parent.name == "models" {
      folder = file.parent.parent
    } else {
      return nil
    }
    if folder.isEmpty { return nil }
    var around: Set<String> = []
    for app in apps where app.folder.map({ folder.isBelow($0) && folder != $0 }) ?? false {
      if let label = app.label { around.insert(label) }
    }
    if let app = apps.first(where: { $0.folder == folder }) { return app.label.map { ($0, around) } }
    // A package that is not installed has nothing but its name; one inside of an app is a part of that.
    return around.isEmpty ? (folder.name, around) : nil
  }
}

extension Array {
  /// The element of an array of one.
  fileprivate var onlyOne: Element? { count == 1 ? first : nil }
}
