// Supported: every spelling that PEP 440 accepts and normalises (`v1.0`, `1.0-alpha.1`, `1.0-1`, `1.0.REV2`,
//   `1.0+A_b`), with white space around it.
// Unsupported: numbers above Int.max (no version then; in a local label they compare as text); letters beyond ASCII.
// Grammar, case ignored, `sep` one of `.`, `-`, `_`:
//   version = "v"? (N "!")? N ("." N)* pre? post? dev? local?
//   pre     = sep? ("alpha"|"a"|"beta"|"b"|"preview"|"pre"|"c"|"rc") sep? N?
//   post    = "-" N | sep? ("post"|"rev"|"r") sep? N?
//   dev     = sep? "dev" sep? N?
//   local   = "+" alphanumeric+ (sep alphanumeric+)*

extension Version {
  /// The version that `text` spells, or nil when it spells none.
  package init?(_ text: String) { self.init(bytes: Array(text.utf8)[...]) }

  init?(bytes: ArraySlice<UInt8>) {
    var cursor = TextCursor(ASCII.trimmed(bytes))
    guard let version = Version(parsing: &cursor), cursor.isAtEnd else { return nil }
    self = version
  }

  private init?(parsing cursor: inout TextCursor) {
    _ = cursor.take("v", ignoringCase: true)
    guard var first = Version.number(&cursor) else { return nil }
    var epoch = 0
    if cursor.take(UInt8(ascii: "!")) {
      guard let second = Version.number(&cursor) else { return nil }
      (epoch, first) = (first, second)
    }
    var release = [first]
    while let number = Version.nextReleaseNumber(&cursor) { release.append(number) }
    let pre = Version.preRelease(&cursor)
    let post = Version.postRelease(&cursor)
    let dev = Version.suffix(&cursor, ["dev"])?.number
    guard let local = Version.localLabel(&cursor) else { return nil }
    self.init(epoch: epoch, release: release, pre: pre, post: post, dev: dev, localSegments: local)
  }

  private static func number(_ cursor: inout TextCursor) -> Int? {
    let digits = cursor.takeWhile(ASCII.isDigit)
    return digits.isEmpty ? nil : ASCII.number(digits)
  }

  private static func nextReleaseNumber(_ cursor: inout TextCursor) -> Int? {
    let start = cursor.position
    if cursor.take(UInt8(ascii: ".")), let number = number(&cursor) { return number }
    cursor.rewind(to: start)
    return nil
  }

  /// `sep? word sep? N?`; the words that share a beginning must stand longest first. Nothing is taken without a word.
  private static func suffix(
    _ cursor: inout TextCursor, _ words: [StaticString]
  ) -> (word: Int, number: Int)? {
    let start = cursor.position
    takeSeparator(&cursor)
    guard let word = words.firstIndex(where: { cursor.take($0, ignoringCase: true) }) else {
      cursor.rewind(to: start)
      return nil
    }
    takeSeparator(&cursor)
    let digits = cursor.takeWhile(ASCII.isDigit)
    guard let number = ASCII.number(digits) else {
      cursor.rewind(to: start)
      return nil
    }
    return (word, number)
  }

  private static func takeSeparator(_ cursor: inout TextCursor) {
    if let byte = cursor.current, ASCII.isSeparator(byte) { _ = cursor.take(byte) }
  }

  private static func preRelease(_ cursor: inout TextCursor) -> PreRelease? {
    let phases: [Phase] = [.alpha, .alpha, .beta, .beta, .candidate, .candidate, .candidate, .candidate]
    guard let (word, number) = suffix(&cursor, ["alpha", "a", "beta", "b", "preview", "pre", "c", "rc"]) else {
      return nil
    }
    return PreRelease(phase: phases[word], number: number)
  }

  private static func postRelease(_ cursor: inout TextCursor) -> Int? {
    let start = cursor.position
    if cursor.take(UInt8(ascii: "-")), let number = number(&cursor) { return number }
    cursor.rewind(to: start)
    return suffix(&cursor, ["post", "rev", "r"])?.number
  }

  /// The segments behind `+`, none when there is no `+`, nil when the label is malformed.
  private static func localLabel(_ cursor: inout TextCursor) -> [LocalSegment]? {
    guard cursor.take(UInt8(ascii: "+")) else { return [] }
    var segments: [LocalSegment] = []
    repeat {
      let part = cursor.takeWhile(ASCII.isAlphanumeric)
      if part.isEmpty { return nil }
      segments.append(segment(part))
    } while cursor.current.map { ASCII.isSeparator($0) && cursor.take($0) } ?? false
    return segments
  }

  private static func segment(_ part: ArraySlice<UInt8>) -> LocalSegment {
    guard part.allSatisfy(ASCII.isDigit) else {
      return .text(String(decoding: part.map(ASCII.lowercased), as: UTF8.self))
    }
    return ASCII.number(part).map(LocalSegment.number)
      ?? .text(String(decoding: part.drop { $0 == UInt8(ascii: "0") }, as: UTF8.self))
  }
}
