package import Packaging

/// An installed distribution as `pip freeze` sees it: under the name that its metadata gives, with where it came from.
package struct FrozenDistribution: Sendable {
  /// What its metadata calls it, which is what its folder calls it unless the installation is broken.
  package let name: PackageName
  /// The same as the metadata writes it.
  package let writtenName: String
  /// In normal form, or as it stands when it is no version.
  package let version: String
  /// Whether a requirement can name the version with `===` only.
  package let hasArbitraryVersion: Bool
  package let origin: InstallationOrigin
}
