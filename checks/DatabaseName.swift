import Diagnostics
import Doctor
import Project

/// NAME is what the engine takes it for: the path of a file for SQLite, the name of a database elsewhere.
struct DatabaseName: Check {
  let documentation = CheckDocumentation(
    id: "database-name", area: .database, reach: .static, severity: .warning,
    title: "NAME suits the engine",
    what: """
      Looks at NAME of each database: a path where MySQL and PostgreSQL want the name of a database, a bare name where \
      SQLite wants a path, and none at all.
      """,
    why: """
      An engine is changed more easily than what stands below it. A server answers that there is no such database; SQLite \
      makes an empty file of that name wherever the process stands, and the tables seem to be gone.
      """,
    example: "'ENGINE': 'django.db.backends.mysql', 'NAME': BASE_DIR / 'db.sqlite3'",
    remedy: "give a server the database's name, SQLite an absolute path")

  private static let fileEndings = [".sqlite3", ".sqlite", ".db", ".db3", ".sqlite2"]

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.inDatabases { database in
      guard let family = database.family else { return [] }
      let names = database.alternatives(of: "NAME")
      if names.isEmpty || names.allSatisfy({ $0.isNone || $0.text == "" && $0.variable == nil }) {
        return withoutName(database, family, in: context)
      }
      return names.flatMap { value -> [CheckResult] in
        guard let name = value.text else {
          guard let reason = value.unknownReason else { return [] }
          return [CheckResult(.unknown, database.alias, "NAME is not known: \(reason)", at: value.location)]
        }
        return judge(name, value, database, family, in: context)
      }
    }
  }

  private func withoutName(
    _ database: DatabaseSettings, _ family: DatabaseSettings.Family, in context: CheckContext
  ) -> [CheckResult] {
    let takesNone = family == .mysql || family == .oracle || database["OPTIONS"] != nil || database.isOpen
    if takesNone { return [] }
    let example = family == .sqlite ? "BASE_DIR / 'db.sqlite3'" : "'mysite'"
    return [
      CheckResult(
        context.status(self), database.alias, "NAME is not set", remedy: "add 'NAME': \(example)",
        at: database.location(of: "NAME"))
    ]
  }

  private func judge(
    _ name: String, _ value: SettingValue, _ database: DatabaseSettings, _ family: DatabaseSettings.Family,
    in context: CheckContext
  ) -> [CheckResult] {
    let isPath: Bool = if case .path = value.content { true } else { false }
    switch family {
    case .mysql, .postgresql:
      let server = family == .mysql ? "MySQL" : "PostgreSQL"
      if name.contains("://") {
        // The client of PostgreSQL takes a URL for what it says.
        if family == .postgresql { return [] }
        return [
          CheckResult(
            context.status(self), database.alias, "NAME is a URL, and \(server) wants the name of a database",
            remedy: "write its parts into NAME, USER, PASSWORD, HOST and PORT", at: value.location)
        ]
      }
      guard
        isPath || name.contains(where: { $0 == "/" || $0 == "\\" }) && !name.contains("=")
          || Self.fileEndings.contains(where: name.hasSuffix)
      else { return [] }
      return [
        CheckResult(
          context.status(self), database.alias,
          "NAME is a path, and \(server) wants the name of a database",
          remedy: "write the database's name, or 'ENGINE': 'django.db.backends.sqlite3'", at: value.location)
      ]
    case .sqlite:
      guard !isPath, !name.isEmpty, !name.hasPrefix(":"), !context.isOfTests(value.location),
        !name.contains(where: { "./\\:~".contains($0) })
      else {
        return []
      }
      return [
        CheckResult(
          context.status(self), database.alias,
          "NAME is \(Escaping.text(name)), and SQLite makes a file of that name wherever the process stands",
          remedy: "write an absolute path: BASE_DIR / '\(Escaping.text(name)).sqlite3'", at: value.location)
      ]
    case .oracle:
      guard isPath || [".sqlite3", ".sqlite"].contains(where: name.hasSuffix) else { return [] }
      return [
        CheckResult(
          context.status(self), database.alias, "NAME is a path, and Oracle wants the name of a service",
          remedy: "write the service's name, or 'ENGINE': 'django.db.backends.sqlite3'", at: value.location)
      ]
    }
  }
}
