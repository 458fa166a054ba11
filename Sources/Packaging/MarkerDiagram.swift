/// Markers as one decision diagram over all that they ask: a multi-valued, ordered, reduced one.
///
/// Each question splits the values of a variable into cells between which no marker tells apart: intervals of versions,
/// the texts that are named and all others. Equal conditions are the same node, so that it is plain whether a condition
/// holds always, never or nowhere together with another. What a predicate says of texts that are not named counts as a
/// question of its own; two such questions count as independent, so that some conditions are not found to be impossible,
/// but none is wrongly found to be.
struct MarkerDiagram {
  /// A node by its number.
  typealias Node = Int
  static let never: Node = 0
  static let always: Node = 1

  /// What one level of the diagram asks.
  enum Question: Hashable {
    case python
    case version(MarkerVariable)
    case text(MarkerVariable)
    case predicate(MarkerVariable, Marker.Comparison)
    case member(MarkerVariable, String)

    var variable: MarkerVariable {
      switch self {
      case .python: .pythonFullVersion
      case .version(let variable), .text(let variable), .predicate(let variable, _), .member(let variable, _): variable
      }
    }
  }

  /// A question with its cells.
  struct Level {
    let question: Question
    /// For versions: where the cells begin; behind them is one for what is no version, except for Python.
    var edges: [VersionKey] = []
    /// For texts: those that are named; one more cell holds all others.
    var texts: [String] = []

    func isPredicate(of variable: MarkerVariable) -> Bool {
      if case .predicate(variable, _) = question { true } else { false }
    }

    var cellCount: Int {
      switch question {
      case .python: edges.count
      case .version: edges.count + 1
      case .text: texts.count + 1
      case .predicate, .member: 2
      }
    }
  }

  /// The most that a diagram may hold, so that no input takes long: children of all nodes, and steps.
  private static let largestSize = 400_000
  /// As deep as the recursion may go.
  private static let mostLevels = 250

  private struct Branch: Hashable {
    let level: Int
    let children: [Node]
  }

  private struct Pair: Hashable {
    let left: Node
    let right: Node
  }

  private(set) var levels: [Level]
  private var levelOf: [Question: Int]
  private var branches: [Branch] = [Branch(level: .max, children: []), Branch(level: .max, children: [])]
  private var known: [Branch: Node] = [:]
  private var conjunctions: [Pair: Node] = [:]
  private var complements: [Node: Node] = [:]
  private var size = 0
  private(set) var isTooLarge = false

