/// Where a server listens: a TCP host and port, or the path of a Unix socket.
package struct ListenAddress: Sendable, Equatable {
  /// The two kinds of address.
  package enum Endpoint: Sendable, Equatable {
    /// `host` is a name, an IPv4 address or an IPv6 address without brackets; port 0 stands for any free one.
    case tcp(host: String, port: UInt16)
    case unix(path: String)
  }

  package let endpoint: Endpoint

  /// What is meant when nothing is said: 127.0.0.1:8000.
  package static let standard = ListenAddress(host: "127.0.0.1", port: 8000)

  package init(host: String, port: UInt16) { endpoint = .tcp(host: host, port: port) }

  package init(unixPath: String) { endpoint = .unix(path: unixPath) }

  /// The host without brackets; nil for a Unix socket.
  package var host: String? {
    if case .tcp(let host, _) = endpoint { host } else { nil }
  }

  /// The TCP port; nil for a Unix socket.
  package var port: UInt16? {
    if case .tcp(_, let port) = endpoint { port } else { nil }
  }

  /// The path of the Unix socket; nil for TCP.
  package var unixPath: String? {
    if case .unix(let path) = endpoint { path } else { nil }
  }

  /// Whether the server is reached through every interface of the machine.
  package var bindsAll: Bool { host == "0.0.0.0" || host == "::" }
}

extension ListenAddress: CustomStringConvertible {
  /// `HOST:PORT`, `[V6]:PORT` or `unix:PATH`; `init(parsing:)` reads it back.
  package var description: String {
    switch endpoint {
    case .tcp(let host, let port): "\(Self.bracketed(host)):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }

  /// The host as it stands in front of `:PORT`.
  static func bracketed(_ host: String) -> String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host }
}
