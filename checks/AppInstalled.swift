import Diagnostics
import Doctor
import Project
import PythonSource

/// The apps that the project uses are installed.
struct AppInstalled: Check {
  let documentation = CheckDocumentation(
    id: "app-installed", area: .project, reach: .static, severity: .warning,
    title: "the apps that are used are in INSTALLED_APPS",
    what: """
      Looks for packages of the project that hold what Django finds in installed apps alone (models, migrations, \
      templates, static files, template tags) and that routes lead to or a mapping of apps names, but INSTALLED_APPS \
      does not.
      """,
    why: """
      Their models raise RuntimeError or are never migrated, their templates, tags and static files are not found.
      """,
    example: "path('storage/', include('storage.urls')) without 'storage' in INSTALLED_APPS",
    remedy: "add 'storage' to INSTALLED_APPS")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let project = context.project
    guard let settings = context.settings, let value = settings["INSTALLED_APPS"] else { return [] }
    guard let (apps, isComplete) = project.apps else { return [context.undetermined("INSTALLED_APPS", in: settings)] }
    let folders = Set(apps.compactMap(\.folder))
    let named = namedApps(project)
    let mapped = mappedApps(project)
    let routed = routedFiles(context)
    let labels = namedLabels(context)
    return candidates(context).sorted().compactMap { folder in
      guard let name = context.code.dottedName(of: folder),
        name.split(separator: ".").allSatisfy({ $0.isPythonIdentifier }),
        !folders.contains(where: { folder.isBelow($0) }),
        !named.contains(where: { $0 == name || $0.hasPrefix("\(name).") }),
        !apps.contains(where: { $0.folder == nil && Suggestion.slip(of: $0.module, among: [name]) != nil })
      else { return nil }
      let isMapped = mapped.contains(folder.name) || mapped.contains(name)
      let isNamed = isMapped || labels.contains(folder.name)
      guard let holding = holding(folder, isMapped: isNamed, context),
        isNamed || routed.contains(where: { $0.isBelow(folder) }) || areModelsImported(name, folder, context)
      else { return nil }
      let shown = Escaping.text(name)
      if !isComplete || value.alternatives.count > 1 {
        return CheckResult(
          .unknown, shown, "whether it is installed is not known: INSTALLED_APPS is not all known", at: value.location)
      }
      return CheckResult(
        context.status(self), shown, "\(shown) is used and not in INSTALLED_APPS, so \(holding)",
        remedy: "add '\(shown)' to INSTALLED_APPS", at: value.location)
    }
  }

  /// Whatever any settings of the project may install.
  private func namedApps(_ project: Project) -> [String] {
    project.settingsModules.flatMap(\.history).filter { $0.name.hasSuffix("APPS") }
      .flatMap { $0.value.alternatives }.flatMap { [$0] + $0.items.flatMap(\.alternatives) }.compactMap(\.text)
  }

  /// The keys of DATABASE_APPS_MAPPING and the like.
  private func mappedApps(_ project: Project) -> Set<String> {
    Set(
      project.settingsModules.flatMap(\.history).filter { $0.name.hasSuffix("APPS_MAPPING") }
        .flatMap { $0.value.entries.map(\.key) })
  }

  /// The labels of AUTH_USER_MODEL and of the relations in models of installed apps: `ForeignKey("storage.Item")`.
  private func namedLabels(_ context: CheckContext) -> Set<String> {
    var models: [String] = []
    if let user = context.settings?["AUTH_USER_MODEL"]?.text { models.append(user) }
    let folders = (context.project.apps?.apps ?? []).filter { !$0.isOptional }.compactMap(\.folder)
    for path in context.code.sources(mentioning: "ForeignKey", "OneToOneField", "ManyToManyField")
    where path.name == "models.py" || path.parent.name == "models" {
      guard folders.contains(where: { path.isBelow($0) }) else { continue }
      for call in context.code.tree(of: path)?.calls ?? [] {
        guard case .call(let function, let arguments, let keywords) = call.node,
          ["ForeignKey", "OneToOneField", "ManyToManyField"].contains(function.lastName),
          let target = arguments.first ?? keywords.first(where: { $0.name == "to" })?.value,
          let text = target.stringValue
        else { continue }
        models.append(text)
      }
    }
    return Set(models.compactMap { $0.contains(".") ? $0.split(separator: ".").first.map(String.init) : nil })
  }

  /// The modules with routes, and those with the views that they lead to.
  private func routedFiles(_ context: CheckContext) -> Set<SourcePath> {
    guard let routes = context.project.routes else { return [] }
    var found = Set(routes.files)
    for route in routes.routes {
      guard case .view(var view) = route.target else { continue }
      if case .call(let function, _, _) = view.node, case .attribute(let type, "as_view") = function.node {
        view = type
      }
      guard let name = view.dottedName else { continue }
      switch context.code.definition(of: name, in: route.file) {
      case .function(_, let place), .class(_, let place): found.insert(place.path)
      default: break
      }
    }
    return found
  }

  /// Whether a module of the project outside of the package takes its models whenever it is imported itself.
  private func areModelsImported(_ name: String, _ folder: SourcePath, _ context: CheckContext) -> Bool {
    context.code.sources.contains { path in
      guard !path.isBelow(folder), !isTest(path), context.code.text(of: path)?.contains("\(name).models") == true else {
        return false
      }
      return (context.code.tree(of: path)?.moduleLevel ?? []).contains { statement, isConditional in
        guard !isConditional, case .importFrom("\(name).models", _, 0) = statement.kind else { return false }
        return true
      }
    }
  }

  private func isTest(_ path: SourcePath) -> Bool {
    path.components.contains { $0 == "tests" || $0 == "test" || $0.hasPrefix("test_") || $0 == "tests.py" }
  }

  /// Folders with the parts of an app, without those of the project itself, of tests and of templates for new projects.
  private func candidates(_ context: CheckContext) -> Set<SourcePath> {
    let code = context.code
    let project = context.project
    let own = Set(
      (project.settingsModules.map(\.path) + project.settingsNames.map(\.path) + (project.routes?.files.prefix(1) ?? []))
        .map { $0.parent.name == "settings" ? $0.parent.parent : $0.parent })
    var found: Set<SourcePath> = []
    for path in code.sources {
      let folder =
        ["models", "migrations", "templatetags"].contains(path.parent.name) ? path.parent.parent : path.parent
      if ["models.py", "urls.py", "views.py", "__init__.py"].contains(path.name), !folder.isEmpty {
        found.insert(folder)
      }
    }
    return found.filter { folder in
      return !isTest(folder) && !own.contains(folder) && code.file(ofModule: code.dottedName(of: folder) ?? "") != nil
    }
  }

  /// What of a package is lost when it is not installed; nil where nothing is.
  private func holding(_ folder: SourcePath, isMapped: Bool, _ context: CheckContext) -> String? {
    let code = context.code
    let files = context.project.tree.otherFiles
    let models = code.sources.filter { path in
      path == folder.appending("models.py") || path.parent == folder.appending("models")
    }
    if models.contains(where: { hasModels($0, isMapped, context) }) { return "Django does not know its models" }
    let named = (context.project.templateEngines ?? []).flatMap(\.folders).compactMap(\.text).map(context.project.place)
    let templates = folder.appending("templates")
    if !named.contains(where: { templates.isBelow($0) || $0.isBelow(templates) }),
      files.contains(where: { $0.isBelow(templates) })
    {
      return "Django does not find its templates"
    }
    let folders = context.project.staticDirectories.folders.map(\.folder)
    let statics = folder.appending("static")
    if !folders.contains(where: { statics.isBelow($0) || $0.isBelow(statics) }),
      files.contains(where: { $0.isBelow(statics) })
    {
      return "Django does not find its static files"
    }
    let tags = folder.appending("templatetags")
    let hasTags = code.sources.contains { $0.parent == tags && $0.name != "__init__.py" }
    return hasTags ? "Django does not find its template tags" : nil
  }

  private static let models: Set<String> = [
    "django.db.models.Model", "django.db.models.base.Model", "django.contrib.auth.models.AbstractUser",
    "django.contrib.auth.models.AbstractBaseUser", "django.contrib.auth.base_user.AbstractBaseUser",
    "django.contrib.gis.db.models.Model",
  ]

  /// Whether a file defines models that Django would refuse to belong to no app; any model where a mapping names the app.
  private func hasModels(_ path: SourcePath, _ isMapped: Bool, _ context: CheckContext) -> Bool {
    (context.code.tree(of: path)?.statements ?? []).contains { statement in
      guard case .class(let type) = statement.kind,
        ViewReader(context.code).bases(of: type, in: path).contains(where: Self.models.contains)
      else { return false }
      return isMapped || !type.isAbstractOrLabelled
    }
  }
}

extension PythonClass {
  /// Whether its Meta says that it is abstract, or which app it belongs to.
  fileprivate var isAbstractOrLabelled: Bool {
    body.contains { statement in
      guard case .class(let meta) = statement.kind, meta.name == "Meta" else { return false }
      // What Meta inherits is not followed.
      return !meta.bases.isEmpty && meta.bases.first?.dottedName != "object"
        || meta.body.contains { inner in
          guard case .assignment(let targets, _) = inner.kind else { return false }
          return targets.contains { $0.dottedName == "abstract" || $0.dottedName == "app_label" }
        }
    }
  }
}
