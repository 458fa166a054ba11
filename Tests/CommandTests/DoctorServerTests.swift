import Foundation
import Host
import TestSupport
import Testing

/// doctor against real servers, through the program as a user runs it.
@Suite(
  .enabled(if: RealServer.isInstalled("redis-server"), "redis-server is not installed"),
  .enabled(if: RealServer.isInstalled("memcached"), "memcached is not installed"))
struct DoctorServerTests {
  private struct Entry: Decodable {
    let id: String
    let status: String
    let subject: String
    let message: String
    let evidence: [String: String]
  }

  private struct Report: Decodable {
    let schema: String
    let summary: [String: Int]
    let checks: [Entry]

    func entry(_ id: String, _ subject: String) -> Entry? { checks.first { $0.id == id && $0.subject == subject } }
  }

  private func doctor(
    _ variables: [String: String], on project: String = "."
  ) async throws -> (EnvtoolRun, Report) {
    let run = try await EnvtoolRun(["doctor", project, "--format", "json"], variables: variables)
    return (run, try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)))
  }

  @Test func cachesThatAnswer() async throws {
    try await RealServer.redis(password: "s3cret-Pass", databases: 2).running { redis in
      try await RealServer.memcached().running { memcached in
        let variables = ["REDIS_URL": "redis://:s3cret-Pass@\(redis)/1", "MEMCACHED_LOCATION": "\(memcached)"]
        let (run, report) = try await doctor(variables)
        #expect(report.schema == "envtool.doctor/1")
        #expect(report.entry("cache-connect", "redis")?.status == "ok")
        #expect(report.entry("cache-connect", "memcached")?.status == "ok")
        #expect(report.entry("cache-connect", "files")?.status == "ok")
        #expect(!run.output.contains("s3cret-Pass") && !run.errors.contains("s3cret-Pass"))
      }
    }
  }

  @Test func theBrokenTwin() async throws {
    let (run, report) = try await doctor([:], on: "../broken")
    #expect(run.status == 1)
    // What the files tell is not told once more by who asks the server.
    let database = try #require(report.entry("database-sqlite-path", "default"))
    #expect(database.status == "error")
    #expect(database.message == "there is no folder data to hold data/db.sqlite3")
    #expect(report.entry("database-connect", "default") == nil)
    #expect(report.entry("cache-location", "files")?.status == "warning")
    let syntax = try #require(report.entry("source-syntax", "mysite/database_router.py"))
    #expect(syntax.status == "error" && syntax.message.hasPrefix("expected ':'"))
  }

  @Test func aPortThatIsNoneIsNotReplacedByTheUsualOne() async throws {
    let (run, report) = try await doctor(["MYSQL_PORT": "33O6"])
    #expect(run.status == 1)
    #expect(report.entry("database-connect", "soda")?.message == "PORT is 33O6, not a number up to 65535")
  }

  @Test func aPasswordThatIsNotKnownIsNotReplacedByNone() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "settings.py",
      """
      import os
      SECRET_KEY = "x"
      CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": "redis://127.0.0.1:1/0",
                            "OPTIONS": {"PASSWORD": os.environ["NOT_SET_HERE"]}}}
      """)
    let (_, report) = try await doctor([:], on: folder.path)
    let cache = try #require(report.entry("cache-connect", "default"))
    #expect(cache.status == "unknown")
    #expect(cache.message == "the password is not known: the environment variable NOT_SET_HERE is not set")
  }

  /// Addresses put where they do not belong, which makes their passwords look like hosts and paths.
  @Test(arguments: [
    ["MEMCACHED_LOCATION": "user:pl4nted@127.0.0.1:1"], ["MEMCACHED_LOCATION": "pl4nted@h.invalid:5"],
    ["REDIS_URL": "redis://user:pl4nted@h.invalid:x/0"], ["REDIS_URL": "redis://u:pl4/nted@127.0.0.1:1/0"],
    ["REDIS_URL": "redis://pl4nted?x@h.invalid/0"], ["REDIS_URL": "pl4nted@h"],
    ["MYSQL_HOST": "mysql://u:pl4nted@h.invalid"], ["MYSQL_HOST": "u:pl4nted@h.invalid"],
  ]) func noPasswordIsShown(_ variables: [String: String]) async throws {
    for format in ["text", "json"] {
      let run = try await EnvtoolRun(
        ["doctor", "--verbose", "--format", format, "--timeout", "2"], variables: variables)
      #expect(run.status == 1)
      #expect(!(run.output + run.errors).contains("pl4"), "\(run.output)")
    }
  }

  @Test func reasonsOfFailure() async throws {
    try await RealServer.redis(password: "right-Pass", databases: 2).running { redis in
      let wrong = ["REDIS_URL": "redis://:wrong-Pass@\(redis)/1", "MEMCACHED_LOCATION": "\(redis)"]
      let (run, report) = try await doctor(wrong)
      #expect(run.status == 1)
      #expect(report.entry("cache-connect", "redis")?.evidence["reason"] == "authentication")
      #expect(report.entry("cache-connect", "memcached")?.evidence["reason"] == "wrong-protocol")
      #expect(!run.output.contains("wrong-Pass"))
      let (_, outside) = try await doctor(["REDIS_URL": "redis://:right-Pass@\(redis)/7"])
      #expect(outside.entry("cache-connect", "redis")?.evidence["reason"] == "no-database")
    }
  }

  @Test func aSilentServerCostsOnlyItsDeadline() async throws {
    // A fake: no real server can be made to accept and say nothing. That the run ends shows that it did not wait for it.
    try await FakeServer.running(.silent) { endpoint in
      guard case .tcp(let host, let port) = endpoint else { return }
      let run = try await EnvtoolRun(
        ["doctor", "--format", "json", "--timeout", "0.5"],
        variables: ["MYSQL_HOST": host, "MYSQL_PORT": "\(port)", "MEMCACHED_LOCATION": "\(endpoint)"])
      let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
      #expect(report.entry("database-connect", "soda")?.evidence["reason"] == "silent")
      #expect(report.entry("cache-connect", "memcached")?.evidence["reason"] == "silent")
    }
  }
}
