package import Diagnostics

/// The value of a setting, as far as it can be told without running Python, with the place that gave it.
///
/// What is known is what Python would compute with this environment and these files. Where a condition is not known,
/// both of its branches are kept: as `.oneOf`, and in lists and dictionaries as items that are optional.
package struct SettingValue: Sendable {
  package indirect enum Content: Sendable {
    case string(String)
    case number(String)
    case boolean(Bool)
    case none
    case path(SourcePath)
    /// A list, tuple or set. An unknown item stands for any number of items.
    case list([SettingValue])
    /// Entries in source order, each key once; keys that are no strings are left out. The key `**` stands for any number
    /// of entries that are not known.
    case dictionary([(key: String, value: SettingValue)])
    /// The values that a condition decides between, two or more, none of them `.oneOf`.
    case oneOf([SettingValue])
    /// Not known; the words say why.
    case unknown(String)
  }

  package let content: Content
  package let location: Location
  /// The environment variable that the value was looked up in, when it was.
  package let variable: String?
  /// Whether the value, or text that it was made of, must not be shown: a password, a key, a URL with credentials.
  package let isSecret: Bool
  /// Whether the value is only there under a condition that is not known: an item that may be missing, a setting that
  /// may not be set.
  package let isOptional: Bool
  /// How many values stand in one another here: 1 for a string.
  private let depth: Int

  /// Values more than 200 deep become unknown, so that no recursion over a value can exhaust the stack.
  package init(
    _ content: Content, at location: Location, variable: String? = nil, isSecret: Bool = false,
    isOptional: Bool = false
  ) {
    let inner =
      switch content {
      case .list(let items), .oneOf(let items): items.lazy.map(\.depth).max() ?? 0
      case .dictionary(let entries): entries.lazy.map(\.value.depth).max() ?? 0
      default: 0
      }
    self.content = inner < 200 ? content : .unknown("nested too deeply to be read")
    self.depth = inner < 200 ? inner + 1 : 1
    self.location = location
    self.variable = variable
    self.isSecret = isSecret
    self.isOptional = isOptional
  }

  /// A list of other items in the same place.
  func holding(_ items: [SettingValue]) -> SettingValue {
    SettingValue(.list(items), at: location, variable: variable, isSecret: isSecret, isOptional: isOptional)
  }

  /// The text of a string or path; nil for anything else.
  package var text: String? {
    switch content {
    case .string(let text): text
    case .path(let path): String(decoding: path.bytes, as: UTF8.self)
    default: nil
    }
  }

  /// The text of a string, path or number.
  package var scalarText: String? {
    if case .number(let digits) = content { return digits }
    return text
  }

  package var items: [SettingValue] {
    if case .list(let items) = content { return items }
    return []
  }

  package var entries: [(key: String, value: SettingValue)] {
    if case .dictionary(let entries) = content { return entries }
    return []
  }

  /// The last entry with that key, as Python would keep it.
  package subscript(key: String) -> SettingValue? { entries.last { $0.key == key }?.value }

  /// The values that this may be: those of `.oneOf`, else the value itself.
  package var alternatives: [SettingValue] {
    if case .oneOf(let values) = content { return values }
    return [self]
  }

  /// Why the value is not known; nil when it is.
  package var unknownReason: String? {
    switch content {
    case .unknown(let reason): reason
    case .oneOf(let values): values.lazy.compactMap(\.unknownReason).first ?? "set under a condition"
    default: nil
    }
  }
}
