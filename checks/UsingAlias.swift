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
      Compares what is written out in .using('...'), using='...' of saving, deleting and transactions, connections['...'], \
      --database of call_command and databases = {...} of test cases with the keys of DATABASES in all settings modules. \
      Constants and variables are followed.
      """,
    why: "The line fails when it runs, with \"The connection doesn't exist\", and no check of Django's looks at it.",
    example: "StoredFile.objects.using('storage') where storage is an app and not an alias",
    remedy: "name one of the keys of DATABASES")

  /// Libraries of which a `using` is something else.
  private static let others = [
    "elasticsearch", "opensearch", "haystack", "sqlalchemy", "peewee", "mongoengine", "cassandra", "neomodel",
    "django_mongodb",
  ]

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let (aliases, isComplete) = context.databaseAliases(everywhere: true) else {
      return [CheckResult(.skipped, "aliases", "no Django settings found")]
    }
    let apps = Set((context.project.apps?.apps ?? []).compactMap(\.label))
    let files = context.code.sources(
      mentioning: "using", "connections", "databases", "db_manager", "atomic(", "call_command", "transaction", "_state")
    return files.flatMap { file -> [CheckResult] in
      let uses = context.code.aliasUses(in: file).filter { !aliases.contains($0.alias) }
      if uses.isEmpty || context.code.asksForDatabases(file) { return [] }
      let isForeign = context.code.tree(of: file).map(isForeign) ?? false
      return uses.compactMap { use in
        let isApp = apps.contains(use.alias) || context.code.folder(ofPackage: use.alias) != nil
        if !use.isCertain, isForeign || isOfOthers(use.alias, in: context) { return nil }
        // What takes the name may be no database, so that it must look like one.
        guard use.isCertain || isApp || Suggestion.slip(of: use.alias, among: aliases) != nil else { return nil }
        let close = Suggestion.closest(to: use.alias, among: aliases)
        let alias = Escaping.text(use.alias)
        let kind = isApp ? "is an app and no alias of DATABASES" : "is no alias of DATABASES"
        return CheckResult(
          isComplete ? context.status(self) : .unknown, alias, "\(use.way) names \(alias), which \(kind)",
          remedy: close.map { "did you mean \(Escaping.text($0))?" }
            ?? "name one of \(aliases.map { Escaping.text($0) }.joined(separator: ", "))",
          at: use.location)
      }
    }
  }

  /// Whether another setting defines the name: that of a search index, of a cache.
  private func isOfOthers(_ name: String, in context: CheckContext) -> Bool {
    ["HAYSTACK_CONNECTIONS", "CACHES", "STORAGES", "TEMPLATES"].contains { setting in
      context.settings?[setting]?.alternatives.contains { $0[name] != nil } ?? false
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
}
