extension PythonParser {
  /// Reads the simple statements of a line, its end included, onto `scratch`.
  mutating func simpleLine() {
    while true {
      let start = start
      let marks = (scratch: scratch.count, held: held.count, isAfterInvalid: false)
      let id = simple()
      if !hasFailed, code != .semicolon, kind != .newline { fail() }
      if hasFailed { return recover(from: start, scratch: marks.scratch, held: marks.held, false) }
      scratch.append(id)
      let isSeparated = skip(.semicolon)
      // The block around it ends behind the semicolon, the statement before it.
      statementEnd = lastEnd
      if kind == .newline { return advance() }
      if !isSeparated || kind == .end { return }
    }
  }

  private mutating func simple() -> NodeID {
    let start = start
    switch code {
    case .import: return importStatement(from: start, isLazy: false)
    case .from: return importFrom(from: start, isLazy: false)
    case .lazy where peek(1).code == .import || peek(1).code == .from: return lazyImport()
    case .return: return returnStatement()
    case .pass, .break, .continue: return word()
    case .raise: return raiseStatement()
    case .del: return deleteStatement()
    case .assert: return assertStatement()
    case .global, .nonlocal: return scopeStatement()
    case .type where isTypeAlias: return typeAlias()
    case .print where isLegacyCall: return printStatement()
    case .exec where isLegacyCall: return execStatement()
    default: return expressionStatement()
    }
  }

  private mutating func word() -> NodeID {
    let token = current
    index += 1
    let kind: NodeKind = token.code == .pass ? .pass : token.code == .break ? .break : .continue
    if kind != .pass, !scope.isLoop {
      noteLate(kind == .break ? "'break' outside loop" : "'continue' not properly in loop", at: token.start)
    }
    return leaf(kind, from: token.start)
  }

  private mutating func returnStatement() -> NodeID {
    let start = start
    if !scope.isFunction { noteLate("'return' outside function", at: start) }
    index += 1
    return startsExpression ? node(.return, from: start, expressionList()) : leaf(.return, from: start)
  }

  private mutating func raiseStatement() -> NodeID {
    let start = start
    index += 1
    guard startsExpression else { return leaf(.raise, from: start) }
    let mark = scratch.count
    scratch.append(expression())
    if skip(.from) {
      scratch.append(expression())
    } else if code == .comma {
      features.note(.oldRaise, at: Int(self.start))
      while skip(.comma), !hasFailed { scratch.append(expression()) }
    }
    return node(.raise, from: start, children: mark)
  }

  private mutating func deleteStatement() -> NodeID {
    let start = start
    index += 1
    let mark = scratch.count
    repeat {
      let target = code == .star ? starred() : bitwiseOr()
      checkTarget(target, isDeleted: true) { "cannot delete \($0)" }
      scratch.append(target)
    } while skip(.comma) && startsExpression && !hasFailed
    return node(.delete, from: start, children: mark)
  }

  private mutating func assertStatement() -> NodeID {
    let start = start
    index += 1
    let mark = scratch.count
    scratch.append(expression())
    if skip(.comma) { scratch.append(expression()) }
    return node(.assert, from: start, children: mark)
  }

  private mutating func scopeStatement() -> NodeID {
    let start = start
    let kind: NodeKind = code == .global ? .global : .nonlocal
    if kind == .nonlocal, scope.isModule {
      noteLate("nonlocal declaration not allowed at module level", at: start, in: .symbols)
    }
    index += 1
    var names: [(UInt32, UInt32)] = []
    repeat { names.append(name()) } while skip(.comma) && !hasFailed
    let id = leaf(kind, from: start, a: UInt32(truncatingIfNeeded: names.count))
    for (first, last) in names {
      words.append(first)
      words.append(last)
    }
    return id
  }

  // MARK: - Soft keywords

  /// `type X =` and `type X[`.
  private var isTypeAlias: Bool {
    let (name, next) = (peek(1), peek(2))
    return name.kind == .name && !name.code.isKeyword && (next.code == .equal || next.code == .leftBracket)
  }

  private mutating func typeAlias() -> NodeID {
    let start = start
    features.note(.typeStatement, at: Int(start))
    index += 1
    let mark = scratch.count
    scratch.append(nameExpression())
    typeParameters()
    expect(.equal)
    if !hasFailed { scratch.append(expression()) }
    return node(.typeAlias, from: start, children: mark)
  }

  /// Whether an expression follows `print` or `exec` that cannot belong to a call or an operator.
  private var isLegacyCall: Bool {
    let next = peek(1)
    switch next.kind {
    case .number, .string, .formattedStart: return true
    case .name:
      guard next.code.isKeyword else { return true }
      return [.lambda, .true, .false, .none_].contains(next.code) || (next.code == .not && peek(2).code != .in)
    case .symbol: return next.code == .backtick || next.code == .tilde || next.code == .leftBrace
    default: return false
    }
  }

  private mutating func printStatement() -> NodeID {
    let start = start
    features.note(.printStatement, at: Int(start))
    index += 1
    let mark = scratch.count
    repeat { scratch.append(expression()) } while skip(.comma) && startsExpression && !hasFailed
    return node(.print, from: start, children: mark)
  }

  private mutating func execStatement() -> NodeID {
    let start = start
    features.note(.execStatement, at: Int(start))
    index += 1
    let mark = scratch.count
    scratch.append(bitwiseOr())
    if skip(.in) {
      scratch.append(expression())
      if skip(.comma) { scratch.append(expression()) }
    }
    return node(.exec, from: start, children: mark)
  }

