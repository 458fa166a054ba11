import Diagnostics
import Host
import Probes
import TestSupport
import Testing

@Suite(
  "Redis", .enabled(if: RealServer.isInstalled("redis-server"), "redis-server is not installed"),
  .timeLimit(.minutes(2)))
struct RedisProbeTests {
  @Test(arguments: [false, true])
  func aServerWithoutAPassword(onUnixSocket: Bool) async throws {
    let answer = try await RealServer.redis(onUnixSocket: onUnixSocket, databases: 4).running { endpoint in
      try await RedisProbe(endpoint: endpoint, database: 3).answer()
    }
    let major = answer.version.flatMap { Int($0.prefix { $0 != "." }) }
    #expect(try #require(major) >= 4)
  }

  @Test func databasesThatDoNotExist() async throws {
    try await RealServer.redis(databases: 4).running { endpoint in
      for database in [4, -1, 100_000] {
        let failure = await RedisProbe(endpoint: endpoint, database: database).failure()
        #expect(failure?.reason == .noDatabase)
      }
      _ = try await RedisProbe(endpoint: endpoint, database: 0).answer()
    }
  }

  @Test func passwords() async throws {
    try await RealServer.redis(password: "right-Password").running { endpoint in
      _ = try await RedisProbe(endpoint: endpoint, password: Secret("right-Password"), database: 1).answer()
      _ = try await RedisProbe(endpoint: endpoint, username: "default", password: Secret("right-Password")).answer()
      let wrong: [RedisProbe] = [
        RedisProbe(endpoint: endpoint),
        RedisProbe(endpoint: endpoint, database: 1),
        RedisProbe(endpoint: endpoint, password: Secret("wrong-Secret")),
        RedisProbe(endpoint: endpoint, username: "nobody", password: Secret("right-Password")),
        RedisProbe(endpoint: endpoint, username: "default", password: nil),
      ]
      for probe in wrong {
        let failure = try #require(await probe.failure())
        #expect(failure.reason == .authentication)
        #expect(!failure.description.contains("Password") && !failure.description.contains("Secret"))
      }
    }
  }

  @Test func aPasswordThatTheServerDoesNotHave() async throws {
    try await RealServer.redis().running { endpoint in
      let failure = await RedisProbe(endpoint: endpoint, password: Secret("needless")).failure()
      #expect(failure?.reason == .authentication)
      #expect(failure?.message.contains("has no password, but one is configured") == true)
    }
  }

  /// A user may be kept from INFO, which leaves the version open, and from PING.
  @Test func usersWithFewRights() async throws {
    let users = "--user few on >few-pass +ping +select --user none on >none-pass +select"
    try await RealServer.redis(options: users.split(separator: " ").map(String.init)).running { endpoint in
      let few = RedisProbe(endpoint: endpoint, username: "few", password: Secret("few-pass"), database: 1)
      let answer = try await few.answer()
      #expect(answer.version == nil)
      let none = await RedisProbe(endpoint: endpoint, username: "none", password: Secret("none-pass")).failure()
      #expect(none?.reason == .noGrant)
    }
  }

  @Test func aServerThatTakesNoFurtherClient() async throws {
    let isRefused = try await RealServer.redis(options: ["--maxclients", "1"]).running { endpoint in
      await onOwnThread { isRefusedBesideAnotherClient(endpoint, by: .after(.seconds(20))) }
    }
    #expect(isRefused)
  }

  @Test(.enabled(if: RealServer.isInstalled("memcached"), "memcached is not installed"))
  func aMemcachedServerIsNotRedis() async throws {
    try await RealServer.memcached().running { endpoint in
      let failure = await RedisProbe(endpoint: endpoint, password: Secret("Geheimnis")).failure()
      #expect(failure?.reason == .wrongProtocol)
      #expect(failure?.message.hasPrefix("a memcached server answers at \(endpoint), not Redis: ") == true)
      #expect(failure?.message.contains("Geheimnis") == false)
    }
  }

