/// Conditions that a version must all fulfil, such as `>=1.0,<2`; none means every version.
///
/// Source: https://packaging.python.org/en/latest/specifications/version-specifiers/#version-specifiers
package struct SpecifierSet: Sendable, Hashable, CustomStringConvertible {
  /// Sorted by their text, without duplicates, so that the order in which they were written does not matter.
  package let specifiers: [Specifier]

  /// The conditions between commas, or nil when one of them cannot be read. Empty text means every version.
  package init?(_ text: String) { self.init(parsing: text.utf8.span) }

  /// The conditions between the commas of UTF-8 bytes, or nil when one of them cannot be read.
  package init?(parsing bytes: Span<UInt8>) {
    let found = TextCursor.reading(bytes) { cursor in SpecifierSet.list(&cursor) }
    guard let found else { return nil }
    self.init(found)
  }

  package init(_ specifiers: [Specifier] = []) {
    self.specifiers = specifiers.count < 2 ? specifiers : SpecifierSet.distinct(specifiers)
  }

  private static func distinct(_ specifiers: [Specifier]) -> [Specifier] {
    if specifiers.count == 2, specifiers[0] != specifiers[1] {
      return textPrecedes(specifiers[1], specifiers[0]) ? [specifiers[1], specifiers[0]] : specifiers
    }
    var distinct: [Specifier] = []
    distinct.reserveCapacity(specifiers.count)
    var seen: Set<Specifier> = []
    for specifier in specifiers.sorted(by: textPrecedes) {
      if specifiers.count > 8 {
        if !seen.insert(specifier).inserted { continue }
      } else if distinct.contains(specifier) {
        continue
      }
      distinct.append(specifier)
    }
    return distinct
  }

  static func list(_ cursor: inout TextCursor) -> [Specifier]? {
    var found: [Specifier] = []
    while true {
      let part = cursor.takeWhile { $0 != UInt8(ascii: ",") }
      let text = cursor.part(part).trimmed()
      if text.count > 0 {
        guard let specifier = Specifier(trimmed: text) else { return nil }
        found.append(specifier)
      }
      if !cursor.take(UInt8(ascii: ",")) { return found }
    }
  }

  /// Whether the text of one condition comes before that of the other, byte by byte.
  private static func textPrecedes(_ left: Specifier, _ right: Specifier) -> Bool {
    if left.comparison == right.comparison {
      return left.versionText.utf8.lexicographicallyPrecedes(right.versionText.utf8)
    }
    let (mine, theirs) = (left.comparison.rawValue.utf8.first ?? 0, right.comparison.rawValue.utf8.first ?? 0)
    if mine != theirs { return mine < theirs }
    return left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }

  package var isEmpty: Bool { specifiers.isEmpty }

  /// The version of a single `==` without `.*`, or of `===`: what a pinned requirement names.
  package var pinnedVersion: Version? {
    guard specifiers.count == 1, let only = specifiers.first, !only.isPrefix else { return nil }
    return only.comparison == .equal || only.comparison == .identical ? only.version : nil
  }

  /// Whether a condition itself names a pre-release.
  package var namesPrerelease: Bool { specifiers.contains(where: \.namesPrerelease) }

  /// Whether the version fulfils every condition.
  ///
  /// Without `prereleases`, a pre-release fulfils them only when one of them names a pre-release, as PEP 440 asks.
  package func contains(_ version: Version, prereleases: Bool) -> Bool {
    if !prereleases && version.isPrerelease && !namesPrerelease { return false }
    return specifiers.allSatisfy { $0.matches(version) }
  }

  /// The same for a version as somebody wrote it, which `===` compares letter by letter.
  package func contains(text: String, prereleases: Bool) -> Bool {
    contains(parsing: text.utf8.span, prereleases: prereleases)
  }

  /// The same for the UTF-8 bytes of a version.
  package func contains(parsing bytes: Span<UInt8>, prereleases: Bool) -> Bool {
    TextCursor.reading(bytes) { cursor in
      let version = Version(exactly: cursor.trimmed())
      if !prereleases && !namesPrerelease && version?.isPrerelease == true { return false }
      for specifier in specifiers {
        let matches = specifier.comparison == .identical ? specifier.matches(cursor) : version.map(specifier.matches)
        if matches != true { return false }
      }
      return true
    }
  }

  /// The conditions between commas, sorted by their text.
  package var description: String {
    var text: [UInt8] = []
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Adds the UTF-8 bytes of the description.
  package func write(to text: inout [UInt8]) {
    var isFirst = true
    for specifier in specifiers {
      if !isFirst { text.append(UInt8(ascii: ",")) }
      specifier.write(to: &text)
      isFirst = false
    }
  }
}
