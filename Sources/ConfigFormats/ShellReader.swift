// Supported: comments, the three kinds of quotes, `\`, lists by `;` `&` `&&` `|` `||` and line ends, subshells, groups,
// `if`, `while`, `until`, `for`, `select`, `case`, `[[ ]]`, `(( ))`, functions, redirections, here-documents (skipped), `$( )`
// and backquotes (read as commands of their own), assignments and variables whose value is known, `${x:-default}`.
// Unsupported: aliases, `trap`, arrays, values that loops or commands give: words with these are kept as written.
// `{{ ... }}` and `${{ ... }}` of templates are parts of words, whatever stands in them.
// Grammar: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html

/// Finds the simple commands of a shell script, in the order in which they are written.
///
/// Time is linear in the text and what its variables put in, which is bounded.
struct ShellReader {
  /// How the text is split.
  enum Dialect {
    case shell
    /// Words with quotes alone, as systemd and supervisord take them: one command.
    case words
  }

  /// How deep substitutions may lie in each other.
  private static let maximumDepth = 32
  /// How long a value may be, and all that variables put in.
  private static let longestValue = 4096
  private static let maximumExpansion = 1 << 20

  let text: ScriptText
  let dialect: Dialect
  var position = 0
  var depth = 0
  var isInBackquotes = false
  private(set) var commands: [[ShellWord]] = []
  private(set) var functions: Set<[UInt8]> = []
  private(set) var variables: [[UInt8]: [UInt8]]
  private var hereDocuments: [(end: [UInt8], isIndented: Bool)] = []
  private var expanded = 0

  /// The commands of a text; those that functions of the same text answer are left out.
  static func commands(
    of text: ScriptText, dialect: Dialect = .shell, variables: [[UInt8]: [UInt8]] = [:]
  ) -> [[ShellWord]] {
    var reader = ShellReader(text, dialect, variables)
    switch dialect {
    case .shell: reader.readList(until: nil)
    case .words: reader.readWords()
    }
    return reader.commands.filter { !reader.functions.contains($0[0].text.bytes) }
  }

  private init(_ text: ScriptText, _ dialect: Dialect, _ variables: [[UInt8]: [UInt8]]) {
    self.text = text
    self.dialect = dialect
    self.variables = variables
  }

  var current: UInt8? { position < text.count ? text.bytes[position] : nil }

  func byte(_ ahead: Int) -> UInt8? { position + ahead < text.count ? text.bytes[position + ahead] : nil }

