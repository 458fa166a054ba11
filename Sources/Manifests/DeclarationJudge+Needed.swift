import Diagnostics
import Knowledge
import Packaging
import Project

extension DeclarationJudge {
  /// What is wrong with what the manifests say of a requirement; nil when all is well.
  func difference(_ requirement: RequirementEntry) -> DeclarationComparison.Difference? {
    let names = [requirement.name] + requirement.alternatives
    if declared.projects.contains(where: names.contains) { return nil }
    let found = names.flatMap { entries[$0] ?? [] } + condaEntries(of: requirement)
    let (group, evidence) = purpose(of: requirement)
    guard let first = evidence.first else { return nil }
    if !found.isEmpty { return group == .runtime ? misplacement(of: requirement, found, first.location) : nil }
    if providers(of: requirement).contains(where: { entries[$0] != nil }) { return nil }
    guard isDue(group, evidence), !isPerhapsDeclared(requirement) else { return nil }
    if let name = names.first(where: { closure[$0] != nil }) { return transitive(name, group, evidence) }
    return .init(
      kind: .missing, name: requirement.name, location: first.location,
      reason: "\(Self.places(evidence)); declared nowhere",
      remedy: "add `\(requirement.name)` to \(home)", group: group, evidence: evidence, declarations: [],
      chain: [])
  }

  /// Needed, and there only because something declared brings it.
  private func transitive(
    _ name: PackageName, _ group: DependencyGroup, _ evidence: [Evidence]
  ) -> DeclarationComparison.Difference? {
    let chain = chain(to: name)
    // `celery[redis]` asks for redis as clearly as a line of its own.
    guard let first = evidence.first, let bringer = chain.last, let root = chain.first,
      !(chain.count == 1 && broughtByExtra(name, of: root))
    else { return nil }
    let way = chain.map(\.normalized).joined(separator: " -> ")
    return .init(
      kind: .transitive, name: name, location: first.location,
      reason: "\(Self.places(evidence)); comes with \(way), and is not declared itself",
      remedy: "add `\(name)` to \(home): \(bringer) may stop needing it",
      group: group, evidence: evidence, declarations: [], chain: chain)
  }

  /// The group that needs it most, with what shows it; what runs only on the machines of developers is of the group dev.
  private func purpose(of requirement: RequirementEntry) -> (group: DependencyGroup, evidence: [Evidence]) {
    let evidence = requirement.evidence.filter { $0.group == requirement.group }
    guard requirement.group == .runtime else { return (requirement.group, evidence) }
    let running = evidence.filter { !DeclarationRole.isForDevelopers($0.location.path) }
    if running.isEmpty { return (.dev, evidence) }
    // `include("app.urls")` of an app that no settings install stands behind a question whether they do.
    return (running.allSatisfy(Self.isInclusion) ? .optional : .runtime, running)
  }

  private static func isInclusion(_ evidence: Evidence) -> Bool {
    evidence.kind == .dynamicImport && evidence.text.hasSuffix(".urls")
  }

  /// Whether a declared distribution, of which nothing tells the modules, may be a fork: `NAME2` or `OURS-NAME` for `NAME`.
  private func isPerhapsDeclared(_ requirement: RequirementEntry) -> Bool {
    let name = requirement.name.normalized
    return entries.keys.contains { other in
      modules(of: other).isEmpty
        && (other.normalized.hasPrefix(name) || name.hasPrefix(other.normalized)
          || requirement.modules.contains { isLike($0, other) })
    }
  }

  /// Whether a project that declares what it declares has to declare for this group, too.
  private func isDue(_ group: DependencyGroup, _ evidence: [Evidence]) -> Bool {
    // Tools that only a command starts are installed by other ways as well: by the CI's image, for the user alone.
    if group != .runtime, evidence.allSatisfy({ $0.kind == .process }) { return false }
    return switch group {
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

  // MARK: - What is installed elsewhere

  /// Leaves out the missing ones that a container, CI or shell file installs by name: `RUN pip install uwsgi`.
  func withoutInstalled(
    _ differences: [DeclarationComparison.Difference], below root: SourcePath
  ) -> [DeclarationComparison.Difference] {
    let missing = Set(differences.filter { $0.kind == .missing }.map { $0.name.normalized })
    if missing.isEmpty { return differences }
    let uses = WordUses(ofInstalled: missing, below: root, excluding: Set(declared.files))
    return differences.filter { $0.kind != .missing || uses.places[$0.name.normalized] == nil }
  }
}