  // MARK: - Expressions and assignments

  private mutating func expressionStatement() -> NodeID {
    let start = start
    if code == .print, peek(1).code == .rightShift { features.note(.printChevron, at: Int(start)) }
    let first = valueList()
    guard !hasFailed else { return 0 }
    if code == .equal { return assignment(to: first, from: start) }
    if code == .colon { return annotated(first, from: start) }
    guard code.isAugmentedAssignment else { return node(.expression, from: start, first) }
    switch nodeKind(first) {
    case .name, .attribute, .subscript: break
    default:
      fail("'\(describe(first))' is an illegal expression for augmented assignment", at: nodes[Int(first)].start)
    }
    let operation = code.rawValue
    index += 1
    return node(.augmentedAssign, from: start, first, valueList(), operation: operation)
  }

  private mutating func assignment(to first: NodeID, from start: UInt32) -> NodeID {
    let mark = scratch.count
    scratch.append(first)
    while skip(.equal), !hasFailed { scratch.append(valueList()) }
    for index in mark..<max(mark, scratch.count - 1) where !hasFailed {
      let target = scratch[index]
      if nodeKind(target) == .yield || nodeKind(target) == .yieldFrom {
        fail("assignment to yield expression not possible", at: nodes[Int(target)].start)
      }
      let isSingle = index == mark && scratch.count == mark + 2
      let suffix = isSingle && isComparable(target) ? " here. Maybe you meant '==' instead of '='?" : ""
      checkTarget(target) { "cannot assign to \($0)\(suffix)" }
    }
    return node(.assign, from: start, children: mark)
  }

  /// What CPython would rather see compared than assigned to.
  private func isComparable(_ id: NodeID) -> Bool {
    switch nodeKind(id) {
    case .list, .tuple, .generator, .true, .false, .none, .compare, .boolean, .conditional, .lambda, .starred: false
    case .unary: nodes[Int(id)].operation != PythonToken.Code.not.rawValue
    default: true
    }
  }

  private mutating func annotated(_ target: NodeID, from start: UInt32) -> NodeID {
    switch nodeKind(target) {
    case .name, .attribute, .subscript: break
    case .list: fail("only single target (not list) can be annotated", at: start)
    case .tuple: fail("only single target (not tuple) can be annotated", at: start)
    default: fail("illegal target for annotation", at: start)
    }
    features.note(.variableAnnotation, at: Int(self.start))
    index += 1
    let mark = scratch.count
    scratch.append(target)
    scratch.append(hasFailed ? 0 : expression())
    if !hasFailed, skip(.equal) { scratch.append(valueList()) }
    return node(
      .annotatedAssign, from: start, children: mark,
      operation: parenthesised == target ? NodeFlag.isParenthesised : 0)
  }

  // MARK: - Imports

  private mutating func lazyImport() -> NodeID {
    let start = start
    features.note(.lazyImport, at: Int(start))
    index += 1
    return code == .import ? importStatement(from: start, isLazy: true) : importFrom(from: start, isLazy: true)
  }

  private mutating func importStatement(from start: UInt32, isLazy: Bool) -> NodeID {
    index += 1
    let mark = scratch.count
    if kind == .newline { fail("Expected one or more names after 'import'") }
    repeat {
      let first = self.start
      dottedName()
      scratch.append(alias(from: first, nameEnd: lastEnd))
    } while skip(.comma) && !hasFailed
    if code == .from, !hasFailed { fail("Did you mean to use 'from ... import ...' instead?", at: start) }
    return node(.import, from: start, children: mark, operation: isLazy ? NodeFlag.isLazy : 0)
  }

  private mutating func dottedName() {
    repeat { _ = name() } while skip(.dot) && !hasFailed
  }

  /// An alias behind its name.
  private mutating func alias(from start: UInt32, nameEnd: UInt32) -> NodeID {
    let name = hasFailed || !skip(.as) ? (0, 0) : self.name()
    let id = leaf(.alias, from: start, a: start, b: nameEnd)
    words.append(name.0)
    words.append(name.1)
    return id
  }

  private mutating func importFrom(from start: UInt32, isLazy: Bool) -> NodeID {
    index += 1
    var level: UInt32 = 0
    while code == .dot || code == .ellipsis {
      level += code == .dot ? 1 : 3
      index += 1
    }
    let first = self.start
    if code != .import || level == 0 { dottedName() }
    let range = code == .import && first == self.start ? (0, 0) : (first, lastEnd)
    expect(.import)
    let mark = scratch.count
    if !hasFailed { importedNames() }
    let id = node(
      .importFrom, from: start, children: mark, operation: isLazy ? NodeFlag.isLazy : 0, a: range.0, b: range.1)
    words.append(level)
    return id
  }

  private mutating func importedNames() {
    if code == .star {
      let start = start
      index += 1
      return scratch.append(alias(from: start, nameEnd: lastEnd))
    }
    let isParenthesised = skip(.leftParenthesis)
    if kind == .newline { return fail("Expected one or more names after 'import'") }
    while !hasFailed {
      let start = start
      _ = name()
      scratch.append(alias(from: start, nameEnd: lastEnd))
      guard skip(.comma) else { break }
      if isParenthesised, code == .rightParenthesis { break }
      if kind == .newline { fail("trailing comma not allowed without surrounding parentheses", at: lastEnd - 1) }
    }
    if isParenthesised { expect(.rightParenthesis) }
  }
}
