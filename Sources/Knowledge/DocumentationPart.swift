package import Packaging

/// What the configuration of MkDocs names.
package enum DocumentationPart {
  /// The distribution of a plugin by its name in mkdocs.yml, or nil when the table knows none.
  package static func distribution(ofPlugin name: String) -> PackageName? { distribution("plugin:\(name)") }

  /// The same for a theme.
  package static func distribution(ofTheme name: String) -> PackageName? { distribution("theme:\(name)") }

  private static func distribution(_ key: String) -> PackageName? {
    table.fields(of: key).flatMap { PackageName($0) }
  }

  static let table = FactTable(Facts.mkdocs)
}
