/// The names that configurations of servers know.
package enum ServerOptions {
  /// What uWSGI makes of an option's value.
  package enum Kind: String, Sendable {
    /// On, unless the value is `false`, `off`, `no` or `0`.
    case flag
    /// The digits at the beginning of the value count.
    case number
    /// The whole of the value counts.
    case text
  }

  /// What an option of uWSGI takes; nil for a name that it does not know.
  package static func uwsgi(_ name: String) -> Kind? {
    uwsgiTable.fields(of: name).map { Kind(rawValue: $0) ?? .text }
  }

  /// The names of uWSGI's options, sorted.
  package static let uwsgiNames: [String] = keys(of: Facts.uwsgiOptions)

  /// Whether gunicorn has a setting of that name, as its configuration files write it.
  package static func isGunicornSetting(_ name: String) -> Bool { gunicornTable.hasKey(name) }

  /// The names of gunicorn's settings, sorted.
  package static let gunicornNames: [String] = keys(of: Facts.gunicornSettings).filter { !$0.hasPrefix("-") }

  /// The options of gunicorn's command line, sorted.
  package static let gunicornOptions: [String] = keys(of: Facts.gunicornSettings).filter { $0.hasPrefix("-") }

  /// The setting that an option of gunicorn's command line sets, and whether it takes a value; nil for one that it does not
  /// know. An abbreviation is known where it is of one option alone, as for argparse.
  package static func gunicorn(option name: String) -> (setting: String, takesValue: Bool)? {
    var fields = gunicornTable.fields(of: name)
    if fields == nil, name.hasPrefix("--") {
      let meant = gunicornOptions.filter { $0.hasPrefix(name) }
      if meant.count == 1 { fields = gunicornTable.fields(of: meant[0]) }
    }
    guard let words = fields?.split(separator: " "), let setting = words.first else { return nil }
    return (String(setting), words.count == 1)
  }

  private static let uwsgiTable = FactTable(Facts.uwsgiOptions)
  private static let gunicornTable = FactTable(Facts.gunicornSettings)

  private static func keys(of text: StaticString) -> [String] {
    text.description.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
  }
}
