package import Host
package import Project

#if canImport(Glibc)
  import Glibc
#endif

/// Where the servers listen that settings name, with the defaults of the drivers.
package enum ServerAddress {
  /// HOST and PORT of a MySQL alias. The C client takes the Unix socket when HOST is empty or `localhost`; PyMySQL does not.
  /// https://docs.djangoproject.com/en/stable/ref/settings/#host
  package static func mysql(_ database: DatabaseSettings, usesPyMySQL: Bool) -> Endpoint {
    let host = database["HOST"]?.text ?? ""
    if let socket = database["OPTIONS"]?["unix_socket"]?.text { return .unix(path: socket) }
    if host.hasPrefix("/") { return .unix(path: host) }
    if !usesPyMySQL, host.isEmpty || host == "localhost" {
      return .unix(path: existing(["/var/run/mysqld/mysqld.sock", "/run/mysqld/mysqld.sock", "/tmp/mysql.sock"]))
    }
    return .tcp(host: host.isEmpty ? "localhost" : host, port: port(database, default: 3306))
  }

  /// HOST and PORT of a PostgreSQL alias; an empty HOST or a folder means the Unix socket in it.
  /// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-HOST
  package static func postgresql(_ database: DatabaseSettings) -> Endpoint {
    // libpq tries the hosts of a list one after another; the first is the one that is meant to be there.
    let host = String((database["HOST"]?.text ?? "").prefix { $0 != "," })
    let port = port(database, default: 5432)
    if host.isEmpty {
      return .unix(path: existing(["/var/run/postgresql/.s.PGSQL.\(port)", "/tmp/.s.PGSQL.\(port)"]))
    }
    return host.hasPrefix("/") ? .unix(path: "\(host)/.s.PGSQL.\(port)") : .tcp(host: host, port: port)
  }

  /// HOST and PORT of an Oracle alias; nil when NAME holds the whole address.
  package static func oracle(_ database: DatabaseSettings) -> Endpoint? {
    guard let host = database["HOST"]?.text, !host.isEmpty else { return nil }
    return .tcp(host: host, port: port(database, default: 1521))
  }

  /// An entry of a memcached cache's LOCATION: `host:port`, `host`, `unix:/path` or `/path`; nil when it is none.
  package static func memcached(_ location: String) -> Endpoint? {
    for scheme in ["unix:", "inet:", "inet6:"] where location.hasPrefix(scheme) {
      let rest = String(location.dropFirst(scheme.count))
      return scheme == "unix:" ? .unix(path: rest) : memcached(rest)
    }
    if location.hasPrefix("/") { return .unix(path: location) }
    return hostAndPort(location[...], default: 11211)
  }

  /// `host`, `host:port`, `[v6]` and `[v6]:port`; nil when the port is no number up to 65535.
  static func hostAndPort(_ text: Substring, default fallback: UInt16) -> Endpoint? {
    if text.first == "[", let end = text.firstIndex(of: "]") {
      let host = String(text[text.index(after: text.startIndex)..<end])
      let rest = text[text.index(after: end)...]
      if rest.isEmpty { return .tcp(host: host, port: fallback) }
      return rest.first == ":" ? UInt16(rest.dropFirst()).map { .tcp(host: host, port: $0) } : nil
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    // More than one colon without brackets: an IPv6 address alone.
    if parts.count > 2 { return .tcp(host: String(text), port: fallback) }
    guard let host = parts.first, !host.isEmpty else { return nil }
    if parts.count == 1 { return .tcp(host: String(host), port: fallback) }
    return UInt16(parts[1]).map { .tcp(host: String(host), port: $0) }
  }

  private static func port(_ database: DatabaseSettings, default fallback: UInt16) -> UInt16 {
    database["PORT"]?.scalarText.flatMap { UInt16($0) } ?? fallback
  }

  private static func existing(_ paths: [String]) -> String {
    paths.first { access($0, F_OK) == 0 } ?? paths[0]
  }
}
