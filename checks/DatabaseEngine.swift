import Diagnostics
import Doctor
import Project

/// ENGINE names an engine that there is.
struct DatabaseEngine: Check {
  let documentation = CheckDocumentation(
    id: "database-engine", area: .database, reach: .static, severity: .error,
    title: "the database engines exist",
    what: """
      Compares ENGINE of each database with the engines that Django has, and looks for the modules of an engine that the \
      project brings itself. Engines of other packages are left to dependency-missing, but for names that are nearly those \
      of Django.
      """,
    why:
      "Django refuses to start with an engine that it cannot import, and names all of its own instead of the one meant.",
    example: "'ENGINE': 'django.db.backends.sqlite'",
    remedy: "write the engine's full name: 'django.db.backends.sqlite3'")

  private static let engines: [String: [String]] = [
    "django.db.backends": ["mysql", "oracle", "postgresql", "sqlite3", "postgresql_psycopg2", "dummy"],
    "django.contrib.gis.db.backends": ["mysql", "oracle", "postgis", "spatialite"],
  ]
  /// What people call the engines.
  private static let otherNames = [
    "mariadb": "mysql", "mysqldb": "mysql", "pymysql": "mysql", "mysqlclient": "mysql", "sqlite": "sqlite3",
    "postgres": "postgresql", "psycopg2": "postgresql", "psycopg": "postgresql", "pgsql": "postgresql",
  ]

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.inDatabases { database in
      let engines = database.alternatives(of: "ENGINE").filter { !$0.isNone && $0.text != "" }
      if engines.isEmpty { return withoutEngine(database) }
      return engines.flatMap { value -> [CheckResult] in
        guard let engine = value.text else {
          return [
            CheckResult(
              .unknown, database.alias, "ENGINE is not known: \(value.unknownReason ?? "not a string")",
              at: value.location)
          ]
        }
        return judge(engine, of: database.alias, at: value.location, in: context)
      }
    }
  }

  /// An empty dictionary is how Django writes that there is no such database.
  private func withoutEngine(_ database: DatabaseSettings) -> [CheckResult] {
    guard case .dictionary(let entries) = database.values.content else {
      if database.values.isNone || database.values.variable != nil { return [] }
      return [
        CheckResult(
          .error, database.alias, "not a dictionary", remedy: "write {'ENGINE': ..., 'NAME': ...}",
          at: database.values.location)
      ]
    }
    if entries.isEmpty { return [] }
    // Where a URL is not set libraries leave a dictionary without it.
    let isWritten = entries.contains { $0.key == "NAME" && $0.value.variable == nil && $0.value.unknownReason == nil }
    let status: CheckStatus = isWritten && !database.isOpen ? .error : .unknown
    return [
      CheckResult(
        status, database.alias, "ENGINE is not set", remedy: "add 'ENGINE': 'django.db.backends.sqlite3' or another",
        at: database.location(of: "ENGINE"))
    ]
  }

  /// Whether a name alone is meant for an engine of Django's: `mssql` and others are packages.
  private func isShort(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.isEmpty || Self.otherNames[name] != nil || Self.engines.values.contains { $0.contains(name) }
  }

  /// What to do about an engine that neither Django nor a package has; nil for one that a package may bring.
  private func ofNobody(_ engine: String, _ context: CheckContext) -> String? {
    let first = String(engine.prefix { $0 != "." })
    let known = (Self.engines.flatMap { home, names in names.map { "\(home).\($0)" } } + [Self.connector]).sorted()
    if first != "django" {
      let isOfConnector = engine.hasPrefix("mysql.connector.") && engine != Self.connector
      guard isOfConnector || context.mayBeMisspelt(first) else { return nil }
      return Suggestion.closest(to: engine, among: known).map { "did you mean '\($0)'?" }
    }
    let last = engine.split(separator: ".").last.map(String.init) ?? ""
    let meant =
      Suggestion.closest(to: engine, among: known)
      ?? known.first { $0.hasSuffix(".\(last)") && $0.contains(".gis.") == engine.contains(".gis.") }
    return meant.map { "did you mean '\($0)'?" } ?? "correct ENGINE: 'django.db.backends.sqlite3' is one that there is"
  }

  /// The engine of mysql-connector-python.
  private static let connector = "mysql.connector.django"

  private func judge(
    _ engine: String, of alias: String, at location: Location, in context: CheckContext
  ) -> [CheckResult] {
    let parts = engine.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let (package, name) = (parts.dropLast().joined(separator: "."), parts.last ?? "")
    let shown = Escaping.text(engine)
    if package.isEmpty || package == "django.db" || Self.engines[package] != nil {
      if package.isEmpty, context.code.provides(name) || !isShort(name) { return [] }
      let home = Self.engines[package] == nil ? "django.db.backends" : package
      let names = Self.engines[home] ?? []
      if home == package, names.contains(name) { return [] }
      let meant = Self.otherNames[name.lowercased()] ?? Suggestion.closest(to: name, among: names)
      let remedy =
        meant.map { "did you mean '\(home).\($0)'?" } ?? "Django has \(names.sorted().joined(separator: ", "))"
      return [CheckResult(.error, alias, "there is no engine \(shown)", remedy: remedy, at: location)]
    }
    guard context.code.provides(parts[0]) else {
      return ofNobody(engine, context).map { remedy in
        [CheckResult(.error, alias, "there is no engine \(shown)", remedy: remedy, at: location)]
      } ?? []
    }
    switch context.code.definition(of: engine) {
    case .module, .missing, .missingModule: break
    default: return []
    }
    if context.code.file(ofModule: "\(engine).base") != nil { return [] }
    if context.code.folder(ofPackage: engine) == nil {
      return [CheckResult(.error, alias, "there is no package \(shown)", remedy: "correct ENGINE", at: location)]
    }
    return [
      CheckResult(
        .error, alias, "\(shown) has no module base, in which Django looks for the engine",
        remedy: "add base.py with a class DatabaseWrapper, or correct ENGINE", at: location)
    ]
  }
}
