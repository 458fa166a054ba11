import Glibc

/// An address as the kernel takes it: the bytes of a `sockaddr` of any family.
struct SocketAddress: Hashable, Sendable {
  let family: CInt
  let bytes: [UInt8]

  init(family: CInt, bytes: [UInt8]) {
    self.family = family
    self.bytes = bytes
  }

  /// The address of the Unix socket `path`.
  init(unixPath path: String) throws(SocketError) {
    var address = sockaddr_un()
    let room = MemoryLayout.size(ofValue: address.sun_path)
    if path.isEmpty { throw .noSuchFile }
    guard path.utf8.count < room else { throw .system(operation: "connect", errno: ENAMETOOLONG) }
    guard !path.utf8.contains(0) else { throw .system(operation: "connect", errno: EINVAL) }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    self.init(family: AF_UNIX, bytes: withUnsafeBytes(of: address) { Array($0) })
  }

  /// Calls `body` with the pointer and length that `connect(2)` and `bind(2)` expect.
  func withSocketAddress<T>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
    // SAFETY: sockaddr_storage is aligned and large enough for every family; only `count` bytes are looked at.
    var storage = sockaddr_storage()
    let count = min(bytes.count, MemoryLayout<sockaddr_storage>.size)
    withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: bytes.prefix(count)) }
    return withUnsafePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(count)) }
    }
  }
}
