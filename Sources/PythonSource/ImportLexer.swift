/// Bytes of Python to tokens.
///
/// Supported: names (any byte above 0x7F belongs to one), numbers, all string prefixes, triple quotes, nested f-strings
/// (PEP 701), comments, bracket and backslash joining, form feeds, LF, CRLF and CR.
/// Unsupported: encodings other than UTF-8 (bytes above 0x7F pass through as they are).
///
/// The lexer never fails: an unterminated string ends with its line (a triple-quoted one with the file), a stray byte is
/// a symbol of its own. `problem` tells of the first such place.
/// Grammar: https://docs.python.org/3/reference/lexical_analysis.html
struct ImportLexer {
  let source: [UInt8]
  private(set) var tokens: ContiguousArray<ImportToken> = []
  /// The first place where the source is not Python.
  private(set) var problem: (line: Int, reason: String)?
  private var position = 0
  private var line = 1
  private var depth = 0
  /// Where the outermost open bracket stands.
  private var bracketLine = 1
  /// An offset whose column is known: each byte is counted once, however long its line.
  private var counted = (offset: 0, column: 1)

  init(_ source: [UInt8]) {
    self.source = source
    tokens.reserveCapacity(source.count / 5 + 8)
    if source.starts(with: [0xEF, 0xBB, 0xBF]) {
      position = 3
      counted.offset = 3
    }
    while readToken() {}
    endLogicalLine()
    add(.end, from: position, line: line)
  }

  private func byte(_ offset: Int) -> UInt8 { offset < source.count ? source[offset] : 0 }

  private mutating func add(_ kind: ImportToken.Kind, from start: Int, line: Int) {
    tokens.append(ImportToken(kind: kind, start: start, end: position, line: line, column: column(of: start)))
  }

  /// Takes offsets in ascending order.
  private mutating func column(of offset: Int) -> Int {
    var column = counted.column
    for index in counted.offset..<offset {
      let current = source[index]
      // A byte that continues a scalar has no column of its own.
      if current == 0x0A || current == 0x0D { column = 1 } else if current & 0xC0 != 0x80 { column += 1 }
    }
    counted = (offset, column)
    return column
  }

  private mutating func note(_ reason: String, line: Int) {
    if problem == nil { problem = (line, reason) }
  }

  private mutating func endLogicalLine() {
    guard let last = tokens.last, last.kind != .newline else { return }
    add(.newline, from: position, line: line)
  }

  /// Reads one token or skips one stretch of white space; false at the end of the source.
  private mutating func readToken() -> Bool {
    guard position < source.count else {
      if depth > 0 { note("a bracket is never closed", line: bracketLine) }
      return false
    }
    let first = source[position]
    switch first {
    case 0x20, 0x09, 0x0C, 0x00: position += 1
    case _ where isNameByte(first) && !isDigit(first): readName()
    case 0x0A, 0x0D: readLineEnd()
    case UInt8(ascii: "#"): skipComment()
    case UInt8(ascii: "\\"): readBackslash()
    case UInt8(ascii: "'"), UInt8(ascii: "\""): readString(prefixLength: 0)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
    case UInt8(ascii: ".") where isDigit(byte(position + 1)): readNumber()
    default: readSymbol()
    }
    return true
  }

  private mutating func readLineEnd() {
    if depth == 0 { endLogicalLine() }
    skipLineEnd()
  }

  private mutating func skipLineEnd() {
    position += source[position] == 0x0D && byte(position + 1) == 0x0A ? 2 : 1
    line += 1
  }

  private mutating func skipComment() {
    while position < source.count, source[position] != 0x0A, source[position] != 0x0D { position += 1 }
  }

  private mutating func readBackslash() {
    position += 1
    if byte(position) == 0x0A || byte(position) == 0x0D {
      skipLineEnd()
    } else {
      note("a backslash that joins no lines", line: line)
    }
  }

  private mutating func readName() {
    let start = position
    let length = nameLength()
    if isStringPrefix(length) { return readString(prefixLength: length) }
    position += length
    add(.name, from: start, line: line)
  }

  private func nameLength() -> Int {
    var end = position
    while end < source.count, isNameByte(source[end]) { end += 1 }
    return end - position
  }

