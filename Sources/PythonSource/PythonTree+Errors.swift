extension PythonTree {
  /// Every place that no Python reads, in source order.
  package var syntaxErrors: [PythonSyntaxError] { rawErrors.map(error) }

  /// The error that a CPython of `version` stops at: its tokenizer reads the whole file before another error is told.
  package func firstError(inPython version: (major: Int, minor: Int)) -> PythonSyntaxError? {
    let found = (rawErrors + missing(version)).sorted { $0.offset < $1.offset }
    let parsed = found.filter { !$0.isLate }
    let all = parsed.isEmpty ? found : parsed
    if let lexical = all.first(where: { $0.isLexical && !$0.isUnclosedBracket }) { return error(lexical) }
    guard let unclosed = all.last(where: \.isUnclosedBracket) else { return all.first.map(error) }
    guard let parsed = all.first(where: { !$0.isLexical }) else { return error(unclosed) }
    let isReached = parsed.reached >= source.count || lines.line(of: parsed.reached) > lines.line(of: unclosed.offset)
    return error(isReached ? unclosed : parsed)
  }

  /// What a Python of `version` finds wrong, in source order.
  package func errors(inPython version: (major: Int, minor: Int)) -> [PythonSyntaxError] {
    (rawErrors + missing(version)).sorted { $0.offset < $1.offset }.map(error)
  }

  private func missing(_ version: (major: Int, minor: Int)) -> [RawError] {
    requiredSyntax.filter { !$0.feature.isRead(by: version) }.map { feature, offset in
      RawError(offset: offset, message: feature.message, isLexical: feature == .oldOctal || feature == .longSuffix)
    }
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
