/// A statement of a tree, with its place.
package struct PythonStatement: Sendable {
  /// A name that `import` brings, and the name it is given.
  package typealias Alias = (name: String, alias: String?)

  package enum Kind: Sendable {
    case function(PythonFunction)
    case `class`(PythonClass)
    case `return`(PythonExpression?)
    case delete([PythonExpression])
    /// `a = b = value`
    case assignment(targets: [PythonExpression], value: PythonExpression)
    /// `target: annotation = value`
    case annotation(target: PythonExpression, annotation: PythonExpression, value: PythonExpression?)
    /// `target += value`; `operation` is without the `=`.
    case augmentedAssignment(target: PythonExpression, operation: String, value: PythonExpression)
    /// `type name[...] = value`
    case typeAlias(name: PythonExpression, value: PythonExpression)
    case `for`(
      target: PythonExpression, source: PythonExpression, body: [PythonStatement], otherwise: [PythonStatement],
      isAsync: Bool)
    case `while`(PythonExpression, body: [PythonStatement], otherwise: [PythonStatement])
    /// An `elif` is an `if` alone in `otherwise`.
    case `if`(PythonExpression, body: [PythonStatement], otherwise: [PythonStatement])
    case with(items: [(value: PythonExpression, target: PythonExpression?)], body: [PythonStatement], isAsync: Bool)
    /// Patterns are kept in the tree alone.
    case match(PythonExpression, cases: [(condition: PythonExpression?, body: [PythonStatement])])
    /// Beside the exception its cause; in Python 2 a value and a traceback.
    case raise([PythonExpression])
    case `try`(
      body: [PythonStatement], handlers: [PythonHandler], otherwise: [PythonStatement], finally: [PythonStatement])
    case assert(PythonExpression, message: PythonExpression?)
    case `import`([Alias])
    /// `level` counts the leading dots.
    case importFrom(String, names: [Alias], level: Int)
    case global([String])
    case nonlocal([String])
    case expression(PythonExpression)
    case pass
    case `break`
    case `continue`
    /// `print` and `exec` of Python 2.
    case print([PythonExpression])
    case exec([PythonExpression])
    /// What is no Python, with the statements of blocks that were read in it.
    case invalid([PythonStatement])
  }

  let tree: PythonTree
  let id: NodeID

  init(_ tree: PythonTree, _ id: NodeID) {
    self.tree = tree
    self.id = id
  }

  /// Whether it is an `if`; asked without making its parts.
  package var isIf: Bool { tree.record(id).kind == .if }
  /// Whether it is an `import` or `from ... import`.
  package var isImport: Bool {
    let kind = tree.record(id).kind
    return kind == .import || kind == .importFrom
  }
  package var isTry: Bool { tree.record(id).kind == .try }
  /// How many nodes stand in one another here; stops at 65,535.
  package var depth: Int { Int(tree.record(id).depth) }
  /// Byte offsets as CPython's `ast` has them: decorators stand before it, a block ends with its last statement.
  package var range: Range<Int> { Int(tree.record(id).start)..<Int(tree.record(id).end) }
  package var offset: Int { Int(tree.record(id).start) }
  /// From 1.
  package var line: Int { tree.lines.line(of: offset) }
  /// From 1, in Unicode scalars.
  package var column: Int { tree.lines.place(of: offset).column }
}

/// `def` with its decorators.
package struct PythonFunction: Sendable {
  package let name: String
  package let parameters: [PythonParameter]
  package let returns: PythonExpression?
  package let decorators: [PythonExpression]
  package let body: [PythonStatement]
  package let isAsync: Bool
}

/// `class` with its decorators.
package struct PythonClass: Sendable {
  package let name: String
  package let bases: [PythonExpression]
  package let keywords: [PythonExpression.Keyword]
  package let decorators: [PythonExpression]
  package let body: [PythonStatement]
}

/// An `except` clause.
package struct PythonHandler: Sendable {
  package let type: PythonExpression?
  package let name: String?
  package let body: [PythonStatement]
}
