import Glibc

extension Socket {
  /// Connects to `endpoint`, trying every address that its host has.
  ///
  /// Each address gets its share of the time that is left, so that one that never answers does not use up the time of
  /// the others. When none answers, the error that tells most is thrown.
  package static func connect(to endpoint: Endpoint, by deadline: Deadline) throws(SocketError) -> Socket {
    switch endpoint {
    case .unix(let path): return try connect(toUnixSocket: path, by: deadline)
    case .tcp(let host, let port):
      return try connect(toAnyOf: SocketResolver.addresses(of: host, port: port, by: deadline), by: deadline)
    }
  }

  static func connect(toAnyOf addresses: [SocketAddress], by deadline: Deadline) throws(SocketError) -> Socket {
    var worst = SocketError.timeout
    for (index, address) in addresses.enumerated() {
      let share = Deadline.after(deadline.remaining / (addresses.count - index))
      do {
        return try connect(to: address, by: share)
      } catch {
        if index == 0 || error.weight > worst.weight { worst = error }
      }
    }
    throw worst
  }

  private static func connect(toUnixSocket path: String, by deadline: Deadline) throws(SocketError) -> Socket {
    let address = try SocketAddress(unixPath: path)
    do {
      return try connect(to: address, by: deadline)
    } catch .refused {
      // A regular file refuses in the same way as a socket that nobody listens on.
      var status = stat()
      if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFSOCK { throw .notASocket }
      throw .refused
    }
  }

  private static func connect(to address: SocketAddress, by deadline: Deadline) throws(SocketError) -> Socket {
    let kind = streamSocket | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.family, kind, 0)
    guard descriptor >= 0 else { throw .system(operation: "socket", errno: errno) }
    let connection = Socket(descriptor: descriptor)
    while address.withSocketAddress({ Glibc.connect(descriptor, $0, $1) }) != 0 {
      let error = errno
      switch error {
      // An interrupted connect(2) goes on in the background, as one that is in progress does.
      case EINPROGRESS, EINTR:
        guard try poll(descriptor, for: POLLOUT, by: deadline) else { throw .timeout }
        if let error = pendingError(of: descriptor) { throw SocketError(connectErrno: error) }
        return connection
      case EAGAIN:
        // A Unix socket whose queue is full, which poll(2) does not wait for.
        if deadline.hasPassed { throw .timeout }
        usleep(10_000)
      default: throw SocketError(connectErrno: error)
      }
    }
    return connection
  }

  private static func pendingError(of descriptor: CInt) -> CInt? {
    var error: CInt = 0
    var length = socklen_t(MemoryLayout<CInt>.size)
    if getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length) != 0 { return errno }
    return error == 0 ? nil : error
  }
}

extension SocketError {
  /// What an error number of `connect(2)` means.
  fileprivate init(connectErrno error: CInt) {
    switch error {
    case ECONNREFUSED: self = .refused
    case ENOENT, ENOTDIR: self = .noSuchFile
    case ENOTSOCK: self = .notASocket
    case EACCES, EPERM: self = .permission
    case ETIMEDOUT: self = .timeout
    case ECONNRESET: self = .closed
    default: self = .system(operation: "connect", errno: error)
    }
  }

  /// How much this tells about a host with several addresses: a refusal shows that the host is there, while a family
  /// of addresses without a route is usual.
  fileprivate var weight: Int {
    switch self {
    case .refused: 3
    case .timeout: 2
    case .permission: 1
    default: 0
    }
  }
}
