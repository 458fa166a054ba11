extension Settings {
  /// The aliases of DATABASES in source order, one for each alternative; nil when DATABASES is not set or not known.
  package var databases: [DatabaseSettings]? {
    aliases(of: "DATABASES")?.map { DatabaseSettings(alias: $0.alias, values: $0.values) }
  }

  /// The aliases of CACHES in source order, one for each alternative; nil when CACHES is not set or not known.
  package var caches: [CacheSettings]? {
    aliases(of: "CACHES")?.map { CacheSettings(alias: $0.alias, values: $0.values) }
  }

  /// Each alias with what a condition that is not known may give it.
  private func aliases(of name: String) -> [(alias: String, values: SettingValue)]? {
    guard let value = self[name] else { return nil }
    let dictionaries = value.alternatives.compactMap { alternative in
      if case .dictionary(let entries) = alternative.content { entries } else { nil }
    }
    guard !dictionaries.isEmpty else { return nil }
    return dictionaries.joined().flatMap { alias, value in value.alternatives.map { (alias, $0) } }
  }
}
