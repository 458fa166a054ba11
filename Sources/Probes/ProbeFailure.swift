/// Why a probe did not succeed.
package struct ProbeFailure: Error, Hashable, Sendable {
  /// The kinds of failure; the raw values are what reports show.
  package enum Reason: String, CaseIterable, Sendable {
    /// The host name has no address.
    case dns
    /// Nobody listens there, or the server takes no further connection.
    case refused
    /// The connection was not made in time; for a file, its lock did not go in time.
    case timeout
    /// The connection was made, and nothing came in time.
    case silent
    /// Something else than the expected server answers.
    case wrongProtocol = "wrong-protocol"
    /// The server speaks only TLS.
    case tlsRequired = "tls-required"
    case tlsFailed = "tls-failed"
    /// The user name, the password, or the lack of one is not accepted.
    case authentication
    /// The server has no such database.
    case noDatabase = "no-database"
    /// The server or the operating system does not grant access.
    case noGrant = "no-grant"
    /// The server's version is too old.
    case tooOld = "too-old"
    case readOnly = "read-only"
    /// A file, a folder or a Unix socket does not exist.
    case missing
    /// A file is not what it should be.
    case corrupt
    /// Anything else; the message tells it.
    case system

    /// Whether it may be gone in a while by itself: a server that is just starting.
    package var canPass: Bool {
      switch self {
      case .dns, .refused, .timeout, .silent, .missing: true
      default: false
      }
    }
  }

  package let reason: Reason
  /// One sentence without a final full stop and without secrets, fit to be shown.
  package let message: String

  package init(_ reason: Reason, _ message: String) {
    self.reason = reason
    self.message = message
  }
}

extension ProbeFailure: CustomStringConvertible {
  package var description: String { message }
}
