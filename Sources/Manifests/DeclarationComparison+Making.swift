package import Diagnostics
import Knowledge
package import Packaging
import Project
package import PythonEnvironment

extension DeclarationComparison {
  /// Compares the manifest that the sources of the project in `root` give with what is declared.
  ///
  /// What `graph` knows decides between missing and transitive. A requirement is unused only when no import, no string, no
  /// process file and no other distribution that is used gives it a purpose. `markers` are those of the project's
  /// environment, nil when it is not known.
  package init(
    of manifest: Manifest, with declared: DeclaredDependencies, _ graph: DependencyGraph,
    installed: InstalledDistributions, markers: MarkerEnvironment?, below root: SourcePath
  ) {
    let judge = DeclarationJudge(manifest, declared, graph, installed, markers)
    var differences = judge.withoutInstalled(manifest.requirements.compactMap(judge.difference), below: root)
    differences += judge.unusedOnes(bringing: Set(differences.compactMap(\.chain.first)), below: root)
    differences += judge.forTestsAlone(below: root)
    self.differences = differences.sorted { left, right in
      if left.location != right.location { return left.location < right.location }
      return left.name < right.name
    }
    unresolved = manifest.unresolved.filter { !judge.isDeclared(module: $0.module) }.map {
      ($0.module, Array($0.evidence))
    }
    declaredCount = judge.declaredNames.count
    neededCount = manifest.requirements.count
  }
}

/// Decides about each requirement and each declaration.
private struct DeclarationJudge {
  private typealias Entry = DeclaredDependencies.Entry
  private typealias Kind = DeclarationRole.Kind

  private let manifest: Manifest
  private let declared: DeclaredDependencies
  private let graph: DependencyGraph
  private let installed: InstalledDistributions
  private let markers: MarkerEnvironment?
  private let entries: [PackageName: [Entry]]
  private let roles: Set<Kind>
  /// What the declared ones bring, and what brings it.
  private let closure: [PackageName: PackageName?]
  /// The modules of declared distributions by the table.
  private let tableModules: [PackageName: [String]]
  /// The file that a requirement is best added to.
  private let home: SourcePath

  init(
    _ manifest: Manifest, _ declared: DeclaredDependencies, _ graph: DependencyGraph,
    _ installed: InstalledDistributions, _ markers: MarkerEnvironment?
  ) {
    self.manifest = manifest
    self.declared = declared
    self.graph = graph
    self.installed = installed
    self.markers = markers
    let asking = declared.entries.filter { $0.role.kind != .constraint }
    entries = Dictionary(grouping: asking, by: \.name)
    roles = Set(asking.map(\.role.kind))
    closure = graph.closure(of: asking.map { ($0.name, $0.requirement.extras) })
    tableModules = ModuleTable.modules(of: Set(asking.map(\.name)))
    home = asking.first { $0.role.kind == .runtime }?.location.path ?? declared.files.first ?? "requirements.txt"
  }

  var declaredNames: Set<PackageName> { Set(entries.keys) }

  // MARK: - What is needed

  /// What is wrong with what the manifests say of a requirement; nil when all is well.
  func difference(_ requirement: RequirementEntry) -> DeclarationComparison.Difference? {
    let names = [requirement.name] + requirement.alternatives
    if declared.projects.contains(where: names.contains) { return nil }
    let found = names.flatMap { entries[$0] ?? [] } + condaEntries(of: requirement)
    let (group, evidence) = purpose(of: requirement)
    guard let first = evidence.first else { return nil }
    if !found.isEmpty { return group == .runtime ? misplacement(of: requirement, found, first.location) : nil }
    if providers(of: requirement).contains(where: { entries[$0] != nil }) { return nil }
    guard isDue(group), !isPerhapsDeclared(requirement.name) else { return nil }
    let places = Self.places(evidence)
    if let name = names.first(where: { closure[$0] != nil }) {
      let chain = chain(to: name)
      // `celery[redis]` asks for redis as clearly as a line of its own.
      if chain.count == 1, broughtByExtra(name, of: chain[0]) { return nil }
      let way = chain.map(\.normalized).joined(separator: " -> ")
      return .init(
        kind: .transitive, name: name, location: first.location,
        reason: "\(places); comes with \(way), and is not declared itself",
        remedy: "add `\(name)` to \(home): \(chain.last?.normalized ?? "what brings it") may stop needing it",
        group: group, evidence: evidence, declarations: [], chain: chain)
    }
    return .init(
      kind: .missing, name: requirement.name, location: first.location, reason: "\(places); declared nowhere",
      remedy: "add `\(requirement.name)` to \(home)", group: group, evidence: evidence, declarations: [],
      chain: [])
  }

