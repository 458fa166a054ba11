// Supported: RFC 8259, UTF-8 with or without a byte order mark.
// Unsupported: nesting beyond 64, a value behind the first; of two equal keys the last counts.

/// A JSON document, for the small files that installers leave beside a distribution.
indirect enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// As written.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The document in the bytes, or nil when they are none.
  init?(bytes: [UInt8]) { self.init(parsing: bytes.span) }

  init?(parsing bytes: Span<UInt8>) {
    let value: JSONValue? = TextCursor.reading(bytes) { cursor in
      _ = cursor.take("\u{FEFF}")
      var reader = JSONReader(cursor)
      guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
      return value
    }
    guard let value else { return nil }
    self = value
  }

  subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  var boolean: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }

  var object: [String: JSONValue]? {
    if case .object(let members) = self { members } else { nil }
  }
}

private struct JSONReader {
  private var cursor: TextCursor

  init(_ cursor: TextCursor) { self.cursor = cursor }

  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return cursor.isAtEnd
    }
  }

  mutating func value(depth: Int) -> JSONValue? {
    skipSpace()
    guard depth < 64, let byte = cursor.current else { return nil }
    switch byte {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map(JSONValue.string)
    default:
      if cursor.take("true") { return .boolean(true) }
      if cursor.take("false") { return .boolean(false) }
      if cursor.take("null") { return .null }
      return number()
    }
  }

  private mutating func object(depth: Int) -> JSONValue? {
    guard takeToken(UInt8(ascii: "{")) else { return nil }
    var members: [String: JSONValue] = [:]
    if takeToken(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      guard let key = string(), takeToken(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
      members[key] = value
    } while takeToken(UInt8(ascii: ","))
    return takeToken(UInt8(ascii: "}")) ? .object(members) : nil
  }

  private mutating func array(depth: Int) -> JSONValue? {
    guard takeToken(UInt8(ascii: "[")) else { return nil }
    var elements: [JSONValue] = []
    if takeToken(UInt8(ascii: "]")) { return .array(elements) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      elements.append(value)
    } while takeToken(UInt8(ascii: ","))
    return takeToken(UInt8(ascii: "]")) ? .array(elements) : nil
  }

  private mutating func number() -> JSONValue? {
    let start = cursor.position
    _ = cursor.take(UInt8(ascii: "-"))
    let whole = cursor.takeWhile(ASCII.isDigit)
    guard !whole.isEmpty, whole.count == 1 || cursor[whole.lowerBound] != UInt8(ascii: "0") else { return nil }
    if cursor.take(UInt8(ascii: ".")), cursor.takeWhile(ASCII.isDigit).isEmpty { return nil }
    if cursor.take("e", ignoringCase: true) {
      if !cursor.take(UInt8(ascii: "+")) { _ = cursor.take(UInt8(ascii: "-")) }
      if cursor.takeWhile(ASCII.isDigit).isEmpty { return nil }
    }
    return .number(cursor.text(start..<cursor.position))
  }

  private mutating func string() -> String? {
    guard cursor.take(UInt8(ascii: "\"")) else { return nil }
    var text = ""
    while true {
      let plain = cursor.takeWhile { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 >= 0x20 }
      if text.isEmpty { text = cursor.text(plain) } else { text += cursor.text(plain) }
      if cursor.take(UInt8(ascii: "\"")) { return text }
      guard cursor.take(UInt8(ascii: "\\")), let scalar = escape() else { return nil }
      text.unicodeScalars.append(scalar)
    }
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let kind = cursor.current, cursor.take(kind) else { return nil }
    switch kind {
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
    case UInt8(ascii: "u"): return utf16()
    default: return nil
    }
  }

  /// One scalar from one or two escaped UTF-16 units; half a pair becomes U+FFFD.
  private mutating func utf16() -> Unicode.Scalar? {
    guard let first = unit() else { return nil }
    if let scalar = Unicode.Scalar(UInt32(first)) { return scalar }
    let start = cursor.position
    if UTF16.isLeadSurrogate(first), cursor.take("\\u"), let second = unit(), UTF16.isTrailSurrogate(second) {
      return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }
    cursor.rewind(to: start)
    return "\u{FFFD}"
  }

  private mutating func unit() -> UInt16? {
    let start = cursor.position
    var count = 0
    let digits = cursor.takeWhile { byte in
      count += 1
      return count <= 4 && (ASCII.isDigit(byte) || (byte | 0x20) &- 0x61 < 6)
    }
    if digits.count == 4 { return UInt16(cursor.text(digits), radix: 16) }
    cursor.rewind(to: start)
    return nil
  }

  private mutating func takeToken(_ byte: UInt8) -> Bool {
    skipSpace()
    return cursor.take(byte)
  }

  private mutating func skipSpace() {
    cursor.takeWhile { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }
}
