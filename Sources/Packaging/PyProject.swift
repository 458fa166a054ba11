// Supported: [project] (PEP 621: name, version, requires-python, dependencies, optional-dependencies, dynamic),
//   [dependency-groups] (PEP 735), [build-system] requires, [tool.poetry] (see PyProject+Poetry.swift),
//   [tool.uv] dev-dependencies (the group dev) and the names of its sources, pdm and Hatch (see PyProject+Tools.swift).
// Unsupported: the other fields, which say nothing of dependencies.

package import ConfigFormats

/// A pyproject.toml, as far as it speaks of dependencies.
///
/// Source: https://packaging.python.org/en/latest/specifications/pyproject-toml/
package struct PyProject: Sendable {
  /// From `[project]`, filled up from `[tool.poetry]`; nil when the file has neither.
  package internal(set) var project: ProjectMetadata?
  package internal(set) var groups = DependencyGroups()
  /// What `[build-system]` requires.
  package internal(set) var buildDependencies: [DeclaredDependency] = []
  /// What pdm and Hatch install beside that, each in the group or environment of theirs.
  package internal(set) var toolDependencies: [DeclaredDependency] = []
  /// The normalised names that `[tool.uv.sources]` takes from elsewhere than the index.
  package internal(set) var uvSources: [String] = []
  /// What is wrong in the file, by place; what is right is read all the same.
  package internal(set) var problems: [ConfigError] = []
  /// Those of the problems that hide no requirement: what the project is called, for which Python it is.
  package internal(set) var remarks: Set<ConfigError> = []

  /// Reads the file; throws when it is not TOML.
  package init(bytes: [UInt8]) throws(ConfigError) {
    let document = try TOMLReader.read(bytes)
    attempt { project throws(ConfigError) in try project.readProject(document) }
    attempt { project throws(ConfigError) in try project.readGroups(document) }
    attempt { project throws(ConfigError) in try project.readBuildSystem(document) }
    attempt { project throws(ConfigError) in
      guard let tools = try document.tableNode("tool") else { return }
      project.attempt { project throws(ConfigError) in try project.readPoetry(tools, document) }
      project.attempt { project throws(ConfigError) in try project.readUV(tools) }
      project.readTools(tools)
    }
    problems += groups.problems()
    problems.sort { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  /// Every dependency that is written in the file: the project's and its extras', the groups', the build's.
  package var dependencies: [DeclaredDependency] {
    let inGroups = groups.groups.flatMap(\.entries).compactMap { entry -> DeclaredDependency? in
      if case .dependency(let dependency) = entry { dependency } else { nil }
    }
    return (project?.dependencies ?? []) + inGroups + buildDependencies
  }

  /// Runs a part of the reading; what it throws is one problem more.
  mutating func attempt(_ part: (inout PyProject) throws(ConfigError) -> Void) {
    do { try part(&self) } catch { problems.append(error) }
  }

  /// The same for a part that says nothing of requirements.
  mutating func attemptAside(_ part: (inout PyProject) throws(ConfigError) -> Void) {
    do { try part(&self) } catch { remark(error) }
  }

  /// Notes a problem that hides no requirement.
  mutating func remark(_ problem: ConfigError) {
    problems.append(problem)
    remarks.insert(problem)
  }

  /// The requirements of an array; each that is none is one problem more.
  mutating func dependencies(_ nodes: [ConfigNode]?, in group: DeclaredDependency.Group) -> [DeclaredDependency] {
    var found: [DeclaredDependency] = []
    for node in nodes ?? [] {
      attempt { _ throws(ConfigError) in found.append(try DeclaredDependency(node, in: group)) }
    }
    return found
  }

  private mutating func readBuildSystem(_ document: ConfigNode) throws(ConfigError) {
    guard let system = try document.tableNode("build-system") else { return }
    guard let requires = try system.nodes("requires") else {
      throw ConfigError(at: system.place, "[build-system] has no `requires`")
    }
    buildDependencies = dependencies(requires, in: .build)
  }

  private mutating func readUV(_ tools: ConfigNode) throws(ConfigError) {
    guard let uv = try tools.tableNode("uv") else { return }
    uvSources = (try uv.tableNode("sources"))?.table?.entries.map { PackageName.normalize($0.key) } ?? []
    guard let entry = uv.table?.entry("dev-dependencies") else { return }
    let found = dependencies(try uv.nodes("dev-dependencies"), in: .group("dev"))
    let group: Int
    if let known = groups.position(of: "dev") {
      group = known
    } else {
      group = try groups.add("dev", at: entry.keyPlace)
    }
    for dependency in found { groups.append(.dependency(dependency), to: group) }
  }

  private mutating func readGroups(_ document: ConfigNode) throws(ConfigError) {
    for entry in try document.tableNode("dependency-groups")?.table?.entries ?? [] {
      attempt { project throws(ConfigError) in
        let group = try project.groups.add(entry.key, at: entry.keyPlace)
        guard let nodes = entry.value.array else {
          throw ConfigError(at: entry.value.place, "a dependency group must be an array, not \(entry.value.kindName)")
        }
        for node in nodes {
          project.attempt { project throws(ConfigError) in
            let name = project.groups.groups[group].name
            project.groups.append(try Self.groupEntry(node, of: name), to: group)
          }
        }
      }
    }
  }

  private static func groupEntry(_ node: ConfigNode, of group: String) throws(ConfigError) -> DependencyGroups.Entry {
    guard let table = node.table else { return .dependency(try DeclaredDependency(node, in: .group(group))) }
    guard table.entries.count == 1, let include = table.entries.first, include.key == "include-group",
      let name = include.value.string
    else {
      throw ConfigError(at: node.place, "a table in a dependency group must be {include-group = \"name\"}")
    }
    return .include(PackageName.normalize(name), at: include.value.place)
  }
}
