package import PythonSource

extension PythonClass {
  /// What the class `Meta` of a model sets.
  package var meta: [String: PythonExpression] {
    for statement in body {
      guard case .class(let inner) = statement.kind, inner.name == "Meta" else { continue }
      return inner.attributes
    }
    return [:]
  }

  package var hasMeta: Bool {
    body.contains { if case .class(let inner) = $0.kind { inner.name == "Meta" } else { false } }
  }

  /// The names of the classes that the class `Meta` of a model comes from.
  package var metaBases: [String] {
    body.flatMap { statement -> [String] in
      guard case .class(let inner) = statement.kind, inner.name == "Meta" else { return [] }
      return inner.bases.compactMap(\.dottedName).filter { $0 != "object" }
    }
  }

  /// What the body of the class assigns to names.
  package var attributes: [String: PythonExpression] {
    var found: [String: PythonExpression] = [:]
    for statement in body {
      switch statement.kind {
      case .assignment(let targets, let value):
        for target in targets { if case .name(let name) = target.node { found[name] = value } }
      case .annotation(let target, _, let value?): if case .name(let name) = target.node { found[name] = value }
      default: break
      }
    }
    return found
  }

  /// The functions of the body with their statements.
  package var methods: [(function: PythonFunction, statement: PythonStatement)] {
    body.compactMap { statement in
      if case .function(let function) = statement.kind { (function, statement) } else { nil }
    }
  }
}

extension PythonTree {
  /// The classes that stand in the module itself, those under a condition left out.
  package var topClasses: [(statement: PythonStatement, definition: PythonClass)] {
    statements.compactMap { statement in
      if case .class(let definition) = statement.kind { (statement, definition) } else { nil }
    }
  }
}
