import Host
import Probes
import TestSupport
import Testing

@Suite("PostgreSQL's greeting", .timeLimit(.minutes(2))) struct PostgreSQLGreetingTests {
  @Test(.enabled(if: RealServer.isInstalled("postgres"), "postgres is not installed"))
  func aServerWithoutTLS() async throws {
    try await RealServer.postgres().running { endpoint in
      let answer = try await PostgreSQLGreetingProbe(endpoint: endpoint).answer()
      #expect(!answer.offersTLS)
    }
  }

  @Test(
    .enabled(if: RealServer.isInstalled("postgres"), "postgres is not installed"),
    .enabled(if: RealServer.isInstalled("openssl"), "openssl is not installed"))
  func aServerWithTLS() async throws {
    try await RealServer.postgres(tls: true).running { endpoint in
      let answer = try await PostgreSQLGreetingProbe(endpoint: endpoint).answer()
      #expect(answer.offersTLS)
    }
  }

  /// Fakes: a real server answers so only when it can start no process.
  @Test(arguments: [
    ("Ecould not fork new process for connection: Cannot allocate memory\n\0", "could not fork new process"),
    ("E\0\0\0\u{26}SFATAL\0C57P03\0Mthe database system is starting up\0\0", "the database system is starting up"),
  ])
  func errors(_ answer: String, _ text: String) async throws {
    try await FakeServer.running(.answering { _ in Array(answer.utf8) }) { endpoint in
      let failure = try #require(await PostgreSQLGreetingProbe(endpoint: endpoint).failure())
      #expect(failure.reason == .system)
      #expect(failure.message.contains("answers with an error: \(text)"), "\(failure)")
      #expect(failure.message.utf8.allSatisfy { $0 >= 0x20 })
    }
  }

  @Test(arguments: ["SSH-2.0-OpenSSH_9.2p1\r\n", "NO\r\n", "ERROR\r\n", "X", "\u{15}\u{3}\u{1}", "E"])
  func otherServers(_ answer: String) async throws {
    try await FakeServer.running(.answering { _ in Array(answer.utf8) }) { endpoint in
      let failure = await PostgreSQLGreetingProbe(endpoint: endpoint).failure()
      #expect(failure?.reason == (answer.utf8.first == 0x15 ? .tlsRequired : .wrongProtocol), "\(answer)")
    }
  }
}

