/// A statement at module level, as far as settings need it.
package struct PythonStatement: Sendable {
  package enum Kind: Sendable {
    /// `a = b = value`, `a: T = value`.
    case assignment(targets: [PythonExpression], value: PythonExpression)
    /// `target += value`; `operation` is without the `=`.
    case augmentedAssignment(target: PythonExpression, operation: String, value: PythonExpression)
    case expression(PythonExpression)
  }

  package let kind: Kind
  /// Whether it stands in an `if`, `try`, `with` or loop, so that it may not run.
  package let isConditional: Bool
}
