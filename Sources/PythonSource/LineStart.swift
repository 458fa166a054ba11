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

extension PaddedSource {
  /// `match` and `case` count as headers wherever they begin a line: a block too many at that indentation changes nothing.
  @inline(__always) func lineStart(at offset: Int) -> LineStart {
    let first = self[offset] &- UInt8(ascii: "a")
    // a c d e f i l m t w
    guard first < 26, 1 << UInt32(first) & 0x48_193D != 0 else { return .other }
    return keyword(at: offset)
  }

  private func keyword(at offset: Int) -> LineStart {
    let word = word(at: offset)
    // The letters are in little-endian order: `import` reads "tropmi".
    switch self[offset] {
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

  private func endsWord(_ offset: Int) -> Bool { !isNameByte(self[offset]) }

  /// Whether the word that begins a block at `offset` is `match` or `case`, which may as well be a name.
  func mayBeName(at offset: Int) -> Bool { startsWord("match", at: offset) || startsWord("case", at: offset) }

  private func asynchronous(_ offset: Int) -> Keyword {
    self[skipBlanks(from: offset)] == UInt8(ascii: "d") ? .function : .condition
  }

  /// `lazy import x`, `lazy from x import y`: https://peps.python.org/pep-0810/
  private func lazy(_ offset: Int) -> LineStart {
    let next = skipBlanks(from: offset)
    if startsWord("import", at: next) || startsWord("from", at: next) { return .importing }
    return .other
  }

  func startsWord(_ word: StaticString, at offset: Int) -> Bool {
    matches(word, at: offset) && endsWord(offset + word.utf8CodeUnitCount)
  }

  /// Whether a line begins with a word that stands in no expression, so that an open bracket before it was forgotten.
  func startsStatement(at start: Int) -> Bool {
    let offset = skipBlanks(from: start)
    if case .opening(let kind) = lineStart(at: offset) {
      return kind == .function || kind == .classBody || kind == .tryBody || kind == .handler
        || startsWord("while", at: offset) || startsWord("with", at: offset)
    }
    if startsWord("from", at: offset) {
      let line = bytes(offset..<lineEnd(from: offset))
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
      switch self[offset] {
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
    while self[offset] == blank || self[offset] == tab || self[offset] == formFeed { offset += 1 }
    return offset
  }
}
