/// The tokens of one file, for tests and other tools.
package struct PythonTokens: Sendable {
  package let source: [UInt8]
  package let tokens: ContiguousArray<PythonToken>

  package init(_ source: [UInt8]) {
    var lexer = PythonLexer(SourceBytes(source.count < UInt32.max ? source : []))
    lexer.run()
    self.source = source
    tokens = lexer.tokens
  }

  /// Every token on a line of its own as CPython's `tokenize` has it, an f-string with its fields being one string:
  /// `kind line column end-line end-column`, lines from 1, columns in UTF-8 bytes from 0.
  package func dump() -> String {
    let lines = LineTable(source)
    var output = ""
    var depth = 0
    var formattedStart: UInt32 = 0
    for token in tokens {
      var start = token.start
      if token.kind == .formattedStart {
        if depth == 0 { formattedStart = token.start }
        depth += 1
        continue
      }
      if token.kind == .formattedEnd {
        depth -= 1
        start = formattedStart
      }
      if depth > 0 { continue }
      output += token.kind == .formattedEnd ? "string" : "\(token.kind)"
      for offset in [Int(start), Int(token.end)] {
        let line = lines.line(of: offset)
        output += " \(line) \(offset - lines.start(ofLine: line))"
      }
      output += "\n"
    }
    return output
  }
}
