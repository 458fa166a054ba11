/// A rule of `FrameworkRules`, by what it is about.
package enum RuleKey: Hashable, Sendable {
  /// A dotted name in a setting.
  case backend(String)
  /// `SETTING=text`
  case value(String)
  /// A module, or a name taken from one.
  case name(String)
  /// `module word`
  case word(String)
  /// The scheme of a URL, `postgresql+psycopg2`.
  case scheme(String)

  /// A text that no other rule has.
  package var text: String {
    let (kind, subject) = parts
    return "\(kind) \(subject)"
  }

  /// A number for the case, and its text.
  package var parts: (kind: Int, subject: String) {
    switch self {
    case .backend(let text): (0, text)
    case .value(let text): (1, text)
    case .name(let text): (2, text)
    case .word(let text): (3, text)
    case .scheme(let text): (4, text)
    }
  }

  /// The rule with these parts; nil for a number that is no case's.
  package init?(kind: Int, subject: String) {
    switch kind {
    case 0: self = .backend(subject)
    case 1: self = .value(subject)
    case 2: self = .name(subject)
    case 3: self = .word(subject)
    case 4: self = .scheme(subject)
    default: return nil
    }
  }
}
