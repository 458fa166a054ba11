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

  package let node: Node
  /// The byte offset of the first token.
  package let offset: Int
  /// Both from 1; the column in Unicode scalars.
  package let line: Int
  package let column: Int

  /// `a.b.c` for names and attributes of names; nil for anything else.
  package var dottedName: String? {
    switch node {
    case .name(let name): name
    case .attribute(let base, let name): base.dottedName.map { "\($0).\(name)" }
    default: nil
    }
  }
}
