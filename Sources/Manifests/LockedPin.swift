package import Diagnostics
package import Packaging

/// One pin of a lock that somebody wrote to a file.
package struct LockedPin: Sendable {
  package let name: PackageName
  /// Nil for a URL, and for a line that is no pin.
  package let version: Version?
  /// The requirement as the file has it, credentials masked, without hashes.
  package let text: String
  /// What `@` or `-e` names; nil for a pin of an index.
  package let url: String?
  package let marker: Marker?
  package let requiresPython: SpecifierSet?
  package let hasHashes: Bool
  package let location: Location

  package init(
    name: PackageName, version: Version?, text: String, url: String? = nil, marker: Marker? = nil,
    requiresPython: SpecifierSet? = nil, hasHashes: Bool = false, location: Location
  ) {
    self.name = name
    self.version = version
    self.text = text
    self.url = url
    self.marker = marker
    self.requiresPython = requiresPython
    self.hasHashes = hasHashes
    self.location = location
  }
}
