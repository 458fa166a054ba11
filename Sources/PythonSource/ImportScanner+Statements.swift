/// Import statements.
extension ImportScanner {
  /// Reads the statement at `start` and gives the offset behind it. One that is not complete imports nothing.
  mutating func readImport(at start: Int) -> Int {
    let imported = imports.count
    let isLazy = source[start] == UInt8(ascii: "l")
    let keyword = isLazy ? source.skipBlanks(from: start + 4) : start
    let isFrom = source[keyword] == UInt8(ascii: "f")
    let place = position(of: start)
    let context = currentContext()
    let end =
      isFrom ? readFrom(keyword + 4, place, context) : readNames(keyword + 6, place, context)
    if let end, endsStatement(end) { return end }
    imports.removeLast(imports.count - imported)
    note("invalid syntax in an import", at: start)
    return keyword + (isFrom ? 4 : 6)
  }

  /// Whether nothing but the end of the statement stands at `offset`.
  private func endsStatement(_ offset: Int) -> Bool {
    switch source[offset] {
    case lineFeed, carriageReturn, hash, UInt8(ascii: ";"): true
    default: offset >= source.count
    }
  }

  /// `a.b as c, d`
  private mutating func readNames(_ start: Int, _ place: (line: Int, column: Int), _ context: ImportContext) -> Int? {
    var offset = start
    while true {
      guard let name = readDottedName(from: skipSpace(from: offset)) else { return nil }
      imports.append(
        ImportRecord(
          module: name.range, isCopied: name.isCopied, names: 0, level: 0, line: place.line, column: place.column,
          context: context))
      offset = skipSpace(from: name.end)
      if source.isAs(at: offset), let alias = readAlias(at: offset) {
        offset = skipSpace(from: alias.upperBound)
        rememberModule(name.range, alias)
      }
      guard source[offset] == UInt8(ascii: ",") else { return offset }
      offset += 1
    }
  }

  /// `..a import (b as c, d)`
  private mutating func readFrom(_ start: Int, _ place: (line: Int, column: Int), _ context: ImportContext) -> Int? {
    var level = 0
    var offset = skipSpace(from: start)
    while source[offset] == UInt8(ascii: ".") {
      level += 1
      offset = skipSpace(from: offset + 1)
    }
    var module = (range: offset..<offset, isCopied: false, end: offset)
    if level == 0 || !source.isImport(at: offset) {
      guard let name = readDottedName(from: offset) else { return nil }
      module = name
      offset = skipSpace(from: name.end)
    }
    guard source.isImport(at: offset) else { return nil }
    imports.append(
      ImportRecord(
        module: module.range, isCopied: module.isCopied, names: offset + 6, level: level, line: place.line,
        column: place.column, context: context))
    return endOfImportedNames(from: offset + 6, of: module.range)
  }

  private mutating func endOfImportedNames(from start: Int, of module: Range<Int>) -> Int? {
    var offset = skipSpace(from: start)
    if source[offset] == UInt8(ascii: "*") { return skipSpace(from: offset + 1) }
    let isParenthesised = source[offset] == UInt8(ascii: "(")
    if isParenthesised { offset = skip(from: offset + 1, acrossLines: true) }
    var isFirst = true
    while isFirst || !isParenthesised || source[offset] != UInt8(ascii: ")") {
      isFirst = false
      let end = source.endOfName(from: offset)
      guard end > offset, !isDigit(source[offset]) else { return nil }
      let name = offset..<end
      offset = skipBetween(from: end, isParenthesised)
      if source.isAs(at: offset), let alias = readAlias(at: offset, acrossLines: isParenthesised) {
        rememberFunction(name, of: module, alias)
        offset = skipBetween(from: alias.upperBound, isParenthesised)
      }
      guard source[offset] == UInt8(ascii: ",") else { break }
      offset = skipBetween(from: offset + 1, isParenthesised)
    }
    guard isParenthesised else { return offset }
    return source[offset] == UInt8(ascii: ")") ? skipSpace(from: offset + 1) : nil
  }

  /// The name behind `as`, which stands at `offset`.
  private func readAlias(at offset: Int, acrossLines: Bool = false) -> Range<Int>? {
    let start = skip(from: offset + 2, acrossLines: acrossLines)
    let end = source.endOfName(from: start)
    return end > start ? start..<end : nil
  }

  // MARK: - Names and what stands between them

