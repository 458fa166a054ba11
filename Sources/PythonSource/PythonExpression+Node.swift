extension PythonExpression {
  /// What the expression is, with handles of what it holds; made anew at each call.
  package var node: Node {
    let record = tree.record(id)
    switch record.kind {
    case .name: return .name(tree.name(record.a, record.b))
    case .string: return .string(tree.text(id))
    case .bytes:
      return .bytes(
        tree.pieces(id).flatMap { piece in
          PythonString.bytes(of: tree.source[Int(piece.start)..<Int(piece.end)], form: piece.form, isBytes: true)
        })
    case .number:
      let digits = tree.source[Int(record.start)..<Int(record.end)].filter { $0 != UInt8(ascii: "_") }
      return .number(String(decoding: digits, as: UTF8.self))
    case .true: return .boolean(true)
    case .false: return .boolean(false)
    case .none: return .none
    case .ellipsis: return .ellipsis
    case .list: return .list(items())
    case .tuple: return .tuple(items())
    case .set: return .set(items())
    case .joinedString: return .formatted(items())
    case .templateString: return .template(items())
    case .formattedValue, .interpolation:
      return .field(
        child(0), conversion: record.a == 0 ? nil : Unicode.Scalar(record.a), format: tree.optional(word(1)))
    default: return operation(record)
    }
  }

  private func word(_ position: Int) -> NodeID { tree.words[Int(tree.record(id).first) + position] }
  private func child(_ position: Int) -> PythonExpression { tree.expression(word(position)) }
  private func items(from start: Int = 0) -> [PythonExpression] {
    tree.children(id).dropFirst(start).map(tree.expression)
  }
  private func text(_ operation: UInt8) -> String { PythonToken.Code(rawValue: operation)?.text ?? "" }

  private func operation(_ record: NodeRecord) -> Node {
    switch record.kind {
    case .dict:
      let count = Int(record.count) / 2
      return .dictionary((0..<count).map { (tree.optional(word($0)), child(count + $0)) })
    case .call:
      let (arguments, keywords) = tree.arguments(tree.children(id).dropFirst())
      return .call(child(0), arguments, keywords: keywords)
    case .attribute: return .attribute(child(0), tree.name(record.a, record.b))
    case .subscript: return .subscripted(child(0), child(1))
    case .slice: return .slice(tree.optional(word(0)), tree.optional(word(1)), step: tree.optional(word(2)))
    case .binary: return .binary(child(0), text(record.operation), child(1))
    case .boolean: return .logical(text(record.operation), items())
    case .compare:
      return .comparison(
        child(0),
        (1..<Int(record.count)).map { (tree.comparisonOperator(tree.extra(id, $0 - 1)), child($0)) })
    case .unary: return .unary(text(record.operation), child(0))
    case .starred: return .starred(child(0))
    case .conditional: return .conditional(child(1), condition: child(0), otherwise: child(2))
    default: return scope(record)
    }
  }

  private func scope(_ record: NodeRecord) -> Node {
    switch record.kind {
    case .lambda: .lambda(tree.parameters(word(0)), child(1))
    case .listComprehension: .listComprehension(child(0), clauses(from: 1))
    case .setComprehension: .setComprehension(child(0), clauses(from: 1))
    case .generator: .generator(child(0), clauses(from: 1))
    case .dictComprehension: .dictionaryComprehension(key: child(0), value: child(1), clauses(from: 2))
    case .await: .await(child(0))
    case .yield: .yield(record.count == 0 ? nil : child(0))
    case .yieldFrom: .yieldFrom(child(0))
    case .named: .named(child(0), child(1))
    case .representation: .representation(child(0))
    default: .invalid
    }
  }

  private func clauses(from start: Int) -> [Clause] {
    items(from: start).map { clause in
      (
        clause.child(0), clause.child(1), clause.items(from: 2),
        isAsync: tree.record(clause.id).operation & NodeFlag.isAsync != 0
      )
    }
  }
}

extension PythonTree {
  /// Positional arguments and keywords among `ids`.
  func arguments(
    _ ids: some Sequence<NodeID>
  ) -> (arguments: [PythonExpression], keywords: [PythonExpression.Keyword]) {
    var arguments: [PythonExpression] = []
    var keywords: [PythonExpression.Keyword] = []
    for id in ids {
      let record = record(id)
      if record.kind == .keyword {
        keywords.append((optionalName(record.a, record.b), expression(words[Int(record.first)])))
      } else {
        arguments.append(expression(id))
      }
    }
    return (arguments, keywords)
  }

  func comparisonOperator(_ word: UInt32) -> String {
    switch UInt8(truncatingIfNeeded: word) {
    case ComparisonCode.isNot: "is not"
    case ComparisonCode.notIn: "not in"
    case let code: PythonToken.Code(rawValue: code)?.text ?? ""
    }
  }
}
