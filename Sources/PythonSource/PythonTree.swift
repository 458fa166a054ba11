/// The statements and expressions of one Python file, with places.
///
/// Reading never fails: a statement that is no Python is `invalid`, and `syntaxErrors` tells why. Nodes stand in flat
/// arrays, so that a tree of any depth is freed at once; handles (`PythonStatement`, `PythonExpression`) keep the tree
/// alive. Time and memory are linear in the size of the source, about 20 bytes for each of its bytes. Sources of 4 GiB
/// and more are not read.
package final class PythonTree: Sendable {
  package let source: [UInt8]
  package let lines: LineTable
  let nodes: ContiguousArray<NodeRecord>
  let words: ContiguousArray<UInt32>
  let roots: ContiguousArray<NodeID>
  /// Sorted by offset; at most one for each line.
  let rawErrors: [RawError]
  let hasLongEscapes: Bool
  /// The first place of each syntax that not every Python reads, in source order.
  package let requiredSyntax: [(feature: PythonFeature, offset: Int)]

  /// Reads the bytes of a file; `source` and every offset are those of the file decoded to UTF-8.
  package init(_ file: [UInt8]) {
    let source = SourceEncoding.decoded(file)
    let bytes = SourceBytes(source.count < UInt32.max ? source : [])
    var lexer = PythonLexer(bytes)
    lexer.run()
    var parser = PythonParser(bytes, lexer)
    roots = parser.module()
    self.source = source
    lines = LineTable(source)
    nodes = parser.nodes
    words = parser.words
    rawErrors = Self.merged(lexer.errors, parser.errors, lines, source)
    hasLongEscapes = lexer.hasLongEscapes
    requiredSyntax = parser.features.first.map { (feature: $0.key, offset: $0.value) }.sorted {
      ($0.offset, $0.feature.rawValue) < ($1.offset, $1.feature.rawValue)
    }
  }

  /// The statements of the module, in source order.
  package var statements: [PythonStatement] { roots.map { PythonStatement(self, $0) } }

  // MARK: - Nodes

  /// How many nodes were read.
  package var count: Int { nodes.count - 1 }

  func record(_ id: NodeID) -> NodeRecord { nodes[Int(id)] }

  func children(_ id: NodeID) -> ContiguousArray<UInt32>.SubSequence {
    let record = record(id)
    return words[Int(record.first)..<Int(record.first + record.count)]
  }

  /// The word at `position` behind the children.
  func extra(_ id: NodeID, _ position: Int) -> UInt32 {
    let record = record(id)
    return words[Int(record.first + record.count) + position]
  }

  func expression(_ id: NodeID) -> PythonExpression { PythonExpression(self, id) }

  func optional(_ id: NodeID) -> PythonExpression? { id == 0 ? nil : PythonExpression(self, id) }

  /// The text of `start..<end`; a dotted name may hold white space, which is left out.
  func name(_ start: UInt32, _ end: UInt32) -> String {
    let bytes = source[Int(start)..<Int(end)]
    guard bytes.allSatisfy({ isNameByte($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "*") }) else {
      var isComment = false
      return String(
        decoding: bytes.filter { byte in
          if byte == UInt8(ascii: "#") { isComment = true } else if byte == 0x0A || byte == 0x0D { isComment = false }
          return !isComment && (isNameByte(byte) || byte == UInt8(ascii: "."))
        }, as: UTF8.self)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func optionalName(_ start: UInt32, _ end: UInt32) -> String? { end == 0 ? nil : name(start, end) }

  /// The text of a string node: its pieces joined; `\N{...}` stays as written.
  func text(_ id: NodeID) -> String {
    let bytes = pieces(id).flatMap { piece in
      PythonString.bytes(of: source[Int(piece.start)..<Int(piece.end)], form: piece.form)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func pieces(_ id: NodeID) -> [StringPiece] {
    (0..<Int(record(id).a)).map { index in
      StringPiece(
        start: extra(id, 3 * index), end: extra(id, 3 * index + 1),
        form: StringPiece.Form(rawValue: extra(id, 3 * index + 2)) ?? .literal)
    }
  }
}
