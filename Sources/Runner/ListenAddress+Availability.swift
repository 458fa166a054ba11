import Glibc

extension ListenAddress {
  /// Whether a server could listen here now.
  package enum Availability: Sendable, Equatable {
    case free
    case inUse
    /// Neither: no such host or address, no permission.
    case refused(ListenAddressError)
  }

  /// Tries to bind the address as a server would, with SO_REUSEADDR, and lets it go again.
  ///
  /// Asks the resolver where the host is a name. A Unix socket is in use when somebody accepts connections there; a file
  /// that is no live socket counts as free, for servers replace it.
  package var availability: Availability {
    do throws(ListenAddressError) {
      let addresses = try SocketAddress.resolve(self)
      guard let address = addresses.first else { return .free }
      if let unixPath { return try Self.unixAvailability(unixPath, address) }
      let socket = try bound(to: address)
      close(socket)
      return .free
    } catch .cannotBind(_, EADDRINUSE) {
      return .inUse
    } catch {
      return .refused(error)
    }
  }

  /// Whether nobody listens here and binding is allowed.
  package var isFree: Bool { availability == .free }

  /// This address with a port that was free a moment ago in the place of port 0.
  package func resolvingPort() throws(ListenAddressError) -> ListenAddress {
    guard case .tcp(let host, 0) = endpoint, let address = try SocketAddress.resolve(self).first else { return self }
    let socket = try bound(to: address)
    defer { close(socket) }
    guard let port = SocketAddress.localPort(of: socket, family: address.family) else {
      throw .cannotBind(self, errno: errno)
    }
    return ListenAddress(host: host, port: port)
  }

  private func bound(to address: SocketAddress) throws(ListenAddressError) -> Int32 {
    let descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .cannotBind(self, errno: errno) }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    let error = address.bind(descriptor)
    guard error == 0 else {
      close(descriptor)
      throw .cannotBind(self, errno: error)
    }
    return descriptor
  }

  private static func unixAvailability(
    _ path: String, _ address: SocketAddress
  ) throws(ListenAddressError) -> Availability {
    let descriptor = socket(
      AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { throw .cannotBind(ListenAddress(unixPath: path), errno: errno) }
    defer { close(descriptor) }
    // EAGAIN: a listener whose queue is full.
    switch address.connect(descriptor) {
    case 0, EAGAIN, EINPROGRESS: return .inUse
    default: break
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    guard access(folder, W_OK) == 0 else { throw .cannotBind(ListenAddress(unixPath: path), errno: errno) }
    return .free
  }
}
