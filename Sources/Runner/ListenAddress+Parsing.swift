// Supported: the ADDRESS argument of `envtool run`.
// Unsupported: service names for ports, the short IPv4 forms (127.1), abstract Unix sockets, URLs.
//
//   address = port | ":" port | host | host ":" port | "unix:" path
//   host    = "0" | "*" | IPv4 | name | "[" IPv6 [ "%" zone ] "]"
//   port    = decimal, 0 to 65535
//
// Digits alone are a port. The hosts `0` and `*` mean 0.0.0.0. A host alone listens at port 8000.
import Glibc

extension ListenAddress {
  /// Reads an address as it is typed.
  package init(parsing text: String) throws(ListenAddressError) {
    if text.isEmpty { throw .empty }
    if text.hasPrefix("unix:") {
      self = try Self.unixSocket(String(text.dropFirst(5)))
    } else if text.contains("://") {
      throw .isURL(text)
    } else if text.contains("/") {
      throw .isPath(text)
    } else if text.allSatisfy(\.isWholeNumber) {
      self.init(host: "127.0.0.1", port: try Self.port(text, in: text))
    } else if text.hasPrefix("[") {
      self = try Self.bracketedAddress(text)
    } else {
      self = try Self.plainAddress(text)
    }
  }

  private static func unixSocket(_ path: String) throws(ListenAddressError) -> ListenAddress {
    if path.isEmpty { throw .emptyPath }
    // sockaddr_un holds 108 bytes, the last one is NUL. https://man7.org/linux/man-pages/man7/unix.7.html
    if path.utf8.count > 107 { throw .pathTooLong(path) }
    return ListenAddress(unixPath: path)
  }

  private static func bracketedAddress(_ text: String) throws(ListenAddressError) -> ListenAddress {
    guard let end = text.firstIndex(of: "]") else { throw .badHost(text) }
    let host = String(text[text.index(after: text.startIndex)..<end])
    guard isIPv6(host) else { throw .badHost(host) }
    let rest = text[text.index(after: end)...]
    if rest.isEmpty { return ListenAddress(host: host, port: 8000) }
    guard rest.first == ":" else { throw .badPort(String(rest), in: text) }
    return ListenAddress(host: host, port: try port(String(rest.dropFirst()), in: text))
  }

  private static func plainAddress(_ text: String) throws(ListenAddressError) -> ListenAddress {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count > 2 {
      if isIPv6(text) { throw .unbracketed(text) }
      let host = parts.dropLast().joined(separator: ":")
      if isIPv6(host) { throw .unbracketed(host) }
      throw .badHost(text)
    }
    let port = parts.count == 2 ? try Self.port(String(parts[1]), in: text) : 8000
    return ListenAddress(host: parts[0].isEmpty ? "127.0.0.1" : try Self.host(String(parts[0])), port: port)
  }

  private static func port(_ text: String, in whole: String) throws(ListenAddressError) -> UInt16 {
    // UInt16 would also read "+80".
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(text) else {
      throw .badPort(text, in: whole)
    }
    return port
  }

  private static func host(_ text: String) throws(ListenAddressError) -> String {
    if text == "0" || text == "*" { return "0.0.0.0" }
    let bytes = text.utf8
    if bytes.allSatisfy({ $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }) {
      var address = in_addr()
      guard inet_pton(AF_INET, text, &address) == 1 else { throw .badHost(text) }
      return text
    }
    let isName = bytes.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
        UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard isName, bytes.first != UInt8(ascii: "-"), bytes.count <= 253 else { throw .badHost(text) }
    return text
  }

  private static func isIPv6(_ text: String) -> Bool {
    var address = in6_addr()
    let withoutZone = text.prefix { $0 != "%" }
    return inet_pton(AF_INET6, String(withoutZone), &address) == 1
  }
}
