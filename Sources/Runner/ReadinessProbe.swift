import Glibc
import Host

/// Finds out when a server first answers, step by step and without ever blocking.
///
/// Every 50 ms (later 500 ms) it connects and sends `GET /`, one connection at a time; any HTTP status line is an answer (RFC 9112,
/// https://www.rfc-editor.org/rfc/rfc9112#name-status-line). The rest of that answer is read and thrown away, because a
/// server whose client leaves early logs an error.
struct ReadinessProbe {
  private let request: [UInt8]
  private let addresses: [SocketAddress]
  private var attempts = 0
  private var state = State.waiting
  private var isReady = false
  /// When the next step is due even if the connection stays silent; nil when everything is done.
  private(set) var deadline: Deadline?

  private enum State {
    case waiting
    case connecting(Int32)
    case reading(Int32, received: [UInt8])
    case draining(Int32)
    case done
  }

  /// A server may load the whole application for its first answer, so a connection that it has taken is not given up
  /// soon.
  private static let patience = Duration.seconds(60)
  private static let interval = Duration.milliseconds(50)
  /// After about half a minute the server is slow, or speaks something else than HTTP.
  private static let slowInterval = Duration.milliseconds(500)

  /// `addresses` are those of `address`, where the server is going to listen.
  init(for address: ListenAddress, at addresses: [SocketAddress]) {
    let host = address.url.dropFirst("http://".count).prefix { $0 != "/" }
    request = Array(
      """
      GET / HTTP/1.1\r
      Host: \(address.unixPath == nil ? String(host) : "localhost")\r
      User-Agent: envtool\r
      Accept: */*\r
      Connection: close\r
      \r\n
      """.utf8)
    self.addresses = addresses.map(\.reachable)
    if addresses.isEmpty { state = .done } else { deadline = .after(Self.interval) }
  }

  /// What poll(2) should watch for; nil between attempts.
  var entry: pollfd? {
    switch state {
    case .waiting, .done: nil
    case .connecting(let socket): pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
    case .reading(let socket, _), .draining(let socket): pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    }
  }

  /// Goes on after `entry` had these events, or none. True just once: when the server has answered.
  mutating func advance(_ events: Int16) -> Bool {
    switch state {
    case .done: break
    case .waiting: if deadline?.hasPassed == true { connect() }
    case .connecting(let socket):
      if events != 0 { sendRequest(socket) } else if deadline?.hasPassed == true { retry() }
    case .reading(let socket, let received):
      if events != 0 { read(socket, received) } else if deadline?.hasPassed == true { retry() }
    case .draining(let socket):
      if events != 0, let bytes = Descriptor.read(socket, atMost: 65536), bytes.isEmpty { close() }
      if deadline?.hasPassed == true { close() }
      return false
    }
    guard case .draining = state, !isReady else { return false }
    isReady = true
    return true
  }

  /// Ends it all.
  mutating func close() {
    closeSocket()
    state = .done
    deadline = nil
  }

  private mutating func closeSocket() {
    switch state {
    case .waiting, .done: break
    case .connecting(let socket), .reading(let socket, _), .draining(let socket): Glibc.close(socket)
    }
  }

  private mutating func retry() {
    closeSocket()
    state = .waiting
    deadline = .after(attempts < 600 ? Self.interval : Self.slowInterval)
  }

  private mutating func connect() {
    let address = addresses[attempts % addresses.count]
    attempts += 1
    guard let socket = Self.socket(towards: address) else { return retry() }
    switch address.connect(socket) {
    case 0: sendRequest(socket)
    case EINPROGRESS:
      state = .connecting(socket)
      deadline = .after(.seconds(2))
    default:
      Glibc.close(socket)
      retry()
    }
  }

  /// A non-blocking socket whose own port is not the server's.
  ///
  /// A TCP socket that connects to its own port reaches itself, and takes the port from the server that is about to
  /// bind it; the kernel picks that port sooner or later when it is an ephemeral one.
  private static func socket(towards address: SocketAddress) -> Int32? {
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = Glibc.socket(address.family, type, 0)
    guard descriptor >= 0 else { return nil }
    guard let port = address.port, let any = SocketAddress.anyAddress(family: address.family) else { return descriptor }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard any.bind(descriptor) == 0, SocketAddress.localPort(of: descriptor, family: address.family) != port else {
      Glibc.close(descriptor)
      return nil
    }
    return descriptor
  }

  private mutating func sendRequest(_ socket: Int32) {
    state = .connecting(socket)
    // The request fits into any socket's buffer; an error is that of a connection refused.
    guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return retry() }
    state = .reading(socket, received: [])
    deadline = .after(Self.patience)
  }

  private mutating func read(_ socket: Int32, _ before: [UInt8]) {
    guard let bytes = Descriptor.read(socket, atMost: 64) else { return }
    let received = before + bytes
    if Self.isStatusLine(received) {
      state = .draining(socket)
      deadline = .after(.seconds(5))
    } else if bytes.isEmpty || received.count >= 16 {
      retry()
    } else {
      state = .reading(socket, received: received)
    }
  }

  /// Whether the bytes begin `HTTP/1.1 200` or the like.
  static func isStatusLine(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 12, bytes.starts(with: "HTTP/".utf8) else { return false }
    return bytes[8] == UInt8(ascii: " ") && bytes[9..<12].allSatisfy { (0x30...0x39).contains($0) }
  }
}
