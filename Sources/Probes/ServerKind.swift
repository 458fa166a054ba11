/// Tells which server speaks from how its answer begins, to say who listens where another was expected.
enum ServerKind {
  /// The kind with its article, as the subject of a sentence.
  static func name(of bytes: [UInt8]) -> String {
    if bytes.starts(with: "HTTP/".utf8) { return "an HTTP server" }
    if bytes.starts(with: "SSH-".utf8) { return "an SSH server" }
    if bytes.starts(with: "ERROR".utf8) || bytes.starts(with: "CLIENT_ERROR".utf8) { return "a memcached server" }
    if ["-ERR ", "-NOAUTH ", "-DENIED ", "-LOADING ", "+PONG", "+OK"].contains(where: { bytes.starts(with: $0.utf8) }) {
      return "a Redis server"
    }
    // The greeting's header: a length of less than 256 bytes, number 0, protocol 10.
    if bytes.count > 4, bytes[1] == 0, bytes[2] == 0, bytes[3] == 0, bytes[4] == 10 { return "a MySQL server" }
    return "another server"
  }
}
