/// The place of a node in its tree; 0 stands for none.
typealias NodeID = UInt32

/// What a node is; the names are those of CPython's `ast`.
enum NodeKind: UInt8, Sendable {
  case invalid
  // Expressions.
  case name, string, bytes, number, `true`, `false`, none, ellipsis, joinedString, templateString, formattedValue
  case interpolation, list, tuple, set, dict, call, attribute, `subscript`, slice, binary, boolean, compare, unary
  case starred, conditional, lambda, listComprehension, setComprehension, dictComprehension, generator, await, yield
  case yieldFrom, named, representation
  // Parts.
  case keyword, arguments, argument, comprehension, withItem, handler, alias, matchCase, typeVariable
  case parameterSpecification, typeVariableTuple, exceptionTuple
  // Patterns.
  case matchValue, matchSingleton, matchSequence, matchMapping, matchClass, matchStar, matchAs, matchOr
  // Statements.
  case invalidStatement, functionDefinition, classDefinition, `return`, delete, assign, typeAlias, augmentedAssign
  case annotatedAssign, `for`, `while`, `if`, with, match, raise, `try`, assert, `import`, importFrom, global, nonlocal
  case expression, pass, `break`, `continue`, print, exec

  var isStatement: Bool { rawValue >= Self.invalidStatement.rawValue }
  var isPattern: Bool { rawValue >= Self.matchValue.rawValue && rawValue <= Self.matchOr.rawValue }
  var isTypeParameter: Bool {
    self == .typeVariable || self == .parameterSpecification || self == .typeVariableTuple
  }
}

/// A node without its children, which stand in `PythonTree.words`.
struct NodeRecord: Sendable {
  let kind: NodeKind
  /// An operator's code, or flags of the kind.
  var operation: UInt8
  /// How many nodes stand in one another here: 1 for a leaf. Stops at 65,535.
  let depth: UInt16
  /// Byte offsets as `ast` has them.
  var start: UInt32
  var end: UInt32
  /// Where the children stand in `words`, in the order of `ast`'s fields; words of the kind's own follow them.
  let first: UInt32
  let count: UInt32
  /// Most often the range of a name, else counts of children.
  var a: UInt32
  var b: UInt32
}

/// Flags of statements in `NodeRecord.operation`.
enum NodeFlag {
  static let isAsync: UInt8 = 1
  static let hasReturns: UInt8 = 2
  static let isLazy: UInt8 = 1
  static let isExceptionGroup: UInt8 = 1
  static let isParenthesised: UInt8 = 1
  static let hasChevron: UInt8 = 1
}

/// What a parameter is, in `NodeRecord.operation` of an `argument`.
enum ParameterRole: UInt8, Sendable {
  case regular, positionalOnly, variadic, keywordOnly, variadicKeyword
}
