/// The name of a distribution in its normalised form, so that two spellings of one name are equal.
///
/// `PackageName("Foo._-Bar")?.normalized` is `foo-bar`. Source: https://peps.python.org/pep-0503/#normalized-names
package struct PackageName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Lower-case ASCII letters and digits with single `-` between them.
  package let normalized: String

  /// The name that `raw` spells, or nil when it is none: letters, digits, `.`, `-` and `_`, a letter or digit at both
  /// ends (https://packaging.python.org/en/latest/specifications/name-normalization/).
  package init?(_ raw: String) {
    let bytes = raw.utf8
    guard let first = bytes.first, let last = bytes.last, ASCII.isAlphanumeric(first), ASCII.isAlphanumeric(last),
      bytes.allSatisfy({ ASCII.isAlphanumeric($0) || ASCII.isSeparator($0) })
    else { return nil }
    normalized = PackageName.normalize(raw)
  }

  /// A name that is known to be normalised, from this module's own tables and parsers.
  init(alreadyNormalized name: String) { normalized = name }

  /// Runs of `-`, `_` and `.` as one `-`, ASCII letters in lower case; the text need not be a valid name.
  package static func normalize(_ text: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    var afterSeparator = false
    for byte in text.utf8 {
      let separator = ASCII.isSeparator(byte)
      if !(separator && afterSeparator) { result.append(separator ? 0x2D : ASCII.lowercased(byte)) }
      afterSeparator = separator
    }
    return String(decoding: result, as: UTF8.self)
  }

  package static func < (left: PackageName, right: PackageName) -> Bool {
    left.normalized.utf8.lexicographicallyPrecedes(right.normalized.utf8)
  }

  package var description: String { normalized }
}
