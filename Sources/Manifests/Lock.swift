package import Diagnostics
package import Packaging
package import PythonEnvironment

/// One pinned distribution of a lock.
package struct Pin: Sendable {
  package let name: PackageName
  package let version: String
  /// Whether the version is none of PEP 440, so that only `===` can name it.
  package let hasArbitraryVersion: Bool
  /// The name as its metadata writes it.
  package let writtenName: String
  package let origin: InstallationOrigin
  /// What asks for it: other pins by name, or places and files of the project; sorted, without doubles.
  package let via: [String]

  init(_ distribution: FrozenDistribution, via: Set<String>) {
    name = distribution.name
    version = distribution.version
    hasArbitraryVersion = distribution.hasArbitraryVersion
    writtenName = distribution.writtenName
    origin = distribution.origin
    self.via = via.sorted()
  }
}

/// Pinned versions of everything that a set of roots needs, sorted by name; of everything there is, as pip sorts it.
package struct Lock: Sendable {
  package let pins: [Pin]
  /// What the files of single distributions do wrong without being left out for it.
  package let findings: [Finding]
}
