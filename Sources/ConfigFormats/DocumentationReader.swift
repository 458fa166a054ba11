// Supported: mkdocs.yml: `theme` by name or with options, `plugins` as a list or a mapping, their options passed over but
// the handlers of mkdocstrings, `markdown_extensions`.
// Unsupported: INHERIT.

/// Reads what the configuration of MkDocs names.
///
/// Source: https://www.mkdocs.org/user-guide/configuration/
package enum DocumentationReader {
  package struct Part: Hashable, Sendable {
    package enum Kind: Sendable {
      case theme
      case plugin
      case markdownExtension
    }

    package let kind: Kind
    /// Of `material/blog` the last part.
    package let name: String
    /// Where the name first stands in the file, from 1.
    package let line: Int
  }

  /// The parts in the order of theme, plugins, extensions; nil when the file is no such configuration.
  package static func parts(in bytes: [UInt8]) -> [Part]? {
    guard let document = YAMLReader.documents(bytes).first, document["site_name"] != nil else { return nil }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    func part(_ kind: Part.Kind, _ name: String) -> Part {
      let line = lines.firstIndex { isNamed(name, in: $0) } ?? 0
      return Part(kind: kind, name: String(name.split(separator: "/").last ?? ""), line: line + 1)
    }
    var parts: [Part] = []
    if let theme = document["theme"], let name = text(theme) ?? theme["name"].flatMap(text) {
      parts.append(part(.theme, name))
    }
    for (name, options) in named(document["plugins"]) {
      parts.append(part(.plugin, name))
      guard name == "mkdocstrings" else { continue }
      let handlers = options?["handlers"]?.entries.map(\.key) ?? []
      for handler in handlers.isEmpty ? ["python"] : handlers {
        parts.append(Part(kind: .plugin, name: "mkdocstrings-\(handler)", line: part(.plugin, name).line))
      }
    }
    parts += named(document["markdown_extensions"]).map { part(.markdownExtension, $0.name) }
    return parts
  }

  /// Whether a line gives the name: `- name`, `name:`, `theme: name`.
  private static func isNamed(_ name: String, in line: ArraySlice<UInt8>) -> Bool {
    let words = line.split { " -:'\"\r".utf8.contains($0) && !($0 == UInt8(ascii: "-") && name.contains("-")) }
    return words.first.map { $0.first != UInt8(ascii: "#") } == true
      && words.contains { $0.elementsEqual(name.utf8) }
  }

  /// `- name`, `- name: {options}`, `name: {options}`
  private static func named(_ node: YAMLNode?) -> [(name: String, options: YAMLNode?)] {
    guard let node else { return [] }
    if !node.entries.isEmpty { return node.entries.map { ($0.key, $0.value) } }
    return node.items.compactMap { item in
      if let name = text(item) { return (name, nil) }
      return item.entries.first.map { ($0.key, $0.value) }
    }
  }

  private static func text(_ node: YAMLNode) -> String? {
    node.scalar.map { String(decoding: $0.bytes, as: UTF8.self) }
  }
}
