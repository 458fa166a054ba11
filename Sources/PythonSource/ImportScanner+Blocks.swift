extension ImportScanner {
  /// A compound statement whose body is being read.
  struct Block {
    enum Kind: UInt8 {
      /// `if`, `elif`, `while`, `with`: the header says what the body depends on.
      case condition
      /// `else` of whatever stands at the same indentation.
      case otherwise
      case tryBody
      /// A handler that does not take ImportError; a later one of the same `try` may.
      case otherHandler
      case importHandler
      case function
      case classBody
      case other
    }

    var kind: Kind
    let indentation: Int
    /// Where the header's keyword stands.
    let header: Int
    /// The header of the branch before an `else` or `elif`; -1 without one.
    var previous = -1
    /// The first import of a `try` body, and behind its end the first that is no longer in it.
    var firstImport = 0
    var endOfBody = Int.max
    /// What is known of the context inside, this block's own included.
    var context: ImportContext?

    /// Whether a handler to come may make some of the `count` imports optional.
    func awaitsHandler(of count: Int) -> Bool {
      (kind == .tryBody || kind == .otherHandler) && firstImport < min(endOfBody, count)
    }
  }

  /// What a statement begins with, as far as the scanner cares.
  enum LineStart {
    case importing
    case opening(Keyword)
    case other
  }

  enum Keyword: UInt8 {
    case condition
    case alternative
    case otherwise
    case handler
    case tryBody
    case function
    case classBody
    case other
  }

  /// `match` and `case` count as headers wherever they begin a line: a block too many at that indentation changes nothing.
  @inline(__always) func lineStart(at offset: Int) -> LineStart {
    let first = source[offset] &- UInt8(ascii: "a")
    // a c d e f i l m t w
    guard first < 26, 1 << UInt32(first) & 0x48_193D != 0 else { return .other }
    return keyword(at: offset)
  }

  private func keyword(at offset: Int) -> LineStart {
    let word = source.word(at: offset)
    // The letters are in little-endian order: `import` reads "tropmi".
    switch source[offset] {
    case UInt8(ascii: "i"):
      if word & 0xFFFF_FFFF_FFFF == 0x7472_6F70_6D69, endsWord(offset + 6) { return .importing }
      if word & 0xFFFF == 0x6669, endsWord(offset + 2) { return .opening(.condition) }
    case UInt8(ascii: "f"):
      if word & 0xFFFF_FFFF == 0x6D6F_7266, endsWord(offset + 4) { return .importing }
      if word & 0xFF_FFFF == 0x72_6F66, endsWord(offset + 3) { return .opening(.other) }
      if word & 0xFF_FFFF_FFFF_FFFF == 0x79_6C6C_616E_6966, endsWord(offset + 7) { return .opening(.other) }
    case UInt8(ascii: "d"):
      if word & 0xFF_FFFF == 0x66_6564, endsWord(offset + 3) { return .opening(.function) }
    case UInt8(ascii: "c"):
      if word & 0xFF_FFFF_FFFF == 0x73_7361_6C63, endsWord(offset + 5) { return .opening(.classBody) }
      if word & 0xFFFF_FFFF == 0x6573_6163, endsWord(offset + 4) { return .opening(.other) }
    case UInt8(ascii: "t"):
      if word & 0xFF_FFFF == 0x79_7274, endsWord(offset + 3) { return .opening(.tryBody) }
    case UInt8(ascii: "e"):
      if word & 0xFFFF_FFFF_FFFF == 0x7470_6563_7865, endsWord(offset + 6) { return .opening(.handler) }
      if word & 0xFFFF_FFFF == 0x6573_6C65, endsWord(offset + 4) { return .opening(.otherwise) }
      if word & 0xFFFF_FFFF == 0x6669_6C65, endsWord(offset + 4) { return .opening(.alternative) }
    case UInt8(ascii: "w"):
      if word & 0xFFFF_FFFF == 0x6874_6977, endsWord(offset + 4) { return .opening(.condition) }
      if word & 0xFF_FFFF_FFFF == 0x65_6C69_6877, endsWord(offset + 5) { return .opening(.condition) }
    case UInt8(ascii: "a"):
      if word & 0xFF_FFFF_FFFF == 0x63_6E79_7361, endsWord(offset + 5) { return .opening(asynchronous(offset + 5)) }
    case UInt8(ascii: "m"):
      if word & 0xFF_FFFF_FFFF == 0x68_6374_616D, endsWord(offset + 5) { return .opening(.other) }
    case UInt8(ascii: "l"):
      if word & 0xFFFF_FFFF == 0x797A_616C, endsWord(offset + 4) { return lazy(offset + 4) }
    default: break
    }
    return .other
  }

  private func endsWord(_ offset: Int) -> Bool { !isNameByte(source[offset]) }

  private func asynchronous(_ offset: Int) -> Keyword {
    source[skipBlanks(from: offset)] == UInt8(ascii: "d") ? .function : .condition
  }

  /// `lazy import x`, `lazy from x import y`: https://peps.python.org/pep-0810/
  private func lazy(_ offset: Int) -> LineStart {
    let next = skipBlanks(from: offset)
    if startsWord("import", at: next) || startsWord("from", at: next) { return .importing }
    return .other
  }

  func startsWord(_ word: StaticString, at offset: Int) -> Bool {
    source.matches(word, at: offset) && endsWord(offset + word.utf8CodeUnitCount)
  }

  /// Whether a line begins with a word that stands in no expression, so that an open bracket before it was forgotten.
  func startsStatement(at start: Int) -> Bool {
    let offset = skipBlanks(from: start)
    if case .opening(let kind) = lineStart(at: offset) {
      return kind == .function || kind == .classBody || kind == .tryBody || kind == .handler
        || startsWord("while", at: offset) || startsWord("with", at: offset)
    }
    if startsWord("from", at: offset) {
      let line = source.bytes(offset..<source.lineEnd(from: offset))
      return line.split(whereSeparator: { $0 == blank || $0 == tab }).dropFirst(2).first?.elementsEqual("import".utf8)
        == true
    }
    let words: [StaticString] = ["import", "return", "raise", "pass", "break", "continue", "del", "global", "assert"]
    return words.contains { startsWord($0, at: offset) }
  }

  // MARK: - Indentation

  /// The first byte behind the blanks of a line, and their width: tabs to the next multiple of 8, from 0 behind a form feed.
  func indentation(from start: Int) -> (offset: Int, width: Int) {
    var offset = start
    var width = 0
    while true {
      switch source[offset] {
      case blank: width += 1
      case tab: width = (width / 8 + 1) * 8
      case formFeed: width = 0
      default: return (offset, width)
      }
      offset += 1
    }
  }

  func skipBlanks(from start: Int) -> Int {
    var offset = start
    while source[offset] == blank || source[offset] == tab || source[offset] == formFeed { offset += 1 }
    return offset
  }

  // MARK: - Blocks

  /// Ends the blocks that a line of this width does not belong to.
  ///
  /// Lines that neither open a block nor import are not looked at: nothing can be indented deeper behind them before
  /// another line opens a block.
  mutating func closeBlocks(at width: Int) {
    while let last = blocks.last, last.indentation >= width { blocks.removeLast() }
  }

  mutating func open(_ keyword: Keyword, at header: Int, _ width: Int) {
    var closed: Block?
    while let last = blocks.last, last.indentation >= width {
      closed = last.indentation == width ? last : nil
      blocks.removeLast()
    }
    var block = Block(kind: .other, indentation: width, header: header)
    switch keyword {
    case .condition: block.kind = .condition
    case .alternative:
      block.kind = .condition
      block.previous = closed?.header ?? -1
    case .otherwise:
      if closed?.kind == .condition {
        block.kind = .otherwise
        block.previous = closed?.header ?? -1
      }
    case .handler: openHandler(&block, behind: closed)
    case .tryBody:
      block.kind = .tryBody
      block.firstImport = imports.count
    case .function: block.kind = .function
    case .classBody: block.kind = .classBody
    case .other: break
    }
    blocks.append(block)
  }

  private mutating func openHandler(_ block: inout Block, behind closed: Block?) {
    let takesImportError =
      names("ImportError", "ModuleNotFoundError", in: header(block.header)) != nil
      || takesEverything(header(block.header))
    var first = imports.count
    var end = imports.count
    if let closed, closed.kind == .tryBody || closed.kind == .otherHandler {
      first = closed.firstImport
      end = min(closed.endOfBody, imports.count)
    }
    if takesImportError {
      block.kind = .importHandler
      for index in first..<end { imports[index].context.insert(.optional) }
    } else {
      block.kind = .otherHandler
      block.firstImport = first
      block.endOfBody = end
    }
  }

  /// `except:`, `except Exception:`, `except BaseException as e:`.
  private func takesEverything(_ header: Range<Int>) -> Bool {
    let offset = skipBlanks(from: header.lowerBound + 6)
    return offset >= header.upperBound || names("Exception", "BaseException", in: header) != nil
  }

  /// The code of a header behind its keyword up to its `:`, or to the end of the line.
  private func header(_ start: Int) -> Range<Int> {
    var depth = 0
    var offset = start
    while offset < source.count {
      switch source[offset] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: ":") where depth <= 0: return start..<offset
      case lineFeed where depth <= 0 && source[offset - 1] != backslash: return start..<offset
      case hash: offset = source.lineEnd(from: offset) - 1
      case doubleQuote, singleQuote: offset = source.stringStop(from: offset + 1, quote: source[offset])
      default: break
      }
      offset += 1
    }
    return start..<source.count
  }

  /// The first place in `range` where one of two words stands alone.
  private func names(_ first: StaticString, _ second: StaticString, in range: Range<Int>) -> Int? {
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard isNameByte(source[offset]) else {
        offset += 1
        continue
      }
      if startsWord(first, at: offset) || startsWord(second, at: offset) { return offset }
      while offset < range.upperBound, isNameByte(source[offset]) { offset += 1 }
    }
    return nil
  }

  // MARK: - Context

  /// The context of an import at the cursor; blocks are asked only when there is one.
  mutating func currentContext() -> ImportContext {
    var context: ImportContext = []
    for index in blocks.indices {
      if let known = blocks[index].context {
        context = known
      } else {
        context.formUnion(ownContext(of: blocks[index]))
        blocks[index].context = context
      }
    }
    return context
  }

  private func ownContext(of block: Block) -> ImportContext {
    switch block.kind {
    case .importHandler: return [.optional, .fallback]
    case .function: return .function
    case .classBody: return .classBody
    case .condition:
      let condition = condition(header(block.header))
      let before = block.previous >= 0 ? self.condition(header(block.previous)) : .none
      return condition.inside.union(before.behind)
    case .otherwise: return condition(header(block.previous)).behind
    case .tryBody, .otherHandler, .other: return []
    }
  }

  /// What a condition says of its body, and of the branches behind it.
  private struct Condition {
    var inside: ImportContext = []
    var behind: ImportContext = []
    static let none = Condition()
  }

  private func condition(_ header: Range<Int>) -> Condition {
    if source[header.lowerBound] == UInt8(ascii: "w") {
      let isSuppressing =
        names("suppress", "suppress", in: header) != nil
        && names("ImportError", "ModuleNotFoundError", in: header) != nil
      return Condition(inside: isSuppressing ? .optional : [])
    }
    if let offset = names("TYPE_CHECKING", "TYPE_CHECKING", in: header) {
      if names("or", "or", in: header) != nil { return .none }
      let isNegated = names("not", "not", in: header.lowerBound..<offset) != nil
      if isNegated { return Condition(behind: .typeChecking) }
      return Condition(inside: .typeChecking)
    }
    if names("version_info", "hexversion", in: header) != nil || names("PY2", "PY3", in: header) != nil {
      return Condition(inside: .version, behind: .version)
    }
    if names("platform", "platform", in: header) != nil || isOperatingSystemName(header) {
      return Condition(inside: .platform, behind: .platform)
    }
    return .none
  }

  private func isOperatingSystemName(_ header: Range<Int>) -> Bool {
    guard let offset = names("os", "os", in: header) else { return false }
    return source.matches("os.name", at: offset)
  }
}
