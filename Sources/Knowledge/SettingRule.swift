/// What strings at a place in the settings mean.
package struct SettingRule: Sendable {
  package enum Meaning: Sendable {
    /// It names a module, or something in one.
    case module(EvidenceKind)
    /// It is this text.
    case value(String, RuleKey)
  }

  package let meaning: Meaning
  /// Whether of a list the first string alone counts.
  package let takesFirst: Bool
  private let name: String
  private let keys: [String]

  /// `path`: a setting and keys below it, with dots between; see Facts/djangoRules.txt.
  init(path: String, meaning: Meaning, takesFirst: Bool = false) {
    let parts = path.utf8.split(separator: UInt8(ascii: ".")).map { String(decoding: $0, as: UTF8.self) }
    name = parts[0]
    keys = Array(parts.dropFirst())
    self.meaning = meaning
    self.takesFirst = takesFirst
  }

  /// Of a rule about all settings with an ending, `*_DSN`: the ending.
  var ending: Substring? { exactName == nil ? name.dropFirst() : nil }

  /// The name of the setting; nil for a rule about all with an ending, `*_DSN`.
  var exactName: String? { name.utf8.first == UInt8(ascii: "*") ? nil : name }

  /// Whether it is about what stands under these keys of the setting.
  package func matches(_ path: [String]) -> Bool {
    if keys.last == "**" { return path.count >= keys.count - 1 && Self.matches(keys.dropLast(), path) }
    return path.count == keys.count && Self.matches(keys[...], path)
  }

  private static func matches(_ keys: ArraySlice<String>, _ path: [String]) -> Bool {
    zip(keys, path).allSatisfy { key, name in key == "*" || key == name }
  }
}