  /// The group that needs it most, with what shows it; what runs only on the machines of developers is of the group dev.
  private func purpose(of requirement: RequirementEntry) -> (group: DependencyGroup, evidence: [Evidence]) {
    let evidence = requirement.evidence.filter { $0.group == requirement.group }
    guard requirement.group == .runtime else { return (requirement.group, evidence) }
    let running = evidence.filter { !DeclarationRole.isForDevelopers($0.location.path) }
    return running.isEmpty ? (.dev, evidence) : (.runtime, running)
  }

  /// Whether a declared distribution, of which nothing tells the modules, may be a fork: `NAME2` for `NAME`.
  private func isPerhapsDeclared(_ name: PackageName) -> Bool {
    entries.keys.contains { other in
      modules(of: other).isEmpty
        && (other.normalized.hasPrefix(name.normalized) || name.normalized.hasPrefix(other.normalized))
    }
  }

  private func modules(of name: PackageName) -> [String] {
    (installed[name]?.topLevelModules() ?? []) + (tableModules[name] ?? [])
  }

  /// Whether a project that declares what it declares has to declare for this group, too.
  private func isDue(_ group: DependencyGroup) -> Bool {
    switch group {
    case .runtime: true
    case .test: roles.contains(.test) || roles.contains(.dev)
    case .dev: roles.contains(.dev) || roles.contains(.docs)
    // It is there or not: the code does without.
    case .optional, .typing, .build: false
    }
  }

  /// Names of conda are those of modules, or of projects, now and then.
  private func condaEntries(of requirement: RequirementEntry) -> [Entry] {
    let names = requirement.modules.map(PackageName.normalize)
    return declared.entries.filter { entry in
      entry.isConda && names.contains { $0 == entry.name.normalized || entry.name.normalized == "py\($0)" }
    }
  }

  /// The distributions that the table has for its modules: another one may be declared.
  private func providers(of requirement: RequirementEntry) -> [PackageName] {
    requirement.modules.flatMap { ModuleTable.distributions(providing: $0) }
  }

  private func broughtByExtra(_ name: PackageName, of parent: PackageName) -> Bool {
    (entries[parent] ?? []).contains { entry in
      entry.requirement.extras.contains { extra in
        graph.needs(of: parent, extras: [extra]).contains { $0.name == name && $0.forExtra == extra }
      }
    }
  }

  private func chain(to name: PackageName) -> [PackageName] {
    var chain: [PackageName] = []
    var next = closure[name] ?? nil
    while let parent = next, chain.count < 100 {
      chain.insert(parent, at: 0)
      next = closure[parent] ?? nil
    }
    return chain
  }

  // MARK: - What is declared elsewhere

  /// Leaves out the missing ones that a container, CI or shell file installs by name: `RUN pip install uwsgi`.
  func withoutInstalled(
    _ differences: [DeclarationComparison.Difference], below root: SourcePath
  ) -> [DeclarationComparison.Difference] {
    let missing = Set(differences.filter { $0.kind == .missing }.map { $0.name.normalized })
    if missing.isEmpty { return differences }
    let uses = WordUses(ofInstalled: missing, below: root, excluding: Set(declared.files))
    return differences.filter { $0.kind != .missing || uses.places[$0.name.normalized] == nil }
  }

  /// What is needed to run must be declared for that.
  private func misplacement(
    of requirement: RequirementEntry, _ found: [Entry], _ place: Location
  ) -> DeclarationComparison.Difference? {
    guard Set(found.map(\.role.kind)).isDisjoint(with: [.runtime, .optional]), let first = found.first else {
      return nil
    }
    let kind = first.role.kind.rawValue
    let shown = first.role.name.map { $0 == kind ? kind : "\(kind) (\($0))" } ?? kind
    return .init(
      kind: .misplaced, name: first.name, location: first.location,
      reason: "\(Self.place(place)) needs it to run; declared for \(shown) only",
      remedy: "move it to what is needed to run", group: requirement.group, evidence: Array(requirement.evidence),
      declarations: found, chain: [])
  }

