import Diagnostics
import Host

/// A connection of a probe: a socket, its deadline, and its errors in a probe's words.
struct ServerConnection: ~Copyable {
  /// No protocol spoken here answers with a longer line.
  static let lineLimit = 4096

  let endpoint: Endpoint
  private let socket: Socket
  private let deadline: Deadline

  init(to endpoint: Endpoint, by deadline: Deadline) throws(ProbeFailure) {
    self.endpoint = endpoint
    self.deadline = deadline
    do throws(SocketError) {
      socket = try Socket.connect(to: endpoint, by: deadline)
    } catch {
      throw ProbeFailure(error, at: endpoint)
    }
  }

  func send(_ bytes: [UInt8]) throws(ProbeFailure) {
    do throws(SocketError) {
      try socket.send(bytes, by: deadline)
    } catch {
      throw ProbeFailure(error, at: endpoint)
    }
  }

  /// What is there, as soon as there is anything; at least one byte.
  func receive(atMost limit: Int) throws(ProbeFailure) -> [UInt8] {
    do throws(SocketError) {
      let bytes = try socket.receive(atMost: limit, by: deadline)
      if bytes.isEmpty { throw SocketError.closed }
      return bytes
    } catch {
      throw ProbeFailure(error, at: endpoint)
    }
  }

  func receive(exactly count: Int) throws(ProbeFailure) -> [UInt8] {
    do throws(SocketError) {
      return try socket.receive(exactly: count, by: deadline)
    } catch {
      throw ProbeFailure(error, at: endpoint)
    }
  }

  /// Whether a TLS server complains about plain text: a record of type 21, version 3.x (RFC 8446, 5.1 and 6).
  private static func isAlert(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [21, 3]) }

  /// The next line without its ending.
  func receiveLine() throws(ProbeFailure) -> [UInt8] {
    do throws(SocketError) {
      // A TLS alert has no line ending to wait for.
      let start = try socket.peek(atMost: 2, by: deadline)
      if !Self.isAlert(start) { return try socket.receiveLine(limit: Self.lineLimit, by: deadline) }
    } catch {
      throw ProbeFailure(error, at: endpoint)
    }
    throw ProbeFailure.tlsRequired(at: endpoint)
  }

  /// The failure for an answer that begins with `bytes` and is not one of `expected`, the name of a server.
  func wrongProtocol(expected: String, _ bytes: [UInt8], hiding secrets: [Secret] = []) -> ProbeFailure {
    if Self.isAlert(bytes) { return ProbeFailure.tlsRequired(at: endpoint) }
    let shown = "its answer begins with `\(Excerpt.text(bytes, limit: 60, hiding: secrets))`"
    return ProbeFailure(
      .wrongProtocol, "\(ServerKind.name(of: bytes)) answers at \(endpoint), not \(expected): \(shown)")
  }
}

extension ProbeFailure {
  fileprivate static func tlsRequired(at endpoint: Endpoint) -> ProbeFailure {
    ProbeFailure(.tlsRequired, "the server at \(endpoint) speaks only TLS")
  }

  /// What went wrong with the connection to `endpoint`.
  init(_ error: SocketError, at endpoint: Endpoint) {
    switch error {
    case .dns: self.init(.dns, error.description)
    case .refused: self.init(.refused, "\(endpoint) refuses the connection")
    case .noSuchFile: self.init(.missing, "there is no socket \(endpoint)")
    case .notASocket: self.init(.wrongProtocol, "\(endpoint) is not a socket")
    case .permission: self.init(.noGrant, "permission to connect to \(endpoint) is denied")
    case .timeout: self.init(.timeout, "the connection to \(endpoint) was not made in time")
    case .silent: self.init(.silent, "\(endpoint) accepts the connection, but does not answer in time")
    case .closed: self.init(.wrongProtocol, "\(endpoint) closes the connection without a complete answer")
    case .lineTooLong: self.init(.wrongProtocol, "\(endpoint) answers with an endless line")
    case .system: self.init(.system, "the connection to \(endpoint) failed: \(error)")
    }
  }
}