  /// Whether the next `length` bytes are the prefix of a literal.
  private func isStringPrefix(_ length: Int) -> Bool {
    let quote = byte(position + length)
    return length <= 2 && (quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""))
      && source[position..<position + length].allSatisfy { "rbuftRBUFT".utf8.contains($0) }
  }

  private mutating func readNumber() {
    let start = position
    while position < source.count {
      let current = source[position]
      let isExponentSign =
        (current == UInt8(ascii: "+") || current == UInt8(ascii: "-"))
        && (byte(position - 1) | 0x20) == UInt8(ascii: "e") && (byte(start + 1) | 0x20) != UInt8(ascii: "x")
        && position > start
      guard isNameByte(current) || current == UInt8(ascii: ".") || isExponentSign else { break }
      position += 1
    }
    add(.number, from: start, line: line)
  }

  private mutating func readSymbol() {
    let start = position
    let first = source[position]
    switch first {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
      if depth == 0 { bracketLine = line }
      depth += 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
    default: break
    }
    position += symbolLength(first, byte(position + 1), byte(position + 2))
    add(.symbol, from: start, line: line)
  }

  private func symbolLength(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
    let equals = UInt8(ascii: "=")
    if first == UInt8(ascii: "."), second == first, third == first { return 3 }
    if first == second, "*/<>".utf8.contains(first) { return third == equals ? 3 : 2 }
    if second == equals, "=!<>+-*/%&|^@:".utf8.contains(first) { return 2 }
    if first == UInt8(ascii: "-"), second == UInt8(ascii: ">") { return 2 }
    return 1
  }

  // MARK: - Strings

  private mutating func readString(prefixLength: Int) {
    let start = position
    let startLine = line
    skipLiteral(prefixLength: prefixLength, nesting: 0)
    add(.string, from: start, line: startLine)
  }

  /// Skips a literal with its prefix. Nesting beyond 100 is read as plain text: CPython allows 150.
  private mutating func skipLiteral(prefixLength: Int, nesting: Int) {
    let prefix = source[position..<position + prefixLength]
    let isFormatted = nesting < 100 && prefix.contains { "fFtT".utf8.contains($0) }
    let isRaw = prefix.contains { $0 | 0x20 == UInt8(ascii: "r") }
    position += prefixLength
    let startLine = line
    let quote = source[position]
    let isTriple = byte(position + 1) == quote && byte(position + 2) == quote
    position += isTriple ? 3 : 1
    while position < source.count {
      let current = source[position]
      if isNameByte(current) || current == 0x20 {
        position += 1
        continue
      }
      switch current {
      case UInt8(ascii: "\\"):
        position += 1
        skipEscaped(isFormatted: isFormatted, isRaw: isRaw)
      case quote where !isTriple:
        position += 1
        return
      case quote where byte(position + 1) == quote && byte(position + 2) == quote:
        position += 3
        return
      case 0x0A, 0x0D:
        guard isTriple else { return note("a string is never closed", line: startLine) }
        skipLineEnd()
      case UInt8(ascii: "{") where isFormatted:
        position += 1
        if byte(position) == current { position += 1 } else { skipReplacementField(nesting: nesting) }
      default: position += 1
      }
    }
    position = source.count
    note("a string is never closed", line: startLine)
  }

  /// Skips what a backslash before `position` takes out of its meaning.
  private mutating func skipEscaped(isFormatted: Bool, isRaw: Bool) {
    switch byte(position) {
    case 0x0A, 0x0D: skipLineEnd()
    // A field begins all the same.
    case UInt8(ascii: "{") where isFormatted: break
    case UInt8(ascii: "N") where isFormatted && !isRaw && byte(position + 1) == UInt8(ascii: "{"):
      while isNameByte(byte(position)) || " -{".utf8.contains(byte(position)) { position += 1 }
      if byte(position) == UInt8(ascii: "}") { position += 1 }
    default: position = min(position + 1, source.count)
    }
  }

  /// Skips `expression[!r][:format]}` of an f-string. Inside the format a quote gives the field up: it either stands for
  /// itself or closes the string, and what reads the string can tell.
  private mutating func skipReplacementField(nesting: Int) {
    var brackets = 0
    var isFormat = false
    while position < source.count {
      let current = source[position]
      switch current {
      case UInt8(ascii: "}") where brackets == 0:
        position += 1
        return
      case UInt8(ascii: "{") where isFormat:
        position += 1
        if nesting < 100 { skipReplacementField(nesting: nesting + 1) }
        continue
      case UInt8(ascii: ":") where brackets == 0: isFormat = true
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): if !isFormat { brackets += 1 }
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        if isFormat { return }
        skipLiteral(prefixLength: 0, nesting: nesting + 1)
        continue
      case UInt8(ascii: "#") where !isFormat:
        skipComment()
        continue
      case _ where isNameByte(current) && !isFormat:
        skipName(nesting: nesting)
        continue
      case 0x0A, 0x0D:
        skipLineEnd()
        continue
      default: break
      }
      position += 1
    }
  }

  /// Skips a name of a replacement field, or the literal that it is the prefix of.
  private mutating func skipName(nesting: Int) {
    let length = nameLength()
    if isStringPrefix(length) { skipLiteral(prefixLength: length, nesting: nesting + 1) } else { position += length }
  }
}
