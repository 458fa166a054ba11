/// An expression of a tree, with its place.
package struct PythonExpression: Sendable {
  /// `name=value` of a call or class; a nil name is `**value`.
  package typealias Keyword = (name: String?, value: PythonExpression)
  /// `for target in source if ...`
  package typealias Clause = (
    target: PythonExpression, source: PythonExpression, conditions: [PythonExpression], isAsync: Bool
  )

  package enum Node: Sendable {
    case name(String)
    /// Adjacent literals are joined.
    case string(String)
    case bytes([UInt8])
    /// A number as written, without underscores.
    case number(String)
    case boolean(Bool)
    case none
    case ellipsis
    /// An f-string: strings and fields.
    case formatted([PythonExpression])
    /// A t-string: strings and fields.
    case template([PythonExpression])
    /// `{value!conversion:format}` in either.
    case field(PythonExpression, conversion: Unicode.Scalar?, format: PythonExpression?)
    case list([PythonExpression])
    case tuple([PythonExpression])
    case set([PythonExpression])
    /// Entries in source order; a nil key is `**value`.
    case dictionary([(key: PythonExpression?, value: PythonExpression)])
    case call(PythonExpression, [PythonExpression], keywords: [Keyword])
    case attribute(PythonExpression, String)
    case subscripted(PythonExpression, PythonExpression)
    case slice(PythonExpression?, PythonExpression?, step: PythonExpression?)
    case binary(PythonExpression, String, PythonExpression)
    /// `a or b or c`: the operands of one kind of operator.
    case logical(String, [PythonExpression])
    /// `a < b <= c`
    case comparison(PythonExpression, [(operation: String, value: PythonExpression)])
    case unary(String, PythonExpression)
    case starred(PythonExpression)
    case conditional(PythonExpression, condition: PythonExpression, otherwise: PythonExpression)
    case lambda([PythonParameter], PythonExpression)
    case listComprehension(PythonExpression, [Clause])
    case setComprehension(PythonExpression, [Clause])
    case dictionaryComprehension(key: PythonExpression, value: PythonExpression, [Clause])
    case generator(PythonExpression, [Clause])
    case await(PythonExpression)
    case yield(PythonExpression?)
    case yieldFrom(PythonExpression)
    /// `name := value`
    case named(PythonExpression, PythonExpression)
    /// Backticks of Python 2.
    case representation(PythonExpression)
    case invalid
  }

  let tree: PythonTree
  let id: NodeID

  init(_ tree: PythonTree, _ id: NodeID) {
    self.tree = tree
    self.id = id
  }

  /// How many nodes stand in one another here: 1 for a literal; stops at 65,535. What recurses asks first.
  package var depth: Int { Int(tree.record(id).depth) }
  /// Byte offsets as CPython's `ast` has them: parentheses belong to tuples and generators alone.
  package var range: Range<Int> { Int(tree.record(id).start)..<Int(tree.record(id).end) }
  package var offset: Int { Int(tree.record(id).start) }
  /// The source text.
  package var text: String { String(decoding: tree.source[range], as: UTF8.self) }
  /// From 1.
  package var line: Int { tree.lines.line(of: offset) }
  /// From 1, in Unicode scalars.
  package var column: Int { tree.lines.place(of: offset).column }

  /// `a.b.c` for names and attributes of names; nil for anything else.
  package var dottedName: String? {
    var parts: [String] = []
    var id = id
    while tree.record(id).kind == .attribute {
      parts.append(tree.name(tree.record(id).a, tree.record(id).b))
      id = tree.words[Int(tree.record(id).first)]
    }
    guard tree.record(id).kind == .name else { return nil }
    parts.append(tree.name(tree.record(id).a, tree.record(id).b))
    return parts.reversed().joined(separator: ".")
  }

  /// The text of a string, or of an f-string without fields.
  package var stringValue: String? {
    switch node {
    case .string(let text): return text
    case .formatted(let parts):
      let texts = parts.compactMap { part in if case .string(let text) = part.node { text } else { nil } }
      return texts.count == parts.count ? texts.joined() : nil
    default: return nil
    }
  }
}
