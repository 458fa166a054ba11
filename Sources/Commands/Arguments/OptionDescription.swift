/// What the parser and the help know of an option; its `OptionKey` knows the type of its value.
struct OptionDescription: Sendable {
  /// What may stand behind an option.
  enum Value: Sendable {
    /// A flag.
    case none
    /// A value, behind `=` or as the next word, by the name that the help gives it.
    case required(String)
    /// The same for a number, which may begin with `-` as a word of its own.
    case number(String)
    /// A value that can be left out and stands behind `=` only: a word after the option is no value of it.
    case optional(String)
  }

  /// The long name without its dashes.
  let name: String
  /// The letter behind a single dash.
  let short: Unicode.Scalar?
  let value: Value
  /// What it does, without a full stop.
  let help: String
  /// The only values that it takes; empty when any is fine.
  let choices: [String]
  /// The value that holds when it is not given, where the help should tell it.
  let shownDefault: String?
  /// Whether it can be given several times, so that its value is a list.
  let repeats: Bool
  /// Whether environment variables and the configuration can give it too: what decides what a command does is said on
  /// the command line alone.
  private(set) var isConfigurable = true

  init(
    _ name: String, short: Unicode.Scalar? = nil, value: Value, help: String, choices: [String] = [],
    shownDefault: String? = nil, repeats: Bool = false
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.help = help
    self.choices = choices
    self.shownDefault = shownDefault
    self.repeats = repeats
  }

  var onCommandLineOnly: OptionDescription {
    var copy = self
    copy.isConfigurable = false
    return copy
  }

  /// Whether it is nothing without a value.
  var needsValue: Bool {
    switch value {
    case .none, .optional: false
    case .required, .number: true
    }
  }

  /// Whether the next word can be its value: one that looks like an option is a value that was forgotten.
  func takesWord(_ word: String) -> Bool {
    if word == "-" || !word.hasPrefix("-") { return needsValue }
    if case .number = value { return Double(word) != nil }
    return false
  }
}
