import PythonSource

/// Expressions as fully bracketed text.
enum TreeText {
  static func of(_ expression: PythonExpression) -> String {
    switch expression.node {
    case .name(let name): name
    case .string(let text): "'\(text)'"
    case .bytes(let bytes): "b\(bytes)"
    case .number(let digits): digits
    case .boolean(let flag): flag ? "True" : "False"
    case .none: "None"
    case .ellipsis: "..."
    case .formatted(let parts): "f(\(join(parts)))"
    case .template(let parts): "t(\(join(parts)))"
    case .field(let value, let conversion, let format):
      "<\(of(value))\(conversion.map { "!\($0)" } ?? "")\(format.map { ":\(of($0))" } ?? "")>"
    case .list(let items): "[\(join(items))]"
    case .tuple(let items): "(tuple \(join(items)))"
    case .set(let items): "{\(join(items))}"
    case .dictionary(let entries):
      "{\(entries.map { "\($0.key.map(of) ?? "**"):\(of($0.value))" }.joined(separator: " "))}"
    default: operation(expression)
    }
  }

  private static func join(_ items: [PythonExpression]) -> String { items.map(of).joined(separator: " ") }

  private static func operation(_ expression: PythonExpression) -> String {
    switch expression.node {
    case .call(let function, let arguments, let keywords):
      "\(of(function))(\((arguments.map(of) + keywords.map(keyword)).joined(separator: " ")))"
    case .attribute(let base, let name): "\(of(base)).\(name)"
    case .subscripted(let base, let key): "\(of(base))[\(of(key))]"
    case .binary(let left, let operation, let right): "(\(of(left)) \(operation) \(of(right)))"
    case .logical(let operation, let operands): "(\(operands.map(of).joined(separator: " \(operation) ")))"
    case .comparison(let first, let rest):
      "(\(of(first))\(rest.map { " \($0.operation) \(of($0.value))" }.joined()))"
    case .unary(let operation, let operand): "(\(operation) \(of(operand)))"
    case .starred(let inner): "*\(of(inner))"
    case .conditional(let value, let condition, let otherwise):
      "(\(of(value)) if \(of(condition)) else \(of(otherwise)))"
    case .slice(let lower, let upper, let step):
      "(slice \([lower, upper, step].map { $0.map(of) ?? "-" }.joined(separator: " ")))"
    case .lambda(let parameters, let body):
      "(lambda \(parameters.map(parameter).joined(separator: " ")): \(of(body)))"
    case .listComprehension(let element, let clauses): "[\(of(element))\(clauses.map(clause).joined())]"
    case .generator(let element, let clauses): "(\(of(element))\(clauses.map(clause).joined()))"
    case .named(let name, let value): "(\(of(name)) := \(of(value)))"
    case .representation(let value): "`\(of(value))`"
    case .await(let value): "(await \(of(value)))"
    case .yield(let value): "(yield \(value.map(of) ?? ""))"
    default: "?"
    }
  }

  private static func keyword(_ keyword: PythonExpression.Keyword) -> String {
    "\(keyword.name ?? "**")=\(of(keyword.value))"
  }

  private static func parameter(_ parameter: PythonParameter) -> String {
    let mark =
      switch parameter.role {
      case .regular: ""
      case .positionalOnly: "/"
      case .variadic: "*"
      case .keywordOnly: "k:"
      case .variadicKeyword: "**"
      }
    return mark + parameter.name + (parameter.defaultValue.map { "=\(of($0))" } ?? "")
  }

  private static func clause(_ clause: PythonExpression.Clause) -> String {
    " for \(of(clause.target)) in \(of(clause.source))\(clause.conditions.map { " if \(of($0))" }.joined())"
  }
}
