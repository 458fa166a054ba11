extension Marker {
  /// Whether the condition holds, with a comparison that has no meaning counted as not fulfilled.
  ///
  /// `extra` stands for each of the extras in turn and the condition holds when it does for one; for the empty string
  /// when there are none. `extras` and `dependency_groups` are the sets themselves.
  package func evaluate(
    in environment: MarkerEnvironment, extras: Set<String> = [], groups: Set<String> = []
  ) -> Bool {
    withChoices(of: extras) { extra in
      let scope = Scope(environment: environment, extra: extra, sets: (extras, groups))
      return scope.holds(expression)
    }
  }

  /// The same, but a comparison that has no meaning is an error wherever it stands, as it is for pip; `extras` and
  /// `dependency_groups` have none outside a lock file.
  package func evaluateStrictly(
    in environment: MarkerEnvironment, extras: Set<String> = []
  ) throws(UndefinedComparison) -> Bool {
    let scope = Scope(environment: environment, extra: "", sets: nil)
    for comparison in comparisons where scope.value(of: comparison) == nil {
      throw UndefinedComparison(comparison: comparison)
    }
    return evaluate(in: environment, extras: extras)
  }

  private func withChoices(of extras: Set<String>, _ holds: (String) -> Bool) -> Bool {
    guard !extras.isEmpty, mentions(.extra) else { return holds("") }
    return extras.contains { holds(PackageName.normalize($0)) }
  }
}

/// What the variables stand for during one evaluation.
private struct Scope {
  let environment: MarkerEnvironment
  let extra: String
  let sets: (extras: Set<String>, groups: Set<String>)?

  func holds(_ expression: Marker.Expression) -> Bool {
    switch expression {
    case .comparison(let comparison): value(of: comparison) ?? false
    case .all(let parts): parts.allSatisfy(holds)
    case .any(let parts): parts.contains(where: holds)
    case .group(let inner): holds(inner)
    }
  }

  /// What the comparison gives, or nil when it has no meaning.
  func value(of comparison: Marker.Comparison) -> Bool? {
    switch (comparison.left, comparison.right) {
    case (.variable(let variable), .literal(let text)):
      guard let value = value(of: variable) else { return nil }
      return compare(value, comparison.relation, text, as: variable)
    case (.literal(let text), .variable(let variable)):
      if variable.holdsSet { return membership(of: text, comparison.relation, in: variable) }
      guard let value = value(of: variable) else { return nil }
      return compare(text, comparison.relation, value, as: variable)
    case (.variable(let left), .variable(let right)):
      guard let leftValue = value(of: left), let rightValue = value(of: right) else { return nil }
      return compare(leftValue, comparison.relation, rightValue, as: left)
    case (.literal, .literal): return nil
    }
  }

  private func value(of variable: MarkerVariable) -> String? {
    variable == .extra ? extra : environment.value(of: variable)
  }

  private func membership(of text: String, _ relation: Marker.Relation, in variable: MarkerVariable) -> Bool? {
    guard let sets else { return nil }
    let names = variable == .extras ? sets.extras : sets.groups
    let contains = names.contains { PackageName.normalize($0) == text }
    switch relation {
    case .contained: return contains
    case .notContained: return !contains
    case .version: return nil
    }
  }

  private func compare(
    _ left: String, _ relation: Marker.Relation, _ right: String, as variable: MarkerVariable
  ) -> Bool? {
    switch relation {
    case .contained: return contains(right, left)
    case .notContained: return !contains(right, left)
    case .version(let comparison):
      if variable.holdsVersion, let specifier = Specifier(comparison.rawValue + right) {
        return specifier.matches(text: left)
      }
      return compareText(left, comparison, right)
    }
  }

  /// Strings have no order: `<=` and `>=` ask for equality, `<` and `>` never hold.
  private func compareText(_ left: String, _ comparison: Specifier.Operator, _ right: String) -> Bool? {
    switch comparison {
    case .equal, .lessOrEqual, .greaterOrEqual: left.utf8.elementsEqual(right.utf8)
    case .notEqual: !left.utf8.elementsEqual(right.utf8)
    case .less, .greater: false
    case .compatible, .identical: nil
    }
  }

  private func contains(_ text: String, _ part: String) -> Bool {
    let (text, part) = (Array(text.utf8), Array(part.utf8))
    guard part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }
}
