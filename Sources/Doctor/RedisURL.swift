package import Diagnostics
package import Host
import Project

/// A Redis address as redis-py takes it: `redis://[[user]:password@]host[:port][/db]`, `rediss://...` for TLS,
/// `unix://[[user]:password@]/path[?db=n]`.
///
/// https://redis.readthedocs.io/en/stable/connections.html#redis.Redis.from_url
package struct RedisURL: Sendable {
  package let endpoint: Endpoint
  package let usesTLS: Bool
  package let username: String?
  package let password: Secret?
  package let database: Int?

  /// Nil when `text` is no such address.
  package init?(_ text: String) {
    let schemes = ["redis://", "rediss://", "unix://"]
    guard let scheme = schemes.first(where: { text.hasPrefix($0) }) else { return nil }
    usesTLS = scheme == "rediss://"
    let (address, query) = Self.split(text.dropFirst(scheme.count), at: "?")
    // An unescaped `?` in the password: what stands before it would pass for a host, and be shown as one.
    if query?.contains("@") == true { return nil }
    let at = address.lastIndex(of: "@")
    let credentials = at.map { address[..<$0] } ?? ""
    let place = at.map { address[address.index(after: $0)...] } ?? address
    let (user, secret) = Self.split(credentials, at: ":")
    username = user.isEmpty ? nil : Self.percentDecoded(user)
    password = secret.map { Secret(Self.percentDecoded($0)) }
    var number = query?.split(separator: "&").first { $0.hasPrefix("db=") }.flatMap { Int($0.dropFirst(3)) }
    if scheme == "unix://" {
      endpoint = .unix(path: Self.percentDecoded(place))
    } else {
      let (server, path) = Self.split(place, at: "/")
      guard let found = ServerAddress.hostAndPort(server.isEmpty ? "localhost" : server, default: 6379) else {
        return nil
      }
      endpoint = found
      if let path, !path.isEmpty {
        guard let index = Int(path) else { return nil }
        number = number ?? index
      }
    }
    database = number
  }

  private static func split(_ text: Substring, at separator: Character) -> (Substring, Substring?) {
    guard let index = text.firstIndex(of: separator) else { return (text, nil) }
    return (text[..<index], text[text.index(after: index)...])
  }

  private static func percentDecoded(_ text: Substring) -> String { SecretText.percentDecoded(String(text)) }
}
