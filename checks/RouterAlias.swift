import Diagnostics
import Doctor
import Project
import PythonSource

/// Routers send models to databases that there are.
struct RouterAlias: Check {
  let documentation = CheckDocumentation(
    id: "router-alias", area: .routers, reach: .static, severity: .error,
    title: "routers name aliases of DATABASES",
    what: """
      Compares the aliases in the mappings that routers use (settings such as DATABASE_APPS_MAPPING, dictionaries beside the \
      router) and those that db_for_read and db_for_write return with the keys of DATABASES.
      """,
    why: """
      Nothing looks at a mapping before it is used: the first query for a model of that app fails with "The connection \
      doesn't exist", and migrate leaves its tables out without a word.
      """,
    example: "DATABASE_APPS_MAPPING = {'storage': 'defalut'}",
    remedy: "name one of the keys of DATABASES")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let (aliases, isComplete) = context.databaseAliases(everywhere: true) else {
      return [CheckResult(.skipped, "routers", "no Django settings found")]
    }
    var results: [CheckResult] = []
    let areOwn = hasOwnRoutersAlone(context)
    for mapping in context.project.appMappings(aliases: aliases) {
      for (app, alias) in mapping.pairs where !aliases.contains(alias.text) {
        results.append(
          wrong(
            alias.text, at: alias.location, aliases, isComplete && (mapping.isRead || areOwn),
            "\(Escaping.text(mapping.name)) sends \(Escaping.text(app.text)) to \(Escaping.text(alias.text))", context))
      }
    }
    for router in context.project.routers where router.isNamed {
      for literal in router.aliases {
        guard let alias = literal.stringValue, !aliases.contains(alias) else { continue }
        results.append(
          wrong(
            alias, at: Location(path: router.file, line: literal.line, column: literal.column), aliases,
            isComplete && !looksAtDatabases(router, in: context),
            "\(router.definition.name) sends models to \(Escaping.text(alias))", context))
      }
    }
    return results + context.project.routers.filter(\.isNamed).flatMap { compared(in: $0, aliases, context) }
  }

  /// `db == "sodaa"` in allow_migrate. That there is no such alias may be meant; one that is nearly another is a slip.
  private func compared(in router: DatabaseRouter, _ aliases: [String], _ context: CheckContext) -> [CheckResult] {
    guard let tree = context.code.tree(of: router.file) else { return [] }
    return router.definition.methods.filter { $0.function.name == "allow_migrate" }.flatMap { method -> [CheckResult] in
      guard method.function.parameters.count > 1 else { return [] }
      let name = method.function.parameters[1].name
      return tree.comparisons.filter { method.statement.range.contains($0.offset) }.compactMap {
        comparison -> CheckResult? in
        guard case .comparison(let left, let others) = comparison.node, others.count == 1, others[0].operation == "=="
        else {
          return nil
        }
        let sides = [left, others[0].value]
        guard sides.contains(where: { $0.dottedName == name }),
          let literal = sides.first(where: { $0.stringValue != nil }),
          let alias = literal.stringValue, !aliases.contains(alias),
          Suggestion.closest(to: alias, among: aliases) != nil
        else { return nil }
        return wrong(
          alias, at: Location(path: router.file, line: literal.line, column: literal.column), aliases, true,
          "allow_migrate of \(router.definition.name) asks for \(Escaping.text(alias))", context)
      }
    }
  }

  /// Whether no router comes from a package, which may read a mapping in its own way.
  private func hasOwnRoutersAlone(_ context: CheckContext) -> Bool {
    let entries = context.settings?["DATABASE_ROUTERS"]?.alternatives.flatMap(\.items).flatMap(\.alternatives) ?? []
    return entries.allSatisfy { entry in
      guard let path = entry.text else { return false }
      if case .external = context.code.definition(of: path) { return false }
      return true
    }
  }

  /// Whether the router's file asks which databases there are: then it may know what it does.
  private func looksAtDatabases(_ router: DatabaseRouter, in context: CheckContext) -> Bool {
    context.code.text(of: router.file).map { $0.contains("settings.DATABASES") || $0.contains("connections") } ?? false
  }

  private func wrong(
    _ alias: String, at location: Location, _ aliases: [String], _ isComplete: Bool, _ message: String,
    _ context: CheckContext
  ) -> CheckResult {
    let close = Suggestion.closest(to: alias, among: aliases)
    return CheckResult(
      isComplete ? context.status(self) : .unknown, Escaping.text(alias),
      "\(message), which DATABASES does not define" + (isComplete ? "" : " as far as it is known"),
      remedy: close.map { "did you mean \(Escaping.text($0))?" }
        ?? "name one of \(aliases.map { Escaping.text($0) }.joined(separator: ", ")), or define the alias",
      at: location)
  }
}
