extension PythonParser {
  /// star_expressions: one expression, or a tuple without parentheses.
  mutating func expressionList() -> NodeID {
    let start = start
    let first = starExpression()
    guard code == .comma else { return first }
    return tuple(from: start, first: first) { $0.starExpression() }
  }

  private mutating func tuple(from start: UInt32, first: NodeID, _ item: (inout Self) -> NodeID) -> NodeID {
    let mark = scratch.count
    scratch.append(first)
    while skip(.comma), startsExpression, !hasFailed { scratch.append(item(&self)) }
    return node(.tuple, from: start, children: mark)
  }

  /// star_named_expressions without brackets around them, as in `match a, *b:`.
  mutating func namedExpressionList() -> NodeID {
    let start = start
    let first = starNamedExpression()
    guard code == .comma else { return first }
    return tuple(from: start, first: first) { $0.starNamedExpression() }
  }

  /// yield_expr | star_expressions, on the right of assignments.
  mutating func valueList() -> NodeID { code == .yield ? yieldExpression() : expressionList() }

  var startsExpression: Bool {
    let token = current
    switch token.kind {
    case .number, .string, .formattedStart: return true
    case .name:
      guard token.code.isKeyword else { return true }
      switch token.code {
      case .not, .lambda, .await, .async, .true, .false, .none_, .yield: return true
      default: return false
      }
    case .symbol:
      switch token.code {
      case .leftParenthesis, .leftBracket, .leftBrace, .minus, .plus, .tilde, .star, .ellipsis, .backtick: return true
      default: return false
      }
    default: return false
    }
  }

  mutating func starExpression() -> NodeID { code == .star ? starred() : expression() }

  mutating func starNamedExpression() -> NodeID { code == .star ? starred() : namedExpression() }

  mutating func starred() -> NodeID {
    let start = start
    index += 1
    guard enter() else { return 0 }
    let value = bitwiseOr()
    nesting -= 1
    return node(.starred, from: start, value)
  }

  mutating func namedExpression() -> NodeID {
    guard kind == .name, peek(1).code == .walrus else {
      let value = expression()
      if code == .walrus, !hasFailed {
        fail("cannot use assignment expressions with \(describe(value))", at: nodes[Int(value)].start)
      }
      return value
    }
    let start = start
    let target = nameExpression()
    features.note(.walrus, at: Int(self.start))
    index += 1
    return node(.named, from: start, target, expression())
  }

  mutating func nameExpression() -> NodeID {
    let (start, end) = name()
    return leaf(.name, from: start, a: start, b: end)
  }

  // MARK: - Operators

  mutating func expression() -> NodeID {
    guard enter() else { return 0 }
    defer { nesting -= 1 }
    if code == .lambda { return lambda() }
    let start = start
    let value = disjunction()
    guard code == .if else { return value }
    return conditional(value, from: start)
  }

  /// Reads `a if b else c if d else e` in a loop and builds it from its end.
  private mutating func conditional(_ value: NodeID, from start: UInt32) -> NodeID {
    let mark = held.count
    var value = value
    var start = start
    while code == .if, !hasFailed {
      index += 1
      held.append(start)
      held.append(value)
      held.append(disjunction())
      guard code == .else else {
        fail(
          code == .colon ? "invalid syntax" : "expected 'else' after 'if' expression", at: code == .colon ? nil : start)
        break
      }
      index += 1
      start = self.start
      value = code == .lambda ? expression() : disjunction()
    }
    while held.count > mark {
      let test = held.removeLast()
      let body = held.removeLast()
      start = held.removeLast()
      if hasFailed { continue }
      scratch.append(test)
      scratch.append(body)
      scratch.append(value)
      value = node(.conditional, from: start, children: scratch.count - 3)
    }
    return value
  }

  mutating func disjunction() -> NodeID {
    let start = start
    let first = conjunction()
    guard code == .or else { return first }
    let mark = scratch.count
    scratch.append(first)
    while skip(.or), !hasFailed { scratch.append(conjunction()) }
    return node(.boolean, from: start, children: mark, operation: PythonToken.Code.or.rawValue)
  }

  private mutating func conjunction() -> NodeID {
    let start = start
    let first = inversion()
    guard code == .and else { return first }
    let mark = scratch.count
    scratch.append(first)
    while skip(.and), !hasFailed { scratch.append(inversion()) }
    return node(.boolean, from: start, children: mark, operation: PythonToken.Code.and.rawValue)
  }

