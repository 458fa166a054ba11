extension PythonParser {
  /// One expression, or a tuple without parentheses.
  mutating func readExpressionList() -> PythonExpression {
    let start = current
    let first = readStarred()
    guard at(",") else { return first }
    var items = [first]
    while skip(","), startsExpression { items.append(readStarred()) }
    return expression(.tuple(items), at: start)
  }

  private var startsExpression: Bool {
    switch current.kind {
    case .name, .number, .string: true
    case .symbol: at("(") || at("[") || at("{") || at("-") || at("+") || at("~") || at("*") || at("...")
    case .newline, .end: false
    }
  }

  private mutating func readStarred() -> PythonExpression {
    let start = current
    guard skip("*") else { return readExpression() }
    return expression(.starred(readExpression()), at: start)
  }

  mutating func readExpression() -> PythonExpression {
    let start = current
    guard nesting < Self.nestingLimit else { return expression(.other, at: start) }
    nesting += 1
    defer { nesting -= 1 }
    let value = readBinary(minimum: 1)
    guard skip("if") else { return value }
    let condition = readBinary(minimum: 1)
    guard skip("else") else { return expression(.other, at: start) }
    return expression(.conditional(value, condition: condition, otherwise: readExpression()), at: start)
  }

  /// The binary operator at the cursor, how tightly it binds, and how many tokens it has.
  private var binaryOperator: (text: String, precedence: Int, length: Int)? {
    // Most often a comma, a bracket or the end follows: no text is made for those.
    guard current.kind == .symbol || current.kind == .name,
      "oain=!<>|^&+-*/%@".utf8.contains(module.source[current.start])
    else { return nil }
    switch module.text(current) {
    case "or": return ("or", 1, 1)
    case "and": return ("and", 2, 1)
    case "is": return ("is", 4, 1)
    case "in": return ("in", 4, 1)
    case "not": return ("not in", 4, 2)
    case let text where ["==", "!=", "<", ">", "<=", ">="].contains(text): return (text, 4, 1)
    case "|": return ("|", 5, 1)
    case "^": return ("^", 6, 1)
    case "&": return ("&", 7, 1)
    case let text where ["<<", ">>"].contains(text): return (text, 8, 1)
    case let text where ["+", "-"].contains(text): return (text, 9, 1)
    case let text where ["*", "/", "//", "%", "@"].contains(text): return (text, 10, 1)
    case "**": return ("**", 12, 1)
    default: return nil
    }
  }

  private mutating func readBinary(minimum: Int) -> PythonExpression {
    let start = current
    guard nesting < Self.nestingLimit else { return expression(.other, at: start) }
    nesting += 1
    defer { nesting -= 1 }
    var left = readUnary()
    while let (text, precedence, length) = binaryOperator, precedence >= minimum {
      index += length
      if text == "is" { _ = skip("not") }
      left = expression(.binary(left, text, readBinary(minimum: precedence + (text == "**" ? 0 : 1))), at: start)
    }
    return left
  }

  private mutating func readUnary() -> PythonExpression {
    let start = current
    guard nesting < Self.nestingLimit else { return expression(.other, at: start) }
    nesting += 1
    defer { nesting -= 1 }
    if skip("not") { return expression(.unary("not", readBinary(minimum: 4)), at: start) }
    for sign: StaticString in ["-", "+", "~"] where skip(sign) {
      // `-2 ** 2` is -(2 ** 2).
      return expression(.unary(sign.description, readBinary(minimum: 12)), at: start)
    }
    return readTrailers(of: readAtom())
  }

  private mutating func readTrailers(of atom: PythonExpression) -> PythonExpression {
    let start = atom
    func place(_ node: PythonExpression.Node) -> PythonExpression {
      PythonExpression(node, offset: start.offset, line: start.line, column: start.column)
    }
    var value = atom
    while true {
      if at("."), index + 1 < module.tokens.count, module.tokens[index + 1].kind == .name {
        index += 1
        value = place(.attribute(value, module.text(current)))
        index += 1
      } else if skip("(") {
        let (arguments, keywords) = readArguments()
        value = place(.call(value, arguments, keywords: keywords))
      } else if skip("[") {
        let key = readExpressionList()
        if !skip("]") {
          skipToClosing()
          value = place(.other)
        } else {
          value = place(.subscripted(value, key))
        }
      } else {
        return value
      }
    }
  }

  private mutating func readArguments() -> ([PythonExpression], [(name: String, value: PythonExpression)]) {
    var arguments: [PythonExpression] = []
    var keywords: [(name: String, value: PythonExpression)] = []
    while !at(")"), current.kind != .end {
      if skip("**") {
        keywords.append(("**", readExpression()))
      } else if current.kind == .name, index + 1 < module.tokens.count, module.token(module.tokens[index + 1], is: "=")
      {
        let name = module.text(current)
        index += 2
        keywords.append((name, readExpression()))
      } else {
        arguments.append(readStarred())
      }
      if !skip(",") { break }
    }
    if !skip(")") { skipToClosing() }
    return (arguments, keywords)
  }

  /// Skips to behind the bracket that closes the one just entered: what stood there is not known.
  private mutating func skipToClosing() {
    var depth = 1
    while current.kind != .end {
      if at("(") || at("[") || at("{") { depth += 1 }
      if at(")") || at("]") || at("}") { depth -= 1 }
      index += 1
      if depth == 0 { return }
    }
  }

  private mutating func readAtom() -> PythonExpression {
    let token = current
    switch token.kind {
    case .string: return readStrings()
    case .number:
      index += 1
      return expression(.number(module.text(token).filter { $0 != "_" }), at: token)
    case .name:
      index += 1
      switch module.text(token) {
      case "True": return expression(.boolean(true), at: token)
      case "False": return expression(.boolean(false), at: token)
      case "None": return expression(.none, at: token)
      case "lambda", "await", "yield": return expression(.other, at: token)
      case let name: return expression(.name(name), at: token)
      }
    case .symbol:
      if skip("(") { return readParenthesised(token) }
      if skip("[") { return readItems(closing: "]", token) { .list($0) } }
      if skip("{") { return readBraces(token) }
      if skip("...") { return expression(.other, at: token) }
      return expression(.other, at: token)
    case .newline, .end: return expression(.other, at: token)
    }
  }

  private mutating func readStrings() -> PythonExpression {
    let start = current
    var text: String? = ""
    while current.kind == .string {
      let value = PythonString.value(of: current, in: module.source)
      text = text.flatMap { text in value.map { text + $0 } }
      index += 1
    }
    return expression(text.map { .string($0) } ?? .other, at: start)
  }

  private mutating func readParenthesised(_ start: PythonToken) -> PythonExpression {
    if skip(")") { return expression(.tuple([]), at: start) }
    let value = readExpressionList()
    if skip(")") {
      if case .tuple = value.node { return expression(value.node, at: start) }
      return value
    }
    skipToClosing()
    return expression(.other, at: start)
  }

  private mutating func readItems(
    closing: StaticString, _ start: PythonToken, _ make: ([PythonExpression]) -> PythonExpression.Node
  ) -> PythonExpression {
    var items: [PythonExpression] = []
    while !at(closing), current.kind != .end {
      items.append(readStarred())
      if !skip(",") { break }
    }
    if skip(closing) { return expression(make(items), at: start) }
    skipToClosing()
    return expression(.other, at: start)
  }

  private mutating func readBraces(_ start: PythonToken) -> PythonExpression {
    if skip("}") { return expression(.dictionary([]), at: start) }
    var entries: [(key: PythonExpression?, value: PythonExpression)] = []
    var items: [PythonExpression] = []
    while !at("}"), current.kind != .end {
      if skip("**") {
        entries.append((nil, readExpression()))
      } else {
        let key = readStarred()
        if skip(":") { entries.append((key, readExpression())) } else { items.append(key) }
      }
      if !skip(",") { break }
    }
    guard skip("}") else {
      skipToClosing()
      return expression(.other, at: start)
    }
    if entries.isEmpty { return expression(.set(items), at: start) }
    return expression(items.isEmpty ? .dictionary(entries) : .other, at: start)
  }
}