  /// The declarations for running that only tests and tools need, in a project that declares for these, too.
  func forTestsAlone(below root: SourcePath) -> [DeclarationComparison.Difference] {
    guard roles.contains(.test) || roles.contains(.dev) else { return [] }
    var candidates: [(requirement: RequirementEntry, entries: [Entry])] = []
    for requirement in manifest.requirements where requirement.group == .test || requirement.group == .dev {
      let found = ([requirement.name] + requirement.alternatives).flatMap { entries[$0] ?? [] }
      guard let name = found.first?.name, found.allSatisfy({ $0.role.kind == .runtime }) else { continue }
      if !hasPurpose(name, among: usedNames().subtracting([name])) { candidates.append((requirement, found)) }
    }
    if candidates.isEmpty { return [] }
    let words = candidates.map { self.words(of: $0.entries[0].name) }
    let excluded = Set(declared.files + declared.locks.map(\.path))
    let uses = WordUses(of: Set(words.joined()), below: root, excluding: excluded) { path in
      DeclarationRole(of: path).map { $0.kind == .test || $0.kind == .docs || $0.kind == .dev } ?? false
    }
    return zip(candidates, words).compactMap { candidate, words in
      let (requirement, found) = candidate
      guard let first = requirement.evidence.first, !words.contains(where: { uses.places[$0] != nil }) else {
        return nil
      }
      let users = requirement.group == .test ? "tests" : "tools"
      return .init(
        kind: .misplaced, name: found[0].name, location: found[0].location,
        reason: "only \(users) use it (\(Self.place(first.location))); declared for running",
        remedy: "move it to what \(users) need", group: requirement.group, evidence: Array(requirement.evidence),
        declarations: found, chain: [])
    }
  }

  // MARK: - What nothing needs

  /// The declarations for running that nothing uses. Files are searched only for those that no import or setting needs.
  /// `bringers` bring something that is needed and not declared itself, so they are needed for that.
  func unusedOnes(
    bringing bringers: Set<PackageName>, below root: SourcePath
  ) -> [DeclarationComparison.Difference] {
    let used = usedNames().union(bringers)
    var candidates: [PackageName: [Entry]] = [:]
    for (name, found) in entries where !used.contains(name) {
      let runtime = found.filter { $0.role.kind == .runtime && holds($0.requirement.marker) }
      if runtime.isEmpty || hasPurpose(name, among: used) { continue }
      // Of what nobody knows the modules, one that is unresolved may be.
      if modules(of: name).isEmpty, !manifest.unresolved.isEmpty { continue }
      candidates[name] = runtime
    }
    if candidates.isEmpty { return [] }
    let frozen = frozenFiles(used)
    let words = Dictionary(uniqueKeysWithValues: candidates.keys.map { ($0, self.words(of: $0)) })
    let excluded = Set(declared.files + declared.locks.map(\.path))
    let uses = WordUses(of: Set(words.values.joined()), below: root, excluding: excluded)
    let mentioned = DeclaredSettings(settingsFiles, in: root, words: Set(words.values.joined()))
    let written = Set(
      candidates.keys.filter { name in
        (words[name] ?? []).contains { uses.places[$0] != nil || mentioned.names.contains($0) }
      })
    // What only a process file starts has its companions, too.
    let all = used.union(written)
    return candidates.sorted { $0.key < $1.key }.flatMap { name, found -> [DeclarationComparison.Difference] in
      if written.contains(name) || DistributionTable.hosts(of: name).contains(where: all.contains) { return [] }
      return found.filter { !frozen.contains($0.location.path) }.map { entry in
        .init(
          kind: .unused, name: name, location: entry.location, reason: "declared for running, and nothing uses it",
          remedy: "remove it from \(entry.location.path)", group: nil, evidence: [], declarations: [entry], chain: [])
      }
    }
  }

  /// Manifests that hold more than declarations: settings of tools.
  private var settingsFiles: [SourcePath] {
    declared.files.filter { ["pyproject.toml", "setup.cfg", "tox.ini", "setup.py"].contains($0.name) }
  }

