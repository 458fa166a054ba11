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
    if extras.count < 2 || !mentions(.extra) {
      return try evaluateStrictly(in: environment, extra: extras.first ?? "")
    }
    for comparison in comparisons {
      _ = try Scope(environment: environment, extra: "", sets: nil).holdsStrictly(.comparison(comparison))
    }
    return evaluate(in: environment, extras: extras)
  }

  /// The same for a single extra, or none.
  package func evaluateStrictly(
    in environment: MarkerEnvironment, extra: String
  ) throws(UndefinedComparison) -> Bool {
    let extra = extra.isEmpty ? extra : PackageName.normalize(extra)
    return try Scope(environment: environment, extra: extra, sets: nil).holdsStrictly(expression)
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

  /// Every comparison is looked at, also where the answer is known without it.
  func holdsStrictly(_ expression: Marker.Expression) throws(UndefinedComparison) -> Bool {
    switch expression {
    case .comparison(let comparison):
      guard let value = value(of: comparison) else { throw UndefinedComparison(comparison: comparison) }
      return value
    case .all(let parts):
      var all = true
      for part in parts { all = try holdsStrictly(part) && all }
      return all
    case .any(let parts):
      var any = false
      for part in parts { any = try holdsStrictly(part) || any }
      return any
    case .group(let inner): return try holdsStrictly(inner)
    }
  }

  /// What the comparison gives, or nil when it has no meaning.
  ///
  /// As in the library `packaging`, a variable on the right of another stands for its own name, and text on the right of
  /// text for the variable that it names.
  private func value(of comparison: Marker.Comparison) -> Bool? {
    switch (comparison.left, comparison.right) {
    case (.variable(let variable), .literal(let text)):
      guard let value = value(of: variable) else { return nil }
      return comparison.relation.holds(value, text, asVersions: variable.holdsVersion)
    case (.variable(let variable), .variable(let name)):
      guard let value = value(of: variable) else { return nil }
      return comparison.relation.holds(value, name.rawValue, asVersions: variable.holdsVersion)
    case (.literal(let text), .variable(let variable)): return value(of: comparison.relation, text, variable)
    case (.literal(let text), .literal(let name)):
      return MarkerVariable(rawValue: name).flatMap { value(of: comparison.relation, text, $0) }
    }
  }

  private func value(of relation: Marker.Relation, _ text: String, _ variable: MarkerVariable) -> Bool? {
    if variable.holdsSet { return membership(of: text, relation, in: variable) }
    guard let value = value(of: variable) else { return nil }
    return relation.holds(text, value, asVersions: variable.holdsVersion)
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
}

extension Marker.Relation {
  /// Whether the relation holds between two texts, or nil when it has no meaning for them.
  func holds(_ left: String, _ right: String, asVersions: Bool) -> Bool? {
    TextCursor.reading(left.utf8.span) { left in
      TextCursor.reading(right.utf8.span) { right in holds(left, right, asVersions: asVersions) }
    }
  }

  private func holds(_ left: TextCursor, _ right: TextCursor, asVersions: Bool) -> Bool? {
    switch self {
    case .contained: return right.contains(left)
    case .notContained: return !right.contains(left)
    case .version(let comparison):
      if asVersions, let specifier = Marker.Relation.specifier(comparison, right) { return specifier.matches(left) }
      return Marker.Relation.compareText(left, comparison, right)
    }
  }

  /// The condition that operator and text write together; the text may even go on with the operator.
  static func specifier(_ comparison: Specifier.Operator, _ text: TextCursor) -> Specifier? {
    if text.byte == UInt8(ascii: "=") { return Specifier(comparison.rawValue + text.text) }
    return Specifier(comparison, exactly: text.trimmed())
  }

  /// Strings have no order: `<=` and `>=` ask for equality, `<` and `>` never hold.
  private static func compareText(
    _ left: TextCursor, _ comparison: Specifier.Operator, _ right: TextCursor
  ) -> Bool? {
    switch comparison {
    case .equal, .lessOrEqual, .greaterOrEqual: left.isEqual(to: right)
    case .notEqual: !left.isEqual(to: right)
    case .less, .greater: false
    case .compatible, .identical: nil
    }
  }
}
