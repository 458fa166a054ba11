import Glibc

/// A connection to a server, closed when the value goes away.
///
/// Every call may block, but never beyond its deadline; run it with `onOwnThread`. No signal is raised when the other
/// side has gone. Reading takes nothing out of the connection beyond what it returns.
///
///     let socket = try Socket.connect(to: .tcp(host: "127.0.0.1", port: 11211), by: deadline)
///     try socket.send(Array("version\r\n".utf8), by: deadline)
///     let line = try socket.receiveLine(limit: 512, by: deadline)
package struct Socket: ~Copyable, Sendable {
  /// The open descriptor, which is nonblocking and stays with this value.
  package let descriptor: CInt

  init(descriptor: CInt) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Sends all of `bytes`.
  ///
  /// Throws `silent` when the other side does not take them by the deadline, `closed` when it has gone.
  package func send(_ bytes: [UInt8], by deadline: Deadline) throws(SocketError) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.send(
          descriptor, UnsafeRawBufferPointer(rebasing: buffer[sent...]).baseAddress, buffer.count - sent,
          CInt(MSG_NOSIGNAL))
      }
      if count >= 0 {
        sent += count
      } else {
        try wait(for: POLLOUT, after: "send", by: deadline)
      }
    }
  }

  /// Between 1 and `limit` bytes, as soon as there are any; empty when the other side has closed the connection.
  ///
  /// Throws `silent` when neither happens by the deadline.
  package func receive(atMost limit: Int, by deadline: Deadline) throws(SocketError) -> [UInt8] {
    try receive(atMost: limit, flags: 0, by: deadline)
  }

  /// The same, but the bytes stay in the connection.
  package func peek(atMost limit: Int, by deadline: Deadline) throws(SocketError) -> [UInt8] {
    try receive(atMost: limit, flags: CInt(MSG_PEEK), by: deadline)
  }

  /// Exactly `count` bytes; throws `closed` when the connection ends before.
  package func receive(exactly count: Int, by deadline: Deadline) throws(SocketError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let part = try receive(atMost: min(count - bytes.count, 65536), by: deadline)
      if part.isEmpty { throw .closed }
      bytes += part
    }
    return bytes
  }

  /// The next line without its ending, which is LF or CRLF.
  ///
  /// Throws `closed` when the connection ends before the line does, and `lineTooLong` when `limit` bytes hold no LF.
  package func receiveLine(limit: Int, by deadline: Deadline) throws(SocketError) -> [UInt8] {
    var line: [UInt8] = []
    while line.count < limit {
      // Look first, so that what stands behind the line stays in the connection.
      let ahead = try peek(atMost: limit - line.count, by: deadline)
      if ahead.isEmpty { throw .closed }
      let end = ahead.firstIndex(of: UInt8(ascii: "\n"))
      line += try receive(exactly: end.map { $0 + 1 } ?? ahead.count, by: deadline)
      if end != nil {
        line.removeLast()
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line
      }
    }
    throw .lineTooLong(limit: limit)
  }

  private func receive(atMost limit: Int, flags: CInt, by deadline: Deadline) throws(SocketError) -> [UInt8] {
    while true {
      var count = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
        count = recv(descriptor, buffer.baseAddress, limit, flags)
        initialized = max(0, count)
      }
      if count >= 0 { return bytes }
      try wait(for: POLLIN, after: "recv", by: deadline)
    }
  }

  /// After the call `operation` failed: returns when it is worth another try, throws when it is not.
  private func wait(for events: CInt, after operation: String, by deadline: Deadline) throws(SocketError) {
    switch errno {
    case EINTR: return
    case EAGAIN: break
    case ECONNRESET, EPIPE: throw .closed
    case let error: throw .system(operation: operation, errno: error)
    }
    guard try Socket.poll(descriptor, for: events, by: deadline) else { throw .silent }
  }

  /// Whether the descriptor became ready (or broke, which the next call tells) by the deadline.
  static func poll(_ descriptor: CInt, for events: CInt, by deadline: Deadline) throws(SocketError) -> Bool {
    while true {
      var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
      switch Glibc.poll(&request, 1, deadline.milliseconds) {
      case 1...: return true
      case 0 where deadline.hasPassed: return false
      case 0: continue
      default:
        if errno != EINTR { throw .system(operation: "poll", errno: errno) }
      }
    }
  }
}
