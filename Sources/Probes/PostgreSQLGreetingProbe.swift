package import Host

/// Asks a PostgreSQL server whether it speaks TLS, and leaves.
///
/// Source: https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL
package struct PostgreSQLGreetingProbe: Probe {
  package struct Answer: Hashable, Sendable {
    package let offersTLS: Bool
  }

  package let endpoint: Endpoint

  package init(endpoint: Endpoint) { self.endpoint = endpoint }

  package func run(by deadline: Deadline) throws(ProbeFailure) -> Answer {
    let server = try ServerConnection(to: endpoint, by: deadline)
    // SSLRequest: a length of 8, and 1234 and 5679 where a version would stand.
    try server.send([0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F])
    let answer = try server.receive(atMost: 256)
    switch (answer[0], answer.count) {
    case (UInt8(ascii: "S"), 1): return Answer(offersTLS: true)
    case (UInt8(ascii: "N"), 1): return Answer(offersTLS: false)
    // Other servers send more than the one byte: `SSH-2.0` begins like a yes.
    case (UInt8(ascii: "E"), 2...) where !answer.starts(with: "ERROR".utf8):
      throw ProbeFailure(
        .system, "the PostgreSQL server at \(endpoint) answers with an error: \(Excerpt.text(Self.message(answer)))")
    default: throw server.wrongProtocol(expected: "PostgreSQL", answer)
    }
  }

  /// The text of an error that came instead of an answer: `E`, then a length and fields of a type byte and a text up to
  /// NUL, of which `M` is the message; when it cannot start a process, a server sends only `E` and the text.
  private static func message(_ answer: [UInt8]) -> ArraySlice<UInt8> {
    let text = answer.dropFirst()
    guard text.first == 0 else { return text.prefix { $0 != 0 && $0 != UInt8(ascii: "\n") } }
    let fields = text.dropFirst(4).split(separator: 0)
    return fields.first { $0.first == UInt8(ascii: "M") }?.dropFirst() ?? text
  }
}
