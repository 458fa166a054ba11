// Grammar, without blanks (but one may stand between date and time):
//   integer = [+-]? decimal | "0x" digits16 | "0o" digits8 | "0b" digits2
//   float   = [+-]? (decimal ("." digits)? ([eE] [+-]? digits)? | "inf" | "nan")
//   decimal = "0" | [1-9] ("_"? [0-9])*,  digits = [0-9] ("_"? [0-9])*

extension TOMLReader {
  /// A boolean, a number or a time.
  mutating func scalar(_ phrase: StaticString) throws(ConfigError) -> ConfigNode.Value {
    let start = cursor.position
    takeWord()
    guard cursor.position > start else { throw cursor.expected("\(phrase)") }
    let word = cursor.bytes[start..<cursor.position]
    switch cursor.bytes[start] {
    case UInt8(ascii: "t") where word.elementsEqual("true".utf8): return .boolean(true)
    case UInt8(ascii: "f") where word.elementsEqual("false".utf8): return .boolean(false)
    case UInt8(ascii: "i") where word.elementsEqual("inf".utf8): return .float("inf")
    case UInt8(ascii: "n") where word.elementsEqual("nan".utf8): return .float("nan")
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return TOMLTime.begins(word) ? try time(from: start) : try number(from: start)
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): return try number(from: start)
    default:
      throw cursor.error(
        "`\(cursor.text(start..<cursor.position))` is no value: text stands in quotes, booleans are true and false",
        at: start)
    }
  }

  /// Takes the letters, digits and signs that numbers and times are made of.
  private mutating func takeWord() {
    while true {
      let byte = cursor.current
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: ":"), UInt8(ascii: "_"):
        break
      case _ where (byte | 0x20) &- UInt8(ascii: "a") < 26: break
      default: return
      }
      cursor.position += 1
    }
  }

  private mutating func time(from start: Int) throws(ConfigError) -> ConfigNode.Value {
    let isDate = cursor.position == start + TOMLTime.dateCount
    if isDate, cursor.current == UInt8(ascii: " "), TOMLTime.begins(cursor.bytes[(cursor.position + 1)...].prefix(3)) {
      cursor.position += 1
      takeWord()
    }
    let word = cursor.bytes[start..<cursor.position]
    let kind: ConfigNode.TimeKind
    do {
      kind = try TOMLTime.kind(of: word, withoutSeconds: version == .v1_1)
    } catch {
      throw cursor.error("`\(cursor.text(start..<cursor.position))` is no date or time: \(error.reason)", at: start)
    }
    return .time(kind, cursor.text(start..<cursor.position))
  }

  private func number(from start: Int) throws(ConfigError) -> ConfigNode.Value {
    let end = cursor.position
    var index = start
    let hasSign = isSign(cursor.bytes[start])
    if hasSign { index += 1 }
    let rest = cursor.bytes[index..<end]
    let text = cursor.text(start..<end)
    if rest.elementsEqual("inf".utf8) || rest.elementsEqual("nan".utf8) { return .float(text) }
    if !hasSign, rest.first == UInt8(ascii: "0"), let base = base(of: cursor.bytes[index + 1]) {
      index += 2
      try digits(&index, base: base)
      try expectEnd(index, of: text, from: start)
      return .integer(text)
    }
    let whole = index
    try digits(&index, base: 10)
    if cursor.bytes[whole] == UInt8(ascii: "0"), index > whole + 1 {
      throw cursor.error("`\(text)` begins with a zero, which no number may", at: whole)
    }
    if index == end { return .integer(text) }
    if cursor.bytes[index] == UInt8(ascii: ".") {
      index += 1
      try digits(&index, base: 10)
    }
    if cursor.bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += isSign(cursor.bytes[index + 1]) ? 2 : 1
      try digits(&index, base: 10)
    }
    try expectEnd(index, of: text, from: start)
    return .float(text)
  }

  private func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }

  private func base(of letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "x"): 16
    case UInt8(ascii: "o"): 8
    case UInt8(ascii: "b"): 2
    default: nil
    }
  }

  /// Moves behind digits with single underscores between them.
  private func digits(_ index: inout Int, base: UInt8) throws(ConfigError) {
    while true {
      let start = index
      while let digit = HexadecimalDigit.value(cursor.bytes[index]), digit < base { index += 1 }
      if index == start { throw cursor.expected("a digit", at: index) }
      guard cursor.bytes[index] == UInt8(ascii: "_") else { return }
      index += 1
    }
  }

  private func expectEnd(_ index: Int, of text: String, from start: Int) throws(ConfigError) {
    if index < cursor.position { throw cursor.error("`\(text)` is no number", at: start) }
  }
}
