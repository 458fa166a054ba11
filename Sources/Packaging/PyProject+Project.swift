internal import ConfigFormats
internal import Diagnostics

extension PyProject {
  /// Reads `[project]`.
  mutating func readProject(_ document: ConfigNode) throws(ConfigError) {
    guard let table = try document.tableNode("project") else { return }
    project = ProjectMetadata()
    attemptAside { project throws(ConfigError) in
      guard let name = try table.string("name") else {
        throw ConfigError(at: table.place, "[project] has no `name`")
      }
      project.project?.name = try Self.name(name, at: table["name"]?.place ?? table.place)
    }
    attemptAside { project throws(ConfigError) in try project.readDynamic(table) }
    attemptAside { project throws(ConfigError) in project.project?.version = try Self.version(table) }
    attemptAside { project throws(ConfigError) in project.project?.requiresPython = try Self.requiresPython(table) }
    attempt { project throws(ConfigError) in
      let nodes = try table.nodes("dependencies")
      let dependencies = project.dependencies(nodes, in: .project)
      project.project?.dependencies = dependencies
    }
    attempt { project throws(ConfigError) in try project.readExtras(table) }
  }

  static func name(_ text: String, at place: ConfigPlace) throws(ConfigError) -> PackageName {
    guard let name = PackageName(text) else {
      throw ConfigError(
        at: place,
        "`\(Escaping.text(text))` is no name of a package: letters, digits, `.`, `-` and `_`, a letter or digit at both ends"
      )
    }
    return name
  }

  static func version(_ table: ConfigNode) throws(ConfigError) -> Version? {
    guard let text = try table.string("version"), let node = table["version"] else { return nil }
    guard let version = Version(text) else {
      throw ConfigError(at: node.place, "`\(Escaping.text(text))` is no version of PEP 440")
    }
    return version
  }

  private static func requiresPython(_ table: ConfigNode) throws(ConfigError) -> SpecifierSet? {
    guard let text = try table.string("requires-python"), let node = table["requires-python"] else { return nil }
    guard let specifiers = SpecifierSet(text) else {
      throw ConfigError(at: node.place, "`\(Escaping.text(text))` is no list of versions such as `>=3.10,<4`")
    }
    return specifiers
  }

  /// Reads what the build gives: that must not be the name, and nothing that is given here as well.
  private mutating func readDynamic(_ table: ConfigNode) throws(ConfigError) {
    let nodes = try table.stringNodes("dynamic") ?? []
    let fields = nodes.compactMap(\.string)
    project?.dynamic = fields
    for (node, field) in zip(nodes, fields) where field == "name" || table[field] != nil {
      remark(
        ConfigError(at: node.place, "`\(Escaping.text(field))` is given in [project] and cannot be dynamic"))
    }
    if table["version"] == nil, !fields.contains("version") {
      throw ConfigError(at: table.place, "[project] has no `version`, and `dynamic` does not name it")
    }
  }

  private mutating func readExtras(_ table: ConfigNode) throws(ConfigError) {
    for entry in try table.tableNode("optional-dependencies")?.table?.entries ?? [] {
      attempt { project throws(ConfigError) in
        let extra = try project.addExtra(entry.key, at: entry.keyPlace)
        guard let nodes = entry.value.array else {
          throw ConfigError(at: entry.value.place, "an extra must be an array, not \(entry.value.kindName)")
        }
        let dependencies = project.dependencies(nodes, in: .extra(extra))
        project.project?.dependencies += dependencies
      }
    }
  }

  /// Notes the name of an extra and gives it normalised; no other may be the same then.
  mutating func addExtra(_ written: String, at place: ConfigPlace) throws(ConfigError) -> String {
    guard let extra = PackageName(written)?.normalized else {
      throw ConfigError(at: place, "`\(Escaping.text(written))` is no name of an extra")
    }
    if project?.extras.contains(extra) == true {
      throw ConfigError(at: place, "the extra `\(extra)` is defined twice")
    }
    project?.extras.append(extra)
    return extra
  }
}
