extension PythonLexer {
  /// Whether the one or two bytes before a quote are the prefix of a literal.
  func isStringPrefix(from start: Int, to end: Int) -> Bool {
    let first = bytes[start] | 0x20
    guard end - start == 2 else { return end == start || "rbuft".utf8.contains(first) }
    let second = bytes[start + 1] | 0x20
    if first == UInt8(ascii: "r") { return "bft".utf8.contains(second) }
    return second == UInt8(ascii: "r") && "buft".utf8.contains(first)
  }

  /// Reads a literal whose prefix starts at `start`; of an f-string or t-string only the opening quotes.
  mutating func readString(from start: Int) {
    var isRaw = false
    var isFormatted = false
    var isTemplate = false
    position = start
    while true {
      let byte = bytes[position]
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { break }
      switch byte | 0x20 {
      case UInt8(ascii: "r"): isRaw = true
      case UInt8(ascii: "f"): isFormatted = true
      case UInt8(ascii: "t"): isTemplate = true
      default: break
      }
      position += 1
    }
    if position == start + 2, bytes[start] | 0x20 == UInt8(ascii: "u") { features.note(.rawUnicode, at: start) }
    let quote = bytes[position]
    let isTriple = bytes[position + 1] == quote && bytes[position + 2] == quote
    noteReusedQuote(quote, isTriple, at: start)
    position += isTriple ? 3 : 1
    guard isFormatted || isTemplate else { return readPlain(quote, isTriple, from: start) }
    features.note(isTemplate ? .templateString : .formattedString, at: start)
    if frames.count == Self.frameLimit { note("too many nested f-strings", at: start) }
    frames.append(
      Frame(
        quote: quote, isTriple: isTriple, isRaw: isRaw, isTemplate: isTemplate, start: start, base: brackets.count))
    add(.formattedStart, from: start)
  }

  /// Before Python 3.12 the quotes of an f-string may not stand in its fields.
  private mutating func noteReusedQuote(_ quote: UInt8, _ isTriple: Bool, at offset: Int) {
    guard let frame = frames.last else { return }
    if frame.quote == quote, isTriple == frame.isTriple || !frame.isTriple {
      features.note(.formattedQuoteReuse, at: offset)
    }
  }

  private mutating func readPlain(_ quote: UInt8, _ isTriple: Bool, from start: Int) {
    while position < count {
      while classes[Int(bytes[position])] & ByteClasses.stringBit == 0 { position += 1 }
      let byte = bytes[position]
      if byte == quote {
        if !isTriple {
          position += 1
          return add(.string, from: start)
        }
        if bytes[position + 1] == quote, bytes[position + 2] == quote {
          position += 3
          return add(.string, from: start)
        }
        position += 1
      } else if byte == UInt8(ascii: "\\") {
        if !frames.isEmpty { features.note(.formattedExpression, at: position) }
        position += 1
        if isLongEscape(bytes[position]) { hasLongEscapes = true }
        if position < count { position += lineEndLength(at: position) }
      } else if !isTriple, isLineEnd(byte) {
        break
      } else {
        position += 1
      }
    }
    position = min(position, count)
    endUnterminated(quote, isTriple, from: start)
  }

  /// `\x`, `\u`, `\U` and `\N` need digits or a name behind them.
  @inline(__always)
  func isLongEscape(_ byte: UInt8) -> Bool {
    byte | 0x20 == UInt8(ascii: "u") || byte == UInt8(ascii: "x") || byte == UInt8(ascii: "N")
  }

  private mutating func endUnterminated(_ quote: UInt8, _ isTriple: Bool, from start: Int) {
    if let frame = frames.last, frame.quote == quote, frame.isTriple == isTriple {
      // The quote was meant to close the f-string around it.
      note("f-string: expecting '}'", at: start)
      position = start
      while bytes[position] != quote { position += 1 }
      let quotes = position
      position += isTriple ? 3 : 1
      return endFrame(from: quotes)
    }
    if isTriple {
      note("unterminated triple-quoted string literal (detected at line %L)", at: start, line: lastPlace)
    } else {
      note("unterminated string literal (detected at line %L)", at: start, line: lastPlace)
      forgetBracketsClosed(since: start)
    }
    add(.invalid, from: start)
  }

