/// What a comparison of a marker says, in a form that can be reasoned with.
///
/// Values of `python_full_version` are taken to be versions without epoch and post-release, as those of interpreters are,
/// and `python_version` to be `X.Y` of it; every other variable may have any value.
enum MarkerCondition: Hashable {
  /// Holds always, or never.
  case constant(Bool)
  /// `python_full_version` is within the set.
  case python(VersionRanges)
  /// The value of another variable is a version, and within the set.
  case version(MarkerVariable, VersionRanges)
  /// The value is that text, or is not.
  case text(MarkerVariable, String, isEqual: Bool)
  /// Something that is only known where the value is known. The comparison is the one without `not`.
  case predicate(MarkerVariable, Marker.Comparison, holds: Bool)
  /// The name is a member of a set, or is not.
  case member(MarkerVariable, String, isMember: Bool)

  init(_ comparison: Marker.Comparison) {
    switch (comparison.left, comparison.right) {
    case (.variable(let variable), .literal(let text)):
      self = MarkerCondition.forward(variable, comparison.relation, text, comparison)
    case (.variable(let variable), .variable(let name)):
      self = MarkerCondition.forward(variable, comparison.relation, name.rawValue, comparison)
    case (.literal(let text), .variable(let variable)):
      self = MarkerCondition.reversed(text, comparison.relation, variable, comparison)
    case (.literal(let text), .literal(let name)):
      guard let variable = MarkerVariable(rawValue: name) else {
        self = .constant(false)
        return
      }
      self = MarkerCondition.reversed(text, comparison.relation, variable, comparison)
    }
  }

  private static func forward(
    _ variable: MarkerVariable, _ relation: Marker.Relation, _ text: String, _ comparison: Marker.Comparison
  ) -> MarkerCondition {
    if variable.holdsSet { return .constant(false) }
    guard case .version(let operation) = relation else {
      if variable == .pythonVersion, let ranges = PythonSeries.ranges(within: text) {
        return .python(relation == .contained ? ranges : ranges.complement)
      }
      return predicate(variable, comparison)
    }
    guard variable.holdsVersion else { return plain(variable, operation, text) }
    let specifier = TextCursor.reading(text.utf8.span) { cursor in
      Marker.Relation.specifier(operation, cursor)
    }
    guard let specifier else { return withoutSpecifier(variable, operation, text, comparison) }
    if specifier.comparison == .identical {
      guard variable == .pythonVersion else { return .predicate(variable, comparison, holds: true) }
      return .python(PythonSeries(text: specifier.versionText).map(\.ranges) ?? .empty)
    }
    switch variable {
    case .pythonVersion:
      return PythonSeries.ranges(VersionRanges(specifier)).map { .python($0) }
        ?? .predicate(variable, comparison, holds: true)
    case .pythonFullVersion: return .python(VersionRanges(withoutPosts: specifier))
    default: return .version(variable, VersionRanges(specifier))
    }
  }

  /// A comparison of a version with text that makes no condition on versions: then the texts are compared.
  private static func withoutSpecifier(
    _ variable: MarkerVariable, _ operation: Specifier.Operator, _ text: String, _ comparison: Marker.Comparison
  ) -> MarkerCondition {
    switch operation {
    case .less, .greater, .compatible, .identical: return .constant(false)
    case .equal, .notEqual, .lessOrEqual, .greaterOrEqual: break
    }
    let isEqual = operation != .notEqual
    if variable == .pythonVersion || (variable == .pythonFullVersion && Version(text) == nil) {
      return .constant(!isEqual)
    }
    if variable == .pythonFullVersion { return .predicate(variable, comparison, holds: true) }
    // `>=` with `5.*` compares texts, but `==` would make a condition of it.
    let equality = comparison.asEquality()
    if Specifier("==" + text) != nil { return .predicate(variable, comparison, holds: true) }
    return .predicate(variable, equality, holds: isEqual)
  }

  private static func plain(
    _ variable: MarkerVariable, _ operation: Specifier.Operator, _ text: String
  ) -> MarkerCondition {
    switch operation {
    case .equal, .lessOrEqual, .greaterOrEqual: .text(variable, text, isEqual: true)
    case .notEqual: .text(variable, text, isEqual: false)
    case .less, .greater, .compatible, .identical: .constant(false)
    }
  }

  private static func predicate(_ variable: MarkerVariable, _ comparison: Marker.Comparison) -> MarkerCondition {
    let holds = comparison.relation == .contained
    return .predicate(variable, holds ? comparison : comparison.flipped() ?? comparison, holds: holds)
  }

  private static func reversed(
    _ text: String, _ relation: Marker.Relation, _ variable: MarkerVariable, _ comparison: Marker.Comparison
  ) -> MarkerCondition {
    if variable.holdsSet {
      guard relation == .contained || relation == .notContained else { return .constant(false) }
      return .member(variable, text, isMember: relation == .contained)
    }
    guard case .version(let operation) = relation else { return predicate(variable, comparison) }
    guard variable.holdsVersion else { return plain(variable, operation, text) }
    let version = Version(text)
    if variable == .pythonVersion, let ranges = PythonSeries.ranges(text, version, operation) { return .python(ranges) }
    if variable == .pythonFullVersion, let version, !version.hasLocal {
      if operation == .equal { return .python(VersionRanges(only: version)) }
      if operation == .notEqual { return .python(VersionRanges(only: version).complement) }
    }
    return .predicate(variable, comparison, holds: true)
  }
}

extension VersionRanges {
  /// The versions that fulfil a condition, where versions without post-releases are all that counts.
  init(withoutPosts specifier: Specifier) {
    if specifier.comparison == .greater, let version = specifier.version {
      self.init(edges: [version.keyBehindLocals])
    } else {
      self.init(specifier)
    }
  }
}

extension Marker.Comparison {
  /// The comparison that holds exactly where this one does not, when only the word tells them apart.
  func flipped() -> Marker.Comparison? {
    switch relation {
    case .contained: Marker.Comparison(left: left, relation: .notContained, right: right)
    case .notContained: Marker.Comparison(left: left, relation: .contained, right: right)
    case .version(.equal): Marker.Comparison(left: left, relation: .version(.notEqual), right: right)
    case .version(.notEqual): Marker.Comparison(left: left, relation: .version(.equal), right: right)
    case .version: nil
    }
  }

  fileprivate func asEquality() -> Marker.Comparison {
    Marker.Comparison(left: left, relation: .version(.equal), right: right)
  }
}
