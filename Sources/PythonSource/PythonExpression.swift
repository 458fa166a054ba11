/// A Python expression with its place; what the parser does not know is `other`.
package struct PythonExpression: Sendable {
  package indirect enum Node: Sendable {
    case name(String)
    case string(String)
    /// A number as written, without underscores.
    case number(String)
    case boolean(Bool)
    case none
    case list([PythonExpression])
    case tuple([PythonExpression])
    case set([PythonExpression])
    /// Entries in source order; a nil key is `**value`.
    case dictionary([(key: PythonExpression?, value: PythonExpression)])
    case call(PythonExpression, [PythonExpression], keywords: [(name: String, value: PythonExpression)])
    case attribute(PythonExpression, String)
    case subscripted(PythonExpression, PythonExpression)
    case binary(PythonExpression, String, PythonExpression)
    case unary(String, PythonExpression)
    case starred(PythonExpression)
    case conditional(PythonExpression, condition: PythonExpression, otherwise: PythonExpression)
    case other
  }

  /// The deepest expression that is kept.
  static let depthLimit = 200

  package let node: Node
  /// How many expressions stand in one another here: 1 for a literal.
  let depth: Int
  /// The byte offset of the first token.
  package let offset: Int
  /// Both from 1; the column in Unicode scalars.
  package let line: Int
  package let column: Int

  /// Becomes `other` where it would be deeper than `depthLimit`.
  init(_ node: Node, offset: Int, line: Int, column: Int) {
    let depth = 1 + node.childDepth
    self.node = depth <= Self.depthLimit ? node : .other
    self.depth = depth <= Self.depthLimit ? depth : 1
    self.offset = offset
    self.line = line
    self.column = column
  }

  /// `a.b.c` for names and attributes of names; nil for anything else.
  package var dottedName: String? {
    switch node {
    case .name(let name): name
    case .attribute(let base, let name): base.dottedName.map { "\($0).\(name)" }
    default: nil
    }
  }
}

extension PythonExpression.Node {
  /// The depth of the deepest expression directly inside; 0 without any.
  fileprivate var childDepth: Int {
    switch self {
    case .name, .string, .number, .boolean, .none, .other: 0
    case .list(let items), .tuple(let items), .set(let items): items.lazy.map(\.depth).max() ?? 0
    case .dictionary(let entries): entries.lazy.map { max($0.key?.depth ?? 0, $0.value.depth) }.max() ?? 0
    case .call(let function, let arguments, let keywords):
      max(function.depth, arguments.lazy.map(\.depth).max() ?? 0, keywords.lazy.map(\.value.depth).max() ?? 0)
    case .attribute(let base, _): base.depth
    case .subscripted(let base, let key): max(base.depth, key.depth)
    case .binary(let left, _, let right): max(left.depth, right.depth)
    case .unary(_, let operand), .starred(let operand): operand.depth
    case .conditional(let value, let condition, let otherwise): max(value.depth, condition.depth, otherwise.depth)
    }
  }
}
