package import Packaging

/// One distribution of a bill of materials.
package struct CycloneDXComponent: Sendable {
  package enum License: Hashable, Sendable {
    /// An SPDX expression, as `License-Expression` of the metadata holds it.
    case expression(String)
    /// Any other text that names a licence.
    case name(String)
  }

  /// A digest by the name that Python gives its algorithm (`sha256`), in hexadecimal digits.
  package struct Hash: Hashable, Sendable {
    package let algorithm: String
    package let digest: String

    package init(_ algorithm: String, _ digest: String) {
      self.algorithm = algorithm
      self.digest = digest
    }
  }

  /// A file that the distribution can be installed from.
  package struct File: Hashable, Sendable {
    /// Where an index keeps it; nil when only its digests are known.
    package let url: String?
    package let hashes: [Hash]

    package init(url: String? = nil, hashes: [Hash]) {
      self.url = url
      self.hashes = hashes
    }
  }

  package var name: PackageName
  package var version: String
  package var origin = CycloneDXOrigin.index
  package var files: [File] = []
  package var license: License?
  /// The marker under which it is installed at all.
  package var marker: String?
  /// What it needs; a name that several components have means all of them, one that none has is left out.
  package var dependencies: [PackageName] = []

  package init(name: PackageName, version: String) {
    self.name = name
    self.version = version
  }
}