  /// Behind blanks and joined lines.
  mutating func skipBlanks() {
    while let byte = current {
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") {
        position += 1
      } else if byte == UInt8(ascii: "\\"), self.byte(1) == UInt8(ascii: "\n") {
        position += 2
      } else if byte == UInt8(ascii: "\\"), self.byte(1) == UInt8(ascii: "\r"), self.byte(2) == UInt8(ascii: "\n") {
        position += 3
      } else {
        return
      }
    }
  }

  private mutating func skipLine() {
    while let byte = current, byte != UInt8(ascii: "\n") { position += 1 }
  }

  private mutating func readWords() {
    var words: [ShellWord] = []
    while true {
      skipBlanks()
      guard let byte = current else { break }
      if byte == UInt8(ascii: "\n") { position += 1 } else { words += readWord() }
    }
    if !words.isEmpty { commands.append(words) }
  }

  // MARK: - Lists

  /// Reads commands up to `closing`, which is not taken, or the end of the text.
  mutating func readList(until closing: UInt8?) {
    guard depth < Self.maximumDepth else {
      position = text.count
      return
    }
    depth += 1
    defer { depth -= 1 }
    var list = List()
    while true {
      skipBlanks()
      guard let byte = current else { return }
      if list.expectsPattern {
        readPattern(&list)
        continue
      }
      switch byte {
      case UInt8(ascii: ")") where list.parentheses > 0:
        list.parentheses -= 1
        position += 1
      case closing: return
      case UInt8(ascii: "\n"):
        position += 1
        skipHereDocuments()
      case UInt8(ascii: ";"):
        position += 1
        if current == UInt8(ascii: ";") {
          position += 1
          list.expectsPattern = list.cases > 0
        }
      case UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ")"), UInt8(ascii: "`"): position += 1
      case UInt8(ascii: "#"): skipLine()
      case UInt8(ascii: "(") where self.byte(1) == UInt8(ascii: "("): skipParentheses()
      case UInt8(ascii: "("):
        list.parentheses += 1
        position += 1
      default: readCommand(&list)
      }
    }
  }

  private struct List {
    var parentheses = 0
    /// How many `case` are open, and whether the next thing is a pattern of the last one.
    var cases = 0
    var expectsPattern = false
  }

  /// Takes `pattern)` of a `case`, or its `esac`.
  private mutating func readPattern(_ list: inout List) {
    while let byte = current, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "(") {
      position += 1
      skipBlanks()
    }
    if current == UInt8(ascii: "#") { return skipLine() }
    let words = readWord()
    if words.count == 1, words[0].isBare, words[0].equals("esac") {
      list.cases -= 1
      list.expectsPattern = list.cases > 0 && current == UInt8(ascii: ";") && byte(1) == UInt8(ascii: ";")
      return
    }
    skipBlanks()
    switch current {
    case UInt8(ascii: ")"):
      position += 1
      list.expectsPattern = false
    case nil: break
    case UInt8(ascii: "\n"): position += 1
    default: if words.isEmpty || current == UInt8(ascii: "|") { position += 1 }
    }
  }

  // MARK: - Commands

  private mutating func readCommand(_ list: inout List) {
    var words: [ShellWord] = []
    let start = position
    while true {
      skipBlanks()
      guard let byte = current, !isOperator(byte) else { break }
      if byte == UInt8(ascii: "#") {
        skipLine()
        break
      }
      if byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") {
        readRedirection()
        continue
      }
      if byte == UInt8(ascii: "(") {
        if words.count == 1 { readFunction(words[0]) }
        if position == start { position += 1 }
        return
      }
      let before = position
      let read = readWord()
      if position == before { position += 1 }
      guard let word = read.first else { continue }
      // `2>&1`: the number belongs to the redirection.
      if isRedirection(current), word.isBare, word.text.bytes.allSatisfy({ $0 &- 0x30 < 10 }) { continue }
      if words.isEmpty, read.count == 1, word.isBare {
        switch readReserved(word, &list) {
        case .skipped: continue
        case .ended: return
        case .none: break
        }
      }
      words += read
    }
    finish(words)
  }

  private func isOperator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ")"): true
    case UInt8(ascii: "`"): isInBackquotes
    default: false
    }
  }

  private func isRedirection(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") }

  private enum Reserved {
    /// A command may follow.
    case skipped
    /// The rest is read as well.
    case ended
    case none
  }

  private mutating func readReserved(_ word: ShellWord, _ list: inout List) -> Reserved {
    switch word.string {
    case "if", "then", "else", "elif", "fi", "do", "done", "while", "until", "!", "{", "}", "time", "coproc":
      return .skipped
    case "for", "select":
      skipBlanks()
      let names = isOperator(current ?? 0) ? [] : readWord()
      if let name = names.first { variables[name.text.bytes] = nil }
      skipBlanks()
      while let byte = current, !isOperator(byte), byte != UInt8(ascii: "#") {
        if byte == UInt8(ascii: "(") { skipParentheses() } else { skipWord() }
        skipBlanks()
      }
      return .ended
    case "case":
      skipBlanks()
      if let byte = current, !isOperator(byte) { skipWord() }
      while let byte = current, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: " ") { position += 1 }
      skipBlanks()
      guard current == UInt8(ascii: "i"), byte(1) == UInt8(ascii: "n") else { return .ended }
      position += 2
      list.cases += 1
      list.expectsPattern = true
      return .ended
    case "esac":
      list.cases = max(0, list.cases - 1)
      return .skipped
    case "function":
      skipBlanks()
      if let byte = current, !isOperator(byte), let name = readWord().first { functions.insert(name.text.bytes) }
      skipBlanks()
      if current == UInt8(ascii: "("), byte(1) == UInt8(ascii: ")") { position += 2 }
      return .ended
    case "[[":
      while let byte = current {
        if byte == UInt8(ascii: "]"), self.byte(1) == UInt8(ascii: "]") {
          position += 2
          break
        }
        if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || isOperator(byte) {
          position += 1
        } else {
          skipWord()
        }
      }
      return .ended
    default: return .none
    }
  }

  /// Reads a word for the commands that stand in it alone.
  private mutating func skipWord() {
    let start = position
    _ = readWord()
    if position == start { position += 1 }
  }

  /// `name ()` at the parenthesis.
  private mutating func readFunction(_ name: ShellWord) {
    position += 1
    skipBlanks()
    guard current == UInt8(ascii: ")") else { return }
    position += 1
    functions.insert(name.text.bytes)
  }

  private mutating func finish(_ words: [ShellWord]) {
    let start = words.firstIndex { !$0.isBare || $0.assignment == nil } ?? words.count
    guard start < words.count else {
      for word in words { assign(word) }
      return
    }
    let command = Array(words[start...])
    switch command[0].string {
    case "export", "local", "readonly", "declare", "typeset":
      for word in command.dropFirst() { assign(word) }
    default: commands.append(command)
    }
  }

  private mutating func assign(_ word: ShellWord) {
    guard let sign = word.assignment else { return }
    let name = Array(word.text.bytes[..<sign])
    let isKnown = word.isLiteral && word.text.count - sign <= Self.longestValue && name.last != UInt8(ascii: "+")
    variables[name] = isKnown ? Array(word.text.bytes[(sign + 1)...]) : nil
  }

  /// The value of a variable, when it is known and there is room for it.
  mutating func value(of name: [UInt8]) -> [UInt8]? {
    guard let value = variables[name], expanded + value.count < Self.maximumExpansion else { return nil }
    expanded += value.count + 1
    return value
  }

  // MARK: - Redirections

  private mutating func readRedirection() {
    let isInput = current == UInt8(ascii: "<")
    position += 1
    if current == UInt8(ascii: "(") {
      position += 1
      readList(until: UInt8(ascii: ")"))
      if current == UInt8(ascii: ")") { position += 1 }
      return
    }
    if isInput, current == UInt8(ascii: "<"), byte(1) != UInt8(ascii: "<") {
      position += 1
      let isIndented = current == UInt8(ascii: "-")
      if isIndented { position += 1 }
      skipBlanks()
      if let byte = current, !isOperator(byte), let word = readWord().first {
        hereDocuments.append((word.text.bytes, isIndented))
      }
      return
    }
    while let byte = current,
      byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "&")
        || byte == UInt8(ascii: "|")
    {
      position += 1
    }
    skipBlanks()
    if let byte = current, !isOperator(byte), byte != UInt8(ascii: "(") { _ = readWord() }
  }

  /// Behind the here-documents that the line before has named.
  private mutating func skipHereDocuments() {
    for document in hereDocuments {
      while position < text.count {
        var start = position
        skipLine()
        var line = text.bytes[start..<position]
        position = min(position + 1, text.count)
        if document.isIndented {
          start += line.prefix { $0 == UInt8(ascii: "\t") }.count
          line = line[start...]
        }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        if line.elementsEqual(document.end) { break }
      }
    }
    hereDocuments.removeAll()
  }

  /// Behind `(( ... ))`, or anything in balanced parentheses.
  mutating func skipParentheses() {
    var open = 0
    while let byte = current {
      position += 1
      if byte == UInt8(ascii: "(") { open += 1 }
      if byte == UInt8(ascii: ")") {
        open -= 1
        if open == 0 { return }
      }
    }
  }
}
