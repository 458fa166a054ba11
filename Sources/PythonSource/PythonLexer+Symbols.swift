extension PythonLexer {
  mutating func readSymbol(_ first: UInt8) {
    let start = position
    switch first {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): return open(first)
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): return close(first)
    case UInt8(ascii: ":") where brackets.last?.isField == true:
      position += 1
      add(.symbol, .colon, from: start)
      brackets[brackets.count - 1].isInFormat = true
      return
    default: break
    }
    let (code, length) = symbol(first, bytes[position + 1], bytes[position + 2])
    position += length
    if code != .none { return add(.symbol, code, from: start) }
    if first == 0 {
      if position <= count { note("source code cannot contain null bytes", at: start) }
    } else {
      note(first > 0x20 && first < 0x7F ? "invalid syntax" : Self.invalidCharacter(Unicode.Scalar(first)), at: start)
    }
    add(.invalid, from: start)
  }

  private mutating func open(_ byte: UInt8) {
    let start = position
    position += 1
    if brackets.count == Self.bracketLimit { note("too many nested parentheses", at: start) }
    brackets.append(Bracket(byte: byte, offset: start))
    let code: PythonToken.Code =
      switch byte {
      case UInt8(ascii: "("): .leftParenthesis
      case UInt8(ascii: "["): .leftBracket
      default: .leftBrace
      }
    add(.symbol, code, from: start)
  }

  private mutating func close(_ byte: UInt8) {
    let start = position
    position += 1
    let opening: UInt8
    let code: PythonToken.Code
    switch byte {
    case UInt8(ascii: ")"): (opening, code) = (UInt8(ascii: "("), .rightParenthesis)
    case UInt8(ascii: "]"): (opening, code) = (UInt8(ascii: "["), .rightBracket)
    default: (opening, code) = (UInt8(ascii: "{"), .rightBrace)
    }
    let base = frames.last?.base ?? 0
    if brackets.count > base, let last = brackets.last, last.byte == opening {
      brackets.removeLast()
    } else {
      noteMismatch(byte, at: start)
      if let index = brackets[base...].lastIndex(where: { $0.byte == opening }) {
        brackets.removeSubrange(index...)
      } else {
        return add(.invalid, from: start)
      }
    }
    add(.symbol, code, from: start)
  }

  private mutating func noteMismatch(_ byte: UInt8, at offset: Int) {
    let closing = Character(Unicode.Scalar(byte))
    let prefix = frames.isEmpty ? "" : "f-string: "
    guard let last = brackets.last, brackets.count > frames.last?.base ?? 0, !last.isField else {
      return note("\(prefix)unmatched '\(closing)'", at: offset)
    }
    let opening = Character(Unicode.Scalar(last.byte))
    let isOtherLine = (last.offset..<offset).contains { isLineEnd(bytes[$0]) }
    note(
      "\(prefix)closing parenthesis '\(closing)' does not match opening parenthesis '\(opening)'"
        + (isOtherLine ? " on line %L" : ""), at: offset, line: isOtherLine ? last.offset : nil)
  }

  /// The longest operator at the cursor and its length; `none` for a byte that starts no token.
  private func symbol(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> (PythonToken.Code, Int) {
    let isEqual = second == UInt8(ascii: "=")
    let isDouble = second == first
    let isDoubleEqual = isDouble && third == UInt8(ascii: "=")
    switch first {
    case UInt8(ascii: ","): return (.comma, 1)
    case UInt8(ascii: "."): return isDouble && third == first ? (.ellipsis, 3) : (.dot, 1)
    case UInt8(ascii: ":"): return isEqual ? (.walrus, 2) : (.colon, 1)
    case UInt8(ascii: "="): return isEqual ? (.equalEqual, 2) : (.equal, 1)
    case UInt8(ascii: ";"): return (.semicolon, 1)
    case UInt8(ascii: "+"): return isEqual ? (.plusEqual, 2) : (.plus, 1)
    case UInt8(ascii: "-"):
      if second == UInt8(ascii: ">") { return (.arrow, 2) }
      return isEqual ? (.minusEqual, 2) : (.minus, 1)
    case UInt8(ascii: "*"):
      if isDouble { return isDoubleEqual ? (.doubleStarEqual, 3) : (.doubleStar, 2) }
      return isEqual ? (.starEqual, 2) : (.star, 1)
    case UInt8(ascii: "/"):
      if isDouble { return isDoubleEqual ? (.doubleSlashEqual, 3) : (.doubleSlash, 2) }
      return isEqual ? (.slashEqual, 2) : (.slash, 1)
    case UInt8(ascii: "<"):
      if isDouble { return isDoubleEqual ? (.leftShiftEqual, 3) : (.leftShift, 2) }
      if second == UInt8(ascii: ">") { return (.lessGreater, 2) }
      return isEqual ? (.lessEqual, 2) : (.less, 1)
    case UInt8(ascii: ">"):
      if isDouble { return isDoubleEqual ? (.rightShiftEqual, 3) : (.rightShift, 2) }
      return isEqual ? (.greaterEqual, 2) : (.greater, 1)
    case UInt8(ascii: "%"): return isEqual ? (.percentEqual, 2) : (.percent, 1)
    case UInt8(ascii: "&"): return isEqual ? (.ampersandEqual, 2) : (.ampersand, 1)
    case UInt8(ascii: "|"): return isEqual ? (.barEqual, 2) : (.bar, 1)
    case UInt8(ascii: "^"): return isEqual ? (.caretEqual, 2) : (.caret, 1)
    case UInt8(ascii: "@"): return isEqual ? (.atEqual, 2) : (.at, 1)
    case UInt8(ascii: "!"): return isEqual ? (.notEqual, 2) : (.exclamation, 1)
    case UInt8(ascii: "~"): return (.tilde, 1)
    case UInt8(ascii: "`"): return (.backtick, 1)
    default: return (.none, 1)
    }
  }
}
