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
    var seen: Set<Location> = []
    for mapping in context.project.appMappings(aliases: aliases) {
      for (app, alias) in mapping.pairs where !aliases.contains(alias.text) {
        seen.insert(alias.location)
        results.append(
          wrong(
            alias.text, at: alias.location, aliases, isComplete && !alias.isOpen && (mapping.isRead || areOwn),
            "\(Escaping.text(mapping.name)) sends \(Escaping.text(app.text)) to \(Escaping.text(alias.text))", context))
      }
    }
    for router in context.project.routers where router.isNamed {
      for (alias, place) in router.aliases(in: context.code) {
        guard !aliases.contains(alias), seen.insert(place).inserted else { continue }
        results.append(
          wrong(
            alias, at: place, aliases, isComplete && !context.code.asksForDatabases(place.path),
            "\(router.definition.name) sends models to \(Escaping.text(alias))", context))
      }
    }
    return results + context.project.routers.filter(\.isNamed).flatMap { compared(in: $0, aliases, context) }
      + context.unknowns(of: "DATABASE_ROUTERS")
  }

  /// `db == "sodaa"` in allow_migrate. That there is no such alias may be meant; one that is nearly another, or the name of an
  /// app, is a slip.
  private func compared(in router: DatabaseRouter, _ aliases: [String], _ context: CheckContext) -> [CheckResult] {
    guard let tree = context.code.tree(of: router.file) else { return [] }
    let labels = (context.project.apps?.apps ?? []).compactMap(\.label)
    return router.definition.methods.filter { $0.function.name == "allow_migrate" }.flatMap { method -> [CheckResult] in
      let isBound = !method.function.decorators.contains { $0.dottedName == "staticmethod" }
      guard method.function.parameters.count > (isBound ? 1 : 0) else { return [] }
      let name = method.function.parameters[isBound ? 1 : 0].name
      let comparisons = tree.comparisons.filter { method.statement.range.contains($0.offset) }
      return comparisons.flatMap { literals(in: $0, with: name) }.compactMap { literal -> CheckResult? in
        guard let alias = literal.stringValue, !aliases.contains(alias),
          labels.contains(alias) || Suggestion.closest(to: alias, among: aliases) != nil
        else { return nil }
        return wrong(
          alias, at: Location(path: router.file, line: literal.line, column: literal.column), aliases, true,
          "allow_migrate of \(router.definition.name) asks for \(Escaping.text(alias))", context)
      }
    }
  }

  /// What a parameter is compared with: `db == "x"`, `db != "x"`, `db in ("x", "y")`.
  private func literals(in comparison: PythonExpression, with name: String) -> [PythonExpression] {
    guard case .comparison(let left, let others) = comparison.node, others.count == 1,
      ["==", "!=", "in", "not in"].contains(others[0].operation)
    else { return [] }
    let sides = [left, others[0].value]
    guard sides.contains(where: { $0.dottedName == name }) else { return [] }
    return sides.flatMap(\.texts)
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
      at: location,
      fix: isComplete ? close.flatMap { context.fix(literal: alias, at: location, to: $0) } : nil)
  }
}
