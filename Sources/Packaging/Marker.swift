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

  /// The condition as a tree; `and` binds closer than `or`. All of nothing holds always, any of nothing never.
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
  package var description: String {
    var text: [UInt8] = []
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Adds the UTF-8 bytes of the description.
  package func write(to text: inout [UInt8]) { Marker.write(expression, to: &text) }

  private static func write(_ expression: Expression, to text: inout [UInt8]) {
    switch expression {
    case .comparison(let comparison): comparison.write(to: &text)
    case .all([]): text.append(contentsOf: "python_version >= \"0\"".utf8)
    case .any([]): text.append(contentsOf: "python_version < \"0\"".utf8)
    case .all(let parts): write(parts, " and ", to: &text)
    case .any(let parts): write(parts, " or ", to: &text)
    case .group(let inner):
      text.append(UInt8(ascii: "("))
      write(inner, to: &text)
      text.append(UInt8(ascii: ")"))
    }
  }

  private static func write(_ parts: [Expression], _ word: String, to text: inout [UInt8]) {
    var isFirst = true
    for part in parts {
      if !isFirst { text.append(contentsOf: word.utf8) }
      write(part, to: &text)
      isFirst = false
    }
  }
}

extension Marker.Comparison: CustomStringConvertible {
  package var description: String {
    var text: [UInt8] = []
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  func write(to text: inout [UInt8]) {
    left.write(to: &text)
    text.append(UInt8(ascii: " "))
    text.append(contentsOf: relation.description.utf8)
    text.append(UInt8(ascii: " "))
    right.write(to: &text)
  }
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
    var text: [UInt8] = []
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  func write(to text: inout [UInt8]) {
    switch self {
    case .variable(let variable): text.append(contentsOf: variable.rawValue.utf8)
    case .literal(let literal):
      let quote = [UInt8(ascii: "\""), UInt8(ascii: "'")].first { MarkerString.isReadBack(literal, in: $0) }
      text.append(quote ?? UInt8(ascii: "\""))
      text.append(contentsOf: (quote == nil ? MarkerString.escaped(literal) : literal).utf8)
      text.append(quote ?? UInt8(ascii: "\""))
    }
  }
}
