import Diagnostics
import Knowledge
import Packaging
import Project

extension DeclarationJudge {
  /// The declarations for running that nothing uses. Files are searched only for those that no import or setting needs.
  /// `bringers` bring something that is needed and not declared itself, so they are needed for that.
  func unusedOnes(
    bringing bringers: Set<PackageName>, below root: SourcePath
  ) -> [DeclarationComparison.Difference] {
    let used = usedNames().union(bringers)
    let candidates = candidates(used)
    if candidates.isEmpty { return [] }
    let written = written(candidates.keys, below: root)
    // What only a process file starts has its companions, too.
    let all = used.union(written)
    let frozen = frozenFiles(used)
    return candidates.sorted { $0.key < $1.key }.flatMap { name, found -> [DeclarationComparison.Difference] in
      if written.contains(name) || DistributionTable.hosts(of: name).contains(where: all.contains) { return [] }
      let once = Dictionary(found.map { ($0.location.path, $0) }) { first, _ in first }.values
      return once.filter { !frozen.contains($0.location.path) }.map { entry in
        .init(
          kind: .unused, name: name, location: entry.location, reason: "declared for running, and nothing uses it",
          remedy: "remove it from \(entry.location.path)", group: nil, evidence: [], declarations: [entry], chain: [])
      }
    }
  }

  /// The declarations for running of what no import or setting needs, by name.
  private func candidates(_ used: Set<PackageName>) -> [PackageName: [Entry]] {
    var candidates: [PackageName: [Entry]] = [:]
    for (name, found) in entries where !used.contains(name) {
      let runtime = found.filter { $0.role.kind == .runtime && holds($0.requirement.marker) }
      if runtime.isEmpty || hasPurpose(name, among: used) { continue }
      // Of what nobody knows the modules, one that is unresolved may be.
      if modules(of: name).isEmpty, !manifest.unresolved.isEmpty { continue }
      candidates[name] = runtime
    }
    return candidates
  }

  /// Those of `names` that a file, a tool's settings or the name of an imported module mention.
  private func written(_ names: some Collection<PackageName>, below root: SourcePath) -> Set<PackageName> {
    let words = Dictionary(uniqueKeysWithValues: names.map { ($0, self.words(of: $0)) })
    let all = Set(words.values.joined())
    let uses = WordUses(of: all, below: root, excluding: Set(declared.files + declared.locks.map(\.path)))
    let mentioned = DeclaredSettings(settingsFiles, in: root, words: all).names.union(integrations)
    return Set(
      words.filter { $0.value.contains { uses.places[$0] != nil || mentioned.contains($0) } }.keys)
  }

  /// What imports name behind their first word: `sentry_sdk.integrations.aiohttp` does its work beside aiohttp.
  private var integrations: Set<String> {
    var found: Set<String> = []
    for requirement in manifest.requirements {
      for evidence in requirement.evidence where evidence.kind == .import {
        let module = evidence.text.split(separator: " ").dropFirst().first ?? ""
        for word in module.split(separator: ".").dropFirst() { found.insert(WordUses.normal(word.utf8)) }
      }
    }
    return found
  }

  /// Manifests that hold more than declarations: settings of tools.
  private var settingsFiles: [SourcePath] {
    declared.files.filter { ["pyproject.toml", "setup.cfg", "tox.ini", "setup.py"].contains($0.name) }
  }

  /// Whatever the sources need, with everything that would serve as well.
  func usedNames() -> Set<PackageName> {
    var used: Set<PackageName> = []
    for requirement in manifest.requirements {
      used.insert(requirement.name)
      used.formUnion(requirement.alternatives)
      // `argon2-cffi` is used where `django[argon2]` is needed.
      for extra in requirement.extras { used.formUnion(DistributionTable.brought(by: extra, of: requirement.name)) }
      used.formUnion(providers(of: requirement))
    }
    // A module that nothing proves may be that of a declared name that looks like it.
    for (name, _) in entries where manifest.unresolved.contains(where: { isLike($0.module, name) }) {
      used.insert(name)
    }
    return used
  }

  /// Whether a distribution that nothing imports has something to do all the same.
  func hasPurpose(_ name: PackageName, among used: Set<PackageName>) -> Bool {
    let text = name.normalized
    if ["pip", "setuptools", "wheel", "uv", "poetry"].contains(text) || declared.projects.contains(name) {
      return true
    }
    if DistributionTable.hosts(of: name).contains(where: used.contains) { return true }
    for host in DistributionTable.pluginHosts where text.hasPrefix("\(host)-") { return true }
    if text.hasPrefix("types-") || text.hasSuffix("-stubs") || text.hasSuffix("-plugin") { return true }
    // What another declared one needs is pinned here, whoever of the two the code uses.
    // An extra that nobody asks for: the other does more when this one is there.
    if needers[name]?.contains(where: { $0.isAsked || used.contains($0.name) }) ?? false { return true }
    return (closure[name] ?? nil) != nil
      || graph.dependents(of: name).contains { closure[$0.name] != nil && $0.forExtra == nil }
  }

  /// Files in which everything is pinned and some lines are what others need: what `pip freeze` prints, in which nobody can
  /// tell what is asked for.
  private func frozenFiles(_ used: Set<PackageName>) -> Set<SourcePath> {
    let byFile = Dictionary(grouping: declared.entries.filter { $0.role.kind != .constraint }, by: \.location.path)
    return Set(
      byFile.filter { _, found in
        guard found.allSatisfy({ $0.requirement.specifiers.pinnedVersion != nil || $0.requirement.url != nil }) else {
          return false
        }
        let names = Set(found.map(\.name))
        let needed = Set(names.flatMap { graph.needs(of: $0).map(\.name) })
        let brought = names.intersection(needed).subtracting(used)
        return brought.count >= 2
      }.keys)
  }

  /// What a file would write that uses the distribution: its name, its modules.
  func words(of name: PackageName) -> [String] {
    let tops = modules(of: name).filter { !ModuleTable.isNamespace($0.topLevelModule) }.map(\.topLevelModule)
    return Set(([name.normalized] + tops).map { WordUses.normal($0.utf8) }).sorted()
  }
}
