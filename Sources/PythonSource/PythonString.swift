/// The value of string literals.
enum PythonString {
  /// The value of a piece of a string constant, in UTF-8 unless it is bytes.
  ///
  /// Escapes: https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences (`\N{...}` stays as written,
  /// half a surrogate pair becomes U+FFFD).
  static func bytes(of piece: ArraySlice<UInt8>, form: StringPiece.Form, isBytes: Bool = false) -> [UInt8] {
    var body = piece
    var isRaw = form == .rawText || form == .verbatim
    if form == .literal {
      let literal = Literal(piece)
      (body, isRaw) = (literal.body, literal.isRaw)
    }
    if body.contains(0x0D) { body = withLineFeeds(body)[...] }
    if form == .verbatim { body = withoutComments(body)[...] }
    if form == .text || form == .rawText { body = withSingleBraces(body, isRaw: isRaw)[...] }
    if isRaw || !body.contains(UInt8(ascii: "\\")) { return Array(body) }
    return unescape(body, isBytes: isBytes)
  }

  /// The text of `{x=}`, whose comments are left out.
  private static func withoutComments(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var quote: UInt8?
    var isComment = false
    for byte in body {
      if byte == 0x0A { isComment = false }
      if isComment { continue }
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == UInt8(ascii: "#") {
        isComment = true
        continue
      }
      result.append(byte)
    }
    return result
  }

  /// A literal in its parts.
  private struct Literal {
    var isRaw = false
    var isBytes = false
    var isFormatted = false
    var isTemplate = false
    var body: ArraySlice<UInt8>

    init(_ text: ArraySlice<UInt8>) {
      body = text
      while let byte = body.first, byte != UInt8(ascii: "'"), byte != UInt8(ascii: "\"") {
        switch byte | 0x20 {
        case UInt8(ascii: "r"): isRaw = true
        case UInt8(ascii: "b"): isBytes = true
        case UInt8(ascii: "f"): isFormatted = true
        case UInt8(ascii: "t"): isTemplate = true
        default: break
        }
        body.removeFirst()
      }
      guard let quote = body.first else { return }
      let isTriple = body.count >= 6 && body.prefix(3).allSatisfy { $0 == quote }
      body = body.dropFirst(isTriple ? 3 : 1)
      if body.last == quote { body = body.dropLast(isTriple ? 3 : 1) }
    }
  }

  /// Text of an f-string with doubled braces made single; those of `\N{...}` stay.
  private static func withSingleBraces(_ body: ArraySlice<UInt8>, isRaw: Bool) -> [UInt8] {
    var result: [UInt8] = []
    var rest = body
    while let byte = rest.popFirst() {
      result.append(byte)
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
        if rest.first == byte { rest.removeFirst() }
      } else if byte == UInt8(ascii: "\\"), !isRaw, let next = rest.first, next != UInt8(ascii: "{") {
        result.append(next)
        rest.removeFirst()
        guard next == UInt8(ascii: "N"), rest.first == UInt8(ascii: "{") else { continue }
        while let part = rest.popFirst() {
          result.append(part)
          if part == UInt8(ascii: "}") { break }
        }
      }
    }
    return result
  }

  /// Python sees every line end as a line feed.
  private static func withLineFeeds(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = body
    while let byte = rest.popFirst() {
      if byte == 0x0D, rest.first == 0x0A { rest.removeFirst() }
      result.append(byte == 0x0D ? 0x0A : byte)
    }
    return result
  }

  /// The text of an f-string; nil when a brace stands alone, as it does around a replacement field.
  private static func withoutDoubledBraces(_ body: ArraySlice<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var rest = body
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
        guard rest.popFirst() == byte else { return nil }
      }
      result.append(byte)
    }
    return result
  }

  private static func unescape(_ body: ArraySlice<UInt8>, isBytes: Bool = false) -> [UInt8] {
    var result: [UInt8] = []
    var rest = body
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
        result.append(byte)
        continue
      }
      switch escape {
      case 0x0A: break
      case UInt8(ascii: "a"): result.append(0x07)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "v"): result.append(0x0B)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(escape)
      case UInt8(ascii: "x"): appendScalar(&rest, digits: 2, radix: 16, isBytes, to: &result)
      case UInt8(ascii: "u") where !isBytes: appendScalar(&rest, digits: 4, radix: 16, false, to: &result)
      case UInt8(ascii: "U") where !isBytes: appendScalar(&rest, digits: 8, radix: 16, false, to: &result)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        rest = body[(rest.startIndex - 1)...]
        appendScalar(&rest, digits: 3, radix: 8, isBytes, to: &result)
      default: result += [byte, escape]
      }
    }
    return result
  }

  private static func appendScalar(
    _ rest: inout ArraySlice<UInt8>, digits: Int, radix: Int, _ isBytes: Bool, to result: inout [UInt8]
  ) {
    let text = rest.prefix(digits).prefix { byte in
      Character(Unicode.Scalar(byte)).hexDigitValue.map { $0 < radix } ?? false
    }
    rest = rest.dropFirst(text.count)
    guard let value = UInt32(String(decoding: text, as: UTF8.self), radix: radix) else { return }
    if isBytes { return result.append(UInt8(truncatingIfNeeded: value)) }
    result += Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
  }
}
