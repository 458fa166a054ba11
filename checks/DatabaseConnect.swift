import Diagnostics
import Doctor
import Manifests
import Packaging
import Probes
import Project

/// Every database of the settings can be reached.
struct DatabaseConnect: Check {
  let documentation = CheckDocumentation(
    id: "database-connect", area: .database, reach: .network, severity: .error,
    title: "the databases answer",
    what: """
      Opens each SQLite file natively and read-only; connects to each database server and reads the first bytes of its \
      protocol. It does not log in.
      """,
    why: "manage.py check says nothing about a file in a missing folder or a server that is not there.",
    example: "'NAME': BASE_DIR / 'data' / 'db.sqlite3' without a folder data",
    remedy: "start the server, or correct HOST, PORT and NAME in the settings")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let settings = context.project.settings else {
      return [CheckResult(.skipped, "DATABASES", "no Django settings found")]
    }
    guard let databases = settings.values.databases else { return [undetermined(settings.values)] }
    // A task each: one silent server must not delay the others.
    return await withTaskGroup(of: CheckResult.self) { group in
      let counts = Dictionary(grouping: databases, by: \.alias).mapValues(\.count)
      for database in databases where counts[database.alias] == 1 {
        group.addTask { await check(database, in: context) }
      }
      for (alias, choices) in Dictionary(grouping: databases, by: \.alias) where choices.count > 1 {
        let places = choices.map { "\($0.engine ?? "not known") (\($0.values.location))" }.joined(separator: " or ")
        group.addTask {
          CheckResult(.unknown, alias, "set under a condition: \(places)", at: choices[0].values.location)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func undetermined(_ settings: Settings) -> CheckResult {
    guard let value = settings["DATABASES"] else {
      return CheckResult(.skipped, "DATABASES", "not set", at: Location(path: settings.path))
    }
    return CheckResult(
      .unknown, "DATABASES", "not known: \(value.unknownReason ?? "not a dictionary")", at: value.location)
  }

  private func check(_ database: DatabaseSettings, in context: CheckContext) async -> CheckResult {
    if let (key, reason) = database.unknown(among: ["ENGINE", "NAME", "HOST", "PORT"]) {
      return CheckResult(.unknown, database.alias, "\(key) is not known: \(reason)", at: database.location(of: key))
    }
    if let port = database["PORT"]?.scalarText, !port.isEmpty, UInt16(port) == nil {
      // A URL may have been cut to pieces: what is no port can be a password.
      let shown =
        port.utf8.count <= 8 && port.allSatisfy { $0.isNumber || $0.isLetter || $0 == "-" }
        ? Escaping.text(port) : "text"
      return CheckResult(
        .error, database.alias, "PORT is \(shown), not a number up to 65535",
        remedy: "correct PORT, or leave it out for the usual one", at: database.location(of: "PORT"))
    }
    switch database.family {
    case .sqlite: return await checkSQLite(database, in: context)
    case .mysql:
      let usesPyMySQL = context.manifest.requirements.contains { $0.name.normalized == "pymysql" }
      let probe = MySQLGreetingProbe(endpoint: ServerAddress.mysql(database, usesPyMySQL: usesPyMySQL))
      return await report(probe, of: "MySQL", database, in: context) {
        "\($0.flavor.rawValue) \($0.version) at \(probe.endpoint)"
      }
    case .postgresql:
      let probe = PostgreSQLGreetingProbe(endpoint: ServerAddress.postgresql(database))
      return await report(probe, of: "PostgreSQL", database, in: context) { _ in
        "PostgreSQL answers at \(probe.endpoint)"
      }
    case .oracle:
      guard let endpoint = ServerAddress.oracle(database) else { break }
      return await report(ConnectionProbe(endpoint: endpoint), of: "Oracle", database, in: context) {
        "\(endpoint) accepts connections"
      }
    case nil: break
    }
    return CheckResult(
      .unknown, database.alias, "how to reach \(database.engine ?? "an alias without ENGINE") is not known",
      at: database.location(of: "ENGINE"))
  }

  private func report<P: Probe>(
    _ probe: P, of server: String, _ database: DatabaseSettings, in context: CheckContext,
    _ describe: @Sendable (P.Answer) -> String
  ) async -> CheckResult {
    switch await context.run(probe) {
    case .success(let answer):
      return CheckResult(.ok, database.alias, describe(answer), at: database.location(of: "HOST"))
    case .failure(let failure):
      return CheckResult(
        .error, database.alias, failure.message, remedy: "start \(server), or correct HOST and PORT of this alias",
        at: database.location(of: "HOST"), evidence: ["reason": failure.reason.rawValue])
    }
  }

  private func checkSQLite(_ database: DatabaseSettings, in context: CheckContext) async -> CheckResult {
    let location = database.location(of: "NAME")
    guard let name = database["NAME"]?.text, !name.isEmpty else {
      return CheckResult(
        .error, database.alias, "NAME is not set", remedy: "give NAME a path: BASE_DIR / \"db.sqlite3\"", at: location)
    }
    if name == ":memory:" || name.hasPrefix("file:") {
      return CheckResult(.ok, database.alias, "SQLite in memory", at: location)
    }
    let path = context.project.root.appending(name)
    let shown = context.display(path)
    switch await context.run(SQLiteProbe(path: path)) {
    case .success: return CheckResult(.ok, database.alias, "SQLite opens \(shown)", at: location)
    case .failure(let failure) where failure.reason == .missing && context.canMakeFile(in: path.parent):
      return CheckResult(
        .ok, database.alias, "\(shown) is not there yet", remedy: "python manage.py migrate makes it",
        at: location, evidence: ["reason": failure.reason.rawValue])
    case .failure(let failure):
      let message =
        failure.reason == .missing && !context.folderExists(path.parent)
        ? "there is no folder \(context.display(path.parent)) to hold \(shown)" : failure.message
      return CheckResult(
        .error, database.alias, message, remedy: sqliteRemedy(failure, path: path, in: context), at: location,
        evidence: ["reason": failure.reason.rawValue])
    }
  }

  private func sqliteRemedy(_ failure: ProbeFailure, path: SourcePath, in context: CheckContext) -> String {
    switch failure.reason {
    case .missing: "make the folder (mkdir -p \(context.display(path.parent))), or correct NAME"
    case .noGrant: "give the user that runs the project access to the file and its folder"
    case .corrupt: "restore the file from a backup, or correct NAME"
    default: "correct NAME, or free the file"
    }
  }
}
