import ConfigFormats
import Diagnostics
import Host

/// What manifests mention of distributions beside declaring them: tables and sections of tools, entry points, commands.
struct DeclaredSettings {
  private(set) var names: Set<String> = []

  /// Looks for `words`, in the form of `WordUses.normal`, in pyproject.toml, setup.cfg, tox.ini and setup.py.
  init(_ files: [SourcePath], in root: SourcePath, words: Set<String>) {
    for file in files {
      guard let bytes = try? Files.read(root.appending(file), limit: 1 << 20) else { continue }
      if file.name == "pyproject.toml" {
        if let document = try? TOMLReader.read(bytes) { take(document, key: "") }
      } else if file.name != "setup.py" {
        for entry in ConfigParserFile(String(decoding: bytes, as: UTF8.self)).entries {
          take(entry.section)
          if !entry.section.hasPrefix("options"), entry.key != "deps" {
            for line in entry.lines { take(line.text) }
          }
        }
      }
    }
    names.formIntersection(words)
  }

  private mutating func take(_ text: String) {
    for word in text.utf8.split(whereSeparator: { byte in
      !(byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x2D || byte == 0x5F || byte == 0x2E || byte >= 0x80)
    }) {
      names.insert(WordUses.normal(word))
      if let dot = word.firstIndex(of: 0x2E) { names.insert(WordUses.normal(word[..<dot])) }
    }
  }

  /// Everything but the arrays and tables that declare.
  private mutating func take(_ node: ConfigNode, key: String) {
    if let text = node.string { return take(text) }
    for item in node.array ?? [] { take(item, key: key) }
    for entry in node.table?.entries ?? [] {
      let inner = key.isEmpty ? entry.key : "\(key).\(entry.key)"
      if Self.declares(inner) { continue }
      if key == "tool" || key.hasPrefix("tool.") { take(entry.key) }
      take(entry.value, key: inner)
    }
  }

  private static func declares(_ key: String) -> Bool {
    switch key {
    case "project.dependencies", "project.optional-dependencies", "project.name", "project.description",
      "project.keywords", "project.classifiers", "project.urls", "dependency-groups", "build-system.requires",
      "tool.poetry.dependencies", "tool.poetry.dev-dependencies", "tool.poetry.group", "tool.poetry.extras",
      "tool.poetry.name", "tool.poetry.description", "tool.poetry.keywords", "tool.poetry.classifiers",
      "tool.uv.dev-dependencies", "tool.uv.sources", "tool.uv.constraint-dependencies",
      "tool.uv.override-dependencies", "tool.pdm.dev-dependencies", "tool.hatch.envs", "tool.pixi", "tool.deptry":
      true
    default: false
    }
  }
}