  /// Brackets that the rest of the line closes inside the string that has no end.
  private mutating func forgetBracketsClosed(since start: Int) {
    var end = position
    while end > start, brackets.count > (frames.last?.base ?? 0), ")]}, :;\t".utf8.contains(bytes[end - 1]) {
      end -= 1
      if ")]}".utf8.contains(bytes[end]) { brackets.removeLast() }
    }
  }

  // MARK: - f-strings and t-strings

  private mutating func endFrame(from start: Int) {
    guard let frame = frames.popLast() else { return }
    brackets.removeSubrange(min(frame.base, brackets.count)...)
    add(.formattedEnd, from: start)
  }

  private mutating func addText(from start: Int) {
    if position > start { add(.formattedText, from: start) }
  }

  /// Reads text up to a field or the closing quotes, and the brace or the quotes behind it.
  mutating func readFormattedText() {
    let frame = frames[frames.count - 1]
    let isInFormat = brackets.count > frame.base
    let start = position
    while position < count {
      while classes[Int(bytes[position])] & ByteClasses.stringBit == 0 { position += 1 }
      let byte = bytes[position]
      switch byte {
      case frame.quote:
        if frame.isTriple, bytes[position + 1] != byte || bytes[position + 2] != byte {
          position += 1
          continue
        }
        addText(from: start)
        let quotes = position
        position += frame.isTriple ? 3 : 1
        if isInFormat { note("f-string: expecting '}'", at: quotes) }
        return endFrame(from: quotes)
      case UInt8(ascii: "\\"):
        if isLongEscape(bytes[position + 1]) { hasLongEscapes = true }
        skipFormattedEscape(isRaw: frame.isRaw)
      case UInt8(ascii: "{"):
        if !isInFormat, bytes[position + 1] == byte {
          position += 2
          continue
        }
        addText(from: start)
        return openField()
      case UInt8(ascii: "}"):
        if isInFormat {
          addText(from: start)
          position += 1
          brackets.removeLast()
          return add(.symbol, .rightBrace, from: position - 1)
        }
        if bytes[position + 1] != byte {
          addText(from: start)
          note("f-string: single '}' is not allowed", at: position)
          position += 1
          return add(.invalid, from: position - 1)
        }
        position += 2
      case 0x0A where !frame.isTriple, 0x0D where !frame.isTriple:
        addText(from: start)
        if isInFormat {
          brackets[brackets.count - 1].isInFormat = false
        } else {
          noteUnterminatedFrame()
          add(.invalid, from: position)
          endFrame(from: position)
        }
        return
      default: position += 1
      }
    }
    position = min(position, count)
    addText(from: start)
  }

  private mutating func openField() {
    position += 1
    if brackets.count == Self.bracketLimit { note("too many nested parentheses", at: position - 1) }
    brackets.append(Bracket(byte: UInt8(ascii: "{"), offset: position - 1, isField: true))
    add(.symbol, .leftBrace, from: position - 1)
  }

  private mutating func skipFormattedEscape(isRaw: Bool) {
    position += 1
    guard position < count else { return }
    switch bytes[position] {
    case UInt8(ascii: "{"), UInt8(ascii: "}"): break
    case UInt8(ascii: "N") where !isRaw && bytes[position + 1] == UInt8(ascii: "{"):
      position += 2
      while isNameByte(bytes[position]) || bytes[position] == 0x20 || bytes[position] == UInt8(ascii: "-") {
        position += 1
      }
      if bytes[position] == UInt8(ascii: "}") { position += 1 }
    default: position += lineEndLength(at: position)
    }
  }

  mutating func noteUnterminatedFrame() {
    guard let frame = frames.last else { return }
    let kind = frame.isTemplate ? "t-string" : "f-string"
    note(
      "unterminated \(frame.isTriple ? "triple-quoted " : "")\(kind) literal (detected at line %L)", at: frame.start,
      line: lastPlace)
  }
}
