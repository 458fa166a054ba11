package import Diagnostics

/// One alias of a setting such as DATABASES or CACHES, with the places of its values.
package protocol AliasSettings: Sendable {
  var alias: String { get }
  /// The dictionary under the alias.
  var values: SettingValue { get }
}

extension AliasSettings {
  package subscript(key: String) -> SettingValue? { values[key] }

  /// The place of `key`'s value, else that of the alias.
  package func location(of key: String) -> Location { values[key]?.location ?? values.location }
}
