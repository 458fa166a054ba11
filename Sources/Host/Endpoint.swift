import Diagnostics

/// Where a server listens: a TCP port of a host, or a Unix socket.
package enum Endpoint: Hashable, Sendable {
  /// `host` is a name or an address; an IPv6 address stands without brackets.
  case tcp(host: String, port: UInt16)
  case unix(path: String)
}

extension Endpoint: CustomStringConvertible {
  /// `host:port`, `[address]:port` for IPv6, or the socket's path; without control characters.
  package var description: String {
    switch self {
    case .tcp(let host, let port):
      host.utf8.contains(UInt8(ascii: ":")) ? "[\(Escaping.text(host))]:\(port)" : "\(Escaping.text(host)):\(port)"
    case .unix(let path): Escaping.text(path)
    }
  }
}
