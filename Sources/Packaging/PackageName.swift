/// The name of a distribution in its normalised form, so that two spellings of one name are equal.
///
/// `PackageName("Foo._-Bar")?.normalized` is `foo-bar`. Source: https://peps.python.org/pep-0503/#normalized-names
package struct PackageName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Lower-case ASCII letters and digits with single `-` between them.
  package let normalized: String

  /// The name that `raw` spells, or nil when it is none: letters, digits, `.`, `-` and `_`, a letter or digit at both
  /// ends (https://packaging.python.org/en/latest/specifications/name-normalization/).
  package init?(_ raw: String) {
    self.init(parsing: raw.utf8.span)
  }

  /// The name that UTF-8 bytes spell, or nil when it is none.
  package init?(parsing bytes: Span<UInt8>) {
    let normalized: String? = TextCursor.reading(bytes) { cursor in
      guard ASCII.isAlphanumeric(cursor[0]), ASCII.isAlphanumeric(cursor[cursor.count - 1]),
        cursor.allSatisfy({ ASCII.isAlphanumeric($0) || ASCII.isSeparator($0) })
      else { return nil }
      return PackageName.normalize(cursor)
    }
    guard let normalized else { return nil }
    self.normalized = normalized
  }

  /// A name that is known to be normalised, from this module's own tables and parsers.
  init(alreadyNormalized name: String) { normalized = name }

  /// Runs of `-`, `_` and `.` as one `-`, letters in lower case; the text need not be a valid name.
  package static func normalize(_ text: String) -> String {
    TextCursor.reading(text.utf8.span) { cursor in normalize(cursor) }
  }

  /// The same for the whole text of a cursor.
  static func normalize(_ text: TextCursor) -> String {
    if isNormal(text) { return text.text }
    if !text.allSatisfy({ $0 < 0x80 }) { return withSingleHyphens(text.text.lowercased()) }
    return withSingleHyphens(text)
  }

  private static func withSingleHyphens(_ text: String) -> String {
    TextCursor.reading(text.utf8.span) { cursor in withSingleHyphens(cursor) }
  }

  private static func withSingleHyphens(_ text: TextCursor) -> String {
    return String(unsafeUninitializedCapacity: text.count) { buffer in
      var count = 0
      var afterSeparator = false
      for offset in 0..<text.count {
        let byte = text[offset]
        let separator = ASCII.isSeparator(byte)
        if !(separator && afterSeparator) {
          buffer[count] = separator ? UInt8(ascii: "-") : ASCII.lowercased(byte)
          count += 1
        }
        afterSeparator = separator
      }
      return count
    }
  }

  private static func isNormal(_ text: TextCursor) -> Bool {
    var last: UInt8 = 0
    return text.allSatisfy { byte in
      defer { last = byte }
      if byte == UInt8(ascii: "-") { return last != byte }
      return byte < 0x80 && ASCII.lowercased(byte) == byte && !ASCII.isSeparator(byte)
    }
  }

  package static func < (left: PackageName, right: PackageName) -> Bool {
    left.normalized.utf8.lexicographicallyPrecedes(right.normalized.utf8)
  }

  package var description: String { normalized }
}
