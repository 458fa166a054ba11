// Supported: PEP 508 with versions (also in parentheses, as old metadata writes them), URLs and markers; a name or an
//   extra that ends in `_`, as the library `packaging` reads it.
// Unsupported: what pip alone reads in requirement files (options, paths, hashes).
// Grammar, blanks between all tokens:
//   requirement = name extras? ("@" URL (blank ";" marker)? | versions (";" marker)?)
//   extras      = "[" (name ("," name)*)? "]"
//   versions    = "(" list ")" | list
//   list        = (specifier ("," specifier)* ","?)?
//   specifier   = "===" space* (not space, ";" or ")")*, in which commas separate further specifiers
//               | operator space* version

extension Requirement {
  /// Reads one requirement and nothing else.
  package init(parsing text: String) throws(RequirementError) { try self.init(parsing: text.utf8.span) }

  /// Reads UTF-8 bytes that hold one requirement and nothing else.
  package init(parsing bytes: Span<UInt8>) throws(RequirementError) {
    self = try TextCursor.reading(bytes) { (cursor) throws(RequirementError) -> Requirement in
      var parser = RequirementParser(cursor: cursor)
      return try parser.requirement()
    }
  }
}

private struct RequirementParser {
  var cursor: TextCursor

  mutating func requirement() throws(RequirementError) -> Requirement {
    cursor.skipBlanks()
    let written = try identifier("a package name")
    let name = PackageName(alreadyNormalized: PackageName.normalize(cursor.part(written)))
    let writtenName = cursor.text(written)
    cursor.skipBlanks()
    let extras = try extras()
    cursor.skipBlanks()
    var specifiers: [Specifier] = []
    var url: String?
    if cursor.take(UInt8(ascii: "@")) {
      cursor.skipBlanks()
      url = try location()
    } else {
      specifiers = try versions()
      cursor.skipBlanks()
    }
    let marker = try marker(afterURL: url != nil, afterVersions: !specifiers.isEmpty)
    return Requirement(
      name: name, writtenName: writtenName, writtenExtras: extras, specifiers: SpecifierSet(specifiers), url: url,
      marker: marker)
  }

  private mutating func identifier(_ expected: String) throws(RequirementError) -> Range<Int> {
    guard ASCII.isAlphanumeric(cursor.byte) else { throw error(expected) }
    let bytes = cursor.takeWhile { ASCII.isAlphanumeric($0) || ASCII.isSeparator($0) }
    var end = bytes.upperBound
    while !ASCII.isWord(cursor[end - 1]) { end -= 1 }
    if end < bytes.upperBound {
      throw RequirementError(column: cursor.column(at: end), expected: "a letter or digit at a name's end")
    }
    if cursor.byte >= 0x80 {
      throw RequirementError(column: cursor.column(at: bytes.lowerBound), expected: "\(expected) of ASCII letters")
    }
    return bytes
  }

  private mutating func extras() throws(RequirementError) -> [String] {
    guard cursor.take(UInt8(ascii: "[")) else { return [] }
    var names: [String] = []
    cursor.skipBlanks()
    while cursor.byte != UInt8(ascii: "]") {
      names.append(cursor.text(try identifier("the name of an extra")))
      cursor.skipBlanks()
      if cursor.byte == UInt8(ascii: "]") { break }
      guard cursor.take(UInt8(ascii: ",")) else { throw error("a comma or ] behind an extra") }
      cursor.skipBlanks()
      if cursor.byte == UInt8(ascii: "]") { throw error("the name of an extra") }
    }
    _ = cursor.take(UInt8(ascii: "]"))
    return names
  }

  private mutating func location() throws(RequirementError) -> String {
    let bytes = cursor.takeWhile { !ASCII.isBlank($0) }
    if bytes.isEmpty { throw error("a URL behind @") }
    return cursor.text(bytes)
  }

  private mutating func versions() throws(RequirementError) -> [Specifier] {
    let inParentheses = cursor.take(UInt8(ascii: "("))
    cursor.skipBlanks()
    var found: [Specifier] = []
    while let comparison = Specifier.operator(&cursor) {
      if comparison == .identical {
        try arbitrary(&found)
      } else {
        found.append(try specifier(comparison))
      }
      cursor.skipBlanks()
      guard cursor.take(UInt8(ascii: ",")) else { break }
      cursor.skipBlanks()
    }
    if inParentheses, !cursor.take(UInt8(ascii: ")")) { throw error("a comma or ) behind a version") }
    return found
  }

  private mutating func specifier(_ comparison: Specifier.Operator) throws(RequirementError) -> Specifier {
    cursor.skipSpace()
    let version = cursor.takeWhile { byte in
      byte != UInt8(ascii: ",") && byte != UInt8(ascii: ";") && byte != UInt8(ascii: ")") && !ASCII.isSpace(byte)
    }
    guard let specifier = Specifier(comparison, exactly: cursor.part(version)) else { throw misfit(version.lowerBound) }
    return specifier
  }

  /// What follows `===`, with further specifiers behind commas.
  private mutating func arbitrary(_ found: inout [Specifier]) throws(RequirementError) {
    cursor.skipSpace()
    let start = cursor.position
    while !cursor.isAtEnd, !ASCII.isSpace(cursor.byte), cursor.byte != UInt8(ascii: ";"),
      cursor.byte != UInt8(ascii: ")"), Whitespace.length(atStartOf: cursor, cursor.position) == nil
    {
      _ = cursor.take(cursor.byte)
    }
    var list = cursor.part(start..<cursor.position)
    let first = list.takeWhile { $0 != UInt8(ascii: ",") }
    guard let specifier = Specifier(.identical, exactly: list.part(first)) else { throw misfit(start) }
    found.append(specifier)
    guard list.take(UInt8(ascii: ",")) else { return }
    let offset = start + list.position
    guard let others = SpecifierSet.list(&list) else { throw misfit(offset) }
    found += others
  }

  private func misfit(_ offset: Int) -> RequirementError {
    RequirementError(column: cursor.column(at: offset), expected: "a version that fits the operator before it")
  }

  private mutating func marker(afterURL: Bool, afterVersions: Bool) throws(RequirementError) -> Marker? {
    if afterURL, !cursor.isAtEnd {
      guard ASCII.isBlank(cursor.byte) else { throw error("a blank behind the URL") }
      cursor.skipBlanks()
    }
    if cursor.isAtEnd { return nil }
    guard cursor.take(UInt8(ascii: ";")) else {
      if afterURL { throw error("; behind the URL, or the end") }
      throw error(afterVersions ? "a comma, ; or the end" : "a version operator, ; or the end")
    }
    return try Marker(parsing: &cursor)
  }

  private func error(_ expected: String) -> RequirementError {
    RequirementError(column: cursor.column(at: cursor.position), expected: expected)
  }
}
