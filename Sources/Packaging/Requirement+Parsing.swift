// Supported: PEP 508 with versions (also in parentheses, as old metadata writes them), URLs and markers.
// Unsupported: what pip alone reads in requirement files (options, paths, hashes).
// Grammar, blanks between all tokens:
//   requirement = name extras? ("@" URL (blank ";" marker)? | versions (";" marker)?)
//   extras      = "[" (name ("," name)*)? "]"
//   versions    = "(" list ")" | list
//   list        = (specifier ("," specifier)* ","?)?

extension Requirement {
  /// Reads one requirement and nothing else.
  package init(parsing text: String) throws(RequirementError) {
    var parser = RequirementParser(text)
    self = try parser.requirement()
  }
}

private struct RequirementParser {
  private var cursor: TextCursor

  init(_ text: String) { cursor = TextCursor(text) }

  mutating func requirement() throws(RequirementError) -> Requirement {
    skipBlanks()
    let written = try identifier("a package name")
    guard let name = PackageName(written) else { throw error("a package name") }
    skipBlanks()
    let extras = try extras()
    skipBlanks()
    var specifiers = SpecifierSet()
    var url: String?
    if cursor.take(UInt8(ascii: "@")) {
      skipBlanks()
      url = try location()
    } else {
      specifiers = try versions()
      skipBlanks()
    }
    let marker = try marker(afterURL: url != nil, afterVersions: !specifiers.isEmpty)
    return Requirement(
      name: name, writtenName: written, writtenExtras: extras, specifiers: specifiers, url: url, marker: marker)
  }

  private mutating func identifier(_ expected: String) throws(RequirementError) -> String {
    let start = cursor.position
    guard let first = cursor.current, ASCII.isAlphanumeric(first) else { throw error(expected) }
    var bytes = cursor.takeWhile { ASCII.isAlphanumeric($0) || ASCII.isSeparator($0) }
    while let last = bytes.last, !ASCII.isAlphanumeric(last) { bytes.removeLast() }
    guard bytes.endIndex == cursor.position else {
      throw RequirementError(column: cursor.column(at: bytes.endIndex), expected: "a letter or digit at a name's end")
    }
    if let next = cursor.current, next >= 0x80 {
      throw RequirementError(column: cursor.column(at: start), expected: "\(expected) of ASCII letters")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func extras() throws(RequirementError) -> [String] {
    guard cursor.take(UInt8(ascii: "[")) else { return [] }
    var names: [String] = []
    skipBlanks()
    while cursor.current != UInt8(ascii: "]") {
      names.append(try identifier("the name of an extra"))
      skipBlanks()
      if cursor.current == UInt8(ascii: "]") { break }
      guard cursor.take(UInt8(ascii: ",")) else { throw error("a comma or ] behind an extra") }
      skipBlanks()
      if cursor.current == UInt8(ascii: "]") { throw error("the name of an extra") }
    }
    _ = cursor.take(UInt8(ascii: "]"))
    return names
  }

  private mutating func location() throws(RequirementError) -> String {
    let bytes = cursor.takeWhile { !ASCII.isBlank($0) }
    if bytes.isEmpty { throw error("a URL behind @") }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func versions() throws(RequirementError) -> SpecifierSet {
    let inParentheses = cursor.take(UInt8(ascii: "("))
    skipBlanks()
    var found: [Specifier] = []
    while let specifier = try nextSpecifier() {
      found.append(specifier)
      skipBlanks()
      guard cursor.take(UInt8(ascii: ",")) else { break }
      skipBlanks()
    }
    skipBlanks()
    if inParentheses, !cursor.take(UInt8(ascii: ")")) { throw error("a comma or ) behind a version") }
    return SpecifierSet(found)
  }

  private mutating func nextSpecifier() throws(RequirementError) -> Specifier? {
    let start = cursor.position
    guard Specifier.operator(&cursor) != nil else { return nil }
    cursor.takeWhile(ASCII.isSpace)
    let versionStart = cursor.position
    cursor.takeWhile { byte in
      !ASCII.isSpace(byte) && byte != UInt8(ascii: ",") && byte != UInt8(ascii: ";") && byte != UInt8(ascii: ")")
    }
    guard let specifier = Specifier(String(decoding: cursor.bytes[start..<cursor.position], as: UTF8.self)) else {
      throw RequirementError(
        column: cursor.column(at: versionStart), expected: "a version that fits the operator before it")
    }
    return specifier
  }

  private mutating func marker(afterURL: Bool, afterVersions: Bool) throws(RequirementError) -> Marker? {
    if afterURL, !cursor.isAtEnd {
      guard let blank = cursor.current, ASCII.isBlank(blank) else { throw error("a blank behind the URL") }
      skipBlanks()
    }
    if cursor.isAtEnd { return nil }
    guard cursor.take(UInt8(ascii: ";")) else {
      if afterURL { throw error("; behind the URL, or the end") }
      throw error(afterVersions ? "a comma, ; or the end" : "a version operator, ; or the end")
    }
    return try Marker(parsing: &cursor)
  }

  private mutating func skipBlanks() { cursor.takeWhile(ASCII.isBlank) }

  private func error(_ expected: String) -> RequirementError {
    RequirementError(column: cursor.column(at: cursor.position), expected: expected)
  }
}
