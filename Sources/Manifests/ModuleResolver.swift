package import Knowledge
package import Packaging
package import Project
package import PythonEnvironment

/// Which distributions provide a module, and how that is known.
package struct ModuleResolver: Sendable {
  private let providers: ModuleProviders
  private let declared: DeclaredNames
  private let frameworks: Set<Framework>
  private let rules: ProjectRules

  /// `frameworks` are those that the project is made with: they decide what a module of many meanings is.
  package init(
    installed: InstalledDistributions, declared: DeclaredNames = DeclaredNames(), frameworks: Set<Framework> = [],
    rules: ProjectRules = ProjectRules()
  ) {
    self.declared = declared
    self.rules = rules
    providers = ModuleProviders(installed)
    self.frameworks = frameworks
  }

  /// The distributions that provide `module`, a dotted name, the likeliest first; nil when nothing proves any.
  package func resolve(_ module: String) -> (candidates: [PackageName], proof: Proof)? {
    if let declared = rules.providers(of: module) { return (declared, .declared) }
    let top = module.topLevelModule
    let installed = providers.distributions(providing: top)
    let published = ModuleTable.distributions(providing: module, in: frameworks)
    let both = published.filter(installed.contains)
    if !both.isEmpty { return (both, .environment) }
    let others = installed.filter { !isSetApart(module, from: $0, publishedBy: published) }
    if !others.isEmpty { return (others, .environment) }
    let named = published.filter { declared.proof(of: $0) != nil }
    if let first = named.first, let proof = declared.proof(of: first) {
      return (named + published.filter { !named.contains($0) }, proof)
    }
    if !published.isEmpty { return (published, .table) }
    if ModuleTable.isProjectName(top) || ModuleTable.isNamespace(top) { return nil }
    return declared.provider(of: top).map { ([$0.name], $0.proof) }
  }

  /// The modules that an import of `names` from `module` needs: `google.cloud.storage` for `from google.cloud import
  /// storage`, `module` itself for names that the table does not know.
  package static func modules(of module: String, importing names: [String], _ rules: ProjectRules = ProjectRules())
    -> [String]
  {
    var result: [String] = []
    for name in names.isEmpty ? [""] : names {
      let dotted = "\(module).\(name)"
      let needed = ModuleTable.hasEntry(dotted) || rules.haveEntry(of: dotted) ? dotted : module
      if !result.contains(needed) { result.append(needed) }
    }
    return result
  }

  /// Whether `distribution`, installed with the module's first part, proves nothing about the whole: that google-auth is
  /// there says nothing about google.cloud.storage, nor apache-airflow about airflow.providers.amazon.
  private func isSetApart(_ module: String, from distribution: PackageName, publishedBy: [PackageName]) -> Bool {
    let top = module.topLevelModule
    if ModuleTable.isNamespace(top) { return true }
    let usual = ModuleTable.distributions(providing: top, in: frameworks)
    return usual != publishedBy && usual.contains(distribution)
  }
}
