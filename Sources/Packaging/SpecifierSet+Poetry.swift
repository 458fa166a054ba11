extension SpecifierSet {
  /// The conditions of a constraint of Poetry, `^3.10`; nil for what is none, and for what PEP 440 cannot say.
  package init?(poetry text: String) {
    guard let constraint = try? PoetryConstraint(parsing: text), let found = constraint.specifiers else { return nil }
    self = found
  }
}
