/// Gathers what markers ask into the levels of a diagram.
struct MarkerLevels {
  private var edges: [MarkerDiagram.Question: Set<VersionKey>] = [:]
  private var texts: [MarkerVariable: Set<String>] = [:]
  private var others: Set<MarkerDiagram.Question> = []

  mutating func add(_ condition: MarkerCondition) {
    switch condition {
    case .constant: break
    case .python(let ranges):
      edges[.python, default: [.first]].formUnion(ranges.edges.filter { $0[0] != VersionKey.epochMark })
    case .version(let variable, let ranges): edges[.version(variable), default: [.first]].formUnion(ranges.edges)
    case .text(let variable, let text, _): texts[variable, default: []].insert(text)
    case .predicate(let variable, let comparison, _): others.insert(.predicate(variable, comparison))
    case .member(let variable, let name, _): others.insert(.member(variable, name))
    }
  }

  /// In an order that does not depend on that of the markers: by variable, Python first and extras last.
  func levels() -> [MarkerDiagram.Level] {
    var levels: [MarkerDiagram.Level] = []
    for (question, edges) in edges { levels.append(MarkerDiagram.Level(question: question, edges: edges.sorted())) }
    for (variable, texts) in texts {
      levels.append(
        MarkerDiagram.Level(
          question: .text(variable), texts: texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }))
    }
    for question in others { levels.append(MarkerDiagram.Level(question: question)) }
    return levels.map { (MarkerLevels.rank($0.question), $0) }
      .sorted { left, right in
        left.0.order != right.0.order
          ? left.0.order < right.0.order : left.0.text.utf8.lexicographicallyPrecedes(right.0.text.utf8)
      }
      .map(\.1)
  }

  private static func rank(_ question: MarkerDiagram.Question) -> (order: Int, text: String) {
    let variable = Int(question.variable.ordinal) * 4
    switch question {
    case .python: return (-1, "")
    case .version: return (variable, "")
    case .text: return (variable + 1, "")
    case .predicate(_, let comparison): return (variable + 2, comparison.description)
    case .member(_, let name): return (variable + 3, name)
    }
  }
}