  /// A dotted name; one with blanks in it is copied without them.
  private mutating func readDottedName(from start: Int) -> (range: Range<Int>, isCopied: Bool, end: Int)? {
    var offset = start
    var isPlain = true
    var end = start
    while true {
      end = source.endOfName(from: offset)
      guard end > offset, !isDigit(source[offset]) else { return nil }
      guard source[end] != UInt8(ascii: ".") else {
        offset = end + 1
        if isNameByte(source[offset]) { continue }
        isPlain = false
        offset = skip(from: offset, acrossLines: false)
        continue
      }
      let next = skipSpace(from: end)
      guard next > end, source[next] == UInt8(ascii: ".") else { break }
      isPlain = false
      offset = skip(from: next + 1, acrossLines: false)
    }
    if isPlain { return (start..<end, false, end) }
    let first = text.count
    var place = start
    while place < end {
      if isNameByte(source[place]) || source[place] == UInt8(ascii: ".") { text.append(source[place]) }
      place += 1
    }
    return (first..<text.count, true, end)
  }

  /// Behind blanks and joined line ends.
  @inline(__always) private func skipSpace(from start: Int) -> Int {
    if source[start] == blank, isNameByte(source[start + 1]) { return start + 1 }
    return skip(from: start, acrossLines: false)
  }

  @inline(__always) private func skipBetween(from start: Int, _ acrossLines: Bool) -> Int {
    let byte = source[start]
    if byte == UInt8(ascii: ",") || byte == lineFeed && !acrossLines { return start }
    if byte == blank, isNameByte(source[start + 1]) { return start + 1 }
    return skip(from: start, acrossLines: acrossLines)
  }

  /// Behind blanks and joined line ends; across lines also behind comments and every line end.
  func skip(from start: Int, acrossLines: Bool) -> Int {
    var offset = start
    while true {
      switch source[offset] {
      case blank, tab, formFeed: offset += 1
      case backslash where source[offset + 1] == lineFeed: offset += 2
      case backslash where source[offset + 1] == carriageReturn:
        offset += source[offset + 2] == lineFeed ? 3 : 2
      case lineFeed where acrossLines, carriageReturn where acrossLines: offset += 1
      case hash where acrossLines: offset = source.lineEnd(from: offset)
      default: return offset
      }
    }
  }

  // MARK: - One-line blocks

  /// Reads the imports behind the `:` of a header that has its body on the same line; `line` ends where the code of the
  /// logical line does.
  mutating func readOneLine(_ line: Range<Int>) {
    var end = line.upperBound
    while end > line.lowerBound, source[end - 1] == blank || source[end - 1] == tab { end -= 1 }
    if end > line.lowerBound, source[end - 1] == UInt8(ascii: ":") { return }
    isRereading = true
    defer { isRereading = false }
    var depth = 0
    var isInBody = false
    var offset = line.lowerBound
    while offset < end {
      switch source[offset] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case doubleQuote, singleQuote:
        offset = endOfString(quotedAt: offset)
        continue
      case hash:
        offset = source.lineEnd(from: offset)
        continue
      case UInt8(ascii: ":") where depth == 0, UInt8(ascii: ";") where depth == 0 && isInBody:
        isInBody = true
        let next = source.skipBlanks(from: offset + 1)
        if case .importing = source.lineStart(at: next) {
          offset = readImport(at: next)
          continue
        }
      default: break
      }
      offset += 1
    }
    if !isInBody, !source.mayBeName(at: line.lowerBound) { note("expected ':'", at: line.lowerBound) }
  }

  // MARK: - Positions

  /// Line and column of a statement; offsets come in ascending order but for sources that are recovered.
  mutating func position(of offset: Int) -> (line: Int, column: Int) {
    if offset < countedLine.offset { countedLine = (0, 1) }
    countedLine.line += source.lineEnds(in: countedLine.offset..<offset)
    countedLine.offset = offset
    return (countedLine.line, column(of: offset))
  }

  private mutating func column(of offset: Int) -> Int {
    if offset < countedColumn.offset { countedColumn = (0, 1) }
    var start = offset
    while start > countedColumn.offset, source[start - 1] != lineFeed, source[start - 1] != carriageReturn {
      start -= 1
    }
    var column = start == countedColumn.offset ? countedColumn.column : 1
    // A byte that continues a scalar has no column of its own.
    for index in start..<offset where source[index] & 0xC0 != 0x80 { column += 1 }
    countedColumn = (offset, column)
    return column
  }
}
