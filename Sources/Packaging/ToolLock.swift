// Supported: uv.lock, poetry.lock (1 and 2), pdm.lock, Pipfile.lock, pylock.toml and pylock.NAME.toml; names, versions and,
//   but for Pipfile.lock, who needs whom.
// Unsupported: markers (what any platform needs counts), hashes, files, sources.

package import ConfigFormats

/// What a lock of a tool holds, by the file's name.
///
/// Sources: https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile, https://python-poetry.org/docs/basic-usage/,
/// https://pdm-project.org/latest/usage/lockfile/, https://pipenv.pypa.io/en/latest/pipfile.html,
/// https://packaging.python.org/en/latest/specifications/pylock-toml/
package struct ToolLock: Sendable {
  package private(set) var distributions: [LockedDistribution] = []
  /// The projects that the lock belongs to, by their names.
  package private(set) var projects: [PackageName] = []
  private var positions: [PackageName: Int] = [:]

  /// Whether `name`, a file's, is that of such a lock.
  package static func isLock(_ name: String) -> Bool {
    switch name {
    case "uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml": true
    default: name.hasPrefix("pylock.") && name.hasSuffix(".toml")
    }
  }

  /// Reads the file; throws when it is neither TOML nor, for Pipfile.lock, JSON. Entries without a name are passed over.
  package init(bytes: [UInt8], named name: String) throws(ConfigError) {
    if name == "Pipfile.lock" {
      let document = try JSONReader.read(bytes)
      for category in document.table?.entries ?? [] where category.key != "_meta" {
        for entry in category.value.table?.entries ?? [] {
          add(entry.key, entry.value["version"]?.string, line: entry.keyPlace.line, needs: [])
        }
      }
      return
    }
    let document = try TOMLReader.read(bytes)
    for node in (document["package"] ?? document["packages"])?.array ?? [] {
      guard let written = node["name"]?.string else { continue }
      if Self.isProject(node) {
        if let name = PackageName(written) { projects.append(name) }
        continue
      }
      add(written, node["version"]?.string, line: node.place.line, needs: Self.needs(of: node))
    }
  }

  private mutating func add(_ written: String, _ version: String?, line: Int, needs: [LockedDistribution.Need]) {
    guard let name = PackageName(written) else { return }
    // pdm has an entry more for a distribution with extras.
    if let index = positions[name] {
      distributions[index].needs += needs.filter { $0.name != name }
    } else {
      positions[name] = distributions.count
      let shown = version.map { $0.hasPrefix("==") ? String($0.dropFirst(2)) : $0 }
      distributions.append(
        LockedDistribution(name: name, version: shown, line: line, needs: needs.filter { $0.name != name }))
    }
  }

  /// Whether it is a project of the folder itself: uv writes its sources as `virtual` or `editable`.
  private static func isProject(_ node: ConfigNode) -> Bool {
    node["source"]?["virtual"] != nil || node["source"]?["editable"] != nil
  }

  private static func needs(of node: ConfigNode) -> [LockedDistribution.Need] {
    let extra = node["extras"]?.array?.first?.string.map(PackageName.normalize)
    var needs = list(node["dependencies"], forExtra: extra)
    for (key, part) in [("optional-dependencies", node["optional-dependencies"]), ("extras", node["extras"])] {
      for entry in part?.table?.entries ?? [] {
        let added = list(entry.value, forExtra: PackageName.normalize(entry.key))
        // What Poetry lists as an extra stands among the dependencies, too, as optional.
        if key == "extras" {
          needs.removeAll { need in need.forExtra == nil && added.contains { $0.name == need.name } }
        }
        needs += added
      }
    }
    return needs
  }

  private static func list(_ node: ConfigNode?, forExtra extra: String?) -> [LockedDistribution.Need] {
    if let table = node?.table {
      return table.entries.compactMap { entry in
        PackageName(entry.key).map {
          .init($0, extras: extras((entry.value.array?.first ?? entry.value)["extras"]), forExtra: extra)
        }
      }
    }
    return (node?.array ?? []).compactMap { item in
      if let text = item.string { return need(text, forExtra: extra) }
      guard let name = item["name"]?.string.flatMap({ PackageName($0) }) else { return nil }
      return .init(name, extras: extras(item["extra"]), forExtra: extra)
    }
  }

  private static func extras(_ node: ConfigNode?) -> [String] {
    (node?.array ?? []).compactMap { $0.string.map(PackageName.normalize) }
  }

  /// `name>=1; marker`, and `name (>=1)` as Poetry has it.
  private static func need(_ text: String, forExtra extra: String?) -> LockedDistribution.Need? {
    if let requirement = try? LenientRequirement(parsing: text).requirement {
      return .init(requirement.name, extras: requirement.extras, forExtra: extra)
    }
    let word = text.utf8.prefix { ASCII.isAlphanumeric($0) || ASCII.isSeparator($0) }
    return PackageName(String(decoding: word, as: UTF8.self)).map { .init($0, forExtra: extra) }
  }
}
