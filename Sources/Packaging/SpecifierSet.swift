/// Conditions that a version must all fulfil, such as `>=1.0,<2`; none means every version.
///
/// Source: https://packaging.python.org/en/latest/specifications/version-specifiers/#version-specifiers
package struct SpecifierSet: Sendable, Hashable, CustomStringConvertible {
  /// Sorted by their text, without duplicates, so that the order in which they were written does not matter.
  package let specifiers: [Specifier]

  /// The conditions between commas, or nil when one of them cannot be read. Empty text means every version.
  package init?(_ text: String) {
    var found: [Specifier] = []
    for part in text.utf8.split(separator: UInt8(ascii: ",")) {
      let bytes = ASCII.trimmed(Array(part)[...])
      if bytes.isEmpty { continue }
      guard let specifier = Specifier(String(decoding: bytes, as: UTF8.self)) else { return nil }
      found.append(specifier)
    }
    self.init(found)
  }

  package init(_ specifiers: [Specifier] = []) {
    var seen: Set<Specifier> = []
    self.specifiers = specifiers.sorted { $0.description < $1.description }.filter { seen.insert($0).inserted }
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
    if version.isPrerelease && !prereleases && !namesPrerelease { return false }
    return specifiers.allSatisfy { $0.matches(version) }
  }

  /// The same for a version as somebody wrote it, which `===` compares letter by letter.
  package func contains(text: String, prereleases: Bool) -> Bool {
    if !prereleases && !namesPrerelease && Version(text)?.isPrerelease == true { return false }
    return specifiers.allSatisfy { $0.matches(text: text) }
  }

  /// The conditions between commas, sorted by their text.
  package var description: String { specifiers.map(\.description).joined(separator: ",") }
}
