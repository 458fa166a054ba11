import Diagnostics
import Doctor
import Project

/// The file of a SQLite database can be opened or made.
struct DatabaseSQLitePath: Check {
  let documentation = CheckDocumentation(
    id: "database-sqlite-path", area: .database, reach: .static, severity: .error,
    title: "SQLite files have a place",
    what: """
      Looks at the path in NAME of each SQLite database: a folder that is not there, one that cannot be written, a path \
      that is a folder itself, a path of Windows. The database is not opened.
      """,
    why: """
      SQLite makes the file and never the folder: the first command fails with "unable to open database file", which names \
      neither. For its journal SQLite writes into the folder even where the file can be written.
      """,
    example: "'NAME': BASE_DIR / 'data' / 'db.sqlite3' without a folder data",
    remedy: "mkdir -p the folder, or correct NAME")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.inDatabases { database in
      guard database.family == .sqlite else { return [] }
      return database.alternatives(of: "NAME").flatMap { value -> [CheckResult] in
        guard let name = value.text else {
          guard let reason = value.unknownReason else { return [] }
          return [CheckResult(.unknown, database.alias, "NAME is not known: \(reason)", at: value.location)]
        }
        if context.isOfTests(value.location) { return [] }
        if name.isEmpty || name.hasPrefix(":memory:") || name.hasPrefix("file:") { return [] }
        return judge(SourcePath(name), value, database.alias, in: context)
      }
    }
  }

  private func judge(
    _ path: SourcePath, _ value: SettingValue, _ alias: String, in context: CheckContext
  ) -> [CheckResult] {
    func result(_ message: String, _ remedy: String, isCertain: Bool = true) -> [CheckResult] {
      let status: CheckStatus = isCertain && value.variable == nil ? context.status(self) : .unknown
      let origin = value.variable.map { " (the path comes from the variable \(Escaping.text($0)))" } ?? ""
      return [CheckResult(status, alias, message + origin, remedy: remedy, at: value.location)]
    }
    if path.isOfWindows { return [ofWindows(path, value, alias, in: context)] }
    let places = context.places(of: path)
    let shown = context.display(places[0])
    if places.contains(where: context.folderExists) {
      return result("\(shown) is a folder", "add the file's name to NAME: 'db.sqlite3'")
    }
    let parents = places.map(\.parent)
    guard let parent = parents.first(where: context.folderExists) else {
      let folder = context.display(parents[0])
      return result(
        "there is no folder \(folder) to hold \(shown)", "make the folder (mkdir -p \(folder)), or correct NAME",
        isCertain: isOwn(parents[0], in: context) && !context.settingsMayMake(parents[0]))
    }
    if !context.canMakeFile(in: parent) {
      return result(
        "the folder \(context.display(parent)) cannot be written, and SQLite makes its journal there",
        "give the user that runs the project access to it", isCertain: isOwn(parent, in: context))
    }
    if let file = places.first(where: context.fileExists), !context.canWriteFile(file) {
      return result(
        "\(context.display(file)) cannot be written", "give the user that runs the project access to the file",
        isCertain: isOwn(parent, in: context))
    }
    return []
  }

  /// With backslashes it is a strange name that SQLite takes all the same.
  private func ofWindows(
    _ path: SourcePath, _ value: SettingValue, _ alias: String, in context: CheckContext
  ) -> CheckResult {
    let isFound = context.places(of: path).contains { context.folderExists($0.parent) }
    return CheckResult(
      value.variable != nil ? .unknown : isFound ? .warning : context.status(self), alias,
      "\(path) is a path of Windows: here it means a file below the folder in which the process stands",
      remedy: "write BASE_DIR / 'db.sqlite3', which every system reads", at: value.location)
  }

  /// Whether this machine is the one that the path is meant for: a folder elsewhere may be that of a container.
  private func isOwn(_ folder: SourcePath, in context: CheckContext) -> Bool {
    folder.isBelow(context.project.root) || context.profile == .production || !context.hasContainers
  }
}
