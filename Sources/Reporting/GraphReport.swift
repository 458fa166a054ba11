import Diagnostics
package import Manifests
package import Packaging

/// What one distribution needs and what needs it, as a tree or for graph tools.
package struct GraphReport: Sendable {
  private let name: PackageName
  private let graph: DependencyGraph
  private let arrows: [DependencyGraph.Arrow]

  package init(around name: PackageName, in graph: DependencyGraph, extras: [String] = []) {
    self.name = name
    self.graph = graph
    arrows = graph.neighbourhood(of: name, extras: extras)
  }

  // MARK: - Text

  /// The tree of what it needs, then that of what needs it; a distribution that has been shown already stands without what
  /// follows it, with `...`.
  package var text: String {
    var shown: Set<PackageName> = []
    var text = "\(label(name))\n"
    write(name, forward: true, indentation: "", &shown, to: &text)
    if arrows.contains(where: { $0.to == name }) {
      shown = []
      text += "needed by\n"
      write(name, forward: false, indentation: "", &shown, to: &text)
    }
    return text
  }

  private func write(
    _ name: PackageName, forward: Bool, indentation: String, _ shown: inout Set<PackageName>, to text: inout String
  ) {
    shown.insert(name)
    let found = arrows.filter { forward ? $0.from == name : $0.to == name }
    for (index, arrow) in found.enumerated() {
      let isLast = index == found.count - 1
      let next = forward ? arrow.to : arrow.from
      let extra = arrow.forExtra.map { " (extra \($0))" } ?? ""
      let follows = arrows.contains { forward ? $0.from == next : $0.to == next }
      // Deep chains end somewhere, and circles at once.
      let isRepeated = shown.contains(next) || indentation.utf8.count > 400
      text += "\(indentation)\(isLast ? "└── " : "├── ")\(label(next))\(extra)\(isRepeated && follows ? " ..." : "")\n"
      if !isRepeated {
        write(next, forward: forward, indentation: indentation + (isLast ? "    " : "│   "), &shown, to: &text)
      }
    }
  }

  private func label(_ name: PackageName) -> String { graph[name]?.version.map { "\(name) \($0)" } ?? "\(name)" }

  // MARK: - Graph tools

  private var names: [PackageName] { Set(arrows.flatMap { [$0.from, $0.to] } + [name]).sorted() }

  /// The language of Graphviz. https://graphviz.org/doc/info/lang.html
  package var dot: String {
    var text = "digraph requirements {\n  rankdir=LR;\n  node [shape=box];\n"
    for other in names {
      let mark = other == name ? ", style=bold" : ""
      text += "  \"\(other)\" [label=\"\(Self.quoted(label(other)))\"\(mark)];\n"
    }
    for arrow in arrows {
      let extra = arrow.forExtra.map { " [label=\"\(Self.quoted($0))\"]" } ?? ""
      text += "  \"\(arrow.from)\" -> \"\(arrow.to)\"\(extra);\n"
    }
    return text + "}\n"
  }

  /// A flow chart of Mermaid. https://mermaid.js.org/syntax/flowchart.html
  package var mermaid: String {
    let indices = Dictionary(zip(names, 0...)) { first, _ in first }
    var text = "flowchart LR\n"
    for other in names { text += "  n\(indices[other] ?? 0)[\"\(Self.entities(label(other)))\"]\n" }
    for arrow in arrows {
      let extra = arrow.forExtra.map { "|\"\(Self.entities($0))\"|" } ?? ""
      text += "  n\(indices[arrow.from] ?? 0) -->\(extra) n\(indices[arrow.to] ?? 0)\n"
    }
    return text + "  style n\(indices[name] ?? 0) stroke-width:3px\n"
  }

  /// Versions come from files, so they may hold anything.
  private static func quoted(_ text: String) -> String {
    Escaping.text(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  private static func entities(_ text: String) -> String { Escaping.text(text).replacing("\"", with: "#quot;") }
}
