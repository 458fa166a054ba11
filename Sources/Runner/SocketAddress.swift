import Glibc

/// A socket address as bind(2) and connect(2) take it.
struct SocketAddress: Sendable, Equatable {
  /// The bytes of a `sockaddr_in`, `sockaddr_in6` or `sockaddr_un`.
  let bytes: [UInt8]
  let family: Int32

  /// The addresses of a listen address, IPv4 first: that is what Python's servers take of a name with both.
  ///
  /// Asks the resolver for names, so it can take as long as a DNS query. Wildcards are as they are, for binding.
  static func resolve(_ address: ListenAddress) throws(ListenAddressError) -> [SocketAddress] {
    switch address.endpoint {
    case .unix(let path): return [SocketAddress(unixPath: path)]
    case .tcp(let host, let port):
      var hints = addrinfo()
      hints.ai_family = AF_UNSPEC
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
      hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
      var list: UnsafeMutablePointer<addrinfo>?
      let status = getaddrinfo(host, String(port), &hints, &list)
      guard status == 0 else { throw .unknownHost(host, reason: String(cString: gai_strerror(status))) }
      defer { freeaddrinfo(list) }
      var found: [SocketAddress] = []
      var next = list
      // SAFETY: getaddrinfo's list ends with a nil link and each entry's address has ai_addrlen bytes.
      while let entry = next?.pointee {
        if let start = entry.ai_addr {
          let raw = UnsafeRawBufferPointer(start: start, count: Int(entry.ai_addrlen))
          found.append(SocketAddress(bytes: Array(raw), family: entry.ai_family))
        }
        next = entry.ai_next
      }
      return found.filter { $0.family == AF_INET } + found.filter { $0.family != AF_INET }
    }
  }

  private init(bytes: [UInt8], family: Int32) {
    self.bytes = bytes
    self.family = family
  }

  /// `path` has at most 107 bytes: `ListenAddress` reads no longer one.
  private init(unixPath path: String) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
    self.init(bytes: withUnsafeBytes(of: &address) { Array($0) }, family: AF_UNIX)
  }

  /// The wildcard address of `family` with port 0, or nil for a family without ports.
  static func anyAddress(family: Int32) -> SocketAddress? {
    switch family {
    case AF_INET:
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      return SocketAddress(bytes: withUnsafeBytes(of: &address) { Array($0) }, family: family)
    case AF_INET6:
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      return SocketAddress(bytes: withUnsafeBytes(of: &address) { Array($0) }, family: family)
    default: return nil
    }
  }

  /// Where to connect to reach a server at this address: the loopback address for a wildcard.
  var reachable: SocketAddress {
    var copy = bytes
    if family == AF_INET, copy[4..<8].allSatisfy({ $0 == 0 }) {
      copy.replaceSubrange(4..<8, with: [127, 0, 0, 1])
    } else if family == AF_INET6, copy[8..<24].allSatisfy({ $0 == 0 }) {
      copy[23] = 1
    }
    return SocketAddress(bytes: copy, family: family)
  }

  /// The port of an IPv4 or IPv6 address.
  var port: UInt16? {
    family == AF_INET || family == AF_INET6 ? UInt16(bytes[2]) << 8 | UInt16(bytes[3]) : nil
  }

  /// bind(2): 0, or the error number.
  func bind(_ socket: Int32) -> Int32 {
    withPointer { Glibc.bind(socket, $0, $1) } == 0 ? 0 : errno
  }

  /// connect(2): 0, or the error number.
  func connect(_ socket: Int32) -> Int32 {
    withPointer { Glibc.connect(socket, $0, $1) } == 0 ? 0 : errno
  }

  /// The port that a socket is bound to; nil when it has none.
  static func localPort(of socket: Int32, family: Int32) -> UInt16? {
    var storage = [UInt8](repeating: 0, count: MemoryLayout<sockaddr_storage>.size)
    var length = socklen_t(storage.count)
    let status = storage.withUnsafeMutableBytes { buffer in
      // SAFETY: the buffer has sockaddr_storage's size and `length` says so.
      buffer.withMemoryRebound(to: sockaddr.self) { getsockname(socket, $0.baseAddress, &length) }
    }
    return status == 0 ? SocketAddress(bytes: storage, family: family).port : nil
  }

  private func withPointer(_ body: (UnsafePointer<sockaddr>?, socklen_t) -> Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      // SAFETY: the bytes are a whole socket address of `family`.
      buffer.withMemoryRebound(to: sockaddr.self) { body($0.baseAddress, socklen_t(buffer.count)) }
    }
  }
}
