import Knowledge
import Packaging
import Project
import PythonEnvironment

/// Collects the requirements of a manifest.
struct ManifestBuilder {
  private struct Draft {
    var modules: Set<String> = []
    var proof = Proof.index
    var alternatives: [PackageName] = []
    var evidence: [Evidence] = []
  }

  private let project: Project
  private let installed: InstalledDistributions
  private let resolver: ModuleResolver
  private let python: (major: Int, minor: Int)?
  private var drafts: [PackageName: Draft] = [:]
  /// What is known of the modules that were asked about: a project imports the same ones again and again.
  private var resolved: [String: (candidates: [PackageName], proof: Proof)?] = [:]
  private var hasParts: [String: Bool] = [:]
  private(set) var unresolved: [String: [Evidence]] = [:]

  init(project: Project, installed: InstalledDistributions, python: Version?) {
    self.project = project
    self.installed = installed
    self.resolver = ModuleResolver(installed: installed, frameworks: Self.frameworks(of: project))
    self.python = python.map { ($0.major, $0.minor) }
  }

  /// The frameworks that the project's own sources import or name.
  private static func frameworks(of project: Project) -> Set<Framework> {
    var modules: Set<String> = []
    for item in project.evidence { if case .module(let module) = item.subject { modules.insert(module) } }
    return Set(modules.compactMap { Framework(owning: $0) }).union(project.settingsModules.isEmpty ? [] : [.django])
  }

  var requirements: [RequirementEntry] {
    drafts.sorted { $0.key < $1.key }.map { name, draft in
      RequirementEntry(
        name: name, installedVersion: installed[name]?.version,
        group: draft.evidence.map(\.group).min() ?? .runtime, modules: draft.modules.sorted(), proof: draft.proof,
        alternatives: draft.alternatives.filter { $0 != name }, evidence: draft.evidence)
    }
  }

  mutating func build() {
    // Modules first: which driver a project imports decides what satisfies an engine.
    for item in project.evidence {
      guard case .module(let module) = item.subject else { continue }
      if StandardLibrary.contains(module.topLevelModule, python: python) { continue }
      for needed in modules(of: module, importing: item.names) { take(needed, shownBy: item) }
    }
    for item in project.evidence {
      guard case .distribution(let candidates) = item.subject, let chosen = choice(among: candidates) else { continue }
      add(item, to: chosen, candidates, installed[chosen] == nil ? .table : .environment, module: nil)
    }
    for name in drafts.keys { drafts[name]?.evidence.sort { $0.location < $1.location } }
  }

  private mutating func modules(of module: String, importing names: [String]) -> [String] {
    if hasParts[module] == nil { hasParts[module] = ModuleTable.hasEntries(below: module) }
    return hasParts[module] == true ? ModuleResolver.modules(of: module, importing: names) : [module]
  }

  private mutating func take(_ module: String, shownBy item: Evidence) {
    let top = module.topLevelModule
    let known = resolved[module] ?? resolver.resolve(module)
    resolved[module] = .some(known)
    guard let (candidates, proof) = known, let chosen = choice(among: candidates) else {
      unresolved[top, default: []].append(item)
      return
    }
    add(item, to: chosen, candidates, proof, module: top)
  }

  /// The candidate that the project already needs, else one that is installed, else the usual one.
  private func choice(among candidates: [PackageName]) -> PackageName? {
    candidates.first { drafts[$0] != nil } ?? candidates.first { installed[$0] != nil } ?? candidates.first
  }

  private mutating func add(
    _ item: Evidence, to name: PackageName, _ candidates: [PackageName], _ proof: Proof, module: String?
  ) {
    func isKnown(_ evidence: [Evidence]) -> Bool {
      // Modules come sorted by place; what settings and process files ask for beside them is little.
      if module == nil { return evidence.contains { $0.location == item.location && $0.kind == item.kind } }
      return evidence.reversed().prefix { $0.location == item.location }.contains { $0.kind == item.kind }
    }
    func change(_ draft: inout Draft) {
      if let module { draft.modules.insert(module) }
      draft.proof = min(draft.proof, proof)
      for candidate in candidates where !draft.alternatives.contains(candidate) { draft.alternatives.append(candidate) }
      // An engine named by a setting also stands for the framework it belongs to; each place counts once.
      if !isKnown(draft.evidence) { draft.evidence.append(item) }
    }
    change(&drafts[name, default: Draft()])
  }
}
