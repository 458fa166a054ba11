package import Diagnostics
package import Packaging
package import Project

/// How what a project declares differs from what it needs.
package struct DeclarationComparison: Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// Needed, and declared nowhere.
    case missing
    /// Declared for running, and nothing uses it.
    case unused
    /// Needed, and not declared itself, but it comes with something that is.
    case transitive
    /// Declared for another purpose than the one that it is needed for.
    case misplaced

    /// Whether it makes the comparison fail.
    package var counts: Bool { self == .missing || self == .unused }
  }

  package struct Difference: Sendable {
    package let kind: Kind
    package let name: PackageName
    /// The first place that needs it; of what is not needed, the declaration.
    package let location: Location
    /// What is so, without the name: `imported here and in 2 more places; declared nowhere`.
    package let reason: String
    package let remedy: String
    /// The most binding group of what needs it; nil when nothing does.
    package let group: DependencyGroup?
    package let evidence: [Evidence]
    package let declarations: [DeclaredDependencies.Entry]
    /// What brings it, from the declared one to it, without itself.
    package let chain: [PackageName]
  }

  /// Sorted by location, then name.
  package let differences: [Difference]
  /// Modules that nothing proves to belong to a distribution, and no declared name is like; sorted.
  package let unresolved: [(module: String, evidence: [Evidence])]
  /// How many distributions are declared.
  package let declaredCount: Int
  /// How many are needed.
  package let neededCount: Int

  package func count(_ kind: Kind) -> Int { differences.count { $0.kind == kind } }

  package var isFailure: Bool { differences.contains { $0.kind.counts } }
}
