package import Diagnostics
import PythonSource

extension ProjectCode {
  /// Whether a file asks which databases there are, or makes some: then it may know what it does.
  ///
  /// To print DATABASES or to take a known entry of it is no such question.
  package func asksForDatabases(_ file: SourcePath) -> Bool {
    guard let tree = tree(of: file) else { return false }
    if !tree.mentions(of: "ConnectionDoesNotExist").isEmpty { return true }
    if tree.strings(reading: "DATABASES").isEmpty == false { return true }
    // `override_settings(DATABASES={...})`
    if tree.calls.contains(where: { call in
      guard case .call(_, _, let keywords) = call.node else { return false }
      return keywords.contains { $0.name == "DATABASES" }
    }) {
      return true
    }
    let mentions =
      tree.mentions(of: "DATABASES")
      + tree.mentions(of: "databases").filter { $0.dottedName?.hasSuffix("connections.databases") == true }
    let connections = tree.mentions(of: "connections")
    if mentions.isEmpty, connections.isEmpty { return false }
    let places = (mentions + connections).map(\.offset)
    let holds = { (range: Range<Int>) in places.contains { range.contains($0) } }
    // `"x" in connections`, `len(settings.DATABASES) > 1`
    if tree.comparisons.contains(where: { comparison in holds(comparison.range) && !isOfEntry(comparison) }) {
      return true
    }
    for branch in tree.branches {
      switch branch.kind {
      case .for(_, let source, _, _, _): if holds(source.range) { return true }
      case .if(let condition, _, _), .while(let condition, _, _):
        if let name = condition.lastName, name == "DATABASES" { return true }
      default: break
      }
    }
    if tree.comprehensions.contains(where: { $0.clauses.contains { holds($0.source.range) } }) { return true }
    let asked = tree.calls.contains { call in
      guard case .call(let function, _, _) = call.node, case .attribute(let base, _) = function.node else {
        return false
      }
      return mentions.contains { $0.offset == base.offset && $0.range == base.range }
    }
    return asked || tree.assignments.contains { target, _ in mentions.contains { target.range.overlaps($0.range) } }
  }

  /// `connections["x"].vendor == "mysql"` asks for something else.
  private func isOfEntry(_ comparison: PythonExpression) -> Bool {
    guard case .comparison(let left, let others) = comparison.node else { return false }
    return others.allSatisfy { $0.operation == "==" || $0.operation == "!=" }
      && ([left] + others.map(\.value)).allSatisfy { side in
        if case .call = side.node { return false }
        return true
      }
  }
}

extension PythonExpression {
  /// The `for` parts of a comprehension.
  fileprivate var clauses: [Clause] {
    switch node {
    case .listComprehension(_, let clauses), .setComprehension(_, let clauses), .generator(_, let clauses),
      .dictionaryComprehension(_, _, let clauses):
      clauses
    default: []
    }
  }
}
