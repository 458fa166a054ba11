// Supported: name, version, dependencies (python among them), group.*.dependencies and include-groups, dev-dependencies,
//   extras; a dependency is a constraint, a table (version, extras, optional, markers, python, platform, git with branch,
//   tag or rev, url, path, file, subdirectory), or an array of these.
// Of a constraint with gaps (`^1 || ^3`) only the name remains, and a problem says so.
// Unsupported: allow-prereleases, source and develop, which change nothing about what is asked for.
// A dependency that is optional counts for the extras that name it alone; the others belong to the project.
// Where [project] gives its dependencies, Poetry takes those of [tool.poetry] for remarks on them, and so they are here.

internal import ConfigFormats
internal import Diagnostics

extension PyProject {
  /// Reads `[tool.poetry]`. Source: https://python-poetry.org/docs/pyproject/
  mutating func readPoetry(_ tools: ConfigNode, _ document: ConfigNode) throws(ConfigError) {
    guard let poetry = try tools.tableNode("poetry") else { return }
    if project == nil { project = ProjectMetadata() }
    if document["project"] == nil { try readPoetryIdentity(poetry) }
    let isEnriching = document["project"]?["dependencies"] != nil
    if !isEnriching { attempt { project throws(ConfigError) in try project.readPoetryDependencies(poetry) } }
    for entry in try poetry.tableNode("group")?.table?.entries ?? [] {
      attempt { project throws(ConfigError) in try project.readPoetryGroup(entry) }
    }
    if let entry = poetry.table?.entry("dev-dependencies") {
      guard let table = try poetry.tableNode("dev-dependencies")?.table else { return }
      try addToGroup("dev", at: entry.keyPlace, table)
    }
  }

  private mutating func readPoetryIdentity(_ poetry: ConfigNode) throws(ConfigError) {
    if let name = try poetry.string("name"), let node = poetry["name"] {
      project?.name = try Self.name(name, at: node.place)
    }
    attemptAside { project throws(ConfigError) in project.project?.version = try Self.version(poetry) }
  }

  private mutating func readPoetryDependencies(_ poetry: ConfigNode) throws(ConfigError) {
    let namedBy = try readPoetryExtras(poetry)
    for entry in try poetry.tableNode("dependencies")?.table?.entries ?? [] {
      if entry.key.lowercased() == "python" {
        attemptAside { project throws(ConfigError) in try project.readPoetryPython(entry.value) }
        continue
      }
      for (dependency, isOptional) in poetryDependencies(entry, in: .project) {
        if isOptional {
          let extras = namedBy[dependency.requirement.name.normalized] ?? []
          project?.dependencies += extras.map { dependency.inGroup(.extra($0)) }
        } else {
          project?.dependencies.append(dependency)
        }
      }
    }
  }

  /// The extras that name each distribution.
  private mutating func readPoetryExtras(_ poetry: ConfigNode) throws(ConfigError) -> [String: [String]] {
    var namedBy: [String: [String]] = [:]
    for entry in try poetry.tableNode("extras")?.table?.entries ?? [] {
      attempt { project throws(ConfigError) in
        let extra = try project.addExtra(entry.key, at: entry.keyPlace)
        for node in entry.value.array ?? [] {
          guard let name = node.string else {
            throw ConfigError(at: node.place, "an extra must name dependencies as strings, not \(node.kindName)")
          }
          namedBy[PackageName.normalize(name), default: []].append(extra)
        }
      }
    }
    return namedBy
  }

  private mutating func readPoetryPython(_ node: ConfigNode) throws(ConfigError) {
    guard let text = node.string else { return }
    let constraint = try PoetryDependency.constraint(node, text)
    guard let specifiers = constraint.specifiers else {
      throw ConfigError(at: node.place, "`\(Escaping.text(text))` leaves gaps, which `requires-python` cannot say")
    }
    if project?.requiresPython == nil, !specifiers.isEmpty { project?.requiresPython = specifiers }
  }

  private mutating func readPoetryGroup(_ entry: ConfigTable.Entry) throws(ConfigError) {
    let dependencies = try entry.value.tableNode("dependencies")?.table
    try addToGroup(entry.key, at: entry.keyPlace, dependencies ?? nil)
    guard let group = groups.position(of: entry.key) else { return }
    for node in try entry.value.stringNodes("include-groups") ?? [] {
      groups.append(.include(PackageName.normalize(node.string ?? ""), at: node.place), to: group)
    }
  }

  private mutating func addToGroup(_ name: String, at place: ConfigPlace, _ table: ConfigTable?) throws(ConfigError) {
    let group: Int
    if let known = groups.position(of: name) { group = known } else { group = try groups.add(name, at: place) }
    for entry in table?.entries ?? [] where entry.key.lowercased() != "python" {
      for (dependency, _) in poetryDependencies(entry, in: .group(groups.groups[group].name)) {
        groups.append(.dependency(dependency), to: group)
      }
    }
  }

  /// The dependencies of one key: several when it has an array of constraints.
  private mutating func poetryDependencies(
    _ entry: ConfigTable.Entry, in group: DeclaredDependency.Group
  ) -> [(dependency: DeclaredDependency, isOptional: Bool)] {
    var found: [(dependency: DeclaredDependency, isOptional: Bool)] = []
    for node in entry.value.array ?? [entry.value] {
      attempt { project throws(ConfigError) in
        let parts = try PoetryDependency(entry.key, node, keyPlace: entry.keyPlace)
        let place = entry.value.array == nil ? entry.keyPlace : node.place
        let dependency = DeclaredDependency(
          requirement: parts.requirement, localPath: parts.localPath, line: place.line, column: place.column,
          group: group)
        found.append((dependency, parts.isOptional))
        if let problem = parts.problem { project.remark(problem) }
      }
    }
    return found
  }
}
