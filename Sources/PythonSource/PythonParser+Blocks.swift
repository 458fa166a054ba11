extension PythonParser {
  /// Reads the whole file.
  mutating func module() -> ContiguousArray<NodeID> {
    statements()
    // A block may have ended too early behind an error.
    while kind != .end {
      if kind != .dedent { fail() }
      if let failure { errors.append(failure) }
      failure = nil
      advance()
      statements()
    }
    return scratch
  }

  /// Reads statements onto `scratch` up to the end of their block.
  mutating func statements() {
    var unexpected = 0
    while true {
      switch kind {
      case .end: return
      case .newline: advance()
      case .indent:
        note("unexpected indent", at: current.end)
        unexpected += 1
        advance()
      case .dedent:
        if unexpected == 0 { return }
        unexpected -= 1
        advance()
      default: statement()
      }
    }
  }

  /// Reads one statement, or the simple ones of a line, onto `scratch`.
  mutating func statement() {
    let start = start
    let marks = (scratch: scratch.count, held: held.count, isAfterInvalid: isAfterInvalid)
    guard let id = compound() else { return simpleLine() }
    if hasFailed { return recover(from: start, scratch: marks.scratch, held: marks.held, marks.isAfterInvalid) }
    nodes[Int(id)].end = max(statementEnd, nodes[Int(id)].start)
    scratch.append(id)
  }

  private var isAfterInvalid: Bool { scratch.last.map { nodeKind($0) == .invalidStatement } ?? false }

  /// Reads on behind an error: what was read of blocks, and the block that follows, stay under an invalid statement.
  mutating func recover(from start: UInt32, scratch mark: Int, held heldMark: Int, _ isAfterInvalid: Bool) {
    let isClause = [.elif, .else, .except, .finally].contains(code) && self.start == start
    if var failure, !(isAfterInvalid && isClause) {
      failure.statement = Int(start)
      errors.append(failure)
    }
    failure = nil
    nesting = 0
    held.removeLast(held.count - heldMark)
    pieces.removeAll(keepingCapacity: true)
    var kept = mark
    for index in mark..<scratch.count where nodeKind(scratch[index]).isStatement {
      scratch[kept] = scratch[index]
      kept += 1
    }
    scratch.removeLast(scratch.count - kept)
    skipLine()
    statementEnd = max(statementEnd, lastEnd)
    if kind == .newline { advance() }
    if kind == .indent { nestedStatements() }
    let id = node(.invalidStatement, from: start, children: mark)
    nodes[Int(id)].end = max(statementEnd, start)
    scratch.append(id)
  }

  private mutating func skipLine() {
    while kind != .newline, kind != .end { advance() }
  }

  /// Reads an indented block onto `scratch`, its end included; beyond the limit it is skipped.
  private mutating func nestedStatements() {
    advance()
    if blockDepth < Self.blockLimit {
      blockDepth += 1
      statements()
      blockDepth -= 1
    } else {
      var depth = 1
      while kind != .end {
        if kind == .indent { depth += 1 }
        if kind == .dedent { depth -= 1 }
        if depth == 0 { break }
        advance()
      }
    }
    if kind == .dedent { advance() }
  }

  /// Reads `:` and the block of a clause onto `scratch`; `what` is what CPython calls the clause.
  mutating func block(_ what: @autoclosure () -> String, at keyword: UInt32) {
    if hasFailed { return }
    guard skip(.colon) else { return fail(colonMessage) }
    guard kind == .newline else { return simpleLine() }
    advance()
    guard kind == .indent else {
      let offset = Int(start) >= source.count ? UInt32(max(0, source.count - 1)) : start
      return note("expected an indented block after \(what()) on line %L", at: offset, line: keyword)
    }
    nestedStatements()
  }

  private var colonMessage: String {
    // CPython says what it expects only where nothing else could follow.
    current.kind == .newline || !startsExpression ? "expected ':'" : "invalid syntax"
  }

  // MARK: - Compound statements

  /// A compound statement; nil where a simple one stands.
  private mutating func compound() -> NodeID? {
    let start = start
    switch code {
    case .if: return ifStatement()
    case .while: return whileStatement()
    case .for: return forStatement(from: start, isAsync: false)
    case .with: return withStatement(from: start, isAsync: false)
    case .try: return tryStatement()
    case .def, .class, .at: return decorated()
    case .async: return asyncStatement()
    case .match: return matchStatement()
    case .elif, .else, .except, .finally:
      fail()
      return 0
    default: return nil
    }
  }

  private mutating func asyncStatement() -> NodeID? {
    let start = start
    switch peek(1).code {
    case .def: return decorated()
    case .for:
      noteAsync("for", at: start)
      index += 1
      return forStatement(from: start, isAsync: true)
    case .with:
      noteAsync("with", at: start)
      index += 1
      return withStatement(from: start, isAsync: true)
    default: return nil
    }
  }

  private mutating func noteAsync(_ keyword: String, at offset: UInt32) {
    if !scope.isAsync { noteLate("'async \(keyword)' outside async function", at: offset) }
  }

  /// Segments of `if` and `elif` stand on `held` as start, place of the test, end of the body on `scratch`.
  private mutating func ifStatement() -> NodeID {
    let segments = held.count
    var keyword = "if"
    repeat {
      let start = start
      held.append(start)
      held.append(UInt32(truncatingIfNeeded: scratch.count))
      index += 1
      scratch.append(condition())
      block("'\(keyword)' statement", at: start)
      held.append(UInt32(truncatingIfNeeded: scratch.count))
      keyword = "elif"
    } while code == .elif && !hasFailed
    if code == .else, !hasFailed { elseBlock() }
    if hasFailed { return 0 }
    var result: NodeID = 0
    while held.count > segments {
      let bodyEnd = Int(held.removeLast())
      let mark = Int(held.removeLast())
      let start = held.removeLast()
      if result != 0 { scratch.append(result) }
      result = node(.if, from: start, children: mark, b: UInt32(truncatingIfNeeded: bodyEnd - mark - 1))
      nodes[Int(result)].end = max(statementEnd, start)
    }
    return result
  }

  private mutating func elseBlock() {
    let start = start
    index += 1
    block("'else' statement", at: start)
  }

  /// named_expression of a clause, where `=` is taken for `==` or `:=`.
  mutating func condition() -> NodeID {
    let value = namedExpression()
    if code == .equal, !hasFailed { failAtEqual(value) }
    return value
  }

  private mutating func loopBlock(_ what: String, at keyword: UInt32) {
    let outer = scope
    scope.isLoop = true
    block(what, at: keyword)
    scope = outer
  }

  private mutating func whileStatement() -> NodeID {
    let start = start
    index += 1
    let mark = scratch.count
    scratch.append(condition())
    loopBlock("'while' statement", at: start)
    let body = scratch.count - mark - 1
    if code == .else, !hasFailed { elseBlock() }
    return hasFailed ? 0 : node(.while, from: start, children: mark, b: UInt32(truncatingIfNeeded: body))
  }

  private mutating func forStatement(from start: UInt32, isAsync: Bool) -> NodeID {
    let keyword = self.start
    index += 1
    let mark = scratch.count
    scratch.append(targets())
    expect(.in)
    if !hasFailed { scratch.append(expressionList()) }
    loopBlock("'for' statement", at: keyword)
    let body = scratch.count - mark - 2
    if code == .else, !hasFailed { elseBlock() }
    if hasFailed { return 0 }
    return node(
      .for, from: start, children: mark, operation: isAsync ? NodeFlag.isAsync : 0,
      b: UInt32(truncatingIfNeeded: body))
  }

  // MARK: - with

  private mutating func withStatement(from start: UInt32, isAsync: Bool) -> NodeID {
    let keyword = self.start
    index += 1
    let mark = scratch.count
    if code != .leftParenthesis || !parenthesisedItems() {
      repeat { scratch.append(withItem()) } while skip(.comma) && !hasFailed
    }
    block("'with' statement", at: keyword)
    return hasFailed
      ? 0 : node(.with, from: start, children: mark, operation: isAsync ? NodeFlag.isAsync : 0)
  }

  /// Reads `(a as b, c)` of PEP 617 when `:` stands behind it; false, with the cursor back, when it is an expression.
  private mutating func parenthesisedItems() -> Bool {
    let mark = mark
    let scratchMark = scratch.count
    index += 1
    var hasTarget = false
    while code != .rightParenthesis, !hasFailed {
      let item = withItem()
      hasTarget = hasTarget || nodes[Int(item)].count > 1
      scratch.append(item)
      if !skip(.comma) { break }
    }
    guard !hasFailed, scratch.count > scratchMark, skip(.rightParenthesis), code == .colon else {
      rewind(to: mark)
      return false
    }
    if hasTarget { features.note(.parenthesisedWith, at: Int(tokens[mark.index].start)) }
    return true
  }

  private mutating func withItem() -> NodeID {
    let start = start
    let value = expression()
    guard skip(.as) else { return node(.withItem, from: start, value) }
    let target = code == .star ? starred() : bitwiseOr()
    checkTarget(target) { "cannot assign to \($0)" }
    return node(.withItem, from: start, value, target)
  }

  // MARK: - try

  private mutating func tryStatement() -> NodeID {
    let start = start
    index += 1
    let mark = scratch.count
    block("'try' statement", at: start)
    let body = scratch.count - mark
    if code != .except, code != .finally, !hasFailed { fail("expected 'except' or 'finally' block") }
    var isGroup = false
    while code == .except, !hasFailed {
      let handler = handler(&isGroup)
      scratch.append(handler)
    }
    let handlers = scratch.count
    if code == .else, !hasFailed, handlers > mark + body { elseBlock() }
    let orelse = scratch.count - handlers
    if code == .finally, !hasFailed {
      let keyword = self.start
      index += 1
      block("'finally' statement", at: keyword)
    }
    if hasFailed { return 0 }
    return node(
      .try, from: start, children: mark, operation: isGroup ? NodeFlag.isExceptionGroup : 0,
      a: UInt32(truncatingIfNeeded: body), b: UInt32(truncatingIfNeeded: orelse))
  }

  private mutating func handler(_ isGroup: inout Bool) -> NodeID {
    let start = start
    let isFirst = scratch.last.map { nodeKind($0) != .handler } ?? true
    index += 1
    let isStarred = code == .star
    if isStarred {
      features.note(.exceptGroup, at: Int(start))
      index += 1
      if code == .colon { fail("expected one or more exception types") }
    }
    if !isFirst, isStarred != isGroup, !hasFailed {
      fail("cannot have both 'except' and 'except*' on the same 'try'", at: start)
    }
    isGroup = isStarred
    let mark = scratch.count
    var name: (UInt32, UInt32) = (0, 0)
    if kind == .newline { fail("expected ':'") }
    scratch.append(code == .colon ? 0 : handlerType())
    if skip(.as) { name = self.name() }
    block("'except\(isStarred ? "*" : "")' statement", at: start)
    let id = node(.handler, from: start, children: mark, a: name.0, b: name.1)
    nodes[Int(id)].end = max(statementEnd, start)
    return id
  }

  /// A name that starts in lower case.
  private func isVariable(_ token: PythonToken) -> Bool {
    let first = source.base[Int(token.start)]
    return token.kind == .name && !token.code.isKeyword && (first == UInt8(ascii: "_") || first &- 0x61 < 26)
  }

  /// `A`, `(A, B)`, and `A, B` of Python 2 (a type and a name) and 3.14 (two types).
  private mutating func handlerType() -> NodeID {
    let start = start
    let first = expression()
    guard code == .comma else { return first }
    features.note(.bareExceptTuple, at: Int(start))
    if isVariable(peek(1)), peek(2).code == .colon { features.note(.exceptName, at: Int(start)) }
    let mark = scratch.count
    scratch.append(first)
    while skip(.comma), code != .colon, !hasFailed { scratch.append(expression()) }
    if code == .as { fail("multiple exception types must be parenthesized when using 'as'", at: start) }
    return node(.tuple, from: start, children: mark)
  }
}