  /// Whatever the sources need, with everything that would serve as well.
  private func usedNames() -> Set<PackageName> {
    var used: Set<PackageName> = []
    for requirement in manifest.requirements {
      used.insert(requirement.name)
      used.formUnion(requirement.alternatives)
      used.formUnion(providers(of: requirement))
    }
    // A module that nothing proves may be that of a declared name that looks like it.
    for (name, _) in entries where manifest.unresolved.contains(where: { isLike($0.module, name) }) {
      used.insert(name)
    }
    return used
  }

  /// Whether a declared distribution may be what provides a module that nothing else proves.
  func isDeclared(module: String) -> Bool { entries.keys.contains { isLike(module, $0) } }

  private func isLike(_ module: String, _ name: PackageName) -> Bool {
    let module = PackageName.normalize(module)
    let name = name.normalized
    if module == name { return true }
    let bare = ["python-", "py-", "py", "django-", "drf-", "flask-"].compactMap { prefix in
      name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    }
    let ends = ["-python", "-py", "-binary", "-client", "-sdk", "2", "3"].compactMap { suffix in
      name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : nil
    }
    return (bare + ends).contains(module) || name.utf8.filter { $0 != 0x2D }.elementsEqual(module.utf8)
      || module.hasPrefix("\(name)-") || shareWord(module, name)
  }

  /// Whether both have a word that is nobody else's: `rudder_analytics` and `rudder-sdk-python`.
  private func shareWord(_ left: String, _ right: String) -> Bool {
    let common: Set<String> = [
      "django", "flask", "fastapi", "python", "client", "core", "utils", "tools", "common", "plugin", "auth", "google",
      "azure", "cloud", "amazon", "http", "json", "rest", "framework", "server", "test", "tests", "async", "base",
      "data", "types", "files", "storage", "cache", "redis", "admin", "forms", "models", "library",
    ]
    let words = Set(right.split(separator: "-").map(String.init)).subtracting(common)
    return left.split(separator: "-").contains { $0.utf8.count >= 4 && words.contains(String($0)) }
  }

  /// Whether the marker may hold for the project; what cannot be told does not.
  private func holds(_ marker: Marker?) -> Bool {
    guard let marker else { return true }
    return markers.map { marker.evaluate(in: $0) } ?? false
  }

  /// Whether a distribution that nothing imports has something to do all the same.
  private func hasPurpose(_ name: PackageName, among used: Set<PackageName>) -> Bool {
    let text = name.normalized
    if ["pip", "setuptools", "wheel", "uv", "poetry"].contains(text) || declared.projects.contains(name) {
      return true
    }
    if DistributionTable.hosts(of: name).contains(where: used.contains) { return true }
    for host in DistributionTable.pluginHosts where text.hasPrefix("\(host)-") { return true }
    if text.hasPrefix("types-") || text.hasSuffix("-stubs") || text.hasSuffix("-plugin") { return true }
    // What another declared one needs is pinned here, whoever of the two the code uses.
    for (other, found) in entries where other != name {
      let extras = found.flatMap(\.requirement.extras)
      if graph.needs(of: other, extras: extras).contains(where: { $0.name == name }) { return true }
      // An extra that nobody asks for: the other does more when this one is there.
      if used.contains(other), graph[other]?.needs.contains(where: { $0.name == name }) ?? false { return true }
    }
    return closure.contains { reached, via in reached == name && via != nil }
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
        let brought = names.filter { name in
          !used.contains(name) && names.contains { graph.needs(of: $0).contains { $0.name == name } }
        }
        return brought.count >= 2
      }.keys)
  }

  /// What a file would write that uses the distribution: its name, its modules.
  private func words(of name: PackageName) -> [String] {
    let tops = modules(of: name).filter { !ModuleTable.isNamespace($0.topLevelModule) }.map(\.topLevelModule)
    return Set(([name.normalized] + tops).map { WordUses.normal($0.utf8) }).sorted()
  }

  // MARK: - Words

  private static func places(_ evidence: some Collection<Evidence>) -> String {
    guard let first = evidence.first else { return "" }
    let more = Set(evidence.map(\.location)).count - 1
    let further = more > 0 ? " and in \(more) more \(more == 1 ? "place" : "places")" : ""
    return "`\(Escaping.text(first.text))` here\(further)"
  }

  private static func place(_ location: Location) -> String {
    Location(path: location.path, line: location.line).description
  }
}
