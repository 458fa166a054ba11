// Supported: [tool.pdm.dev-dependencies] GROUP = [...], [tool.hatch.envs.NAME] dependencies and extra-dependencies.
// Unsupported: the other fields of the two tools; context formatting of Hatch (`{root:uri}`): such an entry is left out.

internal import ConfigFormats

extension PyProject {
  /// Reads what the tools pdm and Hatch install for those who work on the project.
  ///
  /// Entries that are no requirements of PEP 508 are left out, for the tools have more to write there.
  /// Sources: https://pdm-project.org/latest/usage/dependency/ https://hatch.pypa.io/latest/config/environment/overview/
  mutating func readTools(_ tools: ConfigNode) {
    for entry in tools["pdm"]?["dev-dependencies"]?.table?.entries ?? [] { addTool(entry.value, group: entry.key) }
    for entry in tools["hatch"]?["envs"]?.table?.entries ?? [] {
      for key in ["dependencies", "extra-dependencies"] {
        if let list = entry.value[key] { addTool(list, group: entry.key) }
      }
    }
  }

  private mutating func addTool(_ list: ConfigNode, group: String) {
    for node in list.array ?? [] {
      if let found = try? DeclaredDependency(node, in: .group(PackageName.normalize(group))) {
        toolDependencies.append(found)
      }
    }
  }
}
