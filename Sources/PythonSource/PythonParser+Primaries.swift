extension PythonParser {
  mutating func primary() -> NodeID {
    let start = start
    return primary(of: atom(), from: start)
  }

  /// Attributes, calls and subscripts behind `value`.
  mutating func primary(of value: NodeID, from start: UInt32) -> NodeID {
    var value = value
    while !hasFailed {
      switch code {
      case .dot:
        index += 1
        let (first, last) = name()
        value = node(.attribute, from: start, value, a: first, b: last)
      case .leftParenthesis: value = call(value, from: start)
      case .leftBracket:
        index += 1
        let key = subscriptKey()
        expectClosing(.rightBracket)
        value = node(.subscript, from: start, value, key)
      default: return value
      }
    }
    return value
  }

  /// What closes a bracket; where an expression stands instead, a comma is missing.
  mutating func expectClosing(_ closing: PythonToken.Code) {
    if skip(closing) || hasFailed { return }
    failInBrackets()
  }

  /// CPython takes two expressions side by side in brackets for a forgotten comma.
  mutating func failInBrackets() {
    let offset = start
    guard !hasFailed, startsExpression, code != .star, index > 0 else { return fail() }
    let previous = tokens[index - 1]
    let endsExpression =
      switch previous.kind {
      case .number, .string, .formattedEnd: true
      case .name: !previous.code.isKeyword || [.true, .false, .none_].contains(previous.code)
      case .symbol: [.rightParenthesis, .rightBracket, .rightBrace, .ellipsis].contains(previous.code)
      default: false
      }
    let isPrefix =
      previous.kind == .name && (current.kind == .string || current.kind == .formattedStart)
      || [.match, .case, .type, .underscore].contains(previous.code)
    guard endsExpression, !isPrefix, let first = lastExpression else { return fail() }
    let mark = mark
    _ = expression()
    let isExpression = !hasFailed
    rewind(to: mark)
    if isExpression {
      fail("invalid syntax. Perhaps you forgot a comma?", at: first)
    } else {
      fail(at: offset)
    }
  }

  /// Where the expression before the cursor starts.
  private var lastExpression: UInt32? {
    var id = nodes.count - 1
    guard id > 0 else { return nil }
    let end = lastEnd
    var start = nodes[id].start
    // The nodes that end at the cursor: the outermost was read last, and what it holds before it.
    while id > 0, nodes[id].end == end || nodes[id].end + 1 == end {
      start = min(start, nodes[id].start)
      if !nodes[id].kind.isStatement, nodes[id].kind != .keyword { break }
      id -= 1
    }
    return start
  }

  // MARK: - Calls and subscripts

  private mutating func call(_ function: NodeID, from start: UInt32) -> NodeID {
    let mark = scratch.count
    let keywords = held.count
    scratch.append(function)
    arguments()
    release(from: keywords)
    return node(.call, from: start, children: mark)
  }

  /// Reads `(arguments)` onto `scratch`, keywords onto `held`.
  mutating func arguments() {
    let open = start
    index += 1
    let keywords = held.count
    let first = scratch.count
    var hasUnpacking = false
    while code != .rightParenthesis, !hasFailed {
      let start = start
      if skip(.doubleStar) {
        hasUnpacking = true
        held.append(node(.keyword, from: start, expression()))
      } else if kind == .name, peek(1).code == .equal {
        held.append(keywordArgument())
      } else if code == .star {
        if hasUnpacking { fail("iterable argument unpacking follows keyword argument unpacking") }
        index += 1
        scratch.append(node(.starred, from: start, expression()))
      } else {
        let value = namedExpression()
        if code == .for || (code == .async && peek(1).code == .for) {
          return generatorArgument(
            value, from: start, open: open, isOnly: scratch.count == first && held.count == keywords)
        }
        if code == .equal, !hasFailed {
          fail("expression cannot contain assignment, perhaps you meant \"==\"?", at: start)
        }
        if held.count > keywords, !hasFailed {
          fail("positional argument follows keyword argument\(hasUnpacking ? " unpacking" : "")", at: lastEnd - 1)
        }
        scratch.append(value)
      }
      if !skip(.comma) { break }
    }
    expectClosing(.rightParenthesis)
  }

  private mutating func generatorArgument(_ value: NodeID, from start: UInt32, open: UInt32, isOnly: Bool) {
    let mark = scratch.count
    scratch.append(value)
    clauses()
    if isOnly, skip(.rightParenthesis) {
      scratch.append(node(.generator, from: open, children: mark))
    } else {
      fail(isOnly && code != .comma ? "invalid syntax" : "Generator expression must be parenthesized", at: start)
    }
  }

  private mutating func keywordArgument() -> NodeID {
    let token = current
    if token.code.isKeyword, !noteAsyncName() {
      switch token.code {
      case .true: fail("cannot assign to True")
      case .false: fail("cannot assign to False")
      case .none_: fail("cannot assign to None")
      default: fail()
      }
    }
    index += 2
    if code == .comma || code == .rightParenthesis { fail("expected argument value expression", at: token.start) }
    let value = expression()
    if code == .for || (code == .async && peek(1).code == .for), !hasFailed {
      fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", at: token.start)
    }
    return node(.keyword, from: token.start, value, a: token.start, b: token.end)
  }

  private mutating func subscriptKey() -> NodeID {
    let start = start
    let first = subscriptItem()
    guard code == .comma else {
      if nodeKind(first) == .starred, !hasFailed {
        // `a[*b]` is a tuple of one.
        return node(.tuple, from: start, first)
      }
      return first
    }
    let mark = scratch.count
    scratch.append(first)
    while skip(.comma), code != .rightBracket, !hasFailed { scratch.append(subscriptItem()) }
    return node(.tuple, from: start, children: mark)
  }

  private mutating func subscriptItem() -> NodeID {
    let start = start
    if code == .star {
      features.note(.starredSubscript, at: Int(start))
      return starred()
    }
    let mark = scratch.count
    var lower: NodeID = 0
    if code != .colon {
      lower = namedExpression()
      guard code == .colon else { return lower }
    }
    index += 1
    scratch.append(lower)
    scratch.append(code == .colon || code == .comma || code == .rightBracket ? 0 : expression())
    if skip(.colon) {
      scratch.append(code == .comma || code == .rightBracket ? 0 : expression())
    } else {
      scratch.append(0)
    }
    return node(.slice, from: start, children: mark)
  }

  // MARK: - Atoms

  mutating func atom() -> NodeID {
    let token = tokens[index]
    switch token.kind {
    case .name: return nameAtom(token)
    case .number:
      index += 1
      return leaf(.number, from: token.start)
    case .string, .formattedStart: return strings()
    case .symbol:
      switch token.code {
      case .leftParenthesis: return parentheses()
      case .leftBracket: return list()
      case .leftBrace: return braces()
      case .ellipsis:
        index += 1
        return leaf(.ellipsis, from: token.start)
      case .backtick: return representation()
      default: break
      }
    default: break
    }
    fail()
    return 0
  }

  private mutating func nameAtom(_ token: PythonToken) -> NodeID {
    let kind: NodeKind
    switch token.code {
    case .true: kind = .true
    case .false: kind = .false
    case .none_: kind = .none
    case .async:
      _ = noteAsyncName()
      kind = .name
    case _ where token.code.isKeyword:
      fail()
      return 0
    default: kind = .name
    }
    index += 1
    return leaf(kind, from: token.start, a: token.start, b: token.end)
  }

  private mutating func representation() -> NodeID {
    let start = start
    features.note(.backticks, at: Int(start))
    index += 1
    let value = expressionList()
    expect(.backtick)
    return node(.representation, from: start, value)
  }

  private mutating func parentheses() -> NodeID {
    let start = start
    index += 1
    if skip(.rightParenthesis) { return leaf(.tuple, from: start, operation: NodeFlag.isParenthesised) }
    if code == .yield {
      let value = yieldExpression()
      expectClosing(.rightParenthesis)
      parenthesised = value
      return value
    }
    let first = starNamedExpression()
    if code == .for || (code == .async && peek(1).code == .for) {
      return comprehension(.generator, first, from: start, closing: .rightParenthesis)
    }
    if code == .comma {
      let mark = scratch.count
      scratch.append(first)
      while skip(.comma), code != .rightParenthesis, !hasFailed { scratch.append(starNamedExpression()) }
      if code == .for, !hasFailed { fail("did you forget parentheses around the comprehension target?", at: start + 1) }
      expectItemClosing(.rightParenthesis)
      return node(.tuple, from: start, children: mark, operation: NodeFlag.isParenthesised)
    }
    if nodeKind(first) == .starred, code == .rightParenthesis, !hasFailed {
      fail("cannot use starred expression here", at: nodes[Int(first)].start)
    }
    expectItemClosing(.rightParenthesis)
    parenthesised = first
    return first
  }

  /// As `expectClosing`, where `=` stands for `==` or `:=`.
  mutating func expectItemClosing(_ closing: PythonToken.Code) {
    if code == .equal, !hasFailed { failAtEqual(NodeID(truncatingIfNeeded: nodes.count - 1)) }
    expectClosing(closing)
  }
}
