import Knowledge
import Packaging
import Project
import PythonEnvironment

/// Collects the requirements of a manifest.
///
/// What is needed is asked about once, however many places need it; the places are then handed to what was found.
struct ManifestBuilder {
  private struct Draft {
    let name: PackageName
    var extras: Set<String> = []
    var modules: Set<String> = []
    var proof = Proof.index
    var alternatives: [PackageName] = []
    var group = DependencyGroup.build
    var items: [Int] = []
  }

  /// Where the evidence of one need goes.
  private enum Target {
    case draft(Int)
    case unresolved(String)
  }

  private let evidence: EvidenceTable
  private let rules: ProjectRules
  private let installed: InstalledDistributions
  private let declared: DeclaredNames
  private let resolver: ModuleResolver
  private let frameworks: Set<Framework>
  private let python: (major: Int, minor: Int)?
  private var drafts: [Draft] = []
  private var draftIndices: [PackageName: Int] = [:]
  private var unresolvedItems: [String: [Int]] = [:]

  init(project: Project, installed: InstalledDistributions, declared: DeclaredNames, python: Version?) {
    self.declared = declared
    self.evidence = project.evidence
    self.installed = installed
    rules = project.rules
    frameworks = Self.frameworks(of: project)
    resolver = ModuleResolver(installed: installed, declared: declared, frameworks: frameworks, rules: project.rules)
    self.python = python.map { ($0.major, $0.minor) }
  }

  /// The frameworks that the project's own sources import or name.
  private static func frameworks(of project: Project) -> Set<Framework> {
    let modules = project.evidence.needs.compactMap { if case .module(let module) = $0.subject { module } else { nil } }
    return Set(modules.compactMap { Framework(owning: $0) }).union(project.hasSettings ? [.django] : [])
  }

  /// Sorted by name.
  var requirements: [RequirementEntry] {
    drafts.indices.filter { !drafts[$0].items.isEmpty }.sorted { drafts[$0].name < drafts[$1].name }.map { index in
      let draft = drafts[index]
      return RequirementEntry(
        name: draft.name, extras: extras(of: draft), installedVersion: installed[draft.name]?.version,
        knownVersion: installed[draft.name]?.version ?? declared.versions[draft.name], group: draft.group,
        modules: draft.modules.sorted(), proof: draft.proof,
        alternatives: draft.alternatives.filter { $0 != draft.name }, evidence: EvidenceList(draft.items, of: evidence))
    }
  }

  /// Sorted by module.
  var unresolved: [(module: String, evidence: EvidenceList)] {
    unresolvedItems.sorted { $0.key < $1.key }.map { ($0.key, EvidenceList($0.value, of: evidence)) }
  }

  mutating func build() {
    var targets = [[Target]](repeating: [], count: evidence.needs.count)
    // Where nothing tells the modules of a package apart, they all are what the first one is.
    var topTargets: [String: [Target]] = [:]
    // Modules first: which driver a project imports decides what satisfies an engine.
    for (index, need) in evidence.needs.enumerated() {
      guard case .module(let module) = need.subject else { continue }
      let top = module.topLevelModule
      if let known = topTargets[top] {
        targets[index] = known
        continue
      }
      if !StandardLibrary.contains(top, python: python) {
        targets[index] = modules(of: module, importing: need.names).compactMap { target(of: $0) }
      }
      if !rules.haveEntries, !ModuleTable.hasEntries(below: top) { topTargets[top] = targets[index] }
    }
    for (index, need) in evidence.needs.enumerated() {
      let candidates: [PackageName]
      var needs: FrameworkRules.Needs?
      switch need.subject {
      case .module: continue
      case .distribution(let names): candidates = names
      case .rule(let rule):
        needs = FrameworkRules.all[rule]
        candidates = needs?.distributions(in: frameworks) ?? []
      }
      guard let chosen = choice(among: candidates), !rules.ignores(chosen) else { continue }
      let target = draft(chosen, candidates, proof(of: chosen))
      drafts[target].extras.formUnion(needs?.extras(of: chosen) ?? [])
      targets[index] = [.draft(target)]
    }
    for (position, item) in evidence.items.enumerated() where counts(item) {
      for target in targets[Int(item.need)] { hand(item, at: position, to: target) }
    }
  }

  /// Whether a Python that the project runs on reaches what serves instead of a newer standard library; where nothing tells
  /// which that is, none does.
  private func counts(_ item: EvidenceTable.Item) -> Bool {
    guard let minor = item.limit else { return true }
    return declared.runsOnPython(below: minor) ?? python.map { $0 < (3, minor) } ?? false
  }

  private mutating func hand(_ item: EvidenceTable.Item, at position: Int, to target: Target) {
    switch target {
    case .unresolved(let module): unresolvedItems[module, default: []].append(position)
    case .draft(let index):
      if item.group < drafts[index].group { drafts[index].group = item.group }
      // An engine named by a setting also stands for the framework it belongs to; each place counts once.
      if let last = drafts[index].items.last, evidence.items[last].isAtPlace(of: item) { return }
      drafts[index].items.append(position)
    }
  }

  private func modules(of module: String, importing names: [String]) -> [String] {
    guard ModuleTable.hasEntries(below: module) || rules.haveEntries(below: module) else { return [module] }
    return ModuleResolver.modules(of: module, importing: names, rules)
  }

  /// Nil for what the configuration ignores.
  private mutating func target(of module: String) -> Target? {
    if rules.ignores(module: module) { return nil }
    let top = module.topLevelModule
    guard let (candidates, proof) = resolver.resolve(module), let chosen = choice(among: candidates) else {
      return .unresolved(top)
    }
    if rules.ignores(chosen) { return nil }
    let index = draft(chosen, candidates, proof)
    drafts[index].modules.insert(top)
    return .draft(index)
  }

  /// The candidate that the project already needs, else one that is installed, declared or locked, else the usual one.
  private func choice(among candidates: [PackageName]) -> PackageName? {
    candidates.first { draftIndices[$0] != nil } ?? candidates.first { installed[$0] != nil }
      ?? candidates.first(where: declared.names.contains) ?? candidates.first(where: declared.locked.contains)
      ?? candidates.first
  }

  private func proof(of name: PackageName) -> Proof {
    if installed[name] != nil { return .environment }
    return declared.proof(of: name) ?? .table
  }

  /// The extras that something asks for, as the project's manifests spell them, and those of psycopg by what is installed.
  private func extras(of draft: Draft) -> [String] {
    var extras = draft.extras.union(declared.extras[draft.name] ?? [])
    if draft.name.normalized == "psycopg", extras.isDisjoint(with: ["binary", "c"]) {
      for extra in ["c", "binary"] where PackageName("psycopg-\(extra)").map({ installed[$0] != nil }) == true {
        extras.insert(extra)
        break
      }
    }
    return extras.sorted()
  }

  private mutating func draft(_ name: PackageName, _ candidates: [PackageName], _ proof: Proof) -> Int {
    let index = draftIndices[name] ?? drafts.count
    if index == drafts.count {
      drafts.append(Draft(name: name))
      draftIndices[name] = index
    }
    drafts[index].proof = min(drafts[index].proof, proof)
    for candidate in candidates where !drafts[index].alternatives.contains(candidate) {
      drafts[index].alternatives.append(candidate)
    }
    return index
  }
}
