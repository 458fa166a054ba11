extension PythonTree {
  /// The simple statements that run when the module is imported: those in `if`, `try`, `with`, `match` and loops are
  /// conditional, those of functions and classes left out. In source order.
  package var moduleLevel: [(statement: PythonStatement, isConditional: Bool)] {
    var result: [(statement: PythonStatement, isConditional: Bool)] = []
    // Handled in a loop: a chain of `elif` is as deep as it is long.
    var pending = roots.reversed().map { (id: $0, isConditional: false) }
    while let (id, isConditional) = pending.popLast() {
      switch record(id).kind {
      case .functionDefinition, .classDefinition: break
      case .for, .while, .if, .with, .match, .try, .matchCase, .handler:
        pending += children(id).reversed().lazy.filter { self.isBlockPart($0) }.map { ($0, true) }
      case .invalidStatement:
        pending += children(id).reversed().lazy.map { ($0, true) }
      default: result.append((PythonStatement(self, id), isConditional))
      }
    }
    return result
  }

  private func isBlockPart(_ id: NodeID) -> Bool {
    let kind = record(id).kind
    return kind.isStatement || kind == .handler || kind == .matchCase
  }
}
