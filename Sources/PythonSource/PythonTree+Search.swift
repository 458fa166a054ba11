extension PythonTree {
  /// Every call, wherever it stands; in no order that means anything.
  package var calls: [PythonExpression] { expressions { $0 == .call } }

  /// Every `base[index]`.
  package var subscripts: [PythonExpression] { expressions { $0 == .subscript } }

  /// Every `base.name`.
  package var attributes: [PythonExpression] { expressions { $0 == .attribute } }

  /// Every `a == b`, `a in b` and the like.
  package var comparisons: [PythonExpression] { expressions { $0 == .compare } }

  /// Every class, those in functions and in other classes too.
  package var classes: [(statement: PythonStatement, definition: PythonClass)] {
    nodes.indices.dropFirst().compactMap { index in
      guard nodes[index].kind == .classDefinition else { return nil }
      let statement = PythonStatement(self, NodeID(index))
      guard case .class(let definition) = statement.kind else { return nil }
      return (statement, definition)
    }
  }

  /// Every function, those in classes and in other functions too.
  package var functions: [(statement: PythonStatement, definition: PythonFunction)] {
    nodes.indices.dropFirst().compactMap { index in
      guard nodes[index].kind == .functionDefinition else { return nil }
      let statement = PythonStatement(self, NodeID(index))
      guard case .function(let definition) = statement.kind else { return nil }
      return (statement, definition)
    }
  }

  /// Every `target = value`, wherever it stands, one with an annotation too.
  package var assignments: [(target: PythonExpression, value: PythonExpression)] {
    nodes.indices.dropFirst().flatMap { index -> [(PythonExpression, PythonExpression)] in
      guard nodes[index].kind == .assign || nodes[index].kind == .annotatedAssign else { return [] }
      switch PythonStatement(self, NodeID(index)).kind {
      case .assignment(let targets, let value): return targets.map { ($0, value) }
      case .annotation(let target, _, let value?): return [(target, value)]
      default: return []
      }
    }
  }

  /// Every statement of a kind that decides what runs next: `if`, `while`, `for`.
  package var branches: [PythonStatement] {
    nodes.indices.dropFirst().compactMap { index in
      switch nodes[index].kind {
      case .if, .while, .for: PythonStatement(self, NodeID(index))
      default: nil
      }
    }
  }

  /// Every comprehension and generator.
  package var comprehensions: [PythonExpression] {
    expressions {
      $0 == .listComprehension || $0 == .setComprehension || $0 == .dictComprehension || $0 == .generator
    }
  }

  /// Every use of a name, by itself or behind a dot; texts and comments that say it are none.
  package func mentions(of name: String) -> [PythonExpression] {
    let bytes = Array(name.utf8)
    return nodes.indices.dropFirst().compactMap { index in
      let record = nodes[index]
      guard record.kind == .name || record.kind == .attribute,
        source[Int(record.a)..<Int(record.b)].elementsEqual(bytes)
      else { return nil }
      return PythonExpression(self, NodeID(index))
    }
  }

  /// The texts that stand within a range of bytes, in source order.
  package func strings(within range: Range<Int>) -> [PythonExpression] {
    expressions { $0 == .string }.filter { range.contains($0.offset) }.sorted { $0.offset < $1.offset }
  }

  /// What is assigned to, wherever it stands: the targets of `=`.
  package var assignedTargets: [PythonExpression] {
    nodes.indices.dropFirst().flatMap { index -> [PythonExpression] in
      guard nodes[index].kind == .assign else { return [] }
      return children(NodeID(index)).dropLast().map(expression)
    }
  }

  /// Every `a or b`, and every `a if b else c`.
  package var choices: [PythonExpression] { expressions { $0 == .boolean || $0 == .conditional } }

  /// Every statement that takes names from a module or imports one, wherever it stands.
  package var imports: [PythonStatement] {
    nodes.indices.dropFirst().compactMap { index in
      nodes[index].kind == .import || nodes[index].kind == .importFrom ? PythonStatement(self, NodeID(index)) : nil
    }
  }

  private func expressions(_ isWanted: (NodeKind) -> Bool) -> [PythonExpression] {
    nodes.indices.dropFirst().compactMap { isWanted(nodes[$0].kind) ? PythonExpression(self, NodeID($0)) : nil }
  }
}

extension PythonStatement {
  /// Every `return` of a function's body, those of functions within it left out.
  package static func returns(in body: [PythonStatement]) -> [PythonExpression] {
    var found: [PythonExpression] = []
    var pending = Array(body.reversed())
    while let statement = pending.popLast() {
      switch statement.kind {
      case .return(let value?): found.append(value)
      case .for(_, _, let body, let otherwise, _), .while(_, let body, let otherwise), .if(_, let body, let otherwise):
        pending += (body + otherwise).reversed()
      case .with(_, let body, _), .invalid(let body): pending += body.reversed()
      case .try(let body, let handlers, let otherwise, let finally):
        pending += (body + handlers.flatMap(\.body) + otherwise + finally).reversed()
      case .match(_, let cases): pending += cases.flatMap(\.body).reversed()
      default: break
      }
    }
    return found
  }
}
