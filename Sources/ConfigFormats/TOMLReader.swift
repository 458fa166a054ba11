// Supported: TOML 1.0 and 1.1 as a whole, UTF-8 with or without a byte order mark, LF and CRLF (LF in values).
// Unsupported: keys and values nested deeper than 128.
// Integers of any size, floats and times are checked and kept as text. Where the specification leaves open whether a
// table may be extended, tomllib decides: a dotted key may add to a table that only a longer header implied.
// Grammar, blanks between all tokens, an end of line behind every statement:
//   document  = (header | pair | "")*
//   header    = "[" key "]" | "[[" key "]]"
//   pair      = key "=" value
//   key       = part ("." part)*
//   part      = [A-Za-z0-9_-]+ | one-line string
//   value     = string | number | time | "true" | "false" | array | inline
//   array     = "[" (value ("," value)* ","?)? "]"     with comments and ends of line anywhere
//   inline    = "{" (pair ("," pair)*)? "}"            in 1.1 like an array

/// Reads TOML into values with places.
///
/// Source: https://toml.io/en/v1.0.0
package struct TOMLReader {
  let version: TOMLVersion
  var cursor: ConfigCursor
  private var tables = TOMLTables()
  /// The table that pairs go into, and how deep it lies.
  private var section = TOMLTables.root
  private var sectionDepth = 0
  /// What is noted of the file's layout; nil when nobody asks.
  private var layout: TOMLLayout?

  /// The document that the bytes write, always a table; throws at the first byte that cannot be.
  ///
  /// TOML 1.0 by default, strictly: pyproject.toml is read so by Python's own tomllib up to 3.14.
  package static func read(_ bytes: [UInt8], as version: TOMLVersion = .v1_0) throws(ConfigError) -> ConfigNode {
    var reader = TOMLReader(version: version, cursor: try ConfigCursor(bytes))
    return try reader.document()
  }

  /// The document with its layout, for those who edit the file.
  package static func readLayout(
    _ bytes: [UInt8], as version: TOMLVersion = .v1_0
  ) throws(ConfigError) -> (document: ConfigNode, layout: TOMLLayout) {
    var reader = TOMLReader(version: version, cursor: try ConfigCursor(bytes))
    let layout = TOMLLayout(start: reader.cursor.position)
    reader.layout = layout
    return (try reader.document(), reader.layout ?? layout)
  }

  private mutating func document() throws(ConfigError) -> ConfigNode {
    let place = cursor.place
    while try statement() {}
    return tables.close(TOMLTables.root, at: place.reaching(cursor.end))
  }

  private init(version: TOMLVersion, cursor: ConfigCursor) {
    self.version = version
    self.cursor = cursor
  }

  /// Reads one line or what begins on it; false at the end of the file.
  private mutating func statement() throws(ConfigError) -> Bool {
    skipBlanks()
    switch cursor.current {
    case UInt8(ascii: "["): try header()
    case UInt8(ascii: "#"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): break
    case _ where cursor.isAtEnd: return false
    default: try sectionPair()
    }
    skipBlanks()
    try comment()
    if cursor.isAtEnd { return false }
    guard takeLineEnd() else { throw cursor.expected("the end of the line") }
    return true
  }

  private mutating func header() throws(ConfigError) {
    var place = cursor.place
    cursor.position += 1
    let isElement = cursor.take(UInt8(ascii: "["))
    skipBlanks()
    let key = try key("the name of a table")
    guard cursor.take(UInt8(ascii: "]")), !isElement || cursor.take(UInt8(ascii: "]")) else {
      throw cursor.expected(isElement ? "]] behind the name of a table" : "] behind the name of a table")
    }
    place = place.reaching(cursor.position)
    try checkDepth(key.count)
    section = isElement ? try tables.appendElement(key, at: place) : try tables.define(key, at: place)
    sectionDepth = key.count
    layout?.sections.append(
      TOMLLayout.Section(key: key.map(\.text), isElement: isElement, header: place.bytes))
  }

  private mutating func sectionPair() throws(ConfigError) {
    let start = cursor.position
    let key = try pair(into: section, depth: sectionDepth)
    guard let last = layout?.sections.indices.last else { return }
    layout?.sections[last].pairs.append(
      TOMLLayout.Pair(key: key.map(\.text), bytes: start..<cursor.position))
  }

  @discardableResult
  private mutating func pair(into table: Int, depth: Int) throws(ConfigError) -> [TOMLKeyPart] {
    let key = try key("a key")
    guard cursor.take(UInt8(ascii: "=")) else { throw cursor.expected("= behind a key") }
    skipBlanks()
    try checkDepth(depth + key.count)
    // What the key opens has its place in the file before what the value holds.
    let (owner, name) = try tables.reach(key, from: table)
    let node = try value("a value behind =", depth: depth + key.count)
    tables.insert(node, name, into: owner)
    return key
  }

  /// Takes a key and the blanks behind it.
  private mutating func key(_ phrase: StaticString) throws(ConfigError) -> [TOMLKeyPart] {
    var parts = [try keyPart(phrase)]
    skipBlanks()
    while cursor.take(UInt8(ascii: ".")) {
      skipBlanks()
      try checkDepth(parts.count + 1)
      parts.append(try keyPart("a key behind the dot"))
      skipBlanks()
    }
    return parts
  }

  private mutating func keyPart(_ phrase: StaticString) throws(ConfigError) -> TOMLKeyPart {
    let place = cursor.place
    let start = cursor.position
    let text: String
    switch cursor.current {
    case UInt8(ascii: "\""): text = try basicString()
    case UInt8(ascii: "'"): text = try literalString()
    default:
      while Self.isBare(cursor.current) { cursor.position += 1 }
      guard cursor.position > start else {
        let isText = cursor.current >= 0x80
        throw cursor.expected(isText ? "quotes around a key beyond A-Z, a-z, 0-9, - and _" : "\(phrase)")
      }
      text = cursor.text(start..<cursor.position)
    }
    return TOMLKeyPart(text: text, place: place.reaching(cursor.position))
  }

  private static func isBare(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-")
  }

  private func checkDepth(_ depth: Int) throws(ConfigError) {
    if depth > ConfigCursor.maximumDepth {
      throw cursor.error("keys and values nested deeper than \(ConfigCursor.maximumDepth)")
    }
  }
}

