/// Bytes of Python to tokens.
///
/// Supported: names (any byte above 0x7F belongs to one), numbers, all string prefixes, triple quotes, nested f-strings
/// (PEP 701), comments, bracket and backslash joining, form feeds, LF, CRLF and CR.
/// Unsupported: encodings other than UTF-8 (bytes above 0x7F pass through as they are).
///
/// The lexer never fails: an unterminated string ends with its line (a triple-quoted one with the file), a stray byte is
/// a symbol of its own. `problem` tells of the first such place.
/// Grammar: https://docs.python.org/3/reference/lexical_analysis.html
struct PythonLexer {
  let source: [UInt8]
  private(set) var tokens: ContiguousArray<PythonToken> = []
  /// The first place where the source is not Python.
  private(set) var problem: (line: Int, reason: String)?
  private var position = 0
  private var line = 1
  private var depth = 0

  init(_ source: [UInt8]) {
    self.source = source
    tokens.reserveCapacity(source.count / 5 + 8)
    if source.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    while readToken() {}
    endLogicalLine()
    add(.end, from: position, line: line)
  }

  private func byte(_ offset: Int) -> UInt8 { offset < source.count ? source[offset] : 0 }

  private mutating func add(_ kind: PythonToken.Kind, from start: Int, line: Int) {
    tokens.append(PythonToken(kind: kind, start: start, end: position, line: line))
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
      if depth > 0 { note("a bracket is never closed", line: line) }
      return false
    }
    let first = source[position]
    switch first {
    case 0x20, 0x09, 0x0C, 0x00: position += 1
    case 0x0A, 0x0D: readLineEnd()
    case UInt8(ascii: "#"): skipComment()
    case UInt8(ascii: "\\"): readBackslash()
    case UInt8(ascii: "'"), UInt8(ascii: "\""): readString(prefixLength: 0)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): readNumber()
    case UInt8(ascii: ".") where isDigit(byte(position + 1)): readNumber()
    case _ where isNameByte(first): readName()
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
    if byte(position) == 0x0A || byte(position) == 0x0D, position < source.count {
      skipLineEnd()
    } else {
      note("a backslash that joins no lines", line: line)
    }
  }

  private mutating func readName() {
    let start = position
    while position < source.count, isNameByte(source[position]) { position += 1 }
    let quote = byte(position)
    let length = position - start
    if quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""), length <= 3, isStringPrefix(start..<position) {
      position = start
      readString(prefixLength: length)
    } else {
      add(.name, from: start, line: line)
    }
  }

  private func isStringPrefix(_ range: Range<Int>) -> Bool {
    source[range].allSatisfy { "rbuftRBUFT".utf8.contains($0) }
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
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
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
    let isFormatted = source[start..<start + prefixLength].contains { "fFtT".utf8.contains($0) }
    position += prefixLength
    skipQuoted(isFormatted: isFormatted, nesting: 0)
    add(.string, from: start, line: startLine)
  }

  /// Skips a literal whose opening quote stands at `position`. Nesting beyond 100 is read as plain text.
  private mutating func skipQuoted(isFormatted: Bool, nesting: Int) {
    let startLine = line
    let quote = source[position]
    let isTriple = byte(position + 1) == quote && byte(position + 2) == quote
    position += isTriple ? 3 : 1
    while position < source.count {
      let current = source[position]
      switch current {
      case UInt8(ascii: "\\"):
        position += 1
        if byte(position) == 0x0A || byte(position) == 0x0D { skipLineEnd() } else { position += 1 }
      case quote where !isTriple:
        position += 1
        return
      case quote where byte(position + 1) == quote && byte(position + 2) == quote:
        position += 3
        return
      case 0x0A, 0x0D:
        guard isTriple else { return note("a string is never closed", line: startLine) }
        skipLineEnd()
      case UInt8(ascii: "{") where isFormatted && nesting < 100:
        position += 1
        if byte(position) == current {
          position += 1
        } else {
          skipReplacementField(nesting: nesting, in: quote, isTriple)
        }
      default: position += 1
      }
    }
    position = source.count
    note("a string is never closed", line: startLine)
  }

  /// Skips `expression[!r][:format]}` of an f-string; stops before a closing quote that an unbalanced field runs into.
  private mutating func skipReplacementField(nesting: Int, in quote: UInt8, _ isTriple: Bool) {
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
        if nesting < 100 { skipReplacementField(nesting: nesting + 1, in: quote, isTriple) }
        continue
      case UInt8(ascii: ":") where brackets == 0: isFormat = true
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): if !isFormat { brackets += 1 }
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        if isFormat { return }
        let before = byte(position - 1) | 0x20
        skipQuoted(isFormatted: before == UInt8(ascii: "f") || before == UInt8(ascii: "t"), nesting: nesting + 1)
        continue
      case 0x0A, 0x0D:
        skipLineEnd()
        continue
      default: break
      }
      position += 1
    }
  }
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

func isNameByte(_ byte: UInt8) -> Bool {
  (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z") && byte < 0x80 || byte >= 0x80
    || byte == UInt8(ascii: "_") || isDigit(byte)
}
