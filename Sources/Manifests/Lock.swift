package import Packaging

/// One pinned distribution of a lock.
package struct Pin: Sendable {
  package let name: PackageName
  package let version: String
  /// What asks for it: other pins by name, or places and files of the project; sorted, without doubles.
  package let via: [String]
}

/// Pinned versions of everything that a set of roots needs, sorted by name.
package struct Lock: Sendable {
  package let pins: [Pin]
}
