extension PythonParser {
  /// The parameters up to `closing`, which stays; annotations where `closing` is a parenthesis.
  mutating func parameters(closing: PythonToken.Code) -> NodeID {
    let start = start
    let mark = scratch.count
    let defaults = held.count
    let isLambda = closing == .colon
    while code != closing, code != .star, code != .doubleStar, !hasFailed {
      if code == .slash { markPositionalOnly(from: mark) } else { positional(isLambda, defaults: defaults) }
      if !skip(.comma) { break }
    }
    var variadicKeyword: NodeID = 0
    let keywordDefaults = held.count
    if code == .star {
      failUnlessSeparated(from: start)
      if !hasFailed { keywordOnly(isLambda, closing: closing) }
    }
    if code == .doubleStar { failUnlessSeparated(from: start) }
    if code == .doubleStar, !hasFailed {
      index += 1
      variadicKeyword = parameter(.variadicKeyword, isLambda)
      if code == .equal { fail("var-keyword argument cannot have default value") }
      if skip(.comma), code != closing { fail("arguments cannot follow var-keyword argument") }
    }
    // `ast` has the defaults of keywords first, the keyword dictionary behind them, then those of positions.
    for index in keywordDefaults..<held.count { scratch.append(held[index]) }
    scratch.append(variadicKeyword)
    for index in defaults..<keywordDefaults { scratch.append(held[index]) }
    held.removeLast(held.count - defaults)
    return node(.arguments, from: start, children: mark)
  }

  /// Fails where no comma stands before a star that is not the first of the parameters.
  private mutating func failUnlessSeparated(from first: UInt32) {
    if start != first, tokens[index - 1].code != .comma { fail() }
  }

  private mutating func markPositionalOnly(from mark: Int) {
    features.note(.positionalOnly, at: Int(start))
    if scratch.count == mark { fail("at least one argument must precede /") }
    for index in mark..<scratch.count where !hasFailed {
      let id = Int(scratch[index])
      if nodes[id].operation == ParameterRole.positionalOnly.rawValue { return fail("/ may appear only once") }
      nodes[id].operation = ParameterRole.positionalOnly.rawValue
    }
    index += 1
  }

  private mutating func positional(_ isLambda: Bool, defaults: Int) {
    let start = start
    if code == .leftParenthesis {
      scratch.append(tupleParameter())
    } else {
      scratch.append(parameter(.regular, isLambda))
    }
    if skip(.equal) {
      held.append(defaultValue())
    } else if held.count > defaults, !hasFailed {
      fail("parameter without a default follows parameter with a default", at: start)
    }
  }

  private mutating func defaultValue() -> NodeID {
    if code == .comma || code == .rightParenthesis || code == .colon {
      fail("expected default value expression", at: lastEnd - 1)
    }
    return expression()
  }

  /// Behind `*`: the variadic parameter, and those that are given by keyword alone.
  private mutating func keywordOnly(_ isLambda: Bool, closing: PythonToken.Code) {
    let star = start
    index += 1
    var isBare = true
    if code != .comma, code != closing {
      scratch.append(parameter(.variadic, isLambda))
      if code == .equal { fail("var-positional argument cannot have default value") }
      isBare = false
    }
    var hasKeywords = false
    while skip(.comma), code != closing, code != .doubleStar, !hasFailed {
      if code == .slash { return fail("/ must be ahead of *") }
      if code == .star { return fail("* argument may appear only once") }
      hasKeywords = true
      scratch.append(parameter(.keywordOnly, isLambda))
      held.append(skip(.equal) ? defaultValue() : 0)
    }
    if isBare, !hasKeywords { fail("named arguments must follow bare *", at: star) }
  }

  private mutating func parameter(_ role: ParameterRole, _ isLambda: Bool) -> NodeID {
    let (start, end) = name()
    guard !isLambda, skip(.colon) else {
      return leaf(.argument, from: start, operation: role.rawValue, a: start, b: end)
    }
    let annotation = role == .variadic && code == .star ? starred() : expression()
    return node(.argument, from: start, annotation, operation: role.rawValue, a: start, b: end)
  }

  /// `(a, (b, c))` of Python 2.
  private mutating func tupleParameter() -> NodeID {
    let start = start
    features.note(.tupleParameter, at: Int(start))
    index += 1
    let value = expressionList()
    checkTarget(value) { _ in "invalid syntax" }
    expect(.rightParenthesis)
    return node(.argument, from: start, value)
  }

  // MARK: - Type parameters

  /// `[T: bound = default, *Ts, **P]` onto `scratch`.
  mutating func typeParameters() {
    guard code == .leftBracket else { return }
    features.note(.typeParameters, at: Int(start))
    index += 1
    if code == .rightBracket { fail("Type parameter list cannot be empty") }
    while code != .rightBracket, !hasFailed {
      scratch.append(typeParameter())
      if !skip(.comma) { break }
    }
    expectClosing(.rightBracket)
  }

  private mutating func typeParameter() -> NodeID {
    let start = start
    let kind: NodeKind
    if skip(.star) {
      kind = .typeVariableTuple
    } else if skip(.doubleStar) {
      kind = .parameterSpecification
    } else {
      kind = .typeVariable
    }
    let (first, last) = name()
    let mark = scratch.count
    if code == .colon {
      if kind != .typeVariable {
        fail("cannot use bound with \(kind == .typeVariableTuple ? "TypeVarTuple" : "ParamSpec")")
      }
      index += 1
      scratch.append(expression())
    } else if kind == .typeVariable {
      scratch.append(0)
    }
    if code == .equal, !hasFailed {
      features.note(.typeParameterDefault, at: Int(self.start))
      index += 1
      scratch.append(kind == .typeVariableTuple ? starExpression() : expression())
    } else {
      scratch.append(0)
    }
    return node(kind, from: start, children: mark, a: first, b: last)
  }
}
