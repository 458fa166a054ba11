import Diagnostics
package import Host

/// Asks a memcached server for its version, in the text protocol.
///
/// Source: https://github.com/memcached/memcached/blob/master/doc/protocol.txt
package struct MemcachedProbe: Probe {
  package struct Answer: Hashable, Sendable {
    /// As the server writes it, such as `1.6.18`.
    package let version: String
  }

  package let endpoint: Endpoint

  package init(endpoint: Endpoint) { self.endpoint = endpoint }

  package func run(by deadline: Deadline) throws(ProbeFailure) -> Answer {
    let server = try ServerConnection(to: endpoint, by: deadline)
    try server.send(Array("version\r\n".utf8))
    let line = try server.receiveLine()
    if line.starts(with: "VERSION ".utf8) {
      return Answer(version: Excerpt.text(line.dropFirst("VERSION ".utf8.count)))
    }
    if line.starts(with: "CLIENT_ERROR unauthenticated".utf8) {
      throw ProbeFailure(.authentication, "the memcached server at \(endpoint) asks for a user name and a password")
    }
    if line.starts(with: "ERROR Too many open connections".utf8) {
      throw ProbeFailure(.refused, "the memcached server at \(endpoint) has too many open connections")
    }
    throw server.wrongProtocol(expected: "memcached", line)
  }
}
