import Diagnostics
import Doctor
import Project
import PythonSource

/// The models of installed apps have migrations that Django finds.
struct DatabaseMigrations: Check {
  let documentation = CheckDocumentation(
    id: "database-migrations", area: .database, reach: .static, severity: .warning,
    title: "models have migrations",
    what: """
      Looks at the migrations package of each installed app of the project: files of migrations without an __init__.py, and \
      models without any migration while other apps of the project have theirs.
      """,
    why: """
      Django takes an app without a migrations package for one that wants none: migrate makes no tables for it and says \
      nothing, and the first query fails with "no such table".
      """,
    example: "polls/models.py with a model, polls/migrations/0001_initial.py, and no polls/migrations/__init__.py",
    remedy: "python manage.py makemigrations APP")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let apps = context.project.apps?.apps else {
      let unknown = context.unknowns(of: "INSTALLED_APPS")
      return unknown.isEmpty ? [CheckResult(.skipped, "migrations", "no INSTALLED_APPS found")] : unknown
    }
    // Apps whose migrations stand elsewhere, or which are to have none.
    let moved = context.settings?["MIGRATION_MODULES"]
    if let moved, moved.entries.isEmpty || moved["**"] != nil {
      return [CheckResult(.unknown, "migrations", "MIGRATION_MODULES is not known", at: moved.location)]
    }
    let own = apps.filter { app in
      app.folder != nil && !app.isOptional && app.label.map { moved?[$0] == nil } ?? false
    }
    let othersHaveSome = own.contains {
      !migrations(of: $0, in: context).isEmpty && package(of: $0, in: context) != nil
    }
    return own.flatMap { judge($0, othersHaveSome, in: context) }
  }

  private func judge(_ app: InstalledApp, _ othersHaveSome: Bool, in context: CheckContext) -> [CheckResult] {
    guard let folder = app.folder else { return [] }
    let home = folder.appending("migrations")
    let label = app.label ?? app.module
    let files = migrations(of: app, in: context)
    if package(of: app, in: context) == nil, !context.code.holds(source: home.appending("__init__.py")),
      !files.isEmpty
    {
      return [
        CheckResult(
          context.status(self), label,
          "\(home) has no __init__.py, so Django finds none of its \(files.count == 1 ? "migration" : "\(files.count) migrations")",
          remedy: "touch \(home.appending("__init__.py"))", at: Location(path: home))
      ]
    }
    guard files.isEmpty, othersHaveSome,
      context.code.file(ofModule: "\(app.module).migrations") == nil || isBare(home, in: context),
      let model = firstModel(of: folder, in: context)
    else { return [] }
    return [
      CheckResult(
        context.status(self), label, "the model \(model.name) has no migration, so no table is made for it",
        remedy: "python manage.py makemigrations \(label)", at: model.location)
    ]
  }

  private func package(of app: InstalledApp, in context: CheckContext) -> SourcePath? {
    context.code.file(ofModule: "\(app.module).migrations")
  }

  private func migrations(of app: InstalledApp, in context: CheckContext) -> [SourcePath] {
    guard let home = app.folder?.appending("migrations") else { return [] }
    return context.code.sources.filter { $0.parent == home && !$0.name.hasPrefix("_") && $0.name.contains("_") }
  }

  /// Whether the package is there and holds nothing; where .gitignore leaves out the migrations that cannot be told.
  private func isBare(_ home: SourcePath, in context: CheckContext) -> Bool {
    let file = home.appending("__init__.py")
    return context.code.holds(source: file)
      && !context.code.sources.contains { $0.isBelow(home) && $0 != file }
      && !context.project.tree.ignoredSources.contains { $0.isBelow(home) }
  }

  /// The first class of models.py that a table is made for.
  private func firstModel(of folder: SourcePath, in context: CheckContext) -> (name: String, location: Location)? {
    let files = context.code.sources.filter { file in
      file == folder.appending("models.py") || file.parent == folder.appending("models")
    }
    for file in files {
      for (statement, _) in context.code.tree(of: file)?.topClasses ?? [] {
        guard case .class(let type) = statement.kind, type.bases.contains(where: { $0.dottedName == "models.Model" })
        else {
          continue
        }
        let meta = type.meta
        if meta["abstract"] != nil || meta["managed"] != nil || meta["proxy"] != nil || meta["app_label"] != nil {
          continue
        }
        return (type.name, Location(path: file, line: statement.line, column: statement.column))
      }
    }
    return nil
  }
}
