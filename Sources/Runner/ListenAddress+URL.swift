import Glibc

extension ListenAddress {
  /// What to open in a browser on this machine; `unix:PATH` for a Unix socket.
  package var url: String {
    switch endpoint {
    case .tcp("0.0.0.0", let port): "http://127.0.0.1:\(port)/"
    case .tcp("::", let port): "http://[::1]:\(port)/"
    case .tcp(let host, let port): "http://\(Self.bracketed(host)):\(port)/"
    case .unix: description
    }
  }

  /// What to open on another machine of the network: the first IPv4 address that is not loopback, else the first
  /// global IPv6 one. Nil when the address is not bound to all, or the machine has no network.
  package var lanURL: String? {
    guard bindsAll, let port else { return nil }
    let addresses = Self.interfaceAddresses()
    // A server at :: serves IPv4 as well, unless it asked not to; at 0.0.0.0 it never serves IPv6.
    let candidates = host == "::" ? addresses.version4 + addresses.version6 : addresses.version4
    return candidates.first.map { "http://\(Self.bracketed($0)):\(port)/" }
  }

  /// The addresses of the interfaces that are up, without loopback and link-local ones, in the system's order.
  private static func interfaceAddresses() -> (version4: [String], version6: [String]) {
    var list: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&list) == 0 else { return ([], []) }
    defer { freeifaddrs(list) }
    var result: (version4: [String], version6: [String]) = ([], [])
    var next = list
    // SAFETY: getifaddrs' list ends with a nil link, and an address of a family has that family's size.
    while let entry = next?.pointee {
      next = entry.ifa_next
      guard entry.ifa_flags & UInt32(IFF_UP) != 0, entry.ifa_flags & UInt32(IFF_LOOPBACK) == 0,
        let address = entry.ifa_addr
      else { continue }
      let family = Int32(address.pointee.sa_family)
      let size = family == AF_INET ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
      guard family == AF_INET || family == AF_INET6 else { continue }
      var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      guard getnameinfo(address, socklen_t(size), &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0 else {
        continue
      }
      let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if family == AF_INET, !text.hasPrefix("169.254.") { result.version4.append(text) }
      if family == AF_INET6, !text.hasPrefix("fe80:") { result.version6.append(text) }
    }
    return result
  }
}