extension TOMLReader {
  private mutating func value(_ phrase: StaticString, depth: Int) throws(ConfigError) -> ConfigNode {
    let place = cursor.place
    let value: ConfigNode.Value
    switch cursor.current {
    case UInt8(ascii: "\""):
      value = .string(try isTripled(UInt8(ascii: "\"")) ? multilineBasicString() : basicString())
    case UInt8(ascii: "'"):
      value = .string(try isTripled(UInt8(ascii: "'")) ? multilineLiteralString() : literalString())
    case UInt8(ascii: "["): value = .array(try array(depth: depth + 1))
    case UInt8(ascii: "{"): return try inlineTable(depth: depth + 1, at: place)
    default: value = try scalar(phrase)
    }
    return ConfigNode(value, at: place.reaching(cursor.position))
  }

  private mutating func array(depth: Int) throws(ConfigError) -> [ConfigNode] {
    try checkDepth(depth)
    cursor.position += 1
    var nodes: [ConfigNode] = []
    while true {
      try skipLines()
      if cursor.take(UInt8(ascii: "]")) { return nodes }
      nodes.append(try value("a value or ] in an array", depth: depth))
      try skipLines()
      if cursor.take(UInt8(ascii: "]")) { return nodes }
      guard cursor.take(UInt8(ascii: ",")) else { throw cursor.expected("a comma or ] in an array") }
    }
  }

  private mutating func inlineTable(depth: Int, at place: ConfigPlace) throws(ConfigError) -> ConfigNode {
    try checkDepth(depth)
    cursor.position += 1
    let table = tables.begin(at: place)
    try skipInline()
    if !cursor.take(UInt8(ascii: "}")) {
      repeat {
        try pair(into: table, depth: depth)
        try skipInline()
      } while try hasNextPair()
    }
    return tables.end(table, at: place.reaching(cursor.position))
  }

  /// Takes the comma or the brace behind a pair of an inline table.
  private mutating func hasNextPair() throws(ConfigError) -> Bool {
    if cursor.take(UInt8(ascii: "}")) { return false }
    guard cursor.take(UInt8(ascii: ",")) else { throw cursor.expected("a comma or } in an inline table") }
    try skipInline()
    return version == .v1_0 || !cursor.take(UInt8(ascii: "}"))
  }

  /// Skips what may stand between the tokens of an inline table.
  private mutating func skipInline() throws(ConfigError) {
    if version == .v1_1 { try skipLines() } else { skipBlanks() }
  }

  /// Skips blanks, comments and ends of line.
  private mutating func skipLines() throws(ConfigError) {
    repeat {
      skipBlanks()
      try comment()
    } while takeLineEnd()
  }

  private mutating func skipBlanks() {
    while cursor.current == UInt8(ascii: " ") || cursor.current == UInt8(ascii: "\t") { cursor.position += 1 }
  }

  /// Takes a comment, if one begins here, up to the end of its line.
  private mutating func comment() throws(ConfigError) {
    guard cursor.current == UInt8(ascii: "#") else { return }
    let place = cursor.place
    while !Self.isControl(cursor.current) { cursor.position += 1 }
    layout?.comments.append(place.reaching(cursor.position))
    if cursor.isAtEnd || isAtLineEnd { return }
    throw cursor.error("\(cursor.found(at: cursor.position)) in a comment")
  }

  mutating func takeLineEnd() -> Bool {
    guard isAtLineEnd else { return false }
    cursor.position += cursor.current == UInt8(ascii: "\r") ? 2 : 1
    cursor.beginLine(at: cursor.position)
    return true
  }

  private var isAtLineEnd: Bool {
    cursor.current == UInt8(ascii: "\n")
      || cursor.current == UInt8(ascii: "\r") && cursor.bytes[cursor.position + 1] == UInt8(ascii: "\n")
  }

  /// Whether three of the quote stand here.
  private func isTripled(_ quote: UInt8) -> Bool {
    cursor.bytes[cursor.position + 1] == quote && cursor.bytes[cursor.position + 2] == quote
  }

  /// What neither strings nor comments may hold; the tab is no such character.
  static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x09 || byte == 0x7F }
}
