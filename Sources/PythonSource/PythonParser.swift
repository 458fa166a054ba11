/// Tokens to a tree.
///
/// Supported: the grammar of Python 2.7 to 3.15; what only some Pythons read is noted as a feature.
/// Unsupported: type comments, interactive input.
///
/// Recursive descent without backtracking over expressions; chains of operators, attributes, `elif` are read in loops.
/// Nesting beyond `nestingLimit` is an error of its statement. After an error the parser goes on behind the logical line;
/// a block behind it is read as usual.
/// Grammar: https://docs.python.org/3/reference/grammar.html
struct PythonParser {
  /// Of expressions and patterns in one another; CPython allows 200 brackets.
  static let nestingLimit = 210
  static let blockLimit = 100

  let source: SourceBytes
  let tokens: ContiguousArray<PythonToken>
  var index = 0
  var nodes: ContiguousArray<NodeRecord> = []
  var words: ContiguousArray<UInt32> = []
  /// Children of nodes that are being read.
  var scratch: ContiguousArray<NodeID> = []
  /// Children that `ast` has behind the others although they may stand between them.
  var held: ContiguousArray<NodeID> = []
  var pieces: ContiguousArray<StringPiece> = []
  var nesting = 0
  var blockDepth = 0
  /// The error of the statement that is being read.
  var failure: RawError?
  var errors: [RawError] = []
  var features: FeatureLog
  /// The expression in parentheses that was read last.
  var parenthesised: NodeID = 0
  /// What surrounds the statement that is being read.
  var scope = Scope()
  /// Whether the escapes of literals are looked at, as CPython does.
  let isStrict: Bool
  /// Where the last simple statement ends: a block ends with its last one.
  var statementEnd: UInt32 = 0

  init(_ source: SourceBytes, _ lexer: PythonLexer, isStrict: Bool = false) {
    self.source = source
    self.isStrict = isStrict
    tokens = lexer.tokens
    features = lexer.features
    nodes.reserveCapacity(lexer.tokens.count + 2)
    words.reserveCapacity(lexer.tokens.count + 2)
    _ = leaf(.invalid, from: 0)
  }

  /// Where `return`, `yield`, `break` and `nonlocal` may stand.
  struct Scope {
    var isFunction = false
    var isModule = true
    var isLoop = false
    var isAsync = false
  }

  // MARK: - Tokens

  var current: PythonToken { tokens[index] }
  var code: PythonToken.Code { tokens[index].code }
  var kind: PythonToken.Kind { tokens[index].kind }
  var start: UInt32 { tokens[index].start }
  /// Where the last token that was read ends.
  var lastEnd: UInt32 { index > 0 ? tokens[index - 1].end : 0 }
  var hasFailed: Bool { failure != nil }

  func peek(_ distance: Int) -> PythonToken { tokens[min(index + distance, tokens.count - 1)] }

  mutating func advance() { if index < tokens.count - 1 { index += 1 } }

  @inline(__always)
  mutating func skip(_ code: PythonToken.Code) -> Bool {
    guard tokens[index].code == code else { return false }
    index += 1
    return true
  }

  mutating func expect(_ code: PythonToken.Code, _ message: String = "invalid syntax") {
    if !skip(code) { fail(message) }
  }

  /// An identifier at the cursor; `async` and `await` are some before Python 3.7.
  var isName: Bool {
    let token = tokens[index]
    guard token.kind == .name else { return false }
    return !token.code.isKeyword
  }

  mutating func name() -> (UInt32, UInt32) {
    let token = current
    if isName || noteAsyncName() {
      advance()
    } else {
      fail()
    }
    return (token.start, token.end)
  }

  /// Notes `async` or `await` where it must be a name.
  mutating func noteAsyncName() -> Bool {
    guard code == .async || code == .await else { return false }
    features.note(.asyncName, at: Int(start))
    return true
  }

  // MARK: - Errors

  /// The first error of a statement counts.
  mutating func fail(_ message: String = "invalid syntax", at offset: UInt32? = nil, line: UInt32? = nil) {
    guard failure == nil else { return }
    // CPython counts the end of a file as the last of its lines.
    let isAtEnd = (kind == .end || kind == .dedent) && start >= source.count && start > 0
    let isGeneric = message == "invalid syntax"
    failure = RawError(
      offset: Int(offset ?? (isAtEnd ? start - 1 : start)),
      message: isGeneric && kind == .dedent
        ? "unexpected unindent" : isGeneric && kind == .indent ? "unexpected indent" : message,
      reference: line.map(Int.init), reached: Int(start))
  }

