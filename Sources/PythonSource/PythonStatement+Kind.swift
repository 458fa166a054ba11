extension PythonStatement {
  /// What the statement is, with handles of what it holds; made anew at each call.
  package var kind: Kind {
    let record = tree.record(id)
    switch record.kind {
    case .functionDefinition: return .function(function(record))
    case .classDefinition: return .class(classDefinition(record))
    case .for:
      return .for(
        target: expression(0), source: expression(1), body: body(from: 2, record.b),
        otherwise: statements(from: 2 + Int(record.b)), isAsync: record.operation & NodeFlag.isAsync != 0)
    case .while:
      return .while(expression(0), body: body(from: 1, record.b), otherwise: statements(from: 1 + Int(record.b)))
    case .if:
      return .if(expression(0), body: body(from: 1, record.b), otherwise: statements(from: 1 + Int(record.b)))
    case .with: return with(record)
    case .match: return match()
    case .try: return tryStatement(record)
    case .invalidStatement: return .invalid(statements(from: 0))
    default: return simple(record)
    }
  }

  private var ids: ContiguousArray<UInt32>.SubSequence { tree.children(id) }
  private func expression(_ position: Int) -> PythonExpression {
    tree.expression(tree.words[Int(tree.record(id).first) + position])
  }
  private func expressions() -> [PythonExpression] { ids.map(tree.expression) }
  private func statements(from start: Int) -> [PythonStatement] { statements(ids.dropFirst(start)) }
  private func statements(_ ids: some Sequence<NodeID>) -> [PythonStatement] {
    ids.lazy.filter { tree.record($0).kind.isStatement }.map { PythonStatement(tree, $0) }
  }
  private func body(from start: Int, _ count: UInt32) -> [PythonStatement] {
    statements(ids.dropFirst(start).prefix(Int(count)))
  }

  private func simple(_ record: NodeRecord) -> Kind {
    switch record.kind {
    case .return: return .return(record.count == 0 ? nil : expression(0))
    case .delete: return .delete(expressions())
    case .assign:
      return .assignment(targets: ids.dropLast().map(tree.expression), value: expression(Int(record.count) - 1))
    case .annotatedAssign:
      return .annotation(
        target: expression(0), annotation: expression(1), value: record.count > 2 ? expression(2) : nil)
    case .augmentedAssign:
      return .augmentedAssignment(
        target: expression(0), operation: PythonToken.Code(rawValue: record.operation)?.text ?? "",
        value: expression(1))
    case .typeAlias: return .typeAlias(name: expression(0), value: expression(Int(record.count) - 1))
    case .raise: return .raise(expressions())
    case .assert: return .assert(expression(0), message: record.count > 1 ? expression(1) : nil)
    case .import: return .import(ids.map(alias))
    case .importFrom:
      return .importFrom(
        tree.optionalName(record.a, record.b) ?? "", names: ids.map(alias), level: Int(tree.extra(id, 0)))
    case .global: return .global(names(record))
    case .nonlocal: return .nonlocal(names(record))
    case .expression: return .expression(expression(0))
    case .break: return .break
    case .continue: return .continue
    case .print: return .print(expressions())
    case .exec: return .exec(expressions())
    default: return .pass
    }
  }

  private func names(_ record: NodeRecord) -> [String] {
    (0..<Int(record.a)).map { tree.name(tree.extra(id, 2 * $0), tree.extra(id, 2 * $0 + 1)) }
  }

  private func alias(_ id: NodeID) -> Alias {
    let record = tree.record(id)
    return (tree.name(record.a, record.b), tree.optionalName(tree.extra(id, 0), tree.extra(id, 1)))
  }

  private func function(_ record: NodeRecord) -> PythonFunction {
    var tail = ids.dropFirst().filter { !tree.record($0).kind.isStatement && !tree.record($0).kind.isTypeParameter }
    let returns = record.operation & NodeFlag.hasReturns != 0 ? tail.popLast() : nil
    return PythonFunction(
      name: tree.name(record.a, record.b), parameters: ids.first.map(tree.parameters) ?? [],
      returns: returns.map(tree.expression), decorators: tail.map(tree.expression), body: statements(from: 1),
      isAsync: record.operation & NodeFlag.isAsync != 0)
  }

  private func classDefinition(_ record: NodeRecord) -> PythonClass {
    let head = ids.prefix { !tree.record($0).kind.isStatement }
    let (bases, keywords) = tree.arguments(head)
    let decorators = ids.dropFirst(head.count).filter {
      !tree.record($0).kind.isStatement && !tree.record($0).kind.isTypeParameter
    }
    return PythonClass(
      name: tree.name(record.a, record.b), bases: bases, keywords: keywords,
      decorators: decorators.map(tree.expression), body: statements(from: head.count))
  }

  private func with(_ record: NodeRecord) -> Kind {
    let items = ids.prefix { tree.record($0).kind == .withItem }.map { id in
      let parts = Array(tree.children(id))
      return (value: tree.expression(parts[0]), target: parts.count > 1 ? tree.expression(parts[1]) : nil)
    }
    return .with(
      items: items, body: statements(from: items.count), isAsync: record.operation & NodeFlag.isAsync != 0)
  }

  private func match() -> Kind {
    .match(
      expression(0),
      cases: ids.dropFirst().filter { tree.record($0).kind == .matchCase }.map { id in
        let parts = tree.children(id).dropFirst()
        return (condition: parts.first.flatMap(tree.optional), body: statements(parts.dropFirst()))
      })
  }

  private func tryStatement(_ record: NodeRecord) -> Kind {
    let body = Int(record.a)
    let handlers = ids.dropFirst(body).prefix { tree.record($0).kind == .handler }
    let rest = ids.dropFirst(body + handlers.count)
    return .try(
      body: statements(ids.prefix(body)),
      handlers: handlers.map { id in
        let record = tree.record(id)
        let parts = tree.children(id)
        return PythonHandler(
          type: parts.first.flatMap(tree.optional), name: tree.optionalName(record.a, record.b),
          body: statements(parts.dropFirst()))
      },
      otherwise: statements(rest.prefix(Int(record.b))), finally: statements(rest.dropFirst(Int(record.b))))
  }
}
