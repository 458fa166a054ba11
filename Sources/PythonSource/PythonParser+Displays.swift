extension PythonParser {
  mutating func list() -> NodeID {
    let start = start
    index += 1
    let mark = scratch.count
    if code != .rightBracket {
      let first = starNamedExpression()
      if code == .for || (code == .async && peek(1).code == .for) {
        return comprehension(.listComprehension, first, from: start, closing: .rightBracket)
      }
      scratch.append(first)
      while skip(.comma), code != .rightBracket, !hasFailed { scratch.append(starNamedExpression()) }
      if code == .for, scratch.count > mark + 1, !hasFailed {
        fail("did you forget parentheses around the comprehension target?", at: start + 1)
      }
    }
    expectItemClosing(.rightBracket)
    return node(.list, from: start, children: mark)
  }

  /// A comprehension behind its element.
  mutating func comprehension(
    _ kind: NodeKind, _ element: NodeID, value: NodeID = 0, from start: UInt32, closing: PythonToken.Code
  ) -> NodeID {
    let mark = scratch.count
    scratch.append(element)
    if nodeKind(element) == .starred {
      fail("iterable unpacking cannot be used in comprehension", at: nodes[Int(element)].start)
    }
    if kind == .dictComprehension { scratch.append(value) }
    clauses(isList: kind == .listComprehension, of: kind == .generator ? nil : start)
    expectClosing(closing)
    return node(kind, from: start, children: mark)
  }

  /// Reads `for a in b if c ...` onto `scratch`, one node for each `for`.
  /// `comprehension` is where one starts that is no generator.
  mutating func clauses(isList: Bool = false, of comprehension: UInt32? = nil) {
    while !hasFailed {
      let start = start
      var isAsync = false
      if code == .async, peek(1).code == .for {
        features.note(.asyncComprehension, at: Int(start))
        isAsync = true
        if let comprehension, !scope.isAsync {
          noteLate("asynchronous comprehension outside of an asynchronous function", at: comprehension)
        }
        index += 1
      }
      guard skip(.for) else { return }
      let mark = scratch.count
      scratch.append(targets())
      expect(.in, "'in' expected after for-loop variables")
      let source = self.start
      scratch.append(comprehensionPart())
      if code == .comma, isList, !hasFailed { oldListSource(from: source) }
      while skip(.if), !hasFailed { scratch.append(comprehensionPart()) }
      scratch.append(
        node(.comprehension, from: start, children: mark, operation: isAsync ? NodeFlag.isAsync : 0))
    }
  }

  /// `[a for a in 1, 2]` of Python 2: the tuple of what is on `scratch` and what follows.
  private mutating func oldListSource(from start: UInt32) {
    features.note(.oldListSource, at: Int(self.start))
    let mark = scratch.count - 1
    while skip(.comma), startsExpression, !hasFailed { scratch.append(comprehensionPart()) }
    scratch.append(node(.tuple, from: start, children: mark))
  }

  private mutating func comprehensionPart() -> NodeID {
    if code == .lambda { return expression() }
    guard enter() else { return 0 }
    defer { nesting -= 1 }
    return disjunction()
  }

  mutating func braces() -> NodeID {
    let start = start
    index += 1
    if skip(.rightBrace) { return leaf(.dict, from: start) }
    guard code != .doubleStar else { return dictionary(from: start, first: nil) }
    let first = starNamedExpression()
    if code == .colon, nodeKind(first) != .starred { return dictionary(from: start, first: first) }
    if code == .for || (code == .async && peek(1).code == .for) {
      return comprehension(.setComprehension, first, from: start, closing: .rightBrace)
    }
    let mark = scratch.count
    scratch.append(first)
    while skip(.comma), code != .rightBrace, !hasFailed { scratch.append(starNamedExpression()) }
    if code == .for, scratch.count > mark + 1, !hasFailed {
      fail("did you forget parentheses around the comprehension target?", at: start + 1)
    }
    expectItemClosing(.rightBrace)
    return node(.set, from: start, children: mark)
  }

  /// A dictionary behind its first key; keys on `scratch`, values on `held`.
  private mutating func dictionary(from start: UInt32, first: NodeID?) -> NodeID {
    let mark = scratch.count
    let values = held.count
    var key = first
    repeat {
      if code == .rightBrace, key == nil { break }
      if key == nil, skip(.doubleStar) {
        scratch.append(0)
        held.append(bitwiseOr())
        if code == .for, !hasFailed { fail("dict unpacking cannot be used in dict comprehension", at: start + 1) }
        continue
      }
      let name = key ?? expression()
      key = nil
      if code != .colon, !hasFailed {
        if code == .rightBrace || code == .comma { fail("':' expected after dictionary key", at: lastEnd - 1) }
        if scratch.count > mark { fail("':' expected after dictionary key", at: nodes[Int(name)].start) }
        failInBrackets()
      }
      let colon = self.start
      index += hasFailed ? 0 : 1
      if code == .rightBrace || code == .comma {
        fail("expression expected after dictionary key and ':'", at: colon)
      } else if code == .star {
        fail("cannot use a starred expression in a dictionary value")
      }
      let value = expression()
      if scratch.count == mark, code == .for || (code == .async && peek(1).code == .for), !hasFailed {
        return comprehension(.dictComprehension, name, value: value, from: start, closing: .rightBrace)
      }
      scratch.append(name)
      held.append(value)
    } while skip(.comma) && !hasFailed
    release(from: values)
    expectClosing(.rightBrace)
    return node(.dict, from: start, children: mark)
  }
}
