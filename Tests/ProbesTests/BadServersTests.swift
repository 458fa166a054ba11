import Diagnostics
import Host
import Probes
import TestSupport
import Testing

/// What every probe makes of servers that do not answer as they should.
@Suite("Bad servers", .timeLimit(.minutes(2))) struct BadServersTests {
  enum Kind: String, CaseIterable {
    case memcached, redis, mysql, postgresql

    func failure(_ endpoint: Endpoint, within duration: Duration = .seconds(20)) async -> ProbeFailure? {
      switch self {
      case .memcached: await MemcachedProbe(endpoint: endpoint).failure(within: duration)
      case .redis:
        await RedisProbe(endpoint: endpoint, username: "me", password: Secret("Geheimnis"), database: 1)
          .failure(within: duration)
      case .mysql: await MySQLGreetingProbe(endpoint: endpoint).failure(within: duration)
      case .postgresql: await PostgreSQLGreetingProbe(endpoint: endpoint).failure(within: duration)
      }
    }
  }

  @Test(arguments: Kind.allCases)
  func aSilentServerIsLeftAtTheDeadline(_ kind: Kind) async throws {
    try await FakeServer.running(.silent) { endpoint in
      let start = ContinuousClock.now
      let failure = await kind.failure(endpoint, within: .milliseconds(300))
      let spent = ContinuousClock.now - start
      #expect(failure?.reason == .silent)
      #expect(spent >= .milliseconds(290) && spent < .seconds(3), "\(spent)")
    }
  }

  @Test(arguments: Kind.allCases)
  func aServerThatDripsIsLeftAtTheDeadline(_ kind: Kind) async throws {
    try await FakeServer.running(.dripping(UInt8(ascii: "x"))) { endpoint in
      let start = ContinuousClock.now
      let failure = await kind.failure(endpoint, within: .milliseconds(300))
      #expect(failure?.reason == .silent || failure?.reason == .wrongProtocol)
      #expect(ContinuousClock.now - start < .seconds(3))
    }
  }

  @Test(arguments: Kind.allCases)
  func aServerThatTakesNoConnection(_ kind: Kind) async throws {
    try await FakeServer.running(.full) { endpoint in
      let start = ContinuousClock.now
      #expect(await kind.failure(endpoint, within: .milliseconds(300))?.reason == .timeout)
      #expect(ContinuousClock.now - start < .seconds(3))
    }
  }

  @Test(arguments: Kind.allCases)
  func aWebServer(_ kind: Kind) async throws {
    try await FakeServer.running(.http) { endpoint in
      // MySQL's client waits for the server, and a web server for its client.
      let failure = await kind.failure(endpoint, within: .seconds(kind == .mysql ? 0.3 : 20))
      #expect(failure?.reason == (kind == .mysql ? .silent : .wrongProtocol))
      if kind != .mysql { #expect(failure?.message.hasPrefix("an HTTP server answers at \(endpoint), not ") == true) }
    }
  }

  @Test(arguments: Kind.allCases)
  func aServerThatClosesAtOnce(_ kind: Kind) async throws {
    try await FakeServer.running(.closing) { endpoint in
      #expect(await kind.failure(endpoint)?.reason == .wrongProtocol)
    }
  }

  @Test(arguments: Kind.allCases)
  func endlessGarbage(_ kind: Kind) async throws {
    let pieces: [[UInt8]] = [
      Array("garbage ".utf8), [0], [0xFF], [10], Array("$65536\r\n".utf8), Array("-ERR \u{1B}[31m\r\n".utf8),
    ]
    for piece in pieces {
      try await FakeServer.running(.endless(piece)) { endpoint in
        let failure = try #require(await kind.failure(endpoint))
        #expect(failure.reason == .wrongProtocol || failure.reason == .system, "\(failure)")
        #expect(failure.message.utf8.count < 500 && failure.message.utf8.allSatisfy { $0 >= 0x20 })
        #expect(!failure.message.contains("Geheimnis"))
      }
    }
  }

  /// Noise never crashes a probe. The seed is fixed, so that a failure comes again.
  @Test(arguments: Kind.allCases)
  func noise(_ kind: Kind) async throws {
    var state: UInt64 = 42
    for round in 0..<60 {
      var bytes: [UInt8] = []
      for _ in 0..<(round * 3) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(UInt8(truncatingIfNeeded: state >> 33))
      }
      try await FakeServer.running(.greeting(bytes, closes: true)) { endpoint in
        let failure = await kind.failure(endpoint)
        #expect(failure?.message.utf8.allSatisfy { $0 >= 0x20 } == true)
      }
    }
  }

  @Test(arguments: Kind.allCases)
  func nobodyListens(_ kind: Kind) async throws {
    let endpoint = Endpoint.tcp(host: "127.0.0.1", port: try LoopbackServerSocket.freePort())
    #expect(await kind.failure(endpoint)?.reason == .refused)
    #expect(await kind.failure(.tcp(host: "no-such-host.invalid", port: 1))?.reason == .dns)
    #expect(await kind.failure(.unix(path: "/no/such.sock"))?.reason == .missing)
  }

  @Test func theConnectionProbeWantsOnlyAListener() async throws {
    try await FakeServer.running(.silent) { endpoint in try await ConnectionProbe(endpoint: endpoint).answer() }
    let port = try LoopbackServerSocket.freePort()
    #expect(await ConnectionProbe(endpoint: .tcp(host: "127.0.0.1", port: port)).failure()?.reason == .refused)
  }

  /// A TLS alert, as a TLS server answers plain text.
  @Test(arguments: [Kind.memcached, .redis, .postgresql])
  func aServerThatSpeaksOnlyTLS(_ kind: Kind) async throws {
    try await FakeServer.running(.answering { _ in [21, 3, 1, 0, 2, 2, 70] }) { endpoint in
      #expect(await kind.failure(endpoint)?.reason == .tlsRequired)
    }
  }

  @Test func reasonsAreWrittenAsReportsShowThem() {
    #expect(
      ProbeFailure.Reason.allCases.map(\.rawValue) == [
        "dns", "refused", "timeout", "silent", "wrong-protocol", "tls-required", "tls-failed", "authentication",
        "no-database", "no-grant", "too-old", "read-only", "missing", "corrupt", "system",
      ])
  }
}
