// Supported: three components between `-`, each one or more names between `.`; letters become lower case.
// Unsupported: an interpreter that is no Python identifier, an empty name; more or fewer components.
// Grammar: set = names "-" names "-" names; names = name ("." name)*

/// The tags of a wheel in their compressed form: `py2.py3-none-any` is two tags.
///
/// Two sets are equal when they hold the same tags. They are kept compressed, so that a file name which stands for
/// millions of tags costs no more than its length.
/// Source: https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/#compressed-tag-sets
package struct TagSet: Hashable, Sendable {
  /// Sorted, without doubles, in lower case; none of the three is empty.
  package let interpreters: [String]
  package let abis: [String]
  package let platforms: [String]

  /// The set that `text` spells, or nil.
  package init?(_ text: String) { self.init(bytes: Array(text.utf8)[...]) }

  init?(bytes: ArraySlice<UInt8>) {
    var rest = bytes
    guard let interpreters = TagSet.names(&rest, areIdentifiers: true), rest.popFirst() != nil,
      let abis = TagSet.names(&rest), rest.popFirst() != nil,
      let platforms = TagSet.names(&rest), rest.isEmpty
    else { return nil }
    self.interpreters = interpreters
    self.abis = abis
    self.platforms = platforms
  }

  /// How many tags there are; `Int.max` when there are more than that.
  package var count: Int {
    let (pairs, overflow) = interpreters.count.multipliedReportingOverflow(by: abis.count)
    let (all, carry) = pairs.multipliedReportingOverflow(by: platforms.count)
    return overflow || carry ? .max : all
  }

  /// Every tag, sorted as text. Look at `count` first where the name comes from elsewhere.
  package var tags: [Tag] {
    let all = interpreters.flatMap { interpreter in
      abis.flatMap { abi in platforms.map { Tag(interpreter, abi, $0) } }
    }
    return all.map { (text: $0.description, tag: $0) }
      .sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }.map(\.tag)
  }

  /// `py2.py3-none-any`
  package var compressed: String {
    [interpreters, abis, platforms].map { $0.joined(separator: ".") }.joined(separator: "-")
  }

  /// Takes the names up to the next `-`; nil when one of them is empty or not what it has to be.
  private static func names(_ rest: inout ArraySlice<UInt8>, areIdentifiers: Bool = false) -> [String]? {
    var names: [String] = []
    var start = rest.startIndex
    var end = start
    while true {
      let byte = end < rest.endIndex ? rest[end] : dash
      if byte == dot || byte == dash {
        guard let name = name(rest[start..<end], isIdentifier: areIdentifiers) else { return nil }
        names.append(name)
        start = end + 1
        if byte == dash { break }
      }
      end += 1
    }
    rest = rest[end...]
    if names.count == 1 { return names }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return names.reduce(into: []) { kept, name in if kept.last != name { kept.append(name) } }
  }

  private static func name(_ bytes: ArraySlice<UInt8>, isIdentifier: Bool) -> String? {
    guard let first = bytes.first else { return nil }
    let name = String(decoding: bytes, as: UTF8.self)
    // Nearly every name is made of these alone.
    if bytes.allSatisfy({ ASCII.isDigit($0) || $0 &- 0x61 < 26 || $0 == UInt8(ascii: "_") }) {
      return isIdentifier && ASCII.isDigit(first) ? nil : name
    }
    return isIdentifier && !PythonText.isIdentifier(name) ? nil : PythonText.lowercased(name)
  }
}

private let dot = UInt8(ascii: ".")
private let dash = UInt8(ascii: "-")
