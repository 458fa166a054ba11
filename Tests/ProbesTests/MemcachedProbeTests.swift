import Probes
import TestSupport
import Testing

@Suite(
  "memcached", .enabled(if: RealServer.isInstalled("memcached"), "memcached is not installed"), .timeLimit(.minutes(2)))
struct MemcachedProbeTests {
  @Test(arguments: [false, true])
  func aServerTellsItsVersion(onUnixSocket: Bool) async throws {
    let answer = try await RealServer.memcached(onUnixSocket: onUnixSocket).running { endpoint in
      try await MemcachedProbe(endpoint: endpoint).answer()
    }
    #expect(answer.version.hasPrefix("1."), "\(answer.version)")
  }

  @Test func aServerForUsersOnly() async throws {
    try await RealServer.memcached(users: "user:password\n").running { endpoint in
      let failure = await MemcachedProbe(endpoint: endpoint).failure()
      #expect(failure?.reason == .authentication)
    }
  }

  @Test(
    .enabled(if: RealServer.isInstalled("redis-server"), "redis-server is not installed"), arguments: [nil, "pass"])
  func aRedisServerIsNotMemcached(password: String?) async throws {
    try await RealServer.redis(password: password).running { endpoint in
      let failure = await MemcachedProbe(endpoint: endpoint).failure()
      #expect(failure?.reason == .wrongProtocol)
      #expect(failure?.message.hasPrefix("a Redis server answers at \(endpoint), not memcached: ") == true)
    }
  }
}
