/// Tokens to the statements that settings are made of.
///
/// Supported: assignments, augmented assignments and expression statements outside `def` and `class`; literals, names,
/// calls, attributes, subscripts, displays, unary and binary operators, comparisons, `and` / `or` / `not`, conditionals,
/// adjacent strings.
/// Unsupported, and read as `other`: comprehensions, lambda, slices, await, yield, f-strings with fields.
/// What nests deeper than 200 is `other`, so that no recursion over an expression can exhaust the stack. Grammar: https://docs.python.org/3/reference/expressions.html
struct PythonParser {
  let module: PythonModule
  var index = 0
  var nesting = 0
  /// Of reading functions in one another; each expression in brackets takes three.
  static let nestingLimit = 3 * PythonExpression.depthLimit

  init(_ module: PythonModule) { self.module = module }

  var current: PythonToken { module.tokens[min(index, module.tokens.count - 1)] }

  func at(_ text: StaticString) -> Bool { module.token(current, is: text) && current.kind != .string }

  mutating func skip(_ text: StaticString) -> Bool {
    guard at(text) else { return false }
    index += 1
    return true
  }

  mutating func moduleStatements() -> [PythonStatement] {
    var statements: [PythonStatement] = []
    var definitionIndentation: Int?
    while current.kind != .end {
      let indentation = module.indentation(of: current)
      if let inside = definitionIndentation, indentation <= inside { definitionIndentation = nil }
      if definitionIndentation == nil {
        if at("def") || at("class") || (at("async") && nextIs("def")) {
          definitionIndentation = indentation
        } else {
          readStatements(into: &statements)
        }
      }
      skipLine()
    }
    return statements
  }

  private func nextIs(_ text: StaticString) -> Bool {
    index + 1 < module.tokens.count && module.token(module.tokens[index + 1], is: text)
  }

  private mutating func skipLine() {
    while current.kind != .newline, current.kind != .end { index += 1 }
    if current.kind == .newline { index += 1 }
  }

  /// The statements of one logical line, behind the `:` of a block header when it has one.
  private mutating func readStatements(into statements: inout [PythonStatement]) {
    var isConditional = module.indentation(of: current) > 0
    for keyword: StaticString in ["if", "elif", "else", "try", "except", "finally", "with", "for", "while"]
    where at(keyword) {
      skipBlockHeader()
      isConditional = true
      break
    }
    while current.kind != .newline, current.kind != .end {
      if let kind = readStatement() { statements.append(PythonStatement(kind: kind, isConditional: isConditional)) }
      while current.kind != .newline, current.kind != .end, !at(";") { index += 1 }
      if at(";") { index += 1 }
    }
  }

  private mutating func skipBlockHeader() {
    var depth = 0
    while current.kind != .newline, current.kind != .end {
      if at("(") || at("[") || at("{") { depth += 1 }
      if at(")") || at("]") || at("}") { depth -= 1 }
      let isColon = at(":") && depth == 0
      index += 1
      if isColon { return }
    }
  }

  private mutating func readStatement() -> PythonStatement.Kind? {
    if at("import") || at("from") || at("del") || at("assert") || at("raise") || at("pass") || at("global") {
      return nil
    }
    let first = readExpressionList()
    if skip(":") {
      _ = readExpression()
      guard skip("=") else { return nil }
      return .assignment(targets: [first], value: readExpressionList())
    }
    if current.kind == .symbol, current.end - current.start >= 2, module.source[current.end - 1] == UInt8(ascii: "="),
      !at("=="), !at("!="), !at("<="), !at(">="), !at(":=")
    {
      let operation = String(module.text(current).dropLast())
      index += 1
      return .augmentedAssignment(target: first, operation: operation, value: readExpressionList())
    }
    guard at("=") else { return .expression(first) }
    var parts = [first]
    while skip("=") { parts.append(readExpressionList()) }
    let value = parts.removeLast()
    return .assignment(targets: parts, value: value)
  }

  func expression(_ node: PythonExpression.Node, at token: PythonToken) -> PythonExpression {
    PythonExpression(node, offset: token.start, line: token.line, column: token.column)
  }
}
