package import Diagnostics

/// The value of a setting, as far as it can be told without running Python, with the place that gave it.
package struct SettingValue: Sendable {
  package indirect enum Content: Sendable {
    case string(String)
    case number(String)
    case boolean(Bool)
    case none
    case path(SourcePath)
    /// An unknown item stands for any number of items.
    case list([SettingValue])
    /// Entries in source order, each key once; keys that are no strings are left out.
    case dictionary([(key: String, value: SettingValue)])
    /// Not known; the words say why.
    case unknown(String)
  }

  package let content: Content
  package let location: Location
  /// The environment variable that the value was looked up in, when it was.
  package let variable: String?
  /// How many values stand in one another here: 1 for a string.
  private let depth: Int

  /// Values more than 200 deep become unknown, so that no recursion over a value can exhaust the stack.
  package init(_ content: Content, at location: Location, variable: String? = nil) {
    let inner =
      switch content {
      case .list(let items): items.lazy.map(\.depth).max() ?? 0
      case .dictionary(let entries): entries.lazy.map(\.value.depth).max() ?? 0
      default: 0
      }
    self.content = inner < 200 ? content : .unknown("nested too deeply to be read")
    self.depth = inner < 200 ? inner + 1 : 1
    self.location = location
    self.variable = variable
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

  /// Why the value is not known; nil when it is.
  package var unknownReason: String? {
    if case .unknown(let reason) = content { return reason }
    return nil
  }

  /// What Python's `bool()` makes of it; nil when it is not known.
  var truth: Bool? {
    switch content {
    case .string(let text): !text.isEmpty
    case .number(let digits): Double(digits).map { $0 != 0 }
    case .boolean(let value): value
    case .none: false
    case .path: true
    case .list(let items): !items.isEmpty
    case .dictionary(let entries): !entries.isEmpty
    case .unknown: nil
    }
  }
}
