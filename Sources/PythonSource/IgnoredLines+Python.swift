import CPosix
package import Diagnostics

extension IgnoredLines {
  /// Reads the comments of Python source; a comment inside a string is none.
  ///
  /// A comment counts for its own line, and for every line of the import statements that it stands on. Without the word
  /// in the source this costs one search.
  package init(python source: [UInt8]) {
    self.init()
    guard Self.mayOccur(in: source), source.count < UInt32.max else { return }
    var lexer = PythonLexer(SourceBytes(source))
    lexer.comments = []
    lexer.run()
    let lines = LineTable(source)
    let statements = Self.importStatements(lexer.tokens, lines)
    for start in lexer.comments ?? [] {
      let end = source[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? source.count
      guard let comment = IgnoreComment(source[start..<end]) else { continue }
      let line = lines.line(of: start)
      add(comment, to: line...line)
      for statement in statements where statement.contains(line) && statement.count > 1 {
        add(comment, to: statement)
      }
    }
  }

  /// The same for bytes behind which `PaddedSource.padding` NULs stand that do not count, in the encoding of their file
  /// or in UTF-8.
  package init(padded bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress, bytes.count > PaddedSource.padding else {
      self.init()
      return
    }
    let count = bytes.count - PaddedSource.padding
    // Few words hold these letters.
    let isThere = ("vtool" as StaticString).withUTF8Buffer { word in
      word.baseAddress.map { cposix_find_text(base, 0, count, $0, word.count) < count } ?? false
    }
    guard isThere else {
      self.init()
      return
    }
    self.init(python: Array(bytes[..<count]))
  }

  /// The lines of every import statement.
  private static func importStatements(
    _ tokens: ContiguousArray<PythonToken>, _ lines: LineTable
  ) -> [ClosedRange<Int>] {
    var statements: [ClosedRange<Int>] = []
    var first: Int?
    var beginsStatement = true
    for token in tokens {
      if token.kind == .newline || token.kind == .end || token.code == .semicolon {
        if let first { statements.append(first...max(first, lines.line(of: Int(token.start)))) }
        first = nil
      } else if first == nil, beginsStatement, token.code == .import || token.code == .from {
        first = lines.line(of: Int(token.start))
      }
      switch token.kind {
      case .newline, .indent, .dedent: beginsStatement = true
      default: beginsStatement = token.code == .semicolon || token.code == .colon || token.code == .lazy
      }
    }
    return statements
  }
}

extension ImportScanner {
  /// The lines of the last source that carry a comment `# envtool: ignore`, to be asked before the source's memory changes.
  package var ignoredLines: IgnoredLines {
    guard source.count > 0 else { return IgnoredLines() }
    return IgnoredLines(padded: source.bytes(0..<source.count + PaddedSource.padding))
  }
}
