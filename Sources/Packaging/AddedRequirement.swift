/// A requirement that a manifest is to have, with what is known of its version.
package struct AddedRequirement: Hashable, Sendable {
  package let name: PackageName
  /// Normalised, sorted.
  package let extras: [String]
  /// The version that is in use; nil when it is not known.
  package let version: String?

  package init(name: PackageName, extras: [String] = [], version: String? = nil) {
    self.name = name
    self.extras = extras
    self.version = version
  }

  /// `name[extras]==1.2`
  package func text(_ style: VersionStyle) -> String { "\(nameText)\(style.specifier(version))" }

  /// `name[extras]`
  package var nameText: String { extras.isEmpty ? "\(name)" : "\(name)[\(extras.joined(separator: ","))]" }
}