  /// A diagram that can hold all of the markers.
  init(_ markers: [Marker], pythons: VersionRanges? = nil) {
    var builder = MarkerLevels()
    if let pythons { builder.add(.python(pythons)) }
    for marker in markers {
      for comparison in marker.comparisons { builder.add(MarkerCondition(comparison)) }
    }
    levels = builder.levels()
    levelOf = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1.question, $0) })
    isTooLarge = levels.count > MarkerDiagram.mostLevels
  }

  func level(of node: Node) -> Int { branches[node].level }

  func children(of node: Node) -> [Node] { branches[node].children }

  mutating func node(_ level: Int, _ children: [Node]) -> Node {
    guard let first = children.first, children.contains(where: { $0 != first }) else {
      return children.first ?? MarkerDiagram.never
    }
    let branch = Branch(level: level, children: children)
    if let node = known[branch] { return node }
    spend(children.count)
    branches.append(branch)
    known[branch] = branches.count - 1
    return branches.count - 1
  }

  mutating func spend(_ amount: Int) {
    size += amount
    if size > MarkerDiagram.largestSize { isTooLarge = true }
  }

  /// The node of a marker; without meaning once the diagram is too large.
  mutating func node(_ expression: Marker.Expression) -> Node {
    if isTooLarge { return MarkerDiagram.never }
    switch expression {
    case .comparison(let comparison): return node(MarkerCondition(comparison))
    case .group(let inner): return node(inner)
    case .all(let parts):
      return parts.reduce(MarkerDiagram.always) { all, part in
        all == MarkerDiagram.never ? all : and(all, node(part))
      }
    case .any(let parts):
      return parts.reduce(MarkerDiagram.never) { any, part in
        any == MarkerDiagram.always ? any : or(any, node(part))
      }
    }
  }

  private mutating func node(_ condition: MarkerCondition) -> Node {
    switch condition {
    case .constant(let holds): return holds ? MarkerDiagram.always : MarkerDiagram.never
    case .python(let ranges): return node(.python, within: ranges)
    case .version(let variable, let ranges): return node(.version(variable), within: ranges)
    case .text(let variable, let text, let isEqual):
      guard let level = levelOf[.text(variable)] else { return MarkerDiagram.never }
      let cells = levels[level].texts.map { ($0 == text) == isEqual ? 1 : 0 }
      return node(level, cells + [isEqual ? 0 : 1])
    case .member(let variable, let name, let isMember):
      guard let level = levelOf[.member(variable, name)] else { return MarkerDiagram.never }
      return node(level, isMember ? [0, 1] : [1, 0])
    case .predicate(let variable, let comparison, let holds):
      guard let level = levelOf[.predicate(variable, comparison)] else { return MarkerDiagram.never }
      let open = node(level, holds ? [0, 1] : [1, 0])
      guard !variable.holdsVersion, let texts = levelOf[.text(variable)] else { return open }
      let cells = levels[texts].texts.map { comparison.holds(for: $0) == holds ? 1 : 0 }
      return node(texts, cells + [open])
    }
  }

  private mutating func node(_ question: Question, within ranges: VersionRanges) -> Node {
    guard let level = levelOf[question] else { return MarkerDiagram.never }
    var cells = levels[level].edges.map { ranges.contains($0) ? 1 : 0 }
    if question != .python { cells.append(0) }
    return node(level, cells)
  }

  mutating func and(_ left: Node, _ right: Node) -> Node {
    if left == right || right == MarkerDiagram.always { return left }
    if left == MarkerDiagram.always { return right }
    if left == MarkerDiagram.never || right == MarkerDiagram.never || isTooLarge { return MarkerDiagram.never }
    let pair = left < right ? Pair(left: left, right: right) : Pair(left: right, right: left)
    if let result = conjunctions[pair] { return result }
    let level = min(branches[left].level, branches[right].level)
    var children: [Node] = []
    children.reserveCapacity(levels[level].cellCount)
    for cell in 0..<levels[level].cellCount {
      let mine = branches[left].level == level ? branches[left].children[cell] : left
      let theirs = branches[right].level == level ? branches[right].children[cell] : right
      children.append(and(mine, theirs))
    }
    spend(children.count)
    let result = node(level, children)
    conjunctions[pair] = result
    return result
  }

  mutating func or(_ left: Node, _ right: Node) -> Node { not(and(not(left), not(right))) }

  mutating func not(_ node: Node) -> Node {
    if node <= MarkerDiagram.always { return 1 - node }
    if let result = complements[node] { return result }
    let branch = branches[node]
    var children: [Node] = []
    for child in branch.children { children.append(not(child)) }
    let result = self.node(branch.level, children)
    complements[node] = result
    complements[result] = node
    return result
  }

  /// Whether the second condition holds wherever the first does.
  mutating func implies(_ left: Node, _ right: Node) -> Bool { and(left, not(right)) == MarkerDiagram.never }

  /// The condition that some value of the variable makes the given one hold.
  mutating func exists(_ variable: MarkerVariable, _ node: Node) -> Node {
    var memory: [Node: Node] = [:]
    return exists(variable, node, &memory)
  }

  private mutating func exists(_ variable: MarkerVariable, _ node: Node, _ memory: inout [Node: Node]) -> Node {
    if node <= MarkerDiagram.always || isTooLarge { return node }
    if let result = memory[node] { return result }
    let branch = branches[node]
    var children: [Node] = []
    for child in branch.children { children.append(exists(variable, child, &memory)) }
    let isAsked = levels[branch.level].question.variable == variable
    let result =
      isAsked ? children.reduce(MarkerDiagram.never) { or($0, $1) } : self.node(branch.level, children)
    memory[node] = result
    return result
  }
}

extension Marker.Comparison {
  /// Whether a comparison with one variable holds when that has a value; comparisons of texts only.
  func holds(for value: String) -> Bool {
    switch (left, right) {
    case (.variable, .literal(let text)): relation.holds(value, text, asVersions: false) ?? false
    case (.variable, .variable(let name)): relation.holds(value, name.rawValue, asVersions: false) ?? false
    case (.literal(let text), _): relation.holds(text, value, asVersions: false) ?? false
    }
  }
}
