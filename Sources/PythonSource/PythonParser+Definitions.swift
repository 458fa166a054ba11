extension PythonParser {
  /// A function or class with its decorators, which stand before the node.
  mutating func decorated() -> NodeID {
    let decorators = held.count
    while code == .at, !hasFailed {
      index += 1
      held.append(decorator())
      if kind == .newline { advance() } else { fail() }
    }
    if hasFailed { return 0 }
    switch code {
    case .class: return classDefinition(decorators)
    case .def: return functionDefinition(from: start, decorators, isAsync: false)
    case .async where peek(1).code == .def:
      index += 1
      return functionDefinition(from: tokens[index - 1].start, decorators, isAsync: true)
    default:
      fail()
      return 0
    }
  }

  private mutating func decorator() -> NodeID {
    let start = start
    let value = namedExpression()
    if !isOldDecorator(value) { features.note(.relaxedDecorator, at: Int(start)) }
    return value
  }

  /// Before Python 3.9: a dotted name, and one call of it.
  private func isOldDecorator(_ id: NodeID) -> Bool {
    var id = id
    if nodeKind(id) == .call { id = child(id, 0) }
    while nodeKind(id) == .attribute { id = child(id, 0) }
    return nodeKind(id) == .name
  }

  private mutating func functionDefinition(from start: UInt32, _ decorators: Int, isAsync: Bool) -> NodeID {
    let keyword = self.start
    index += 1
    let (first, last) = name()
    let mark = scratch.count
    let parameterMark = scratch.count
    typeParameters()
    // Type parameters are `ast`'s last field.
    let types = scratch.count - parameterMark
    for index in parameterMark..<scratch.count { held.append(scratch[index]) }
    scratch.removeLast(types)
    if code != .leftParenthesis { fail("expected '('") }
    index += hasFailed ? 0 : 1
    if !hasFailed {
      scratch.append(parameters(closing: .rightParenthesis))
      expect(.rightParenthesis)
    }
    var returns: NodeID = 0
    if !hasFailed, skip(.arrow) { returns = expression() }
    let outer = scope
    scope = Scope(isFunction: true, isModule: false, isAsync: isAsync)
    block("function definition", at: keyword)
    scope = outer
    if hasFailed { return 0 }
    let typeMark = held.count - types
    for index in decorators..<typeMark { scratch.append(held[index]) }
    if returns != 0 { scratch.append(returns) }
    for index in typeMark..<held.count { scratch.append(held[index]) }
    held.removeLast(held.count - decorators)
    return node(
      .functionDefinition, from: start, children: mark,
      operation: (isAsync ? NodeFlag.isAsync : 0) | (returns == 0 ? 0 : NodeFlag.hasReturns), a: first, b: last)
  }

  /// Bases and keywords first, the body, decorators, type parameters.
  private mutating func classDefinition(_ decorators: Int) -> NodeID {
    let start = start
    index += 1
    let (first, last) = name()
    let mark = scratch.count
    typeParameters()
    let types = scratch.count - mark
    for index in mark..<scratch.count { held.append(scratch[index]) }
    scratch.removeLast(types)
    let typeMark = held.count - types
    if code == .leftParenthesis, !hasFailed {
      let keywords = held.count
      arguments()
      release(from: keywords)
    }
    let outer = scope
    scope = Scope(isFunction: false, isModule: false)
    block("class definition", at: start)
    scope = outer
    if hasFailed { return 0 }
    for index in decorators..<typeMark { scratch.append(held[index]) }
    for index in typeMark..<held.count { scratch.append(held[index]) }
    held.removeLast(held.count - decorators)
    return node(.classDefinition, from: start, children: mark, a: first, b: last)
  }

  // MARK: - match

  /// nil when `match` is a name here.
  mutating func matchStatement() -> NodeID? {
    guard peek(1).kind != .newline, peek(1).code != .equal, peek(1).code != .dot else { return nil }
    let start = start
    let attempt = mark
    index += 1
    guard startsExpression else {
      rewind(to: attempt)
      return nil
    }
    let mark = scratch.count
    scratch.append(namedExpressionList())
    let isBlock = code == .colon && peek(1).kind == .newline && peek(2).kind == .indent
    guard !hasFailed, isBlock || (kind == .newline && peek(1).kind == .indent && peek(2).code == .case) else {
      rewind(to: attempt)
      return nil
    }
    if !isBlock { fail("expected ':'") } else if peek(3).code != .case { fail(at: peek(3).start) }
    if hasFailed { return 0 }
    features.note(.match, at: Int(start))
    index += 3
    guard blockDepth < Self.blockLimit else {
      fail("too many levels of indentation")
      return 0
    }
    blockDepth += 1
    while kind != .dedent, kind != .end {
      if kind == .newline || kind == .indent { advance() } else if code == .case { caseBlock() } else { statement() }
    }
    blockDepth -= 1
    if kind == .dedent { advance() }
    return node(.match, from: start, children: mark)
  }

  private mutating func caseBlock() {
    let start = start
    let marks = (scratch: scratch.count, held: held.count)
    index += 1
    scratch.append(patterns())
    scratch.append(!hasFailed && skip(.if) ? namedExpression() : 0)
    block("'case' statement", at: start)
    if hasFailed { return recover(from: start, scratch: marks.scratch, held: marks.held, false) }
    let id = node(.matchCase, from: start, children: marks.scratch)
    nodes[Int(id)].end = max(statementEnd, start)
    scratch.append(id)
  }
}
