// Supported: every spelling that PEP 440 accepts and normalises (`v1.0`, `1.0-alpha.1`, `1.0-1`, `1.0.REV2`,
//   `1.0+A_b`), with white space around it; numbers of any length.
// Unsupported: letters beyond ASCII.
// Grammar, case ignored, `sep` one of `.`, `-`, `_`:
//   version = "v"? (N "!")? N ("." N)* pre? post? dev? local?
//   pre     = sep? ("alpha"|"a"|"beta"|"b"|"preview"|"pre"|"c"|"rc") sep? N?
//   post    = "-" N | sep? ("post"|"rev"|"r") sep? N?
//   dev     = sep? "dev" sep? N?
//   local   = "+" alphanumeric+ (sep alphanumeric+)*

extension Version {
  /// The version that `text` spells, or nil when it spells none.
  package init?(_ text: String) { self.init(parsing: text.utf8.span) }

  /// The version that UTF-8 bytes spell, or nil when they spell none.
  package init?(parsing bytes: Span<UInt8>) {
    let version = TextCursor.reading(bytes) { cursor in Version(exactly: cursor.trimmed()) }
    guard let version else { return nil }
    self = version
  }

  /// The version that the whole text of the cursor spells, without white space around it.
  init?(exactly text: TextCursor) {
    var reader = VersionReader(cursor: text)
    guard let version = reader.version(), reader.cursor.isAtEnd else { return nil }
    self = version
  }
}

private struct VersionReader {
  var cursor: TextCursor
  private var writer = VersionKeyWriter()

  init(cursor: TextCursor) { self.cursor = cursor }

  mutating func version() -> Version? {
    if cursor.byte | 0x20 == UInt8(ascii: "v") { _ = cursor.take(cursor.byte) }
    guard let releaseCount = release() else { return nil }
    suffixes()
    let publicCount = writer.count
    if cursor.take(UInt8(ascii: "+")), !local() { return nil }
    return Version(key: writer.key, releaseCount: releaseCount, publicCount: publicCount)
  }

  /// Epoch and release; the count of the release's numbers, or nil when there are none.
  private mutating func release() -> Int? {
    var first = cursor.takeWhile(ASCII.isDigit)
    if first.isEmpty { return nil }
    if cursor.take(UInt8(ascii: "!")) {
      if number(first) != 0 {
        writer.append(VersionKey.epochMark)
        append(first)
      }
      first = cursor.takeWhile(ASCII.isDigit)
      if first.isEmpty { return nil }
    }
    append(first)
    var count = 1
    while cursor.byte == UInt8(ascii: "."), ASCII.isDigit(cursor[cursor.position + 1]) {
      _ = cursor.take(UInt8(ascii: "."))
      let digits = cursor.takeWhile(ASCII.isDigit)
      if let number = number(digits) {
        writer.appendRelease(number)
      } else {
        writer.appendPendingZeros()
        append(digits)
      }
      count += 1
    }
    return count
  }

  /// What follows the release: a pre-release, a post-release and a development release, each at most once and in this
  /// order.
  private mutating func suffixes() {
    var last: UInt8?
    var hasDev = false
    while !hasDev {
      let start = cursor.position
      let follows = cursor.byte
      if follows == 0 || follows == UInt8(ascii: "+") { break }
      if follows == UInt8(ascii: "-"), ASCII.isDigit(cursor[start + 1]), last != VersionSuffix.post {
        _ = cursor.take(follows)
        writer.append(VersionSuffix.post)
        append(cursor.takeWhile(ASCII.isDigit))
        last = VersionSuffix.post
        continue
      }
      takeSeparator()
      guard let kind = word(), isAllowed(kind, behind: last) else {
        cursor.rewind(to: start)
        break
      }
      takeSeparator()
      writer.append(kind)
      append(cursor.takeWhile(ASCII.isDigit))
      last = kind
      hasDev = kind == VersionSuffix.dev
    }
    if !hasDev { writer.append(VersionSuffix.end) }
  }

  private func isAllowed(_ kind: UInt8, behind last: UInt8?) -> Bool {
    guard let last else { return true }
    return kind == VersionSuffix.dev || (kind == VersionSuffix.post && last != VersionSuffix.post)
  }

  private mutating func takeSeparator() {
    let byte = cursor.byte
    if ASCII.isSeparator(byte) { _ = cursor.take(byte) }
  }

  /// The kind of suffix that the letters here name; nothing is taken when they name none.
  private mutating func word() -> UInt8? {
    switch cursor.byte | 0x20 {
    case UInt8(ascii: "a"): return takes("alpha") || takes("a") ? 1 : nil
    case UInt8(ascii: "b"): return takes("beta") || takes("b") ? 2 : nil
    case UInt8(ascii: "c"): return takes("c") ? 3 : nil
    case UInt8(ascii: "d"): return takes("dev") ? VersionSuffix.dev : nil
    case UInt8(ascii: "p"):
      if takes("post") { return VersionSuffix.post }
      return takes("preview") || takes("pre") ? 3 : nil
    case UInt8(ascii: "r"):
      if takes("rc") { return 3 }
      return takes("rev") || takes("r") ? VersionSuffix.post : nil
    default: return nil
    }
  }

  private mutating func takes(_ word: StaticString) -> Bool { cursor.take(word, ignoringCase: true) }

  /// The segments behind `+`; false when the label is malformed.
  private mutating func local() -> Bool {
    repeat {
      let part = cursor.takeWhile(ASCII.isAlphanumeric)
      if part.isEmpty { return false }
      if cursor.allSatisfy(part, ASCII.isDigit) {
        writer.append(UInt8(2))
        append(part)
      } else {
        writer.append(UInt8(1))
        for offset in part { writer.append(ASCII.lowercased(cursor[offset])) }
        writer.append(UInt8(0))
      }
    } while ASCII.isSeparator(cursor.byte) && cursor.take(cursor.byte)
    return true
  }

  /// The number that decimal digits write, 0 for none, nil when more than 18 of them count.
  @inline(__always)
  private func number(_ digits: Range<Int>) -> Int? {
    var digits = digits
    if digits.count > 18 {
      while let first = digits.first, cursor[first] == UInt8(ascii: "0") { digits = (first + 1)..<digits.upperBound }
      if digits.count > 18 { return nil }
    }
    var value = 0
    for offset in digits { value = value &* 10 &+ Int(cursor[offset] &- 0x30) }
    return value
  }

  private mutating func append(_ digits: Range<Int>) {
    if let number = number(digits) { return writer.append(number) }
    writer.append(digits: Array(cursor.elements(digits).drop { $0 == UInt8(ascii: "0") }))
  }
}
