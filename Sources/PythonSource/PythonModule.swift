/// One Python file: its tokens, and what the readers make of them.
///
/// Reading never fails; `problem` is set when part of the file is not Python that this reader knows.
package struct PythonModule: Sendable {
  package let source: [UInt8]
  let tokens: ContiguousArray<ImportToken>
  /// The first line that could not be read, and why, when there is one.
  package let problem: (line: Int, reason: String)?

  package init(_ source: [UInt8]) {
    let lexer = ImportLexer(source)
    self.source = source
    self.tokens = lexer.tokens
    self.problem = lexer.problem
  }

  /// Every import of the file in the order of the source, nested ones included.
  package var imports: [ImportStatement] {
    var reader = ImportReader(self)
    return reader.read()
  }

  /// Statements and expressions with their places; reads the source at each call.
  package var tree: PythonTree { PythonTree(source) }

  func text(_ token: ImportToken) -> String { String(decoding: source[token.start..<token.end], as: UTF8.self) }

  func token(_ token: ImportToken, is text: StaticString) -> Bool {
    text.utf8CodeUnitCount == token.end - token.start
      && text.withUTF8Buffer { source[token.start..<token.end].elementsEqual($0) }
  }

  /// The width of the white space before the first token of a line, tabs to the next multiple of 8.
  func indentation(of token: ImportToken) -> Int {
    var start = token.start
    while start > 0, source[start - 1] == 0x20 || source[start - 1] == 0x09 { start -= 1 }
    return source[start..<token.start].reduce(0) { $1 == 0x09 ? ($0 / 8 + 1) * 8 : $0 + 1 }
  }
}

extension PythonModule {
  /// The string literals that stand as the next argument behind the literal `key` in a call: `f("key", "this")`.
  package func strings(after key: String) -> [String] {
    guard tokens.count > 2 else { return [] }
    return tokens.indices.dropLast(2).compactMap { index in
      guard tokens[index].kind == .string, tokens[index + 2].kind == .string, token(tokens[index + 1], is: ","),
        PythonString.value(of: tokens[index], in: source) == key
      else { return nil }
      return PythonString.value(of: tokens[index + 2], in: source)
    }
  }
}
