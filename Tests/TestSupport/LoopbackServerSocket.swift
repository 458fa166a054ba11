import Glibc
package import Host

/// A socket bound to a free loopback port, which nobody listens on yet.
package struct LoopbackServerSocket: ~Copyable, Sendable {
  package let descriptor: CInt
  package let port: UInt16

  package var endpoint: Endpoint { .tcp(host: "127.0.0.1", port: port) }

  package init() throws {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        descriptor >= 0 && bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    self.descriptor = descriptor
    port = UInt16(bigEndian: address.sin_port)
    guard bound else { throw Failed(errno: errno) }
  }

  deinit { close(descriptor) }

  /// A port that was free a moment ago.
  package static func freePort() throws -> UInt16 { try LoopbackServerSocket().port }

  struct Failed: Error {
    let errno: CInt
  }
}
