import Diagnostics
import Doctor
import Project
import PythonSource

/// Code names databases that there are.
struct UsingAlias: Check {
  let documentation = CheckDocumentation(
    id: "using-alias", area: .routers, reach: .static, severity: .error,
    title: "code names aliases of DATABASES",
    what: """
      Compares the literals in .using('...'), using='...' of saving, deleting and transactions, connections['...'] and \
      databases = {...} of test cases with the keys of DATABASES in all settings modules.
      """,
    why: "The line fails when it runs, with \"The connection doesn't exist\", and no check of Django's looks at it.",
    example: "StoredFile.objects.using('storage') where storage is an app and not an alias",
    remedy: "name one of the keys of DATABASES")

  /// Functions of Django that take an alias as `using`.
  private static let takers: Set<String> = [
    "atomic", "save", "asave", "delete", "adelete", "refresh_from_db", "arefresh_from_db", "on_commit", "savepoint",
    "savepoint_commit", "savepoint_rollback", "clean_savepoints", "get_connection", "get_autocommit", "set_autocommit",
    "set_rollback", "get_rollback", "commit", "rollback", "non_atomic_requests", "mark_for_rollback_on_error",
    "save_base",
    "deserialize", "commit_on_success", "captureOnCommitCallbacks",
  ]
  /// Libraries of which a `using` is something else.
  private static let others = [
    "elasticsearch", "opensearch", "haystack", "sqlalchemy", "peewee", "mongoengine", "cassandra", "neomodel",
    "django_mongodb",
  ]

  private typealias Use = (alias: String, expression: PythonExpression, way: String)

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let (aliases, isComplete) = context.databaseAliases(everywhere: true) else {
      return [CheckResult(.skipped, "aliases", "no Django settings found")]
    }
    let apps = Set((context.project.apps?.apps ?? []).compactMap(\.label))
    let files = context.code.sources(
      mentioning: "using", "connections", "databases", "db_manager", "atomic(", "call_command")
    return files.flatMap { file -> [CheckResult] in
      guard let text = context.code.text(of: file), let tree = context.code.tree(of: file) else { return [] }
      if isForeign(tree) || text.contains("DATABASES") || text.contains("connections.databases") { return [] }
      return uses(in: tree).filter { !aliases.contains($0.alias) }.map { use in
        let close = Suggestion.closest(to: use.alias, among: aliases)
        let alias = Escaping.text(use.alias)
        let isApp = apps.contains(use.alias) || context.code.folder(ofPackage: use.alias) != nil
        let kind = isApp ? "is an app and no alias of DATABASES" : "is no alias of DATABASES"
        return CheckResult(
          isComplete ? context.status(self) : .unknown, alias, "\(use.way) names \(alias), which \(kind)",
          remedy: close.map { "did you mean \(Escaping.text($0))?" }
            ?? "name one of \(aliases.map { Escaping.text($0) }.joined(separator: ", "))",
          at: Location(path: file, line: use.expression.line, column: use.expression.column))
      }
    }
  }

  private func isForeign(_ tree: PythonTree) -> Bool {
    tree.imports.contains { statement in
      let names: [String] =
        switch statement.kind {
        case .import(let aliases): aliases.map(\.name)
        case .importFrom(let module, _, _): [module]
        default: []
        }
      return names.contains { name in Self.others.contains { name.contains($0) } }
    }
  }

  // MARK: - Places

  private func uses(in tree: PythonTree) -> [Use] {
    tree.calls.flatMap(uses) + connections(in: tree) + testCases(in: tree)
  }

  private func uses(of call: PythonExpression) -> [Use] {
    guard case .call(let function, let arguments, let keywords) = call.node else { return [] }
    var found: [Use] = []
    if case .attribute(_, let name) = function.node, name == "using" || name == "db_manager" {
      if let first = arguments.first, arguments.count == 1, let alias = first.stringValue {
        found.append((alias, first, ".\(name)()"))
      }
    }
    let name =
      switch function.node {
      case .attribute(_, let name), .name(let name): name
      default: ""
      }
    if Self.takers.contains(name) || name == "db_manager" || name == "using" {
      for (keyword, value) in keywords where keyword == "using" || keyword == "alias" && name == "using" {
        if let alias = value.stringValue { found.append((alias, value, "\(name)(using=)")) }
      }
    }
    if name == "call_command" {
      for (keyword, value) in keywords where keyword == "database" {
        if let alias = value.stringValue { found.append((alias, value, "call_command(database=)")) }
      }
    }
    if name == "atomic", let first = arguments.first, let alias = first.stringValue {
      found.append((alias, first, "atomic()"))
    }
    return found
  }

  /// `connections['x']`, where the name comes from Django.
  private func connections(in tree: PythonTree) -> [Use] {
    let isDjango = tree.imports.contains { statement in
      guard case .importFrom(let module, let names, _) = statement.kind else { return false }
      return (module == "django.db" || module == "django.db.utils")
        && names.contains { $0.name == "connections" && $0.alias == nil }
    }
    guard isDjango else { return [] }
    return tree.subscripts.compactMap { expression in
      guard case .subscripted(let base, let index) = expression.node, base.dottedName == "connections",
        let alias = index.stringValue
      else { return nil }
      return (alias, index, "connections[]")
    }
  }

  /// `databases = {"default", "x"}` in a test case.
  private func testCases(in tree: PythonTree) -> [Use] {
    tree.classes.flatMap { _, type -> [Use] in
      guard type.bases.contains(where: { $0.lastName?.contains("Test") == true }),
        let value = type.attributes["databases"]
      else { return [] }
      let items: [PythonExpression] =
        switch value.node {
        case .set(let items), .list(let items), .tuple(let items): items
        default: []
        }
      return items.compactMap { item in
        guard let alias = item.stringValue, alias != "__all__" else { return nil }
        return (alias, item, "databases of \(type.name)")
      }
    }
  }
}
