import Diagnostics

/// Where a server listens: a TCP port of a host, or a Unix socket.
package enum Endpoint: Hashable, Sendable {
  /// `host` is a name or an address; an IPv6 address stands without brackets.
  case tcp(host: String, port: UInt16)
  case unix(path: String)
}

extension Endpoint: CustomStringConvertible {
  /// `host:port`, `[address]:port` for IPv6, or the socket's path; without control characters and credentials.
  package var description: String {
    switch self {
    case .tcp(let host, let port):
      let shown = Self.shown(host)
      return shown.utf8.contains(UInt8(ascii: ":")) ? "[\(shown)]:\(port)" : "\(shown):\(port)"
    case .unix(let path): return Escaping.text(path)
    }
  }

  /// A host as it may be shown: a whole URL put where a host belongs brings its password along.
  static func shown(_ host: String) -> String {
    guard let at = host.lastIndex(of: "@") else { return Escaping.text(host) }
    return "***" + Escaping.text(String(host[at...]))
  }
}
