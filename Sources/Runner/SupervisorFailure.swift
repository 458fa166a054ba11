import Diagnostics
import Glibc

/// Why a server could not be supervised.
package enum SupervisorFailure: Error, Equatable, Sendable {
  /// The server's program did not start.
  case cannotExecute(String, errno: Int32)
  /// The server's working directory could not be entered.
  case cannotEnter(folder: String, errno: Int32)
  /// The guard did not start, or failed before it had started the server.
  case noGuard(errno: Int32)
  case system(_ call: String, errno: Int32)
  /// Processes that could not be ended: another user's, or stuck in the kernel.
  case processesLeft([Int32])
}

extension SupervisorFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cannotExecute(let path, let errno): "cannot start \(Escaping.text(path)): \(SystemError.text(errno))"
    case .cannotEnter(let folder, let errno): "cannot work in \(Escaping.text(folder)): \(SystemError.text(errno))"
    case .noGuard(let errno): "cannot start the server's guard: \(SystemError.text(errno))"
    case .system(let call, let errno): "cannot supervise the server: \(call): \(SystemError.text(errno))"
    case .processesLeft(let pids):
      "processes of the server could not be ended: pid \(pids.map(String.init).joined(separator: ", "))"
    }
  }
}
