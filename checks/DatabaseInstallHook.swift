import ConfigFormats
import Diagnostics
import Doctor
import Packaging
import Project
import PythonSource

/// PyMySQL is made to stand in for mysqlclient, in a file that runs.
struct DatabaseInstallHook: Check {
  let documentation = CheckDocumentation(
    id: "database-install-hook", area: .database, reach: .static, severity: .warning,
    title: "PyMySQL stands in for mysqlclient",
    what: """
      Where a database has Django's mysql engine and PyMySQL is the only driver: looks for the call of \
      pymysql.install_as_MySQLdb(), and whether the file that holds it runs before the first model is made.
      """,
    why: """
      Django imports MySQLdb and knows nothing of PyMySQL. Without the call, or with it in a file that nobody imports \
      or that runs later, it fails with "Did you install mysqlclient?" although the driver is there.
      """,
    example: "mysite/init.py with pymysql.install_as_MySQLdb(), while the engine is django.db.backends.mysql",
    remedy: "put `import pymysql; pymysql.install_as_MySQLdb()` into the __init__.py beside settings.py")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let settings = context.settings else { return [CheckResult(.skipped, "MySQLdb", "no Django settings found")] }
    guard let databases = settings.databases else { return [context.undetermined("DATABASES", in: settings)] }
    let engines = databases.flatMap { $0.alternatives(of: "ENGINE") }.filter { value in
      value.text.flatMap { DatabaseDriver(for: $0) }?.server == "MySQL"
    }
    guard let engine = engines.first, let pymysql = PackageName("pymysql"), let client = PackageName("mysqlclient")
    else {
      return [CheckResult(.skipped, "MySQLdb", "no database has Django's mysql engine")]
    }
    // mysqlclient needs no hook, and one that never runs does no harm beside it.
    if context.present([client]) == [client] { return [] }
    let hooks = context.code.mysqlHooks
    let misnamed = Set(context.code.misnamedPackageFiles)
    let working = hooks.filter {
      $0.isCalled && $0.unusedFunction == nil && !$0.isInReady && !misnamed.contains($0.location.path)
        && !isHeldBack($0, settings)
        && mayRunInTime($0.location.path, in: context)
    }
    if !working.isEmpty { return [] }
    if hooks.isEmpty {
      guard context.present([pymysql]) == [pymysql] else { return [] }
      return [
        CheckResult(
          context.status(self), "MySQLdb", "PyMySQL is the only driver, and nothing calls install_as_MySQLdb()",
          remedy: documentation.remedy, at: engine.location)
      ]
    }
    return hooks.map { hook in
      let path = hook.location.path
      let runs = !misnamed.contains(path) && mayRun(path, in: context)
      var message =
        runs
        ? "Django looks for MySQLdb when it makes the first model, and \(hook.isInReady ? "ready()" : "\(path)") runs later, or not for manage.py"
        : "\(path) never runs, so MySQLdb is not there for Django"
      var remedy = "move the call to \(home(of: settings, in: context))"
      if !hook.isCalled {
        message = "install_as_MySQLdb is named and not called"
        remedy = "add the brackets: install_as_MySQLdb()"
      } else if isHeldBack(hook, settings) {
        message = "install_as_MySQLdb() stands below a condition on __main__, which \(path) never is"
        remedy = "move the call out of the condition"
      } else if let function = hook.unusedFunction, !misnamed.contains(path) {
        message = "install_as_MySQLdb() stands in \(Escaping.text(function)), which nothing calls"
        remedy = "call \(Escaping.text(function))(), or move the hook to the module itself"
      }
      return CheckResult(context.status(self), "\(path)", message, remedy: remedy, at: hook.location)
    }
  }

  /// Whether a hook waits for its file to be started by itself, and that one is only imported.
  private func isHeldBack(_ hook: MySQLHook, _ settings: Settings) -> Bool {
    let path = hook.location.path
    return hook.isForScript && (path.name == "__init__.py" || settings.sources.contains(path))
  }

  private func home(of settings: Settings, in context: CheckContext) -> String {
    let first = context.project.settings?.module.split(separator: ".").first.map(String.init) ?? ""
    let folder = context.code.folder(ofPackage: first) ?? settings.path.parent
    return "\(folder.appending("__init__.py"))"
  }

  /// Whether anything of a package is used: it is that of the settings or of an app, somebody imports it, or it holds what
  /// others start.
  private func isUsed(_ folder: SourcePath, in context: CheckContext) -> Bool {
    let apps = context.project.apps?.apps.compactMap(\.folder) ?? []
    let starts: Set<String> = ["wsgi.py", "asgi.py", "urls.py", "celery.py", "conftest.py", "manage.py", "__main__.py"]
    if context.project.settingsModules.contains(where: { $0.path.isBelow(folder) }) { return true }
    if context.settings?.path.isBelow(folder) == true || apps.contains(where: { $0.isBelow(folder) }) { return true }
    if context.code.sources.contains(where: { $0.isBelow(folder) && starts.contains($0.name) }) { return true }
    if context.commands.contains(where: { $0.command.words.contains { $0.contains(folder.name) } }) { return true }
    return context.project.apps?.isComplete != true || context.code.isImportedPackage(folder)
  }

  /// Whether a file may be run before Django looks for the driver, which it does for the first model, as far as can be told:
  /// it is of the settings or of a package on the way to them, or one of those imports it.
  private func mayRunInTime(_ path: SourcePath, in context: CheckContext) -> Bool {
    guard context.project.managePath != nil else { return mayRun(path, in: context) }
    var pending = [path]
    var seen: Set<SourcePath> = [path]
    while let file = pending.popLast() {
      if runsEarly(file, in: context) { return true }
      if seen.count < Self.importerLimit {
        pending += context.code.importers(of: file).filter { seen.insert($0).inserted }
      }
    }
    return false
  }

  /// Each importer costs a look at every source.
  private static let importerLimit = 20

  /// Whether a file is run before the first model is made, whoever imports it.
  private func runsEarly(_ path: SourcePath, in context: CheckContext) -> Bool {
    switch path.name {
    case "urls.py", "views.py", "middleware.py", "wsgi.py", "asgi.py", "celery.py", "conftest.py": return false
    case "models.py": return isOfFirstApp(path, in: context)
    default: break
    }
    if path.name.hasPrefix("gunicorn") || path.parent.name == "middleware" { return false }
    return mayRun(path, in: context, isImportEnough: false)
  }

  /// Whether no app of Django's own comes before that of a file: most of those have models.
  private func isOfFirstApp(_ path: SourcePath, in context: CheckContext) -> Bool {
    guard let (apps, _) = context.project.apps,
      let index = apps.firstIndex(where: { $0.folder.map(path.isBelow) ?? false })
    else { return true }
    let withoutModels = [
      "staticfiles", "messages", "humanize", "postgres", "sitemaps", "syndication", "gis", "admindocs",
    ]
    return !apps[..<index].contains { app in
      app.module.hasPrefix("django.contrib.") && !withoutModels.contains { app.module.hasSuffix(".\($0)") }
    }
  }

  /// Whether a file may be run at all, as far as can be told.
  private func mayRun(_ path: SourcePath, in context: CheckContext, isImportEnough: Bool = true) -> Bool {
    if path.name == "__init__.py" {
      // The folder of manage.py is where modules are looked for, and no package itself.
      guard let manage = context.project.managePath, path.parent == manage.parent else {
        return isUsed(path.parent, in: context)
      }
      return context.code.isImportedPackage(path.parent)
    }
    if context.settings?.sources.contains(path) == true { return true }
    let isKnown = [
      "manage.py", "wsgi.py", "asgi.py", "apps.py", "models.py", "celery.py", "conftest.py", "sitecustomize.py",
    ]
    if isKnown.contains(path.name) || path.name.hasPrefix("gunicorn") { return true }
    // What is started by itself.
    if context.code.tree(of: path)?.strings(reading: "__main__").isEmpty == false { return true }
    if context.commands.contains(where: { $0.command.words.contains { $0.hasSuffix(path.name) } }) { return true }
    return isImportEnough && context.code.isImported(path)
  }
}
