/// One alias of DATABASES.
package struct DatabaseSettings: AliasSettings {
  /// The kinds of server that Django's engines talk to; engines of others are known by the ending of their path.
  package enum Family: Sendable {
    case sqlite
    case postgresql
    case mysql
    case oracle
  }

  package let alias: String
  package let values: SettingValue

  package init(alias: String, values: SettingValue) {
    self.alias = alias
    self.values = values
  }

  /// `ENGINE`; nil when it is not set or not known.
  package var engine: String? { values["ENGINE"]?.text }

  /// What the engine talks to; nil for engines that are not known.
  package var family: Family? {
    guard let engine else { return nil }
    let last = engine.split(separator: ".").last.map(String.init) ?? ""
    switch last {
    case "sqlite3", "spatialite": return .sqlite
    case "postgresql", "postgresql_psycopg2", "postgis": return .postgresql
    case "mysql": return .mysql
    case "oracle": return .oracle
    default: return nil
    }
  }

  /// Why the alias cannot be told in whole: the first of `keys` whose value is not known.
  package func unknown(among keys: [String]) -> (key: String, reason: String)? {
    if let reason = values.unknownReason { return ("\(alias)", reason) }
    for key in keys {
      if let reason = values[key]?.unknownReason { return (key, reason) }
    }
    return nil
  }
}
