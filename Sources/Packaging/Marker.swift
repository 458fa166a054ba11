/// A condition on the environment that decides whether a requirement applies.
///
/// `Marker(parsing: "python_version < '3.11' and extra == 'yaml'")`.
/// Source: https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers
package struct Marker: Sendable, Hashable, CustomStringConvertible {
  /// One side of a comparison.
  package enum Operand: Sendable, Hashable {
    case variable(MarkerVariable)
    /// Normalised where it is compared with `extra`, `extras` or `dependency_groups`.
    case literal(String)
  }

  /// The comparison, by the text that writes it.
  package enum Relation: Sendable, Hashable {
    case version(Specifier.Operator)
    case contained
    case notContained
  }

  /// `left relation right`
  package struct Comparison: Sendable, Hashable {
    package let left: Operand
    package let relation: Relation
    package let right: Operand
  }

  /// The condition as a tree; `and` binds closer than `or`.
  package indirect enum Expression: Sendable, Hashable {
    case comparison(Comparison)
    case all([Expression])
    case any([Expression])
    /// Parentheses that were written around `all` or `any`; kept, so that the text stays the author's.
    case group(Expression)
  }

  package let expression: Expression

  package init(_ expression: Expression) { self.expression = expression }

  /// Every comparison of the condition, from left to right.
  package var comparisons: [Comparison] { Marker.comparisons(of: expression) }

  /// Whether the condition asks about that variable.
  package func mentions(_ variable: MarkerVariable) -> Bool {
    comparisons.contains { $0.left == .variable(variable) || $0.right == .variable(variable) }
  }

  private static func comparisons(of expression: Expression) -> [Comparison] {
    switch expression {
    case .comparison(let comparison): [comparison]
    case .all(let parts), .any(let parts): parts.flatMap(comparisons)
    case .group(let inner): comparisons(of: inner)
    }
  }

  /// The normal form: one blank between tokens, double quotes, PEP 508's names.
  package var description: String { Marker.text(expression) }

  private static func text(_ expression: Expression) -> String {
    switch expression {
    case .comparison(let comparison): comparison.description
    case .all(let parts): parts.map(text).joined(separator: " and ")
    case .any(let parts): parts.map(text).joined(separator: " or ")
    case .group(let inner): "(\(text(inner)))"
    }
  }
}

extension Marker.Comparison: CustomStringConvertible {
  package var description: String { "\(left) \(relation) \(right)" }
}

extension Marker.Relation: CustomStringConvertible {
  package var description: String {
    switch self {
    case .version(let comparison): comparison.rawValue
    case .contained: "in"
    case .notContained: "not in"
    }
  }
}

extension Marker.Operand: CustomStringConvertible {
  package var description: String {
    switch self {
    case .variable(let variable): return variable.rawValue
    case .literal(let text):
      let plain = !text.utf8.contains { $0 == UInt8(ascii: "\\") || $0 < 0x20 }
      if plain && !text.utf8.contains(UInt8(ascii: "\"")) { return "\"\(text)\"" }
      if plain && !text.utf8.contains(UInt8(ascii: "'")) { return "'\(text)'" }
      return "\"\(MarkerString.escaped(text))\""
    }
  }
}
