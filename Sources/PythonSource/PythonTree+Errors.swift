extension PythonTree {
  /// Every place that no Python reads, in source order.
  package var syntaxErrors: [PythonSyntaxError] { rawErrors.map(error) }

  /// The error that a CPython of `version` stops at; `isGuess` where that version is not known to be the project's.
  package func firstError(
    inPython version: (major: Int, minor: Int), isGuess: Bool = false
  ) -> PythonSyntaxError? {
    let isRefused =
      !rawErrors.isEmpty && rawErrors.contains { !$0.isLate }
      || requiredSyntax.contains { !$0.feature.isRead(by: version, isGuess) }
      || hasLongEscapes && hasBrokenEscape
    if isRefused, let refused = StrictReading(source, lines).error(inPython: version, isGuess) { return error(refused) }
    return version < (3, 0) ? nil : firstCompilerError.map(error)
  }

  private var hasBrokenEscape: Bool {
    nodes.indices.dropFirst().contains { index in
      let kind = nodes[index].kind
      guard kind == .string || kind == .bytes else { return false }
      return pieces(NodeID(truncatingIfNeeded: index)).contains { piece in
        let text = source[Int(piece.start)..<Int(piece.end)]
        guard piece.form == .literal || piece.form == .text, text.contains(UInt8(ascii: "\\")) else { return false }
        return piece.form == .literal
          ? PythonEscapes.error(inLiteral: text) != nil : PythonEscapes.error(in: text, isBytes: false) != nil
      }
    }
  }

  /// What a Python of `version` finds wrong, in source order.
  package func errors(inPython version: (major: Int, minor: Int)) -> [PythonSyntaxError] {
    (rawErrors + missing(version)).sorted { $0.offset < $1.offset }.map(error)
  }

  private func missing(_ version: (major: Int, minor: Int)) -> [RawError] {
    requiredSyntax.filter { !$0.feature.isRead(by: version) }.map { $0.feature.error(at: $0.offset) }
  }

  private func error(_ raw: RawError) -> PythonSyntaxError {
    let place = lines.place(of: raw.offset)
    let message =
      raw.reference.map { raw.message.replacing("%L", with: String(lines.line(of: $0))) } ?? raw.message
    return PythonSyntaxError(offset: raw.offset, line: place.line, column: place.column, message: message)
  }

  /// One error for each statement and line: where the lexer found one, what the parser made of it says nothing more.
  static func merged(
    _ lexical: [RawError], _ parsed: [RawError], _ lines: LineTable, _ source: [UInt8]
  ) -> [RawError] {
    let lexical = lexical.sorted { $0.offset < $1.offset }
    var isDropped = Array(repeating: false, count: lexical.count)
    let kept = parsed.filter { error in
      let index = firstIndex(in: lexical, from: error.statement)
      guard index < lexical.count, lexical[index].offset <= error.reached else { return true }
      // An unclosed bracket explains what stands behind its line, not what is wrong on it.
      let isOnLine =
        lexical[index].isUnclosedBracket && !isAtLineEnd(error.reached, source)
        && lines.line(of: lexical[index].offset) == lines.line(of: error.reached)
      if isOnLine { isDropped[index] = true }
      return isOnLine
    }
    let rest = lexical.indices.filter { !isDropped[$0] }.map { lexical[$0] }
    var known: Set<Int> = []
    let ordered = rest + kept.filter { !$0.isLate } + kept.filter(\.isLate)
    return ordered.filter { known.insert(lines.line(of: $0.offset)).inserted }.sorted { $0.offset < $1.offset }
  }

  private static func firstIndex(in errors: [RawError], from offset: Int) -> Int {
    var (low, high) = (0, errors.count)
    while low < high {
      let middle = (low + high) / 2
      if errors[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func isAtLineEnd(_ offset: Int, _ source: [UInt8]) -> Bool {
    offset >= source.count || source[offset] == 0x0A || source[offset] == 0x0D || source[offset] == UInt8(ascii: "#")
  }
}

/// A file as CPython reads it, once something is known to be wrong with it.
///
/// CPython's parser asks its tokenizer for one token after the other and stops at the first that fits nowhere. What is no
/// token wins when it comes before; when it comes after, most errors of that kind win too, since the tokenizer reads on to
/// the end then. A bracket that stays open wins over an error on a later line.
private struct StrictReading {
  private let lines: LineTable
  private let count: Int
  private let lexical: RawError?
  private let unclosed: RawError?
  private let parsed: RawError?
  private let features: [PythonFeature: Int]

  init(_ source: [UInt8], _ lines: LineTable) {
    let bytes = SourceBytes(source)
    var lexer = PythonLexer(bytes)
    lexer.runStrictly()
    var parser = PythonParser(bytes, lexer, isStrict: true)
    _ = parser.module()
    self.lines = lines
    count = source.count
    lexical = lexer.errors.first { !$0.isUnclosedBracket }
    unclosed = lexer.errors.first { $0.isUnclosedBracket }
    parsed = parser.errors.first { !$0.isLate }
    features = parser.features.first
  }

  func error(inPython version: (major: Int, minor: Int), _ isGuess: Bool) -> RawError? {
    let missing = features.filter { !$0.key.isRead(by: version, isGuess) }.map { $0.key.error(at: $0.value) }
    let lexical = (missing.filter(\.isLexical) + [lexical].compactMap(\.self)).min { $0.offset < $1.offset }
    let feature = missing.filter { !$0.isLexical }.min { $0.offset < $1.offset }
    guard let refused = first(feature, parsed) else { return lexical ?? unclosed }
    if let lexical {
      let isTold = !lexical.isOnDemand && !refused.isIndentation
      return isTold || refused.reached >= lexical.statement ? lexical : refused
    }
    guard let unclosed else { return refused }
    if refused.reached >= count { return unclosed }
    let isBehind = lines.line(of: refused.reached) > lines.line(of: unclosed.offset)
    return isBehind && !refused.isIndentation ? unclosed : refused
  }

  private func first(_ feature: RawError?, _ parsed: RawError?) -> RawError? {
    guard let feature, let parsed else { return feature ?? parsed }
    return feature.offset <= parsed.reached ? feature : parsed
  }
}

extension RawError {
  /// Whether CPython stops at once, without a look at what follows.
  fileprivate var isIndentation: Bool { message == "unexpected indent" || message == "unexpected unindent" }
}
