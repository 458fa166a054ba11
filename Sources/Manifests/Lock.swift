package import Diagnostics
package import Packaging
package import PythonEnvironment

/// One requirement that a pin answers, and who asks.
package struct Ask: Sendable {
  /// A pin by its name, or a place or file of the project.
  package let origin: String
  package let requirement: Requirement
  /// Where the project asks; nil where a distribution does.
  package let location: Location?

  /// The requirement for people: without its marker, which has been decided, and without credentials.
  package var wanted: String { Self.wanted(requirement) }

  static func wanted(_ requirement: Requirement) -> String {
    let unconditional = Requirement(
      name: requirement.name, extras: requirement.extras, specifiers: requirement.specifiers, url: requirement.url)
    return CredentialText(unconditional.description).description
  }
}

/// One pinned distribution of a lock.
package struct Pin: Sendable {
  package let name: PackageName
  package let version: String
  /// Whether the version is none of PEP 440, so that only `===` can name it.
  package let hasArbitraryVersion: Bool
  /// The name as its metadata writes it.
  package let writtenName: String
  package let origin: InstallationOrigin
  /// What asks for it, by origin.
  package let asks: [Ask]
  /// The pins that it needs itself, sorted.
  package let needs: [PackageName]
  /// The SPDX expression of its metadata.
  package let license: String?

  init(_ distribution: FrozenDistribution, asks: [Ask], needs: Set<PackageName>, license: String?) {
    name = distribution.name
    version = distribution.version
    hasArbitraryVersion = distribution.hasArbitraryVersion
    writtenName = distribution.writtenName
    origin = distribution.origin
    self.asks = asks.sorted { $0.origin < $1.origin }
    self.needs = needs.sorted()
    self.license = license
  }

  /// What asks for it: other pins by name, or places and files of the project; sorted, without doubles.
  package var via: [String] {
    asks.reduce(into: []) { origins, ask in
      if origins.last != ask.origin { origins.append(ask.origin) }
    }
  }
}

/// Pinned versions of everything that a set of roots needs, sorted by name; of everything there is, as pip sorts it.
package struct Lock: Sendable {
  package let pins: [Pin]
  /// What the files of single distributions do wrong without being left out for it.
  package let findings: [Finding]
  /// What old metadata was read as.
  package let notes: [Finding]

  package subscript(name: PackageName) -> Pin? { pins.first { $0.name == name } }
}
