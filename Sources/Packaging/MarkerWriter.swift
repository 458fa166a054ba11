/// Writes the nodes of a diagram as markers: a short one where it finds it.
struct MarkerWriter {
  private var diagram: MarkerDiagram
  private var written: [MarkerDiagram.Node: Marker.Expression?] = [:]

  private struct Term {
    let node: MarkerDiagram.Node
    let expression: Marker.Expression
  }

  init(_ diagram: MarkerDiagram) { self.diagram = diagram }

  /// The condition of a node, or nil when no marker says it.
  mutating func expression(of node: MarkerDiagram.Node) -> Marker.Expression? {
    if node == MarkerDiagram.always { return .all([]) }
    if node == MarkerDiagram.never { return .any([]) }
    if let known = written[node] { return known }
    let expression = compose(node)
    written[node] = .some(expression)
    return diagram.isTooLarge ? nil : expression
  }

  /// Each distinct child, under the condition that leads to it, or to another child that holds wherever this one does.
  private mutating func compose(_ node: MarkerDiagram.Node) -> Marker.Expression? {
    let level = diagram.level(of: node)
    let children = diagram.children(of: node)
    var terms: [Term] = []
    var seen: Set<MarkerDiagram.Node> = [MarkerDiagram.never]
    for child in children where seen.insert(child).inserted {
      guard let term = term(level, children, child) else { return nil }
      terms.append(term)
    }
    for index in terms.indices.reversed() where terms.count > 1 {
      var others = MarkerDiagram.never
      for (place, term) in terms.enumerated() where place != index { others = diagram.or(others, term.node) }
      if others == node { terms.remove(at: index) }
    }
    return .joined(terms.map(\.expression), areAll: false)
  }

  private mutating func term(
    _ level: Int, _ children: [MarkerDiagram.Node], _ child: MarkerDiagram.Node
  ) -> Term? {
    guard let rest = expression(of: child) else { return nil }
    let within = children.indices.map { diagram.restricted(child, level: level, cell: $0) }
    let exact = children.map { $0 == child }
    var wide = exact
    for cell in children.indices where !exact[cell] { wide[cell] = diagram.implies(within[cell], children[cell]) }
    let level = diagram.levels[level]
    guard
      let chosen = [wide, exact].compactMap({ cells in level.condition(cells).map { (cells, $0) } })
        .min(by: { $0.1.comparisonCount < $1.1.comparisonCount })
    else { return nil }
    let cells = zip(chosen.0, within).map { $0 ? $1 : MarkerDiagram.never }
    let node = diagram.node(diagram.index(of: level), cells)
    return Term(node: node, expression: .joined([chosen.1, rest], areAll: true))
  }
}

extension MarkerDiagram {
  func index(of level: Level) -> Int { levels.firstIndex { $0.question == level.question } ?? 0 }

  /// The condition where a level's value is in that cell: what predicates say of a text that is named is known.
  mutating func restricted(_ node: Node, level: Int, cell: Int) -> Node {
    guard case .text(let variable) = levels[level].question, cell < levels[level].texts.count,
      levels.contains(where: { $0.isPredicate(of: variable) })
    else { return node }
    var memory: [Node: Node] = [:]
    return restricted(node, variable, levels[level].texts[cell], &memory)
  }

  private mutating func restricted(
    _ node: Node, _ variable: MarkerVariable, _ text: String, _ memory: inout [Node: Node]
  ) -> Node {
    if node <= MarkerDiagram.always || isTooLarge { return node }
    if let result = memory[node] { return result }
    let question = levels[level(of: node)].question
    if question.variable.ordinal > variable.ordinal { return node }
    let children = children(of: node)
    spend(children.count)
    var result = node
    if case .predicate(variable, let comparison) = question {
      result = restricted(children[comparison.holds(for: text) ? 1 : 0], variable, text, &memory)
    } else {
      var results: [Node] = []
      for child in children { results.append(restricted(child, variable, text, &memory)) }
      result = self.node(level(of: node), results)
    }
    memory[node] = result
    return result
  }

  /// The condition with what it says of other Pythons than these chosen so that it becomes simple.
  mutating func filled(_ node: Node, within pythons: VersionRanges) -> Node {
    guard node > MarkerDiagram.always, !isTooLarge, levels[level(of: node)].question == .python else { return node }
    let children = children(of: node)
    let counts = levels[level(of: node)].edges.map(pythons.contains)
    guard let first = counts.firstIndex(of: true) else { return node }
    var last = children[first]
    let filled = children.indices.map { cell in
      if counts[cell] { last = children[cell] }
      return last
    }
    return self.node(level(of: node), filled)
  }
}
