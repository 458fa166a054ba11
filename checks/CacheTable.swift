import Diagnostics
import Doctor
import Probes
import Project

/// A cache in the database has its table.
struct CacheTable: Check {
  let documentation = CheckDocumentation(
    id: "cache-table", area: .cache, reach: .staticAndNetwork, severity: .error,
    title: "database caches have their tables",
    what: """
      Looks whether LOCATION of each DatabaseCache names a table, and for that table in the project's SQLite databases, \
      which are opened read-only.
      """,
    why: """
      Migrations do not make it: createcachetable does, in the database that the routers choose. Until then every use of \
      the cache fails with "no such table".
      """,
    example: "'BACKEND': 'django.core.cache.backends.db.DatabaseCache' without 'LOCATION': 'my_cache_table'",
    remedy: "python manage.py createcachetable")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    var tables: [(alias: String, table: SettingValue)] = []
    var results = context.inCaches { cache in
      let backends = cache.alternatives(of: "BACKEND")
      guard backends.count == 1, let backend = backends[0].text, CacheBackend(builtin: backend)?.store == .database
      else {
        return []
      }
      let locations = cache.alternatives(of: "LOCATION").filter { !$0.isNone && ($0.text != "" || $0.variable != nil) }
      if locations.isEmpty {
        if cache.isOpen { return [] }
        return [
          CheckResult(
            context.status(self), cache.alias, "LOCATION names no table",
            remedy: "name the table: 'LOCATION': 'my_cache_table'", at: cache.location(of: "LOCATION"))
        ]
      }
      return locations.compactMap { value in
        if value.text != nil {
          tables.append((cache.alias, value))
          return nil
        }
        let reason = value.unknownReason ?? "not a string"
        return CheckResult(.unknown, cache.alias, "LOCATION is not known: \(reason)", at: value.location)
      }
    }
    for (alias, table) in tables where context.asksServers {
      results.append(await look(for: table, of: alias, in: context))
    }
    return results
  }

  private func look(for value: SettingValue, of alias: String, in context: CheckContext) async -> CheckResult {
    let table = value.text ?? ""
    let shown = Escaping.text(table)
    let databases = context.settings?.databases ?? []
    guard databases.filter({ $0.alias == "default" }).count == 1,
      let database = databases.first(where: { $0.alias == "default" }), let path = path(of: database, in: context)
    else {
      return CheckResult(
        .unknown, alias, "the table \(shown) is looked for in SQLite databases only", at: value.location)
    }
    switch await context.run(SQLiteProbe(path: path, tables: [table])) {
    case .success(let answer) where answer.absentTables.isEmpty:
      return CheckResult(.ok, alias, "table \(shown) in \(context.display(path))", at: value.location)
    case .success:
      return await absent(shown, table, path, databases, of: alias, at: value.location, in: context)
    case .failure(let failure) where failure.reason == .missing:
      return CheckResult(
        context.status(self), alias, "there is no table \(shown), as \(context.display(path)) is not there yet",
        remedy: "python manage.py migrate, then python manage.py createcachetable", at: value.location,
        evidence: ["reason": failure.reason.rawValue])
    case .failure(let failure):
      return CheckResult(
        .unknown, alias, failure.message, remedy: "see database-connect", at: value.location,
        evidence: ["reason": failure.reason.rawValue])
    }
  }

  /// The default database lacks it: another one may have it.
  private func absent(
    _ shown: String, _ table: String, _ path: SourcePath, _ databases: [DatabaseSettings], of alias: String,
    at location: Location, in context: CheckContext
  ) async -> CheckResult {
    let hasRouters = context.settings?["DATABASE_ROUTERS"].map { $0.unknownReason != nil || !$0.items.isEmpty } ?? false
    for database in databases where database.alias != "default" {
      guard let other = self.path(of: database, in: context),
        case .success(let answer) = await context.run(SQLiteProbe(path: other, tables: [table])),
        answer.absentTables.isEmpty
      else { continue }
      let name = Escaping.text(database.alias)
      return CheckResult(
        hasRouters ? .unknown : context.status(self), alias, "the table \(shown) lies in \(name), not in default",
        remedy: "python manage.py createcachetable, or a router that sends the app django_cache to \(name)",
        at: location)
    }
    let isElsewhere = hasRouters && databases.contains { $0.alias != "default" }
    return CheckResult(
      isElsewhere ? .unknown : context.status(self), alias, "there is no table \(shown) in \(context.display(path))",
      remedy: documentation.remedy, at: location, evidence: ["reason": "missing"])
  }

  private func path(of database: DatabaseSettings, in context: CheckContext) -> SourcePath? {
    guard database.family == .sqlite, let name = database["NAME"]?.text, !name.isEmpty, !name.hasPrefix(":"),
      !name.hasPrefix("file:")
    else { return nil }
    let places = context.places(of: SourcePath(name))
    return places.first(where: context.fileExists) ?? places[0]
  }
}
