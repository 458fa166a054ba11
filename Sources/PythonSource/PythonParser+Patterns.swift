extension PythonParser {
  /// The patterns of a `case`: one, or a sequence without brackets.
  mutating func patterns() -> NodeID {
    let start = start
    let first = code == .star ? starPattern() : pattern()
    guard code == .comma else {
      if nodeKind(first) == .matchStar { fail() }
      return first
    }
    let mark = scratch.count
    scratch.append(first)
    while skip(.comma), code != .colon, code != .if, !hasFailed { scratch.append(maybeStarPattern()) }
    return node(.matchSequence, from: start, children: mark)
  }

  private mutating func maybeStarPattern() -> NodeID { code == .star ? starPattern() : pattern() }

  private mutating func starPattern() -> NodeID {
    let start = start
    index += 1
    let isWildcard = code == .underscore
    let (first, last) = name()
    return leaf(.matchStar, from: start, a: isWildcard ? 0 : first, b: isWildcard ? 0 : last)
  }

  private mutating func pattern() -> NodeID {
    guard enter() else { return 0 }
    defer { nesting -= 1 }
    let start = start
    let first = closedPattern()
    var value = first
    if code == .bar {
      let mark = scratch.count
      scratch.append(first)
      while skip(.bar), !hasFailed { scratch.append(closedPattern()) }
      value = node(.matchOr, from: start, children: mark)
    }
    guard skip(.as) else { return value }
    if code == .underscore { fail("cannot use '_' as a target") }
    let isTarget = isName && peek(1).code != .dot && peek(1).code != .leftParenthesis
    if !isTarget, !hasFailed { fail("invalid pattern target") }
    let (first_, last) = name()
    return node(.matchAs, from: start, value, a: first_, b: last)
  }

  private mutating func closedPattern() -> NodeID {
    let start = start
    switch kind {
    case .number: return matchValue(number(), from: start)
    case .string, .formattedStart:
      let value = strings()
      if nodeKind(value) == .joinedString { fail("patterns may only match literals and attribute lookups", at: start) }
      return matchValue(value, from: start)
    case .name: return namePattern()
    default: break
    }
    switch code {
    case .minus: return matchValue(number(), from: start)
    case .leftParenthesis: return groupPattern()
    case .leftBracket: return sequencePattern()
    case .leftBrace: return mappingPattern()
    default:
      fail()
      return 0
    }
  }

  private mutating func matchValue(_ value: NodeID, from start: UInt32) -> NodeID {
    node(.matchValue, from: start, value)
  }

  /// `-1`, `1 + 2j`
  private mutating func number() -> NodeID {
    let start = start
    let real = signedNumber()
    guard code == .plus || code == .minus else { return real }
    let operation = code.rawValue
    index += 1
    return node(.binary, from: start, real, unsignedNumber(), operation: operation)
  }

  private mutating func signedNumber() -> NodeID {
    let start = start
    guard skip(.minus) else { return unsignedNumber() }
    return node(.unary, from: start, unsignedNumber(), operation: PythonToken.Code.minus.rawValue)
  }

  private mutating func unsignedNumber() -> NodeID {
    guard kind == .number else {
      fail()
      return 0
    }
    index += 1
    return leaf(.number, from: tokens[index - 1].start)
  }

  private mutating func namePattern() -> NodeID {
    let start = start
    switch code {
    case .none_, .true, .false:
      let kind: NodeKind = code == .none_ ? .none : code == .true ? .true : .false
      index += 1
      return node(.matchSingleton, from: start, leaf(kind, from: start))
    default: break
    }
    if code == .underscore, peek(1).code != .dot, peek(1).code != .leftParenthesis {
      index += 1
      return leaf(.matchAs, from: start)
    }
    let token = current
    var value = nameExpression()
    guard code == .dot || code == .leftParenthesis else {
      nodes.removeLast()
      return leaf(.matchAs, from: start, a: token.start, b: token.end)
    }
    while skip(.dot), !hasFailed {
      let (first, last) = name()
      value = node(.attribute, from: start, value, a: first, b: last)
    }
    return code == .leftParenthesis ? classPattern(value, from: start) : matchValue(value, from: start)
  }

  private mutating func groupPattern() -> NodeID {
    let start = start
    index += 1
    let mark = scratch.count
    if skip(.rightParenthesis) { return node(.matchSequence, from: start, children: mark) }
    let first = maybeStarPattern()
    if code != .comma, nodeKind(first) != .matchStar {
      expectClosing(.rightParenthesis)
      return first
    }
    scratch.append(first)
    while skip(.comma), code != .rightParenthesis, !hasFailed { scratch.append(maybeStarPattern()) }
    expectClosing(.rightParenthesis)
    return node(.matchSequence, from: start, children: mark)
  }

  private mutating func sequencePattern() -> NodeID {
    let start = start
    index += 1
    let mark = scratch.count
    while code != .rightBracket, !hasFailed {
      scratch.append(maybeStarPattern())
      if !skip(.comma) { break }
    }
    expectClosing(.rightBracket)
    return node(.matchSequence, from: start, children: mark)
  }

  /// Keys on `scratch`, their patterns on `held`.
  private mutating func mappingPattern() -> NodeID {
    let start = start
    index += 1
    let mark = scratch.count
    let values = held.count
    var rest: (UInt32, UInt32) = (0, 0)
    while code != .rightBrace, !hasFailed {
      if skip(.doubleStar) {
        rest = name()
        if code == .comma, peek(1).code != .rightBrace { fail(at: peek(1).start) }
      } else {
        scratch.append(mappingKey())
        expect(.colon)
        held.append(pattern())
      }
      if !skip(.comma) { break }
    }
    release(from: values)
    expectClosing(.rightBrace)
    return node(.matchMapping, from: start, children: mark, a: rest.0, b: rest.1)
  }

  /// A literal or a dotted name.
  private mutating func mappingKey() -> NodeID {
    let value = closedPattern()
    let kind = nodeKind(value)
    guard kind == .matchValue || kind == .matchSingleton else {
      fail()
      return 0
    }
    return child(value, 0)
  }

  private mutating func classPattern(_ type: NodeID, from start: UInt32) -> NodeID {
    index += 1
    let mark = scratch.count
    let values = held.count
    var names: [(UInt32, UInt32)] = []
    scratch.append(type)
    while code != .rightParenthesis, !hasFailed {
      if kind == .name, peek(1).code == .equal {
        names.append(name())
        index += 1
        held.append(pattern())
      } else {
        if !names.isEmpty { fail("positional patterns follow keyword patterns") }
        scratch.append(pattern())
      }
      if !skip(.comma) { break }
    }
    release(from: values)
    expectClosing(.rightParenthesis)
    let id = node(.matchClass, from: start, children: mark, a: UInt32(truncatingIfNeeded: names.count))
    for (first, last) in names {
      words.append(first)
      words.append(last)
    }
    return id
  }
}
