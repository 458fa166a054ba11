// Supported: PEP 508 and the set variables of pylock.toml; PEP 345's spellings of the variables.
// Unsupported: nesting beyond 200 parentheses.
// Grammar, blanks between all tokens:
//   marker     = conjunction ("or" conjunction)*
//   conjunction = atom ("and" atom)*
//   atom       = "(" marker ")" | operand relation operand
//   operand    = variable | '"' text '"' | "'" text "'"
//   relation   = "===" | "==" | "~=" | "!=" | "<=" | ">=" | "<" | ">" | "in" | "not" blank+ "in"

extension Marker {
  /// Reads one marker and nothing else.
  package init(parsing text: String) throws(RequirementError) { try self.init(parsing: text.utf8.span) }

  /// Reads UTF-8 bytes that hold one marker and nothing else.
  package init(parsing bytes: Span<UInt8>) throws(RequirementError) {
    self = try TextCursor.reading(bytes) { (cursor) throws(RequirementError) -> Marker in
      try Marker(parsing: &cursor)
    }
  }

  /// Reads a marker up to the end of the text; columns count from the text's start.
  init(parsing cursor: inout TextCursor) throws(RequirementError) {
    var parser = MarkerParser(cursor: cursor)
    var expression = try parser.marker(depth: 0)
    guard parser.cursor.isAtEnd else { throw parser.error("and, or, or the end of the marker") }
    cursor = parser.cursor
    if case .group(let inner) = expression { expression = inner }
    self.init(expression)
  }
}

private struct MarkerParser {
  var cursor: TextCursor

  mutating func marker(depth: Int) throws(RequirementError) -> Marker.Expression {
    let first = try conjunction(depth: depth)
    guard takeWord("or") else { return first }
    var parts = [first]
    repeat { parts.append(try conjunction(depth: depth)) } while takeWord("or")
    return .any(parts)
  }

  private mutating func conjunction(depth: Int) throws(RequirementError) -> Marker.Expression {
    let first = try atom(depth: depth)
    guard takeWord("and") else { return first }
    var parts = [first]
    repeat { parts.append(try atom(depth: depth)) } while takeWord("and")
    return .all(parts)
  }

  private mutating func atom(depth: Int) throws(RequirementError) -> Marker.Expression {
    cursor.skipBlanks()
    let start = cursor.position
    guard cursor.take(UInt8(ascii: "(")) else {
      let comparison = try comparison()
      cursor.skipBlanks()
      return .comparison(comparison)
    }
    guard depth < 200 else {
      throw RequirementError(column: cursor.column(at: start), expected: "at most 200 nested parentheses")
    }
    let inner = try marker(depth: depth + 1)
    cursor.skipBlanks()
    guard cursor.take(UInt8(ascii: ")")) else { throw error("and, or, or )") }
    cursor.skipBlanks()
    switch inner {
    case .comparison, .group: return inner
    case .all, .any: return .group(inner)
    }
  }

  private mutating func comparison() throws(RequirementError) -> Marker.Comparison {
    let left = try operand()
    cursor.skipBlanks()
    let relation = try relation()
    cursor.skipBlanks()
    let right = try operand()
    return Marker.Comparison(
      left: MarkerParser.normalized(left, against: right, asSet: true), relation: relation,
      right: MarkerParser.normalized(right, against: left, asSet: false))
  }

  /// Names of extras compare in their normal form (https://peps.python.org/pep-0685/).
  private static func normalized(
    _ operand: Marker.Operand, against other: Marker.Operand, asSet: Bool
  ) -> Marker.Operand {
    guard case .literal(let text) = operand, case .variable(let variable) = other,
      variable == .extra || (asSet && variable.holdsSet)
    else { return operand }
    return .literal(PackageName.normalize(text))
  }

  private mutating func operand() throws(RequirementError) -> Marker.Operand {
    let start = cursor.position
    let quote = cursor.byte
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      _ = cursor.take(quote)
      let bytes = cursor.takeWhile { $0 != quote }
      guard cursor.take(quote), let text = MarkerString.unescaped(cursor.part(bytes)) else {
        throw RequirementError(column: cursor.column(at: start), expected: "a string that Python can read")
      }
      return .literal(text)
    }
    let word = cursor.takeWhile { ASCII.isWord($0) || $0 == UInt8(ascii: ".") }
    guard let variable = MarkerVariable(word, in: cursor) else {
      cursor.rewind(to: start)
      throw error("a marker variable or a quoted string")
    }
    return .variable(variable)
  }

  private mutating func relation() throws(RequirementError) -> Marker.Relation {
    if let comparison = Specifier.operator(&cursor) { return .version(comparison) }
    if takeWord("in") { return .contained }
    let start = cursor.position
    if takeWord("not"), ASCII.isBlank(cursor.byte) {
      cursor.skipBlanks()
      if takeWord("in") { return .notContained }
    }
    cursor.rewind(to: start)
    throw error("one of <=, <, !=, ==, >=, >, ~=, ===, in, not in")
  }

  /// Takes a word that no letter or digit touches on either side.
  private mutating func takeWord(_ word: StaticString) -> Bool {
    let start = cursor.position
    if ASCII.isWord(cursor[start - 1]) { return false }
    guard cursor.take(word) else { return false }
    if ASCII.isWord(cursor.byte) {
      cursor.rewind(to: start)
      return false
    }
    return true
  }

  func error(_ expected: String) -> RequirementError {
    RequirementError(column: cursor.column(at: cursor.position), expected: expected)
  }
}
