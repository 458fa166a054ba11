import Diagnostics
import Doctor
import Project
import PythonSource

/// No password of a database stands in a settings file that others get to see.
struct DatabaseSecret: Check {
  let documentation = CheckDocumentation(
    id: "database-secret", area: .database, reach: .static, severity: .warning, isErrorInProduction: true,
    title: "no password in the settings",
    what: """
      Looks for passwords of databases that are written out in settings files which .gitignore does not exclude. Defaults of \
      environment variables and the settings of tests are left out. The password is never shown.
      """,
    why: "What is committed stays in the history, and everybody who has the sources has the database.",
    example: "'USER': 'root', 'PASSWORD': 'password'",
    remedy: "read it from the environment: 'PASSWORD': os.environ['DB_PASSWORD']")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let tracked = Set(context.project.tree.files)
    var seen: Set<Location> = []
    var results: [CheckResult] = []
    var modules = context.project.settingsModules
    if let settings = context.settings, !modules.contains(where: { $0.path == settings.path }) {
      modules.append(settings)
    }
    for settings in modules {
      var values = [settings["DATABASES"]].compactMap(\.self)
      values += settings.history.filter { $0.name == "DATABASES" }.map(\.value)
      for (alias, database) in values.flatMap(\.alternatives).flatMap(\.entries) {
        for dictionary in database.alternatives {
          let database = DatabaseSettings(alias: alias, values: dictionary)
          for password in passwords(of: database)
          where tracked.contains(password.location.path) && !isForTests(password.location.path, in: context)
            && !isFallback(password.location, in: context.code) && seen.insert(password.location).inserted
          {
            results.append(found(password, database, in: context))
          }
        }
      }
    }
    return results + context.inDatabases { _ in [] }.filter { $0.status == .unknown }
  }

  private func passwords(of database: DatabaseSettings) -> [SettingValue] {
    // SQLite has none.
    if database.family == .sqlite { return [] }
    let options = database["OPTIONS"]
    return [database["PASSWORD"], options?["passwd"], options?["password"]].compactMap(\.self).flatMap(\.alternatives)
      .filter { $0.variable == nil && $0.scalarText.map(isWrittenOut) == true }
  }

  /// Whether the text stands in for what is not set: `os.environ.get("DB_PASSWORD") or "root"`.
  private func isFallback(_ place: Location, in code: ProjectCode) -> Bool {
    isOfHandler(place, in: code)
      || code.tree(of: place.path)?.choices.contains { choice in
        let parts: [PythonExpression] =
          switch choice.node {
          case .logical(_, let operands): operands
          case .conditional(let value, _, let otherwise): [value, otherwise]
          default: []
          }
        return parts.contains { $0.line == place.line && $0.column == place.column }
          && parts.contains { $0.stringValue == nil }
      } ?? false
  }

  /// `except KeyError: PASSWORD = "root"`
  private func isOfHandler(_ place: Location, in code: ProjectCode) -> Bool {
    code.tree(of: place.path)?.statements.contains { statement in
      guard case .try(_, let handlers, _, _) = statement.kind else { return false }
      return handlers.contains { handler in
        guard handler.type?.lastName == "KeyError" else { return false }
        return handler.body.contains { statement in
          guard case .assignment(_, let value) = statement.kind else { return false }
          return value.line == place.line && value.column == place.column
        }
      }
    } ?? false
  }

  /// `<password>`, `${DB_PASSWORD}`, `***` stand for a password.
  private func isWrittenOut(_ text: String) -> Bool {
    if text.isEmpty || text.hasPrefix("<") || text.hasPrefix("$") || text.hasPrefix("{{") || text.hasPrefix("%(") {
      return false
    }
    return !text.allSatisfy { "*xX.-_?".contains($0) }
  }

  /// The settings of tests, of pipelines and samples open no database of value.
  private func isForTests(_ path: SourcePath, in context: CheckContext) -> Bool {
    let words: Set<String> = ["test", "tests", "testing", "ci", "travis", "circleci", "github", "e2e", "pytest"]
    let samples: Set<String> = ["example", "examples", "sample", "samples", "docs"]
    // A project may be called so, but not the folder of a manage.py beside a library.
    let isProject = context.project.managePath?.parent.isEmpty == true && context.settings?.path == path
    if holds(isProject ? SourcePath(path.name) : path, samples) { return true }
    return holds(path, words)
  }

  private func holds(_ path: SourcePath, _ words: Set<String>) -> Bool {
    path.components.contains { part in
      part.lowercased().split(whereSeparator: { "._-".contains($0) }).contains { words.contains(String($0)) }
    }
  }

  private func found(_ password: SettingValue, _ database: DatabaseSettings, in context: CheckContext) -> CheckResult {
    let user =
      database["USER"].flatMap { $0.isSecret ? nil : $0.text }.map { " of the user \(Escaping.text($0))" } ?? ""
    return CheckResult(
      context.status(self), Escaping.text(database.alias),
      "the password\(user) is written out, and .gitignore does not exclude \(password.location.path)",
      remedy: "read it from the environment: os.environ['DB_PASSWORD'], and change it where it was committed",
      at: password.location)
  }
}