  /// Holds the only place of the server at `endpoint` while a probe tries to get one.
  private func isRefusedBesideAnotherClient(_ endpoint: Endpoint, by deadline: Deadline) -> Bool {
    while !deadline.hasPassed {
      do {
        let first = try Socket.connect(to: endpoint, by: deadline)
        try first.send(Array("PING\r\n".utf8), by: deadline)
        // The connection that found the server ready may still count.
        if try first.receiveLine(limit: 100, by: deadline) != Array("+PONG".utf8) { continue }
        _ = try RedisProbe(endpoint: endpoint).run(by: deadline)
        return false
      } catch let failure as ProbeFailure {
        return failure.reason == .refused
      } catch {
        continue
      }
    }
    return false
  }
}

/// Fakes: what a server says only in a state that a real one cannot be brought to here, or only in an old version.
@Suite("Redis, fake answers", .timeLimit(.minutes(2))) struct RedisProbeFakeTests {
  @Test(arguments: [
    ("-LOADING Redis is loading the dataset in memory", ProbeFailure.Reason.system),
    ("-MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist on disk", .readOnly),
    ("-READONLY You can't write against a read only replica.", .readOnly),
    ("-MASTERDOWN Link with MASTER is down", .system),
    ("-DENIED Redis is running in protected mode", .authentication),
    ("-ERR invalid password", .authentication),
    ("-ERR unknown command 'PING'", .system),
    ("+", .wrongProtocol), ("+OKAY", .wrongProtocol), ("-", .system), ("$-1", .wrongProtocol), ("", .wrongProtocol),
    ("$99999999999999999999", .wrongProtocol), ("$70000", .wrongProtocol), ("$x", .wrongProtocol),
    ("$4\r\nPONG", .wrongProtocol), ("*1", .wrongProtocol), ("_", .wrongProtocol),
  ])
  func answersToPing(_ line: String, _ reason: ProbeFailure.Reason) async throws {
    try await FakeServer.running(.answering { _ in Array("\(line)\r\n".utf8) }) { endpoint in
      let failure = await RedisProbe(endpoint: endpoint).failure()
      #expect(failure?.reason == reason, "\(String(describing: failure))")
    }
  }

  /// Redis before 6 knows AUTH with one argument only.
  @Test func aServerThatKnowsNoUsers() async throws {
    let behavior = FakeServer.Behavior.answering { request in
      let text = String(decoding: request, as: UTF8.self)
      if text.hasPrefix("*3\r\n$4\r\nAUTH") {
        return Array("-ERR wrong number of arguments for 'auth' command\r\n".utf8)
      }
      if text.hasPrefix("*2\r\n$4\r\nAUTH\r\n$4\r\npass\r\n") { return Array("+OK\r\n".utf8) }
      return Array((text.contains("PING") ? "+PONG\r\n" : "$24\r\nx:1\r\nredis_version:5.0.9\r\n").utf8)
    }
    try await FakeServer.running(behavior) { endpoint in
      let answer = try await RedisProbe(endpoint: endpoint, username: "default", password: Secret("pass")).answer()
      #expect(answer.version == "5.0.9")
    }
  }

  /// What a server repeats of the password never reaches a message, whole, cut or in lines.
  @Test(arguments: ["Geheimnis-12345", "Geheimnis\r\nZeilen-67890", "a", "Geheimnis\"'\u{1B}[31m"])
  func secretsThatComeBack(_ password: String) async throws {
    let answers: [@Sendable ([UInt8]) -> [UInt8]] = [
      { $0 },
      { Array("-ERR ".utf8) + $0.dropFirst(4) },
      { Array("-".utf8) + $0.filter { $0 != 10 } + [10] },
      { Array("HTTP/1.1 400 ".utf8) + $0.reversed().filter { $0 != 10 }.reversed() + [10] },
      { _ in Array("-ERR unknown command `AUTH`, with args beginning with: `\(password.prefix(6))\r\n".utf8) },
      { _ in Array("-WRONGPASS \(password)\(password)\r\n".utf8) },
    ]
    for answer in answers {
      try await FakeServer.running(.answering(answer)) { endpoint in
        let failure = try #require(
          await RedisProbe(endpoint: endpoint, password: Secret(password)).failure(within: .seconds(2)))
        let shown = "\(failure) \(String(reflecting: failure))"
        for part in ["Geheim", "Zeilen", "12345", "67890"] { #expect(!shown.contains(part), "\(shown)") }
        #expect(failure.message.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
      }
    }
  }
}
