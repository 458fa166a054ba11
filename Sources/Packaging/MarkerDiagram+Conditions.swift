extension MarkerDiagram.Level {
  /// The condition that the answer is one of the cells, or nil when no marker says it.
  func condition(_ cells: [Bool]) -> Marker.Expression? {
    if cells.allSatisfy({ $0 }) { return .all([]) }
    switch question {
    case .python: return PythonConditions(ranges(cells)).expression
    case .version(let variable): return cells.last == true ? nil : condition(variable, ranges(cells))
    case .text(let variable): return condition(variable, cells)
    case .predicate(_, let comparison): return cells[1] ? .comparison(comparison) : comparison.complement
    case .member(let variable, let name):
      return .comparison(
        Marker.Comparison(
          left: .literal(name), relation: cells[1] ? .contained : .notContained, right: .variable(variable)))
    }
  }

  private func ranges(_ cells: [Bool]) -> VersionRanges {
    var inside = false
    var result: [VersionKey] = []
    for (edge, cell) in zip(edges, cells) where cell != inside {
      inside = cell
      result.append(edge)
    }
    return VersionRanges(edges: result)
  }

  private func condition(_ variable: MarkerVariable, _ ranges: VersionRanges) -> Marker.Expression? {
    if ranges.isAll { return .comparison(Marker.Comparison(variable, .greaterOrEqual, "0.dev0")) }
    let whole = ranges.conditions().map { specifiers in
      Marker.Expression.joined(specifiers.map { .comparison(Marker.Comparison(variable, $0)) }, areAll: true)
    }
    if let whole { return whole }
    var parts: [Marker.Expression] = []
    for start in stride(from: 0, to: ranges.edges.count, by: 2) {
      let part = VersionRanges(edges: Array(ranges.edges[start..<min(start + 2, ranges.edges.count)]))
      guard let specifiers = part.conditions() else { return nil }
      parts.append(.joined(specifiers.map { .comparison(Marker.Comparison(variable, $0)) }, areAll: true))
    }
    return .joined(parts, areAll: false)
  }

  private func condition(_ variable: MarkerVariable, _ cells: [Bool]) -> Marker.Expression? {
    let areNamed = cells.last == false
    let named = zip(texts, cells).filter { $0.1 == areNamed }.map(\.0)
    let comparisons = named.map { Marker.Comparison(variable, areNamed ? .equal : .notEqual, $0) }
    return .joined(comparisons.map(Marker.Expression.comparison), areAll: !areNamed)
  }
}

extension Marker.Comparison {
  init(_ variable: MarkerVariable, _ comparison: Specifier.Operator, _ text: String) {
    self.init(left: .variable(variable), relation: .version(comparison), right: .literal(text))
  }

  init(_ variable: MarkerVariable, _ specifier: Specifier) {
    self.init(variable, specifier.comparison, specifier.versionText)
  }

  /// What holds where this does not, for a comparison that stands for a predicate.
  fileprivate var complement: Marker.Expression? {
    if case .version(.equal) = relation, case .variable(let variable) = left, variable.holdsVersion {
      guard case .predicate(_, _, holds: true) = MarkerCondition(self) else { return nil }
      guard let flipped = flipped(), case .predicate(_, self, holds: false) = MarkerCondition(flipped) else {
        return nil
      }
      return .comparison(flipped)
    }
    guard relation == .contained else { return nil }
    return flipped().map(Marker.Expression.comparison)
  }
}
