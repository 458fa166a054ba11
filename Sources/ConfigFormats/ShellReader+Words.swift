extension ShellReader {
  /// Reads the word that stands here; a variable may make none of it, or several.
  mutating func readWord() -> [ShellWord] {
    var words: [ShellWord] = []
    var word = ShellWord()
    while let byte = current, !endsWord(byte) {
      switch byte {
      case UInt8(ascii: "\\"):
        if self.byte(1) == UInt8(ascii: "\n") {
          position += 2
          continue
        }
        word.isBare = false
        position += 1
        if position < text.count { take(into: &word) }
      case UInt8(ascii: "'"): readQuoted(into: &word)
      case UInt8(ascii: "\""): readDoubleQuoted(into: &word)
      case UInt8(ascii: "`") where dialect == .shell: readBackquotes(into: &word)
      case UInt8(ascii: "$"): readDollar(into: &word, &words, isQuoted: false)
      case UInt8(ascii: "{") where self.byte(1) == byte: readTemplate(into: &word)
      case UInt8(ascii: "("):
        // `NAME=(...)`, the one place where a parenthesis belongs to a word.
        let start = position
        skipParentheses()
        word.isLiteral = false
        word.text.append(text.part(start..<position))
      default: take(into: &word)
      }
    }
    if !word.text.isEmpty || !word.isBare && word.isLiteral { words.append(word) }
    return words.filter { !$0.text.isEmpty || !$0.isBare }
  }

  private func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): return true
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ")"), UInt8(ascii: "<"),
      UInt8(ascii: ">"):
      return dialect == .shell
    case UInt8(ascii: "("):
      return dialect == .shell && (position == 0 || text.bytes[position - 1] != UInt8(ascii: "="))
    case UInt8(ascii: "`"): return isInBackquotes
    default: return false
    }
  }

  private mutating func take(into word: inout ShellWord) {
    word.text.append(text.bytes[position], at: text.offset(at: position))
    position += 1
  }

  private mutating func takeRaw(from start: Int, into word: inout ShellWord) {
    word.text.append(text.part(start..<position))
    word.isLiteral = false
  }

  private mutating func readQuoted(into word: inout ShellWord) {
    word.isBare = word.isBare && word.assignment != nil
    position += 1
    while let byte = current, byte != UInt8(ascii: "'") { take(into: &word) }
    if position < text.count { position += 1 }
  }

  private mutating func readDoubleQuoted(into word: inout ShellWord) {
    word.isBare = word.isBare && word.assignment != nil
    position += 1
    var none: [ShellWord] = []
    while let byte = current, byte != UInt8(ascii: "\"") {
      switch byte {
      case UInt8(ascii: "\\"):
        switch self.byte(1) {
        case UInt8(ascii: "\n"): position += 2
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "`"):
          position += 1
          take(into: &word)
        default: take(into: &word)
        }
      case UInt8(ascii: "`") where dialect == .shell && !isInBackquotes: readBackquotes(into: &word)
      case UInt8(ascii: "$"): readDollar(into: &word, &none, isQuoted: true)
      case UInt8(ascii: "{") where self.byte(1) == byte: readTemplate(into: &word)
      default: take(into: &word)
      }
    }
    if position < text.count { position += 1 }
  }

  private mutating func readBackquotes(into word: inout ShellWord) {
    let start = position
    position += 1
    isInBackquotes = true
    readList(until: UInt8(ascii: "`"))
    isInBackquotes = false
    if position < text.count { position += 1 }
    takeRaw(from: start, into: &word)
  }

  /// `{{ ... }}`
  private mutating func readTemplate(into word: inout ShellWord) {
    let start = position
    while position < text.count {
      if current == UInt8(ascii: "}"), byte(1) == UInt8(ascii: "}") {
        position += 2
        break
      }
      // A template ends on its line; what does not is none.
      if current == UInt8(ascii: "\n") {
        position = start + 2
        break
      }
      position += 1
    }
    takeRaw(from: start, into: &word)
  }

  // MARK: - What a dollar begins

  private mutating func readDollar(into word: inout ShellWord, _ words: inout [ShellWord], isQuoted: Bool) {
    let start = position
    guard dialect == .shell, let next = byte(1) else { return take(into: &word) }
    switch next {
    case UInt8(ascii: "("):
      position += 1
      if byte(1) == UInt8(ascii: "(") {
        skipParentheses()
      } else {
        position += 1
        let outer = isInBackquotes
        isInBackquotes = false
        readList(until: UInt8(ascii: ")"))
        isInBackquotes = outer
        if current == UInt8(ascii: ")") { position += 1 }
      }
      takeRaw(from: start, into: &word)
    case UInt8(ascii: "{") where byte(2) == UInt8(ascii: "{"):
      position += 1
      readTemplate(into: &word)
    case UInt8(ascii: "{"):
      skipBraces()
      let known = value(ofBraces: start + 2..<max(start + 2, position - 1))
      put(known, from: start, into: &word, &words, isQuoted)
    case UInt8(ascii: "'") where !isQuoted:
      position += 1
      readQuoted(into: &word)
    case _ where isShellNameByte(next) && !(next &- 0x30 < 10):
      position += 1
      while let byte = current, isShellNameByte(byte) { position += 1 }
      let known = value(of: Array(text.bytes[(start + 1)..<position]))
      put(known, from: start, into: &word, &words, isQuoted)
    case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "\n"): take(into: &word)
    default:
      position = min(position + 2, text.count)
      takeRaw(from: start, into: &word)
    }
  }

  /// Behind `${ ... }`.
  private mutating func skipBraces() {
    var open = 0
    while let byte = current {
      position += 1
      if byte == UInt8(ascii: "\\") { position = min(position + 1, text.count) }
      if byte == UInt8(ascii: "{") { open += 1 }
      if byte == UInt8(ascii: "}") {
        open -= 1
        if open == 0 { return }
      }
    }
  }

  /// The value of what stands in braces: of the variable, or the default that is given for it.
  private mutating func value(ofBraces range: Range<Int>) -> [UInt8]? {
    let inside = text.bytes[range]
    let name = Array(inside.prefix(while: isShellNameByte))
    if let value = value(of: name) { return name.count == inside.count || isDefault(inside, name) ? value : nil }
    guard isDefault(inside, name) else { return nil }
    let value = inside.dropFirst(name.count).drop { $0 == UInt8(ascii: ":") }.dropFirst()
    let isPlain = value.allSatisfy { !"$`\"'\\{".utf8.contains($0) }
    return isPlain && !value.isEmpty ? Array(value) : nil
  }

  /// `NAME:-value`, `NAME-value`, `NAME:=value`
  private func isDefault(_ inside: ArraySlice<UInt8>, _ name: [UInt8]) -> Bool {
    let rest = inside.dropFirst(name.count).drop { $0 == UInt8(ascii: ":") }
    return !name.isEmpty && (rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "="))
  }

  /// Puts a value in the place of what stands from `start` on; it is split at blanks where no quotes hold it together.
  private mutating func put(
    _ value: [UInt8]?, from start: Int, into word: inout ShellWord, _ words: inout [ShellWord], _ isQuoted: Bool
  ) {
    guard let value else { return takeRaw(from: start, into: &word) }
    let offset = text.offset(at: start)
    let isAssigned = word.assignment != nil
    if !isAssigned { word.isBare = false }
    for byte in value {
      if isQuoted || isAssigned
        || !(byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n"))
      {
        word.text.append(byte, at: offset)
        continue
      }
      if !word.text.isEmpty { words.append(word) }
      word = ShellWord()
      word.isBare = false
    }
    // Nothing put in where nothing stands makes no word.
    if word.text.isEmpty, !isQuoted { word.isBare = true }
  }
}
