package import Diagnostics
package import Host

/// Signs in to a Redis server, selects a database and asks for a sign of life.
///
/// Commands: AUTH when there is a user name or a password, SELECT when the database is not 0, PING, and INFO for the
/// version. Without TLS.
///
/// Source: https://redis.io/docs/latest/commands/
package struct RedisProbe: Probe {
  package struct Answer: Hashable, Sendable {
    /// Such as `7.0.15`; nil when this user may not ask for it.
    package let version: String?
  }

  package let endpoint: Endpoint
  package let username: String?
  package let password: Secret?
  package let database: Int?

  package init(endpoint: Endpoint, username: String? = nil, password: Secret? = nil, database: Int? = nil) {
    self.endpoint = endpoint
    self.username = username
    self.password = password
    self.database = database
  }

  package func run(by deadline: Deadline) throws(ProbeFailure) -> Answer {
    let server = try ServerConnection(to: endpoint, by: deadline)
    if username != nil || password != nil { try signIn(server) }
    if let database, database != 0 { try expect("OK", from: server, ["SELECT", String(database)]) }
    try expect("PONG", from: server, ["PING"])
    return Answer(version: try version(server))
  }

  private func signIn(_ server: borrowing ServerConnection) throws(ProbeFailure) {
    let password = password?.revealed ?? ""
    guard let username else { return try expect("OK", from: server, ["AUTH", password]) }
    try server.send(RESPReply.command(["AUTH", username, password]))
    let (reply, line) = try server.receiveReply()
    if case .error(let text) = reply, text.starts(with: "ERR wrong number of arguments".utf8) {
      // Redis before 6 knows no user names; clients then sign in with the password alone.
      return try expect("OK", from: server, ["AUTH", password])
    }
    try expect("OK", reply, line, from: server)
  }

  /// The version from INFO's section `server`; nil when the server does not give it.
  private func version(_ server: borrowing ServerConnection) throws(ProbeFailure) -> String? {
    try server.send(RESPReply.command(["INFO", "server"]))
    guard case .bulk(let text?) = try server.receiveReply().reply else { return nil }
    let key = Array("redis_version:".utf8)
    let line = text.split { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }.first { $0.starts(with: key) }
    return line.map { Excerpt.text($0.dropFirst(key.count), limit: 40) }
  }

  private func expect(
    _ answer: String, from server: borrowing ServerConnection, _ command: [String]
  ) throws(ProbeFailure) {
    try server.send(RESPReply.command(command))
    let (reply, line) = try server.receiveReply()
    try expect(answer, reply, line, from: server)
  }

  private func expect(
    _ answer: String, _ reply: RESPReply?, _ line: [UInt8], from server: borrowing ServerConnection
  ) throws(ProbeFailure) {
    switch reply {
    case .simple(let text) where text.elementsEqual(answer.utf8): return
    case .error(let text): throw failure(text)
    default: throw server.wrongProtocol(expected: "Redis", line, hiding: secrets)
    }
  }

  private var secrets: [Secret] { password.map { [$0] } ?? [] }

  /// What the server's error `text` means.
  private func failure(_ text: [UInt8]) -> ProbeFailure {
    let rule = Self.errors.first { text.starts(with: $0.start.utf8) }
    // A server that does not know a command repeats its arguments, cut short, so that a part of the password remains.
    let repeated = "with args beginning with"
    let said = text.indices.first { text[$0...].starts(with: repeated.utf8) }.map { text[..<$0] } ?? text[...]
    let shown = Excerpt.text(said, hiding: secrets)
    return ProbeFailure(
      rule?.reason ?? .system, "the Redis server at \(endpoint) \(rule?.meaning ?? "answers"): \(shown)")
  }

  /// How errors begin, and what they mean; the first that fits holds.
  private static let errors: [(start: String, reason: ProbeFailure.Reason, meaning: String)] = [
    ("NOAUTH", .authentication, "asks for a password"),
    ("WRONGPASS", .authentication, "does not accept the user name or the password"),
    ("ERR invalid password", .authentication, "does not accept the password"),
    ("ERR AUTH", .authentication, "has no password, but one is configured"),
    ("ERR Client sent AUTH", .authentication, "has no password, but one is configured"),
    ("DENIED", .authentication, "is in protected mode"),
    ("NOPERM", .noGrant, "does not allow this user a command"),
    ("ERR DB index is out of range", .noDatabase, "has no such database"),
    ("ERR invalid DB index", .noDatabase, "has no such database"),
    ("ERR max number of clients reached", .refused, "takes no further connection"),
    ("MISCONF", .readOnly, "accepts no changes, because it cannot save them"),
    ("READONLY", .readOnly, "accepts no changes"),
    ("LOADING", .system, "is still loading its data"),
    ("MASTERDOWN", .system, "is a replica without its master"),
  ]
}
