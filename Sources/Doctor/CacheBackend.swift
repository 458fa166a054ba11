package import Packaging

/// What is known of the classes that CACHES names.
package struct CacheBackend: Sendable {
  package enum Store: Sendable {
    case memory, dummy, file, database, memcached, redis
  }

  /// Of what kind it is; nil for those of others that are not known.
  package let store: Store?
  /// Any of them is enough.
  package let clients: [PackageName]
  /// Of Django's own: the first series that has it, and the first that no longer does.
  package let first: Version?
  package let removed: Version?

  /// Where Django's own stand.
  package static let home = "django.core.cache.backends"

  /// A backend of Django's own in any of the series known; nil for all others.
  package init?(builtin path: String) {
    func version(_ numbers: Int...) -> Version { Version(release: numbers) }
    var (first, removed): (Version?, Version?) = (nil, nil)
    let names: [String]
    switch path {
    case "\(Self.home).locmem.LocMemCache": (store, names) = (.memory, [])
    case "\(Self.home).dummy.DummyCache": (store, names) = (.dummy, [])
    case "\(Self.home).filebased.FileBasedCache": (store, names) = (.file, [])
    case "\(Self.home).db.DatabaseCache": (store, names) = (.database, [])
    case "\(Self.home).memcached.MemcachedCache":
      (store, names, removed) = (.memcached, ["python-memcached", "python3-memcached"], version(4, 1))
    case "\(Self.home).memcached.PyLibMCCache": (store, names) = (.memcached, ["pylibmc"])
    case "\(Self.home).memcached.PyMemcacheCache":
      (store, names, first) = (.memcached, ["pymemcache"], version(3, 2))
    case "\(Self.home).redis.RedisCache": (store, names, first) = (.redis, ["redis"], version(4, 0))
    default: return nil
    }
    clients = names.compactMap { PackageName($0) }
    (self.first, self.removed) = (first, removed)
  }

  /// The names of Django's own, without `home`.
  package static let builtins = [
    "db.DatabaseCache", "dummy.DummyCache", "filebased.FileBasedCache", "locmem.LocMemCache",
    "memcached.MemcachedCache",
    "memcached.PyLibMCCache", "memcached.PyMemcacheCache", "redis.RedisCache",
  ]

  /// The classes of well-known packages, by the package's module.
  package static let others: [String: [String]] = [
    "django_redis": ["django_redis.cache.RedisCache"],
    "django_valkey": [
      "django_valkey.cache.ValkeyCache", "django_valkey.async_cache.cache.AsyncValkeyCache",
      "django_valkey.cluster_cache.cache.ClusterValkeyCache",
      "django_valkey.async_cache.cluster_cache.AsyncClusterValkeyCache",
    ],
    "diskcache": ["diskcache.DjangoCache", "diskcache.djangocache.DjangoCache"],
    "django_bmemcached": ["django_bmemcached.memcached.BMemcached"],
    "django_pylibmc": ["django_pylibmc.memcached.PyLibMCCache"],
  ]
}
