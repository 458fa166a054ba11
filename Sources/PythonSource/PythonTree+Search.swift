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
