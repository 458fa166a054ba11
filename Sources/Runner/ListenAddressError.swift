import Diagnostics
import Glibc

/// Why an address cannot be listened at.
package enum ListenAddressError: Error, Equatable, Sendable {
  case empty
  /// Something with a slash, probably a folder.
  case isPath(String)
  case isURL(String)
  case emptyPath
  case pathTooLong(String)
  case badHost(String)
  /// An IPv6 address that lacks its brackets.
  case unbracketed(String)
  case badPort(String, in: String)
  /// The host has no address; the text is the resolver's.
  case unknownHost(String, reason: String)
  /// The system refused the address for another reason than its being in use.
  case cannotBind(ListenAddress, errno: Int32)
}

extension ListenAddressError {
  /// What to do instead; nil where the message says it all.
  package var remedy: String? {
    switch self {
    case .isPath: "name the project's folder with --project DIR"
    case .isURL: "give the host and the port alone, for example 127.0.0.1:8000"
    case .unbracketed(let host): "write [\(Escaping.text(host))] or [\(Escaping.text(host))]:8000"
    case .badPort: "give a port from 0 to 65535; 0 picks a free one"
    case .empty, .badHost: "give PORT, HOST, HOST:PORT, [V6]:PORT or unix:PATH"
    case .emptyPath, .pathTooLong: "give a path of 1 to 107 bytes, for example unix:/run/site.sock"
    case .cannotBind(let address, EACCES) where address.port != nil: "choose a port from 1024 upwards"
    case .cannotBind(_, EADDRNOTAVAIL): "choose an address of this machine; `ip address` lists them"
    case .cannotBind, .unknownHost: nil
    }
  }
}

extension ListenAddressError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "the address is empty"
    case .isPath(let text): "'\(Escaping.text(text))' is a path, not an address"
    case .isURL(let text): "'\(Escaping.text(text))' is a URL, not an address"
    case .emptyPath: "the path after 'unix:' is missing"
    case .pathTooLong(let path): "the socket path '\(Escaping.text(path))' is longer than the 107 bytes Linux allows"
    case .badHost(let text): "'\(Escaping.text(text))' is not a host to listen at"
    case .unbracketed(let text): "the IPv6 address '\(Escaping.text(text))' needs brackets"
    case .badPort("", let whole): "the port in '\(Escaping.text(whole))' is missing"
    case .badPort(let text, let whole):
      text == whole
        ? "'\(Escaping.text(text))' is not a port"
        : "'\(Escaping.text(text))' in '\(Escaping.text(whole))' is not a port"
    case .unknownHost(let host, let reason): "the host '\(Escaping.text(host))' has no address: \(reason)"
    case .cannotBind(let address, let errno): "cannot listen at \(address): \(SystemError.text(errno))"
    }
  }
}