  private mutating func inversion() -> NodeID {
    guard code == .not else { return comparison() }
    let mark = held.count
    while code == .not {
      held.append(start)
      index += 1
    }
    var value = comparison()
    while held.count > mark {
      value = node(.unary, from: held.removeLast(), value, operation: PythonToken.Code.not.rawValue)
    }
    return value
  }

  /// The comparison operator at the cursor with the number of its tokens.
  private var comparisonOperator: (code: UInt8, length: Int)? {
    let code = code
    switch code {
    case .less, .greater, .equalEqual, .lessEqual, .greaterEqual, .notEqual, .lessGreater, .in:
      return (code.rawValue, 1)
    case .is: return peek(1).code == .not ? (ComparisonCode.isNot, 2) : (code.rawValue, 1)
    case .not: return peek(1).code == .in ? (ComparisonCode.notIn, 2) : nil
    default: return nil
    }
  }

  private mutating func comparison() -> NodeID {
    let start = start
    let first = bitwiseOr()
    guard comparisonOperator != nil else { return first }
    let mark = scratch.count
    let operators = held.count
    scratch.append(first)
    while let (code, length) = comparisonOperator, !hasFailed {
      if self.code == .lessGreater { features.note(.lessGreater, at: Int(self.start)) }
      held.append(UInt32(code))
      index += length
      scratch.append(bitwiseOr())
    }
    let comparison = node(.compare, from: start, children: mark)
    for index in operators..<held.count { words.append(held[index]) }
    held.removeLast(held.count - operators)
    return comparison
  }

  mutating func bitwiseOr() -> NodeID { arithmetic(1) }

  @inline(__always)
  private func precedence(_ code: PythonToken.Code) -> Int {
    switch code {
    case .bar: 1
    case .caret: 2
    case .ampersand: 3
    case .leftShift, .rightShift: 4
    case .plus, .minus: 5
    case .star, .slash, .doubleSlash, .percent, .at: 6
    default: 0
    }
  }

  private mutating func arithmetic(_ minimum: Int) -> NodeID {
    let start = start
    var left = factor()
    while true {
      let code = code
      let precedence = precedence(code)
      guard precedence >= minimum, precedence > 0, !hasFailed else { return left }
      index += 1
      left = node(.binary, from: start, left, arithmetic(precedence + 1), operation: code.rawValue)
    }
  }

  private mutating func factor() -> NodeID {
    let first = code
    guard first == .minus || first == .plus || first == .tilde else { return power() }
    let mark = held.count
    while code == .minus || code == .plus || code == .tilde {
      held.append(UInt32(code.rawValue))
      held.append(start)
      index += 1
    }
    var value = power()
    while held.count > mark {
      let start = held.removeLast()
      value = node(.unary, from: start, value, operation: UInt8(truncatingIfNeeded: held.removeLast()))
    }
    return value
  }

  private mutating func power() -> NodeID {
    let start = start
    let base = awaited()
    guard code == .doubleStar, enter() else { return base }
    defer { nesting -= 1 }
    index += 1
    return node(.binary, from: start, base, factor(), operation: PythonToken.Code.doubleStar.rawValue)
  }

  private mutating func awaited() -> NodeID {
    guard code == .await else { return primary() }
    let start = start
    let token = current
    index += 1
    let isOperand = startsExpression && code != .minus && code != .plus && code != .star && code != .not
    guard isOperand else {
      features.note(.asyncName, at: Int(start))
      return primary(of: leaf(.name, from: start, a: token.start, b: token.end), from: start)
    }
    if !scope.isAsync { noteLate("'await' outside \(scope.isFunction ? "async " : "")function", at: start) }
    return node(.await, from: start, primary())
  }

  private mutating func lambda() -> NodeID {
    let start = start
    index += 1
    let arguments = parameters(closing: .colon)
    expect(.colon)
    if hasFailed { return 0 }
    let outer = scope
    scope.isFunction = true
    scope.isAsync = false
    let body = expression()
    scope = outer
    return node(.lambda, from: start, arguments, body)
  }

  mutating func yieldExpression() -> NodeID {
    let start = start
    if !scope.isFunction { noteLate("'yield' outside function", at: start) }
    index += 1
    if skip(.from) { return node(.yieldFrom, from: start, expression()) }
    guard startsExpression else { return leaf(.yield, from: start) }
    return node(.yield, from: start, expressionList())
  }
}

/// Operators of two words beside those of `PythonToken.Code`.
enum ComparisonCode {
  static let isNot: UInt8 = 254
  static let notIn: UInt8 = 255
}
