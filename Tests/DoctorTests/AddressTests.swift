import Diagnostics
import Host
import Testing

@testable import Doctor

@Suite struct AddressTests {
  @Test(arguments: [
    ("127.0.0.1:11211", Endpoint.tcp(host: "127.0.0.1", port: 11211)),
    ("cache.example", .tcp(host: "cache.example", port: 11211)),
    ("unix:/tmp/memcached.sock", .unix(path: "/tmp/memcached.sock")),
    ("/tmp/memcached.sock", .unix(path: "/tmp/memcached.sock")),
    ("inet:10.0.0.1:22", .tcp(host: "10.0.0.1", port: 22)),
    ("[::1]:11211", .tcp(host: "::1", port: 11211)),
    ("::1", .tcp(host: "::1", port: 11211)),
  ]) func memcached(_ location: String, _ endpoint: Endpoint) { #expect(ServerAddress.memcached(location) == endpoint) }

  @Test(arguments: ["", "host:", "host:port", "host:65536", "[::1]x"]) func notMemcached(_ location: String) {
    #expect(ServerAddress.memcached(location) == nil)
  }

  @Test(
    arguments: [
      ("redis://127.0.0.1:6379/1", Endpoint.tcp(host: "127.0.0.1", port: 6379), nil, nil, 1),
      ("redis://localhost", .tcp(host: "localhost", port: 6379), nil, nil, nil),
      ("redis://", .tcp(host: "localhost", port: 6379), nil, nil, nil),
      ("redis://:p%40ss@h:1/0", .tcp(host: "h", port: 1), nil, "p@ss", 0),
      ("redis://user:a:b@h/2", .tcp(host: "h", port: 6379), "user", "a:b", 2),
      ("redis://h:1?db=3", .tcp(host: "h", port: 1), nil, nil, 3),
      ("unix:///run/redis.sock?db=4", .unix(path: "/run/redis.sock"), nil, nil, 4),
      ("unix://:x@/run/redis.sock", .unix(path: "/run/redis.sock"), nil, "x", nil),
      ("redis://[::1]:6380/0", .tcp(host: "::1", port: 6380), nil, nil, 0),
    ] as [(String, Endpoint, String?, String?, Int?)])
  func redis(_ text: String, _ endpoint: Endpoint, _ user: String?, _ password: String?, _ database: Int?) throws {
    let url = try #require(RedisURL(text))
    #expect(url.endpoint == endpoint && url.username == user && url.database == database && !url.usesTLS)
    #expect(url.password?.revealed == password)
    #expect(!"\(url)".contains("p@ss"))
  }

  @Test func redisOverTLS() { #expect(RedisURL("rediss://h:1/0")?.usesTLS == true) }

  @Test(arguments: ["127.0.0.1:6379", "http://h", "redis://h:x/0", "redis://h/one", "redis://u:99?x@h/0", ""])
  func notRedis(_ text: String) {
    #expect(RedisURL(text) == nil)
  }
}
