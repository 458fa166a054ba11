extension Settings {
  /// The aliases of DATABASES in source order; nil when DATABASES is not set or not known.
  package var databases: [DatabaseSettings]? {
    guard case .dictionary(let entries)? = self["DATABASES"]?.content else { return nil }
    return entries.map { DatabaseSettings(alias: $0.key, values: $0.value) }
  }

  /// The aliases of CACHES in source order; nil when CACHES is not set or not known.
  package var caches: [CacheSettings]? {
    guard case .dictionary(let entries)? = self["CACHES"]?.content else { return nil }
    return entries.map { CacheSettings(alias: $0.key, values: $0.value) }
  }
}
