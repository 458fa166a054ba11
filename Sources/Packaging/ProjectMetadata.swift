/// What a project says of itself in `[project]` or `[tool.poetry]`.
///
/// Source: https://packaging.python.org/en/latest/specifications/pyproject-toml/#declaring-project-metadata-the-project-table
package struct ProjectMetadata: Sendable {
  /// Nil when none is given, as Poetry allows for what is no package.
  package internal(set) var name: PackageName?
  /// Nil when it is dynamic.
  package internal(set) var version: Version?
  /// Nil when every Python will do.
  package internal(set) var requiresPython: SpecifierSet?
  /// The fields that the build gives.
  package internal(set) var dynamic: [String] = []
  /// The normalised names of the extras in the order of the file, also of those that ask for nothing.
  package internal(set) var extras: [String] = []
  /// Those of the project and of its extras, in the order of the file.
  package internal(set) var dependencies: [DeclaredDependency] = []

  init() {}
}
