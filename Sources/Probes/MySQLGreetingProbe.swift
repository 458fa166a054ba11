package import Host

/// Reads the greeting with which a MySQL or MariaDB server opens the conversation, and leaves.
///
/// The server counts this as an aborted connection. Source:
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html
package struct MySQLGreetingProbe: Probe {
  package struct Answer: Hashable, Sendable {
    package enum Flavor: String, Sendable {
      case mysql = "MySQL"
      case mariadb = "MariaDB"
    }

    package let flavor: Flavor
    /// Such as `8.0.36` or `10.11.6-MariaDB`: as the server writes it, but without MariaDB's leading `5.5.5-`.
    package let version: String
    package let offersTLS: Bool
  }

  package let endpoint: Endpoint

  package init(endpoint: Endpoint) { self.endpoint = endpoint }

  package func run(by deadline: Deadline) throws(ProbeFailure) -> Answer {
    let server = try ServerConnection(to: endpoint, by: deadline)
    let header = try server.receive(exactly: 4)
    let length = Int(header[0]) | Int(header[1]) << 8 | Int(header[2]) << 16
    guard (2...Self.packetLimit).contains(length), header[3] == 0 else {
      throw server.wrongProtocol(expected: "MySQL", header)
    }
    let packet = try server.receive(exactly: length)
    switch packet[0] {
    case 10:
      if let greeting = Answer(handshake: packet) { return greeting }
    case 9:
      throw ProbeFailure(.tooOld, "the MySQL server at \(endpoint) speaks protocol 9, which is older than MySQL 3.21")
    case 0xFF:
      if let failure = refusal(packet) { throw failure }
    default: break
    }
    throw server.wrongProtocol(expected: "MySQL", header + packet)
  }

  /// Greetings have about 80 bytes, errors at most 512 bytes of text.
  private static let packetLimit = 1024

  /// The failure in an ERR packet: 0xFF, the code, and the text, before which a state may stand as `#08004`.
  private func refusal(_ packet: [UInt8]) -> ProbeFailure? {
    guard packet.count >= 3 else { return nil }
    let code = Int(packet[1]) | Int(packet[2]) << 8
    var text = packet.dropFirst(3)
    if text.first == UInt8(ascii: "#"), text.count >= 6 { text = text.dropFirst(6) }
    let reason: ProbeFailure.Reason =
      switch code {
      case 1040, 1129: .refused
      case 1130: .noGrant
      default: .system
      }
    return ProbeFailure(reason, "the MySQL server at \(endpoint) answers with error \(code): \(Excerpt.text(text))")
  }
}

extension MySQLGreetingProbe.Answer {
  /// From a packet of protocol 10: 1 byte protocol, version up to NUL, 4 bytes thread, 8 bytes salt, 1 byte filler,
  /// 2 bytes capabilities, of which bit 11 is TLS.
  fileprivate init?(handshake packet: [UInt8]) {
    guard let end = packet.dropFirst().firstIndex(of: 0), packet.count >= end + 16 else { return nil }
    var version = packet[1..<end]
    let isMariaDB = String(decoding: version, as: UTF8.self).contains("MariaDB")
    if isMariaDB, version.starts(with: "5.5.5-".utf8) { version = version.dropFirst(6) }
    self.flavor = isMariaDB ? .mariadb : .mysql
    self.version = Excerpt.text(version, limit: 100)
    self.offersTLS = packet[end + 15] & 0x08 != 0
  }
}