@Suite("MySQL's greeting", .timeLimit(.minutes(2))) struct MySQLGreetingTests {
  static let isInstalled = RealServer.isInstalled("mysqld") || RealServer.isInstalled("mariadbd")

  @Test(.enabled(if: isInstalled, "neither mysqld nor mariadbd is installed"))
  func aServerTellsItsVersion() async throws {
    try await RealServer.mysql().running { endpoint in
      let answer = try await MySQLGreetingProbe(endpoint: endpoint).answer()
      #expect(answer.version.first?.isNumber == true)
      #expect(!answer.version.hasPrefix("5.5.5-"))
    }
  }

  /// Fakes, as the servers' sources write them: the versions and flavors of servers that are not installed.
  @Test(arguments: [
    ("8.0.36-0ubuntu0.22.04.1", MySQLGreetingProbe.Answer.Flavor.mysql, "8.0.36-0ubuntu0.22.04.1"),
    ("5.5.5-10.11.6-MariaDB-0+deb12u1", .mariadb, "10.11.6-MariaDB-0+deb12u1"),
    ("11.4.2-MariaDB", .mariadb, "11.4.2-MariaDB"),
    ("5.5.5-log", .mysql, "5.5.5-log"),
    ("8\u{1B}[31m", .mysql, "8\\x1B[31m"),
  ])
  func versions(_ written: String, _ flavor: MySQLGreetingProbe.Answer.Flavor, _ version: String) async throws {
    for offersTLS in [false, true] {
      let packet = Self.packet(Self.greeting(written, capabilities: offersTLS ? 0xFFFF : 0xF7FF))
      try await FakeServer.running(.greeting(packet)) { endpoint in
        let answer = try await MySQLGreetingProbe(endpoint: endpoint).answer()
        #expect(answer.flavor == flavor && answer.version == version && answer.offersTLS == offersTLS)
      }
    }
  }

  /// Fakes: real servers refuse so only when many clients come, or from another host.
  @Test(arguments: [
    (
      [UInt8(0x10), 0x04] + Array("Too many connections".utf8), ProbeFailure.Reason.refused,
      "1040: Too many connections"
    ),
    ([0x10, 0x04] + Array("#08004Too many connections".utf8), .refused, "1040: Too many connections"),
    ([0x69, 0x04] + Array("Host 'x' is blocked\n".utf8), .refused, "1129: Host 'x' is blocked\\x0A"),
    ([0x6A, 0x04] + Array("Host 'x' is not allowed".utf8), .noGrant, "1130: Host 'x' is not allowed"),
    ([0x01, 0x00], .system, "error 1: "),
  ])
  func errorPackets(_ error: [UInt8], _ reason: ProbeFailure.Reason, _ text: String) async throws {
    try await FakeServer.running(.greeting(Self.packet([0xFF] + error))) { endpoint in
      let failure = try #require(await MySQLGreetingProbe(endpoint: endpoint).failure())
      #expect(failure.reason == reason)
      #expect(failure.message.hasSuffix(text), "\(failure)")
    }
  }

  @Test func aLongErrorIsCutShort() async throws {
    let text = [UInt8](repeating: UInt8(ascii: "x"), count: 1000)
    try await FakeServer.running(.greeting(Self.packet([0xFF, 1, 0] + text))) { endpoint in
      let failure = try #require(await MySQLGreetingProbe(endpoint: endpoint).failure())
      #expect(failure.message.utf8.count < 400)
    }
  }

  @Test func protocolNineIsTooOld() async throws {
    try await FakeServer.running(.greeting(Self.packet([9] + Array("3.20.32\0".utf8)))) { endpoint in
      #expect(await MySQLGreetingProbe(endpoint: endpoint).failure()?.reason == .tooOld)
    }
  }

  /// A greeting that ends anywhere, by a closed connection or by a packet that is too short for what it says.
  @Test func truncatedGreetings() async throws {
    let whole = Self.greeting("8.0.36", capabilities: 0xFFFF).prefix(24)
    for end in whole.indices {
      let behaviors: [FakeServer.Behavior] = [
        .greeting(Array(Self.packet(Array(whole)).prefix(end)), closes: true),
        .greeting(Self.packet(Array(whole.prefix(end))), closes: true),
      ]
      for behavior in behaviors {
        try await FakeServer.running(behavior) { endpoint in
          let outcome = await MySQLGreetingProbe(endpoint: endpoint).attempt(by: .after(.seconds(20)))
          guard case .failure(let failure) = outcome else {
            #expect(end >= 23, "a greeting of \(end) bytes")
            return
          }
          #expect(failure.reason == .wrongProtocol, "\(end) bytes: \(failure)")
        }
      }
    }
  }

  private static func greeting(_ version: String, capabilities: UInt16) -> [UInt8] {
    let flags = [UInt8(truncatingIfNeeded: capabilities), UInt8(capabilities >> 8)]
    return [10] + Array(version.utf8) + [0, 1, 0, 0, 0] + Array("saltsalt".utf8) + [0] + flags + [8, 2, 0]
      + [0xFF, 0xC1, 21] + [UInt8](repeating: 0, count: 10) + Array("saltsaltsalt\0".utf8)
      + Array("caching_sha2_password\0".utf8)
  }

  private static func packet(_ payload: [UInt8]) -> [UInt8] {
    [UInt8(truncatingIfNeeded: payload.count), UInt8(payload.count >> 8), 0, 0] + payload
  }
}
