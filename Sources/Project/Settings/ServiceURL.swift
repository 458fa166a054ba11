/// The URL of a database, cache or mail server in its parts.
///
/// https://docs.python.org/3/library/urllib.parse.html#urllib.parse.urlsplit
struct ServiceURL {
  let scheme: String
  let networkLocation: String
  /// Percent-encoded, like the password.
  let user: String?
  let password: String?
  /// In lower case.
  let host: String
  let port: Int?
  let path: String
  /// Decoded, the first value of each key, in order.
  let query: [(key: String, value: String)]

  init?(_ text: String) {
    guard let colon = PythonText.position(of: "://", in: text) else { return nil }
    let bytes = Array(text.utf8)
    scheme = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
    var rest = bytes[(colon + 3)...]
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) { rest = rest[..<hash] }
    let location = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    networkLocation = String(decoding: location, as: UTF8.self)
    rest = rest[location.endIndex...]
    let pathBytes = rest.prefix { $0 != UInt8(ascii: "?") }
    path = String(decoding: pathBytes, as: UTF8.self)
    query = Self.query(rest[pathBytes.endIndex...].dropFirst())
    var server = location
    if let at = location.lastIndex(of: UInt8(ascii: "@")) {
      let account = location[..<at]
      server = location[(at + 1)...]
      let name = account.prefix { $0 != UInt8(ascii: ":") }
      user = String(decoding: name, as: UTF8.self)
      password =
        name.endIndex < account.endIndex ? String(decoding: account[(name.endIndex + 1)...], as: UTF8.self) : nil
    } else {
      user = nil
      password = nil
    }
    var name = server.prefix { $0 != UInt8(ascii: ":") }
    var digits = server[name.endIndex...].dropFirst()
    if server.first == UInt8(ascii: "["), let end = server.firstIndex(of: UInt8(ascii: "]")) {
      name = server[(server.startIndex + 1)..<end]
      digits = server[(end + 1)...].dropFirst()
    }
    host = String(decoding: name, as: UTF8.self).lowercased()
    if digits.isEmpty {
      port = nil
    } else {
      guard let number = Int(String(decoding: digits, as: UTF8.self)), (0...65535).contains(number) else { return nil }
      port = number
    }
  }

  private static func query(_ bytes: ArraySlice<UInt8>) -> [(key: String, value: String)] {
    var result: [(key: String, value: String)] = []
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      let key = pair.prefix { $0 != UInt8(ascii: "=") }
      let value = pair[key.endIndex...].dropFirst()
      if value.isEmpty { continue }
      let name = EnvironmentText.percentDecoded(String(decoding: key, as: UTF8.self), plusIsSpace: true)
      if result.contains(where: { $0.key == name }) { continue }
      result.append((name, EnvironmentText.percentDecoded(String(decoding: value, as: UTF8.self), plusIsSpace: true)))
    }
    return result
  }

  /// The engine that libraries of this kind make of the scheme; nil when they know none.
  static let databaseEngines: [String: String] = [
    "postgres": "django.db.backends.postgresql", "postgresql": "django.db.backends.postgresql",
    "psql": "django.db.backends.postgresql", "pgsql": "django.db.backends.postgresql",
    "postgis": "django.contrib.gis.db.backends.postgis", "mysql": "django.db.backends.mysql",
    "mysql2": "django.db.backends.mysql", "mysql-connector": "mysql.connector.django",
    "mysqlgis": "django.contrib.gis.db.backends.mysql", "mssql": "mssql", "mssqlms": "mssql",
    "pyodbc": "sql_server.pyodbc", "oracle": "django.db.backends.oracle",
    "oraclegis": "django.contrib.gis.db.backends.oracle", "redshift": "django_redshift_backend",
    "spatialite": "django.contrib.gis.db.backends.spatialite", "sqlite": "django.db.backends.sqlite3",
    "sqlite3": "django.db.backends.sqlite3", "ldap": "ldapdb.backends.ldap", "cockroach": "django_cockroachdb",
    "cockroachdb": "django_cockroachdb", "timescale": "timescale.db.backends.postgresql",
    "timescalegis": "timescale.db.backends.postgis",
    "prometheus_postgresql": "django_prometheus.db.backends.postgresql",
    "prometheus_postgis": "django_prometheus.db.backends.postgis",
    "prometheus_mysql": "django_prometheus.db.backends.mysql",
    "prometheus_sqlite": "django_prometheus.db.backends.sqlite3",
  ]

  static let cacheBackends: [String: String] = [
    "dbcache": "django.core.cache.backends.db.DatabaseCache", "db": "django.core.cache.backends.db.DatabaseCache",
    "dummycache": "django.core.cache.backends.dummy.DummyCache", "dummy": "django.core.cache.backends.dummy.DummyCache",
    "filecache": "django.core.cache.backends.filebased.FileBasedCache",
    "file": "django.core.cache.backends.filebased.FileBasedCache",
    "locmemcache": "django.core.cache.backends.locmem.LocMemCache",
    "locmem": "django.core.cache.backends.locmem.LocMemCache",
    "memcache": "django.core.cache.backends.memcached.MemcachedCache",
    "memcached": "django.core.cache.backends.memcached.PyMemcacheCache",
    "pymemcache": "django.core.cache.backends.memcached.PyMemcacheCache",
    "pymemcached": "django.core.cache.backends.memcached.PyMemcacheCache",
    "pylibmc": "django.core.cache.backends.memcached.PyLibMCCache",
    "djangopylibmc": "django_pylibmc.memcached.PyLibMCCache",
  ]

  static let emailBackends: [String: String] = [
    "smtp": "smtp", "smtps": "smtp", "smtp+tls": "smtp", "smtp+ssl": "smtp", "submission": "smtp", "submit": "smtp",
    "consolemail": "console", "console": "console", "filemail": "filebased", "file": "filebased",
    "memorymail": "locmem",
    "memory": "locmem", "dummymail": "dummy", "dummy": "dummy",
  ]
}
