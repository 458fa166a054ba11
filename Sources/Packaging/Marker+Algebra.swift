// What markers mean to each other is decided for `evaluate`: a comparison without meaning never holds, `python_version` is
// `X.Y` of `python_full_version`, which is a version without epoch and post-release, and every other variable may have any
// value. A marker that is too large to be looked at as a whole is left as it is, and nothing is claimed about it.

extension Marker {
  /// Holds always; reads `python_version >= "0"`.
  package static let always = Marker(.all([]))

  /// Holds never; reads `python_version < "0"`.
  package static let never = Marker(.any([]))

  /// Holds where both do.
  package func and(_ other: Marker) -> Marker { Marker(.joined([expression, other.expression], areAll: true)) }

  /// Holds where one of them does.
  package func or(_ other: Marker) -> Marker { Marker(.joined([expression, other.expression], areAll: false)) }

  /// Holds exactly where this does not, for one extra at a time; nil where no marker says so, as for
  /// `platform_release >= "5"`, which also fails where the release is no version.
  package var negated: Marker? {
    if let negation = Marker.negation(of: expression) { return Marker(negation).simplified() }
    var diagram = MarkerDiagram([self])
    let node = diagram.not(diagram.node(expression))
    if diagram.isTooLarge { return nil }
    var writer = MarkerWriter(diagram)
    return writer.expression(of: node).map { Marker($0) }
  }

  /// Whether it holds in every environment and for every extra.
  package var isAlwaysTrue: Bool {
    var diagram = MarkerDiagram([self])
    return diagram.node(expression) == MarkerDiagram.always && !diagram.isTooLarge
  }

  /// Whether it holds in no environment, whatever the extras.
  package var isNeverTrue: Bool {
    var diagram = MarkerDiagram([self])
    return diagram.node(expression) == MarkerDiagram.never && !diagram.isTooLarge
  }

  /// Whether there is no environment with a set of extras in which both hold, each for one of the extras.
  package func isDisjoint(with other: Marker) -> Bool {
    var diagram = MarkerDiagram([self, other])
    let mine = diagram.exists(.extra, diagram.node(expression))
    let theirs = diagram.exists(.extra, diagram.node(other.expression))
    return diagram.and(mine, theirs) == MarkerDiagram.never && !diagram.isTooLarge
  }

  /// Whether the other one holds wherever this does, for one extra at a time.
  package func implies(_ other: Marker) -> Bool {
    var diagram = MarkerDiagram([self, other])
    let (mine, theirs) = (diagram.node(expression), diagram.node(other.expression))
    return diagram.implies(mine, theirs) && !diagram.isTooLarge
  }

  /// Whether both hold in the same environments, for one extra at a time.
  package func isEquivalent(to other: Marker) -> Bool {
    var diagram = MarkerDiagram([self, other])
    return diagram.node(expression) == diagram.node(other.expression) && !diagram.isTooLarge
  }

  /// A marker that holds in the same environments and says so more shortly; this one when there is no shorter one.
  package func simplified() -> Marker {
    var diagram = MarkerDiagram([self])
    let node = diagram.node(expression)
    return shortest(node, diagram)
  }

  /// A marker that holds in the same environments as far as their Python fulfils `requiresPython`.
  package func simplified(assuming requiresPython: SpecifierSet) -> Marker {
    let pythons = requiresPython.specifiers.reduce(VersionRanges.all) {
      $0.intersection(VersionRanges(withoutPosts: $1))
    }
    var diagram = MarkerDiagram([self], pythons: pythons)
    let node = diagram.node(expression)
    return shortest(diagram.filled(node, within: pythons), diagram)
  }

  private func shortest(_ node: MarkerDiagram.Node, _ diagram: MarkerDiagram) -> Marker {
    if diagram.isTooLarge { return self }
    if node == MarkerDiagram.always { return .always }
    if node == MarkerDiagram.never { return .never }
    var writer = MarkerWriter(diagram)
    guard let shorter = writer.expression(of: node), shorter.comparisonCount < expression.comparisonCount else {
      return self
    }
    return Marker(shorter)
  }

  private static func negation(of expression: Expression) -> Expression? {
    switch expression {
    case .group(let inner): return negation(of: inner)
    case .all(let parts), .any(let parts):
      var negations: [Expression] = []
      for part in parts {
        guard let negation = negation(of: part) else { return nil }
        negations.append(negation)
      }
      if case .all = expression { return .joined(negations, areAll: false) }
      return .joined(negations, areAll: true)
    case .comparison(let comparison):
      var diagram = MarkerDiagram([Marker(expression)])
      let node = diagram.not(diagram.node(expression))
      if !diagram.isTooLarge {
        var writer = MarkerWriter(diagram)
        return writer.expression(of: node)
      }
      if case .predicate = MarkerCondition(comparison) { return comparison.flipped().map(Expression.comparison) }
      return nil
    }
  }
}

extension Marker.Expression {
  /// All or any of the parts, without parts that change nothing, with parentheses where the other kind is nested.
  static func joined(_ parts: [Marker.Expression], areAll: Bool) -> Marker.Expression {
    var result: [Marker.Expression] = []
    for part in parts {
      switch part.ungrouped {
      case .all(let inner):
        if areAll {
          result += inner
        } else if inner.isEmpty {
          return .all([])
        } else {
          result.append(.group(.all(inner)))
        }
      case .any(let inner):
        if !areAll {
          result += inner
        } else if inner.isEmpty {
          return .any([])
        } else {
          result.append(.group(.any(inner)))
        }
      case let other: result.append(other)
      }
    }
    if result.count == 1 { return result[0].ungrouped }
    return areAll ? .all(result) : .any(result)
  }

  private var ungrouped: Marker.Expression {
    var inner = self
    while case .group(let next) = inner { inner = next }
    return inner
  }

  var comparisonCount: Int {
    switch self {
    case .comparison: 1
    case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.comparisonCount }
    case .group(let inner): inner.comparisonCount
    }
  }
}
