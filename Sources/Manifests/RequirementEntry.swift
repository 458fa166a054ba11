package import Packaging
package import Project

/// How it is known which distribution an import or string needs.
package enum Proof: String, Sendable, Comparable {
  case environment
  case lock
  case declared
  case table
  case index

  /// The strongest first.
  package static func < (left: Proof, right: Proof) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .environment: 0
    case .lock: 1
    case .declared: 2
    case .table: 3
    case .index: 4
    }
  }
}

/// A distribution that the project needs, with everything that shows it.
package struct RequirementEntry: Sendable {
  package let name: PackageName
  /// The extras that are asked for, sorted.
  package let extras: [String]
  /// The version that is installed; nil when it is not.
  package let installedVersion: String?
  /// The version that is installed, else the one that the project's locks agree on.
  package let knownVersion: String?
  /// The most binding group of all its evidence.
  package let group: DependencyGroup
  /// The top-level modules that lead to it, sorted.
  package let modules: [String]
  package let proof: Proof
  /// Other distributions that would satisfy the same evidence, the usual one first.
  package let alternatives: [PackageName]
  /// Sorted by location.
  package let evidence: EvidenceList
}

extension RequirementEntry {
  /// `django[argon2]`
  package var nameWithExtras: String { extras.isEmpty ? "\(name)" : "\(name)[\(extras.joined(separator: ","))]" }
}
