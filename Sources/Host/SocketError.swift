import Glibc

/// Why a connection was not made, or why it gave no answer.
package enum SocketError: Error, Hashable, Sendable {
  /// The name has no address, or the resolver did not say so in time; `text` is the resolver's.
  case dns(host: String, text: String)
  /// Nobody listens there.
  case refused
  /// There is no such Unix socket.
  case noSuchFile
  /// The path of a Unix socket leads to something else.
  case notASocket
  /// The operating system does not let this user connect.
  case permission
  /// The connection was not made by the deadline.
  case timeout
  /// The connection was made, and the other side neither sent nor took anything by the deadline.
  case silent
  /// The other side closed the connection before it had sent what was asked for.
  case closed
  /// A line is longer than `limit` bytes.
  case lineTooLong(limit: Int)
  /// The system call `operation` failed with the error number `errno`.
  case system(operation: String, errno: CInt)
}

extension SocketError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .dns(let host, let text): "the host name \(Endpoint.shown(host)) has no address: \(text)"
    case .refused: "the connection is refused"
    case .noSuchFile: "there is no such socket"
    case .notASocket: "this is not a socket"
    case .permission: "permission to connect is denied"
    case .timeout: "the connection was not made in time"
    case .silent: "the connection was made, but nothing came in time"
    case .closed: "the connection was closed before an answer came"
    case .lineTooLong(let limit): "the answer has a line of more than \(limit) bytes"
    case .system(let operation, let errno): "\(operation) failed: \(String(cString: strerror(errno)))"
    }
  }
}
