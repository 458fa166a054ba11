import Diagnostics
import Packaging
import Project

extension DeclarationJudge {
  /// What is needed to run must be declared for that.
  func misplacement(
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
    let used = usedNames()
    let candidates = manifest.requirements.compactMap { forOthers($0, used) }
    if candidates.isEmpty { return [] }
    let words = candidates.map { self.words(of: $0.entries[0].name) }
    let excluded = Set(declared.files + declared.locks.map(\.path))
    let uses = WordUses(of: Set(words.joined()), below: root, excluding: excluded) { path in
      DeclarationRole(of: path).map { $0.kind == .test || $0.kind == .docs || $0.kind == .dev } ?? false
    }
    return zip(candidates, words).compactMap { candidate, words in
      words.contains { uses.places[$0] != nil } ? nil : misplacement(of: candidate.requirement, candidate.entries)
    }
  }

  /// The declarations of a requirement that tests or tools need, when all of them are for running and nothing else asks for it.
  private func forOthers(
    _ requirement: RequirementEntry, _ used: Set<PackageName>
  ) -> (requirement: RequirementEntry, entries: [Entry])? {
    guard requirement.group == .test || requirement.group == .dev else { return nil }
    let found = ([requirement.name] + requirement.alternatives).flatMap { entries[$0] ?? [] }
    guard let name = found.first?.name, found.allSatisfy({ $0.role.kind == .runtime }),
      !hasPurpose(name, among: used.subtracting([name]))
    else { return nil }
    return (requirement, found)
  }

  private func misplacement(
    of requirement: RequirementEntry, _ found: [Entry]
  ) -> DeclarationComparison.Difference? {
    guard let place = requirement.evidence.first?.location, let entry = found.first else { return nil }
    let users = requirement.group == .test ? "tests" : "tools"
    return .init(
      kind: .misplaced, name: entry.name, location: entry.location,
      reason: "only \(users) use it (\(Self.place(place))); declared for running",
      remedy: "move it to what \(users) need", group: requirement.group, evidence: Array(requirement.evidence),
      declarations: found, chain: [])
  }
}