  mutating func note(_ message: String, at offset: UInt32? = nil, line: UInt32? = nil) {
    errors.append(
      RawError(
        offset: Int(offset ?? start), message: message, reference: line.map(Int.init),
        statement: Int(offset ?? start), reached: Int(start)))
  }

  /// Notes what CPython's compiler says of a statement that its parser reads.
  mutating func noteLate(_ message: String, at offset: UInt32, in pass: CompilerPass = .code) {
    errors.append(
      RawError(
        offset: Int(offset), message: message, statement: Int(offset), reached: Int(offset), isLate: true, pass: pass))
  }

  /// Enters an expression in an expression; false, and an error, beyond the limit.
  mutating func enter() -> Bool {
    guard nesting < Self.nestingLimit else {
      fail("too many nested parentheses")
      return false
    }
    nesting += 1
    return true
  }

  // MARK: - Nodes

  mutating func leaf(
    _ kind: NodeKind, from start: UInt32, operation: UInt8 = 0, a: UInt32 = 0, b: UInt32 = 0
  ) -> NodeID {
    append(kind, start, operation, a, b, count: 0, depth: 1)
  }

  private mutating func append(
    _ kind: NodeKind, _ start: UInt32, _ operation: UInt8, _ a: UInt32, _ b: UInt32, count: Int, depth: UInt16
  ) -> NodeID {
    let id = NodeID(truncatingIfNeeded: nodes.count)
    nodes.append(
      NodeRecord(
        kind: kind, operation: operation, depth: depth, start: start, end: lastEnd,
        first: UInt32(truncatingIfNeeded: words.count - count), count: UInt32(truncatingIfNeeded: count), a: a, b: b))
    return id
  }

  @inline(__always)
  private func depth(_ id: NodeID) -> UInt16 { nodes[Int(id)].depth }

  mutating func node(
    _ kind: NodeKind, from start: UInt32, _ only: NodeID, operation: UInt8 = 0, a: UInt32 = 0, b: UInt32 = 0
  ) -> NodeID {
    words.append(only)
    let depth = depth(only)
    return append(kind, start, operation, a, b, count: 1, depth: depth &+ (depth == .max ? 0 : 1))
  }

  mutating func node(
    _ kind: NodeKind, from start: UInt32, _ first: NodeID, _ second: NodeID, operation: UInt8 = 0, a: UInt32 = 0,
    b: UInt32 = 0
  ) -> NodeID {
    words.append(first)
    words.append(second)
    let depth = max(depth(first), depth(second))
    return append(kind, start, operation, a, b, count: 2, depth: depth &+ (depth == .max ? 0 : 1))
  }

  /// A node whose children are those on `scratch` from `mark` on, which it takes from there.
  mutating func node(
    _ kind: NodeKind, from start: UInt32, children mark: Int, operation: UInt8 = 0, a: UInt32 = 0, b: UInt32 = 0
  ) -> NodeID {
    var depth: UInt16 = 0
    let count = scratch.count - mark
    for index in mark..<scratch.count {
      let child = scratch[index]
      words.append(child)
      depth = max(depth, nodes[Int(child)].depth)
    }
    scratch.removeLast(count)
    return append(kind, start, operation, a, b, count: count, depth: depth &+ (depth == .max ? 0 : 1))
  }

  /// Moves what is held from `mark` on behind what is on `scratch`.
  mutating func release(from mark: Int) {
    for index in mark..<held.count { scratch.append(held[index]) }
    held.removeLast(held.count - mark)
  }

  func nodeKind(_ id: NodeID) -> NodeKind { nodes[Int(id)].kind }

  func child(_ id: NodeID, _ position: Int) -> NodeID { words[Int(nodes[Int(id)].first) + position] }

  func children(_ id: NodeID) -> ContiguousArray<UInt32>.SubSequence {
    let record = nodes[Int(id)]
    return words[Int(record.first)..<Int(record.first + record.count)]
  }

  // MARK: - Second attempts

  struct Mark {
    let index, nodes, words, scratch, held, errors: Int
    let features: FeatureLog
  }

  var mark: Mark {
    Mark(
      index: index, nodes: nodes.count, words: words.count, scratch: scratch.count, held: held.count,
      errors: errors.count, features: features)
  }

  /// Forgets all that was read since `mark` but the cursor.
  mutating func discard(to mark: Mark) {
    nodes.removeLast(nodes.count - mark.nodes)
    words.removeLast(words.count - mark.words)
    scratch.removeLast(scratch.count - mark.scratch)
    held.removeLast(held.count - mark.held)
    pieces.removeAll(keepingCapacity: true)
    failure = nil
  }

  mutating func rewind(to mark: Mark) {
    discard(to: mark)
    index = mark.index
    errors.removeLast(errors.count - mark.errors)
    features = mark.features
  }
}
