// Supported: RFC 8259, UTF-8 with or without a byte order mark, numbers of any size (kept as text).
// Unsupported: what RFC 8259 does not have (comments, trailing commas, NaN), nesting beyond 128.
// Of two equal keys the last counts, in the place of the first, as in Python. Half of an escaped surrogate pair is U+FFFD.
// Grammar, space between all tokens:
//   value  = object | array | string | number | "true" | "false" | "null"
//   object = "{" (string ":" value ("," string ":" value)*)? "}"
//   array  = "[" (value ("," value)*)? "]"

/// Reads JSON into values with places.
///
/// Source: https://www.rfc-editor.org/rfc/rfc8259
package struct JSONReader {
  private var cursor: ConfigCursor
  /// The text of a string with escapes, kept for the next one.
  private var buffer: [UInt8] = []

  /// The value that the bytes write; throws at the first byte that cannot be.
  package static func read(_ bytes: [UInt8]) throws(ConfigError) -> ConfigNode {
    var reader = JSONReader(cursor: try ConfigCursor(bytes))
    reader.skipSpace()
    let node = try reader.value(depth: 0)
    reader.skipSpace()
    if !reader.cursor.isAtEnd { throw reader.cursor.expected("the end of the file behind the value") }
    return node
  }

  private init(cursor: ConfigCursor) { self.cursor = cursor }

  private mutating func value(depth: Int) throws(ConfigError) -> ConfigNode {
    let place = cursor.place
    let value: ConfigNode.Value
    switch cursor.current {
    case UInt8(ascii: "\""): value = .string(try string())
    case UInt8(ascii: "{"): value = .table(try object(depth: depth))
    case UInt8(ascii: "["): value = .array(try array(depth: depth))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = try number()
    case UInt8(ascii: "t") where cursor.take("true"): value = .boolean(true)
    case UInt8(ascii: "f") where cursor.take("false"): value = .boolean(false)
    case UInt8(ascii: "n") where cursor.take("null"): value = .null
    default: throw cursor.expected("a value")
    }
    return ConfigNode(value, at: place.reaching(cursor.position))
  }

  private mutating func object(depth: Int) throws(ConfigError) -> ConfigTable {
    try open(depth: depth)
    var table = ConfigTable()
    if cursor.take(UInt8(ascii: "}")) { return table }
    while true {
      guard cursor.current == UInt8(ascii: "\"") else {
        throw cursor.expected(table.isEmpty ? "a key in double quotes, or }" : "a key in double quotes")
      }
      var keyPlace = cursor.place
      let key = try string()
      keyPlace = keyPlace.reaching(cursor.position)
      skipSpace()
      guard cursor.take(UInt8(ascii: ":")) else { throw cursor.expected(": behind a key") }
      skipSpace()
      let node = try value(depth: depth + 1)
      if let position = table.position(of: key) {
        table.replaceValue(at: position, by: node)
      } else {
        table.append(ConfigTable.Entry(key: key, keyPlace: keyPlace, value: node))
      }
      skipSpace()
      if cursor.take(UInt8(ascii: "}")) { return table }
      guard cursor.take(UInt8(ascii: ",")) else { throw cursor.expected("a comma or } behind a value") }
      skipSpace()
    }
  }

  private mutating func array(depth: Int) throws(ConfigError) -> [ConfigNode] {
    try open(depth: depth)
    var nodes: [ConfigNode] = []
    if cursor.take(UInt8(ascii: "]")) { return nodes }
    while true {
      nodes.append(try value(depth: depth + 1))
      skipSpace()
      if cursor.take(UInt8(ascii: "]")) { return nodes }
      guard cursor.take(UInt8(ascii: ",")) else { throw cursor.expected("a comma or ] behind a value") }
      skipSpace()
    }
  }

  /// Takes the bracket and the space behind it.
  private mutating func open(depth: Int) throws(ConfigError) {
    guard depth < ConfigCursor.maximumDepth else {
      throw cursor.error("values nested deeper than \(ConfigCursor.maximumDepth)")
    }
    cursor.position += 1
    skipSpace()
  }

  private mutating func number() throws(ConfigError) -> ConfigNode.Value {
    let start = cursor.position
    _ = cursor.take(UInt8(ascii: "-"))
    if !cursor.take(UInt8(ascii: "0")) { try digits("a digit behind -") }
    var isFloat = false
    if cursor.take(UInt8(ascii: ".")) {
      isFloat = true
      try digits("a digit behind the decimal point")
    }
    if cursor.current | 0x20 == UInt8(ascii: "e") {
      isFloat = true
      cursor.position += 1
      if !cursor.take(UInt8(ascii: "+")) { _ = cursor.take(UInt8(ascii: "-")) }
      try digits("a digit in the exponent")
    }
    let text = cursor.text(start..<cursor.position)
    return isFloat ? .float(text) : .integer(text)
  }

  private mutating func digits(_ phrase: String) throws(ConfigError) {
    let start = cursor.position
    while cursor.current &- 0x30 < 10 { cursor.position += 1 }
    if cursor.position == start { throw cursor.expected(phrase) }
  }

  /// Takes a string with its quotes.
  private mutating func string() throws(ConfigError) -> String {
    let opening = cursor.position
    let start = opening + 1
    cursor.position = start
    if takePlain() & 0x80 != 0 { cursor.countScalars(from: start) }
    if cursor.current == UInt8(ascii: "\"") {
      cursor.position += 1
      return cursor.text(start..<cursor.position - 1)
    }
    buffer.removeAll(keepingCapacity: true)
    buffer += cursor.bytes[start..<cursor.position]
    while true {
      switch cursor.current {
      case UInt8(ascii: "\""):
        cursor.position += 1
        return String(decoding: buffer, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape()
      case _ where cursor.isAtEnd: throw cursor.error("a string that does not end", at: opening)
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): throw cursor.expected("\" at the end of a string")
      default: throw cursor.expected("an escape such as \\u0000 for a control character in a string")
      }
      let plain = cursor.position
      if takePlain() & 0x80 != 0 { cursor.countScalars(from: plain) }
      buffer += cursor.bytes[plain..<cursor.position]
    }
  }

  /// Takes what stands for itself in a string; the bits of all its bytes.
  private mutating func takePlain() -> UInt8 {
    var bits: UInt8 = 0
    var index = cursor.position
    while true {
      let byte = cursor.bytes[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      bits |= byte
      index += 1
    }
    cursor.position = index
    return bits
  }

  private mutating func escape() throws(ConfigError) {
    let start = cursor.position
    cursor.position += 2
    switch cursor.bytes[start + 1] {
    case UInt8(ascii: "b"): buffer.append(0x08)
    case UInt8(ascii: "f"): buffer.append(0x0C)
    case UInt8(ascii: "n"): buffer.append(0x0A)
    case UInt8(ascii: "r"): buffer.append(0x0D)
    case UInt8(ascii: "t"): buffer.append(0x09)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(cursor.bytes[start + 1])
    case UInt8(ascii: "u"): buffer += String(try utf16()).utf8
    default: throw cursor.expected("one of \" \\ / b f n r t u behind \\", at: start + 1)
    }
  }

  /// The scalar of one or two escaped UTF-16 units, behind the first `\u`.
  private mutating func utf16() throws(ConfigError) -> Unicode.Scalar {
    let first = try unit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let start = cursor.position
    if UTF16.isLeadSurrogate(first), cursor.take("\\u") {
      let second = try unit()
      if UTF16.isTrailSurrogate(second) { return UTF16.decode(UTF16.EncodedScalar([first, second])) }
      cursor.position = start
    }
    return "\u{FFFD}"
  }

  private mutating func unit() throws(ConfigError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = HexadecimalDigit.value(cursor.current) else {
        throw cursor.expected("four hexadecimal digits behind \\u")
      }
      value = value << 4 | UInt16(digit)
      cursor.position += 1
    }
    return value
  }

  private mutating func skipSpace() {
    while true {
      switch cursor.current {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): cursor.position += 1
      case UInt8(ascii: "\n"):
        cursor.position += 1
        cursor.beginLine(at: cursor.position)
      default: return
      }
    }
  }
}
