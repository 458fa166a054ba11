package import Packaging
import PythonEnvironment

/// One pinned distribution of a lock.
package struct Pin: Sendable {
  package let name: PackageName
  package let version: String
  /// Where it was installed from when that was no index.
  package let directURL: DirectURL?
  /// What asks for it: other pins by name, or places and files of the project; sorted, without doubles.
  package let via: [String]

  init(_ distribution: InstalledDistribution, via: Set<String>) {
    name = distribution.name
    version = distribution.version
    directURL = distribution.directURL()
    self.via = via.sorted()
  }
}

/// Pinned versions of everything that a set of roots needs, sorted by name.
package struct Lock: Sendable {
  package let pins: [Pin]
}
