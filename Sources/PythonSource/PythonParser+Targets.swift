extension PythonParser {
  /// The targets of `for`, in statements and comprehensions.
  mutating func targets() -> NodeID {
    let start = start
    let first = code == .star ? starred() : bitwiseOr()
    var value = first
    if code == .comma {
      let mark = scratch.count
      scratch.append(first)
      while skip(.comma), startsExpression, !hasFailed {
        scratch.append(code == .star ? starred() : bitwiseOr())
      }
      value = node(.tuple, from: start, children: mark)
    }
    checkTarget(value) { "cannot assign to \($0)" }
    return value
  }

  /// The first part of `id` that nothing can be assigned to; nil for a target.
  func invalidTarget(_ id: NodeID, isDeleted: Bool = false) -> NodeID? {
    switch nodeKind(id) {
    case .name, .attribute, .subscript: return nil
    case .starred: return isDeleted ? id : invalidTarget(child(id, 0))
    case .tuple, .list:
      for child in children(id) {
        if let invalid = invalidTarget(child, isDeleted: isDeleted) { return invalid }
      }
      return nil
    default: return id
    }
  }

  mutating func checkTarget(_ id: NodeID, isDeleted: Bool = false, _ message: (String) -> String) {
    guard !hasFailed, let invalid = invalidTarget(id, isDeleted: isDeleted) else { return }
    fail(message(describe(invalid)), at: nodes[Int(invalid)].start)
  }

  /// `a = b` where an expression must stand: what CPython thinks was meant.
  mutating func failAtEqual(_ id: NodeID) {
    guard peek(1).code != .equal, peek(1).code != .walrus else { return fail() }
    switch nodeKind(id) {
    case .name: fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", at: nodes[Int(id)].start)
    case .list, .tuple, .generator, .true, .false, .none, .invalid: fail()
    default:
      fail(
        "cannot assign to \(describe(id)) here. Maybe you meant '==' instead of '='?", at: nodes[Int(id)].start)
    }
  }

  /// What CPython calls an expression in its messages.
  func describe(_ id: NodeID) -> String {
    switch nodeKind(id) {
    case .name: "name"
    case .string, .bytes, .number: "literal"
    case .true: "True"
    case .false: "False"
    case .none: "None"
    case .ellipsis: "ellipsis"
    case .joinedString, .formattedValue: "f-string expression"
    case .templateString, .interpolation: "t-string expression"
    case .list: "list"
    case .tuple: "tuple"
    case .set: "set display"
    case .dict: "dict literal"
    case .call: "function call"
    case .attribute: "attribute"
    case .subscript: "subscript"
    case .binary, .boolean, .unary: "expression"
    case .compare: "comparison"
    case .starred: "starred"
    case .conditional: "conditional expression"
    case .lambda: "lambda"
    case .listComprehension: "list comprehension"
    case .setComprehension: "set comprehension"
    case .dictComprehension: "dict comprehension"
    case .generator: "generator expression"
    case .await: "await expression"
    case .yield, .yieldFrom: "yield expression"
    case .named: "named expression"
    default: "expression"
    }
  }
}
