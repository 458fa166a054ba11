// Grammar, each letter a digit, `t` and `z` as well in capitals, a blank instead of the `t`:
//   date    = YYYY "-" MM "-" DD
//   time    = hh ":" mm (":" ss ("." s+)?)?        the seconds may lack in TOML 1.1 only
//   value   = date ("t" time ("z" | [+-] hh ":" mm)?)? | time

/// The dates and times of TOML: checked, never converted.
///
/// Source: https://www.rfc-editor.org/rfc/rfc3339#section-5.6
struct TOMLTime {
  /// Why text is none.
  struct Fault: Error {
    let reason: String
  }

  static let dateCount = "2000-01-01".utf8.count

  private let bytes: ArraySlice<UInt8>
  private var index: Int

  /// Whether a word is a time rather than a number, going by its first bytes.
  static func begins(_ word: ArraySlice<UInt8>) -> Bool {
    let digits = word.prefix(5).prefix { $0 &- 0x30 < 10 }
    guard digits.endIndex < word.endIndex else { return false }
    let next = word[digits.endIndex]
    return digits.count == 2 && next == UInt8(ascii: ":") || digits.count == 4 && next == UInt8(ascii: "-")
  }

  static func kind(
    of word: ArraySlice<UInt8>, withoutSeconds: Bool
  ) throws(Fault) -> ConfigNode.TimeKind {
    var parser = TOMLTime(bytes: word, index: word.startIndex)
    var kind = ConfigNode.TimeKind.localTime
    if word.dropFirst(2).first != UInt8(ascii: ":") {
      try parser.date()
      if parser.isAtEnd { return .localDate }
      guard parser.takeLetter(UInt8(ascii: "t")) || parser.take(UInt8(ascii: " ")) else {
        throw Fault(reason: "T or a space stands between date and time")
      }
      kind = .localDateTime
    }
    try parser.time(withoutSeconds: withoutSeconds)
    if kind == .localDateTime, !parser.isAtEnd {
      try parser.offset()
      kind = .offsetDateTime
    }
    guard parser.isAtEnd else { throw Fault(reason: "the time should end earlier") }
    return kind
  }

  private var isAtEnd: Bool { index == bytes.endIndex }

  private mutating func date() throws(Fault) {
    let year = try number(digits: 4, 0...9999, "a year of four digits")
    try expect(UInt8(ascii: "-"))
    let month = try number(digits: 2, 1...12, "a month from 01 to 12")
    try expect(UInt8(ascii: "-"))
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let last = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    _ = try number(digits: 2, 1...last, "a day from 01 to \(last)")
  }

  private mutating func time(withoutSeconds: Bool) throws(Fault) {
    try hoursAndMinutes()
    guard take(UInt8(ascii: ":")) else {
      if withoutSeconds { return }
      throw Fault(reason: "the seconds are missing")
    }
    _ = try number(digits: 2, 0...59, "seconds from 00 to 59")
    guard take(UInt8(ascii: ".")) else { return }
    let start = index
    while index < bytes.endIndex, bytes[index] &- 0x30 < 10 { index += 1 }
    if index == start { throw Fault(reason: "no digit follows the decimal point") }
  }

  private mutating func offset() throws(Fault) {
    if takeLetter(UInt8(ascii: "z")) { return }
    guard take(UInt8(ascii: "+")) || take(UInt8(ascii: "-")) else {
      throw Fault(reason: "Z or an offset such as +01:00 may follow the time, nothing else")
    }
    try hoursAndMinutes()
  }

  private mutating func hoursAndMinutes() throws(Fault) {
    _ = try number(digits: 2, 0...23, "hours from 00 to 23")
    try expect(UInt8(ascii: ":"))
    _ = try number(digits: 2, 0...59, "minutes from 00 to 59")
  }

  private mutating func number(digits: Int, _ range: ClosedRange<Int>, _ phrase: String) throws(Fault) -> Int {
    var value = 0
    for _ in 0..<digits {
      guard index < bytes.endIndex, bytes[index] &- 0x30 < 10 else { throw Fault(reason: "expected \(phrase)") }
      value = value * 10 + Int(bytes[index] &- 0x30)
      index += 1
    }
    guard range.contains(value) else { throw Fault(reason: "expected \(phrase)") }
    return value
  }

  private mutating func expect(_ byte: UInt8) throws(Fault) {
    guard take(byte) else { throw Fault(reason: "expected \(Unicode.Scalar(byte))") }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.endIndex, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// Takes a letter, given in lower case, in either case.
  private mutating func takeLetter(_ letter: UInt8) -> Bool { take(letter) || take(letter & 0xDF) }
}
