package import Diagnostics
import PythonSource

/// A place in code that names a database: `.using("soda")`.
package struct AliasUse: Sendable {
  package let alias: String
  package let location: Location
  /// How it is named: `.using()`.
  package let way: String
  /// Whether it is Django that takes the name, as far as can be told.
  package let isCertain: Bool
}

extension ProjectCode {
  /// The databases that a file names in what it calls, without those that go through routers.
  package func aliasUses(in file: SourcePath) -> [AliasUse] {
    guard let tree = tree(of: file) else { return [] }
    return AliasUses(self, file, tree).all
  }
}

private struct AliasUses {
  let code: ProjectCode
  let file: SourcePath
  let tree: PythonTree
  let sources: QuerySources
  let values: GivenValues

  init(_ code: ProjectCode, _ file: SourcePath, _ tree: PythonTree) {
    self.code = code
    self.file = file
    self.tree = tree
    sources = QuerySources(code, file, tree)
    values = GivenValues(code)
  }

  /// Methods of models, managers and queries that take an alias as `using`.
  private static let methods: Set<String> = [
    "save", "asave", "delete", "adelete", "refresh_from_db", "arefresh_from_db", "save_base", "raw", "using",
    "db_manager", "from_db", "full_clean",
  ]
  /// Functions of django.db.transaction that take one, and where it stands without a name.
  private static let functions: [String: Int] = [
    "atomic": 0, "on_commit": 1, "savepoint": 0, "savepoint_commit": 1, "savepoint_rollback": 1, "clean_savepoints": 0,
    "get_connection": 0, "get_autocommit": 0, "set_autocommit": 1, "set_rollback": 1, "get_rollback": 0, "commit": 0,
    "rollback": 0, "non_atomic_requests": 0, "mark_for_rollback_on_error": 0, "commit_on_success": 0,
    "commit_manually": 0, "autocommit": 0,
  ]
  /// Other functions and classes with `using`.
  private static let others: Set<String> = ["deserialize", "captureOnCommitCallbacks", "QuerySet", "RawQuerySet"]
  /// Django's commands with an option `--database`.
  private static let commands: Set<String> = [
    "migrate", "flush", "sqlmigrate", "sqlflush", "sqlsequencereset", "dumpdata", "loaddata", "inspectdb",
    "createcachetable", "dbshell", "changepassword", "createsuperuser", "check", "showmigrations", "syncdb",
    "remove_stale_contenttypes",
  ]

  var all: [AliasUse] {
    let found = tree.calls.flatMap(uses) + connections + testCases + states
    var seen: Set<Location> = []
    return found.filter { seen.insert($0.location).inserted }.sorted { $0.location < $1.location }
  }

  private func uses(of value: PythonExpression?, _ way: String, isCertain: Bool = true) -> [AliasUse] {
    guard let value else { return [] }
    return values.texts(of: value, in: file).filter { !isSentinel($0, of: value) }.map { text, place in
      AliasUse(alias: text, location: place, way: way, isCertain: isCertain)
    }
  }

  /// A word of one's own that is asked for before: `if db == "all"`.
  private func isSentinel(_ text: GivenValues.Text, of value: PythonExpression) -> Bool {
    guard let name = value.dottedName else { return false }
    if text.text.isEmpty { return true }
    return tree.comparisons.contains { comparison in
      guard case .comparison(let left, let others) = comparison.node else { return false }
      let sides = [left] + others.map(\.value)
      return sides.contains { $0.dottedName == name } && sides.contains { $0.stringValue == text.text }
    }
  }

  // MARK: - Calls

  private func uses(of call: PythonExpression) -> [AliasUse] {
    guard case .call(let function, let arguments, let keywords) = call.node else { return [] }
    func keyword(_ name: String) -> PythonExpression? { keywords.first { $0.name == name }?.value }
    let dotted = function.dottedName
    let name: String
    switch function.node {
    case .attribute(_, let last), .name(let last): name = last
    default: return []
    }
    if let position = Self.functions[name] {
      let origin = dotted.flatMap { sources.imports[$0] }
      let isDjango = origin.map { $0.hasPrefix("django.db.") }
      if isDjango == true {
        let positional = position < arguments.count ? arguments[position] : nil
        return uses(of: keyword("using") ?? positional, "\(name)()")
      }
      if isDjango == nil, dotted?.hasPrefix("transaction.") == true || dotted == name, name == "atomic" {
        return uses(of: keyword("using"), "\(name)(using=)")
      }
      return []
    }
    if name == "call_command" { return command(arguments, keyword("database")) }
    if name == "django_db", let databases = keyword("databases") { return within(databases, "django_db(databases=)") }
    if Self.others.contains(name) { return uses(of: keyword("using"), "\(name)(using=)") }
    guard Self.methods.contains(name), case .attribute(let base, _) = function.node else { return [] }
    let isFirst = name == "using" || name == "db_manager"
    let given = keyword("using") ?? (name == "using" ? keyword("alias") : nil)
    guard let value = given ?? (isFirst && arguments.count == 1 ? arguments[0] : nil) else { return [] }
    let source = sources.source(of: base)
    if source == .foreign { return [] }
    return uses(of: value, given == nil ? ".\(name)()" : "\(name)(using=)", isCertain: source == .django)
  }

  /// `call_command("migrate", "--database", "soda")`
  private func command(_ arguments: [PythonExpression], _ keyword: PythonExpression?) -> [AliasUse] {
    if let name = arguments.first?.stringValue, !Self.commands.contains(name) { return [] }
    var found = uses(of: keyword, "call_command(database=)")
    let way = "call_command('--database')"
    for (index, argument) in arguments.enumerated() {
      guard let text = argument.stringValue else { continue }
      if text == "--database", index + 1 < arguments.count { found += uses(of: arguments[index + 1], way) }
      if text.hasPrefix("--database=") {
        let place = Location(path: file, line: argument.line, column: argument.column)
        found.append(AliasUse(alias: String(text.dropFirst(11)), location: place, way: way, isCertain: true))
      }
    }
    return found
  }

  // MARK: - Other places

  /// `connections['x']`, where the name comes from Django.
  private var connections: [AliasUse] {
    tree.subscripts.flatMap { expression -> [AliasUse] in
      guard case .subscripted(let base, let index) = expression.node, let name = base.dottedName,
        let origin = sources.imports[name], ["django.db.connections", "django.db.utils.connections"].contains(origin)
      else { return [] }
      return uses(of: index, "connections[]")
    }
  }

  /// `obj._state.db = "x"`
  private var states: [AliasUse] {
    tree.assignments.flatMap { target, value -> [AliasUse] in
      guard case .attribute(let base, "db") = target.node, case .attribute(_, "_state") = base.node else { return [] }
      return uses(of: value, "_state.db")
    }
  }

  /// `databases = {"default", "x"}` in a test case.
  private var testCases: [AliasUse] {
    tree.classes.flatMap { _, type -> [AliasUse] in
      guard type.bases.contains(where: { $0.lastName?.contains("Test") == true }),
        let value = type.attributes["databases"]
      else { return [] }
      return within(value, "databases of \(type.name)")
    }
  }

  private func within(_ value: PythonExpression, _ way: String) -> [AliasUse] {
    values.texts(within: value, in: file).filter { $0.text != "__all__" }.map { text, place in
      AliasUse(alias: text, location: place, way: way, isCertain: true)
    }
  }
}
