// Supported: [packages], [dev-packages] and further categories, each value a version or a table with version, extras,
//   markers, the variables of markers as keys, git, hg, svn or bzr with ref and subdirectory, path, file, url;
//   [requires] python_version and python_full_version.
// Unsupported: [[source]], index, editable, [scripts], [pipenv]: they change nothing about what is asked for.

package import ConfigFormats
internal import Diagnostics

/// A Pipfile, as far as it speaks of dependencies.
///
/// Source: https://pipenv.pypa.io/en/latest/pipfile.html
package struct Pipfile: Sendable {
  /// Those of `[packages]` for the project, those of `[dev-packages]` in the group `dev-packages`, those of other
  /// categories in groups of their names; in the order of the file.
  package private(set) var dependencies: [DeclaredDependency] = []
  /// `3.12` or `3.12.1`, from `[requires]`.
  package private(set) var pythonVersion: String?
  /// What is wrong in the file, by place; what is right is read all the same.
  package private(set) var problems: [ConfigError] = []

  private static let otherTables: Set<String> = ["source", "requires", "scripts", "pipenv", "pipfile"]

  /// Reads the file; throws when it is not TOML.
  package init(bytes: [UInt8]) throws(ConfigError) {
    let document = try TOMLReader.read(bytes)
    for category in document.table?.entries ?? [] where !Self.otherTables.contains(category.key) {
      guard let table = category.value.table else {
        problems.append(
          ConfigError(
            at: category.value.place,
            "`\(Escaping.text(category.key))` must be a table of packages, not \(category.value.kindName)"))
        continue
      }
      let group: DeclaredDependency.Group =
        category.key == "packages" ? .project : .group(PackageName.normalize(category.key))
      for entry in table.entries {
        do { dependencies.append(try Self.dependency(entry, in: group)) } catch { problems.append(error) }
      }
    }
    do {
      let requires = try document.tableNode("requires")
      pythonVersion = try requires?.string(firstOf: "python_full_version", "python_version") ?? nil
    } catch {
      problems.append(error)
    }
    problems.sort { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  private static func dependency(
    _ entry: ConfigTable.Entry, in group: DeclaredDependency.Group
  ) throws(ConfigError) -> DeclaredDependency {
    let node = entry.value
    var parts = RequirementParts(name: entry.key)
    var localPath: String?
    if let text = node.string {
      parts.specifiers = try specifiers(node, text)
    } else {
      guard let table = node.table else {
        throw ConfigError(at: node.place, "a package must have a version or a table, not \(node.kindName)")
      }
      parts.extras = try node.stringNodes("extras")?.compactMap(\.string) ?? []
      localPath = try readSource(node, &parts)
      if let marker = try node.string("markers"), !marker.isEmpty { parts.markers.append(marker) }
      for member in table.entries where isMarkerVariable(member.key) {
        if let condition = try node.string(member.key) { parts.markers.append("\(member.key) \(condition)") }
      }
    }
    return DeclaredDependency(
      requirement: try parts.requirement(at: entry.keyPlace), localPath: localPath, line: entry.keyPlace.line,
      column: entry.keyPlace.column, group: group)
  }

  private static func isMarkerVariable(_ key: String) -> Bool {
    MarkerVariable(rawValue: key).map { $0 != .extra && $0 != .extras && $0 != .dependencyGroups } ?? false
  }

  /// Sets the version or the URL; a local path is given back instead.
  private static func readSource(_ node: ConfigNode, _ parts: inout RequirementParts) throws(ConfigError) -> String? {
    for system in ["git", "hg", "svn", "bzr"] {
      guard let location = try node.string(system) else { continue }
      parts.url = RequirementParts.repository(
        system, location, reference: try node.string("ref"), subdirectory: try node.string("subdirectory"))
      return nil
    }
    if let location = try node.string(firstOf: "file", "path", "url") {
      guard location.contains("://") else { return location }
      parts.url = location
      return nil
    }
    if let text = try node.string("version"), let version = node["version"] {
      parts.specifiers = try specifiers(version, text)
    }
    return nil
  }

  /// `*` is every version, and a version without an operator means that one.
  private static func specifiers(_ node: ConfigNode, _ text: String) throws(ConfigError) -> String {
    let trimmed = String(decoding: ASCII.trimmed(Array(text.utf8)[...]), as: UTF8.self)
    if trimmed == "*" || trimmed.isEmpty { return "" }
    if let specifiers = SpecifierSet(trimmed) ?? SpecifierSet("==\(trimmed)") { return specifiers.description }
    throw ConfigError(at: node.place, "`\(Escaping.text(text))` is no list of versions such as `>=1.2,<2`, and not `*`")
  }
}
