import Foundation
import Glibc
package import Host
import Synchronization

/// A listener on a loopback port that misbehaves in ways that real servers cannot be brought to.
///
///     try await FakeServer.running(.silent) { endpoint in ... }
package final class FakeServer: Sendable {
  package enum Behavior: Sendable {
    /// Takes connections and never says a word.
    case silent
    /// Takes no further connection: its queue is full.
    case full
    /// Closes each connection at once.
    case closing
    /// Says `bytes` first, and then closes or keeps silent.
    case greeting([UInt8], closes: Bool = false)
    /// Says what the function makes of each piece that comes.
    case answering(@Sendable ([UInt8]) -> [UInt8])
    /// Says one byte every 20 ms.
    case dripping(UInt8)
    /// Says the same bytes again and again, as fast as they are taken.
    case endless([UInt8])

    /// What a web server says to what it does not understand.
    package static var http: Behavior {
      .answering { _ in Array("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<p>Bad Request</p>".utf8) }
    }
  }

  private let behavior: Behavior
  private let listener: LoopbackServerSocket
  private let isStopped = Atomic(false)

  private init(_ behavior: Behavior) throws {
    self.behavior = behavior
    listener = try LoopbackServerSocket()
  }

  /// Listens while `body` runs.
  package static func running<T: Sendable>(
    _ behavior: Behavior, _ body: (Endpoint) async throws -> T
  ) async throws -> T {
    let server = try FakeServer(behavior)
    let thread = server.start()
    let result: Result<T, any Error>
    do { result = .success(try await body(server.listener.endpoint)) } catch { result = .failure(error) }
    server.isStopped.store(true, ordering: .releasing)
    _ = await thread.value
    return try result.get()
  }

  private func start() -> Task<Void, Never> {
    if case .full = behavior {
      _ = listen(listener.descriptor, 0)
      // On loopback the queue is full when these calls return.
      let held = (0..<8).map { _ in startConnection() }
      return Task { await onOwnThread { self.hold(held) } }
    }
    _ = listen(listener.descriptor, 64)
    return Task { await onOwnThread { self.accept() } }
  }

  private func hold(_ descriptors: [CInt]) {
    while !isStopped.load(ordering: .acquiring) { usleep(10_000) }
    for descriptor in descriptors { close(descriptor) }
  }

  private func startConnection() -> CInt {
    let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_INET, kind, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = listener.port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return descriptor
  }

  private func accept() {
    while !isStopped.load(ordering: .acquiring) {
      guard isReadable(listener.descriptor) else { continue }
      let connection = Glibc.accept(listener.descriptor, nil, nil)
      guard connection >= 0 else { continue }
      Thread.detachNewThread {
        self.serve(connection)
        close(connection)
      }
    }
  }

  private func serve(_ connection: CInt) {
    switch behavior {
    case .closing: return
    case .silent, .full: break
    case .greeting(let bytes, let closes):
      say(bytes, to: connection)
      if closes { return }
    case .answering(let answer):
      while let piece = hear(from: connection) { if !say(answer(piece), to: connection) { return } }
      return
    case .dripping(let byte):
      while !isStopped.load(ordering: .acquiring), say([byte], to: connection) { usleep(20_000) }
      return
    case .endless(let bytes):
      while !isStopped.load(ordering: .acquiring), say(bytes, to: connection) {}
      return
    }
    while hear(from: connection) != nil {}
  }

  /// The next piece; nil when the other side has closed the connection, or the test is over.
  private func hear(from connection: CInt) -> [UInt8]? {
    while !isStopped.load(ordering: .acquiring) {
      guard isReadable(connection) else { continue }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = recv(connection, &buffer, buffer.count, 0)
      return count > 0 ? Array(buffer.prefix(count)) : nil
    }
    return nil
  }

  @discardableResult
  private func say(_ bytes: [UInt8], to connection: CInt) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty, !isStopped.load(ordering: .acquiring) {
      let part = Array(rest)
      let count = send(connection, part, part.count, CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT))
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        usleep(1000)
      } else {
        return false
      }
    }
    return true
  }

  private func isReadable(_ descriptor: CInt) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 20) > 0
  }
}
