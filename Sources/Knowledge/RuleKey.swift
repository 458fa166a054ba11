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
}
