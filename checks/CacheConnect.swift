import Diagnostics
import Doctor
import Probes
import Project

/// Every cache of the settings can be reached.
struct CacheConnect: Check {
  let documentation = CheckDocumentation(
    id: "cache-connect", area: .cache, reach: .network, severity: .error,
    title: "the caches answer",
    what: """
      Asks memcached for its version and Redis for a PONG, with the password and database of the settings.
      """,
    why: """
      Django connects to a cache at its first use: a wrong port, password or database index shows only under load, and \
      several memcached clients hide it for good.
      """,
    example: "'LOCATION': 'redis://127.0.0.1:6379/16' on a server with 16 databases, 0 to 15",
    remedy: "start the server, or correct LOCATION")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let settings = context.project.settings else {
      return [CheckResult(.skipped, "CACHES", "no Django settings found")]
    }
    guard let caches = settings.values.caches else {
      guard let value = settings.values["CACHES"] else { return [CheckResult(.skipped, "CACHES", "not set")] }
      return [
        CheckResult(.unknown, "CACHES", "not known: \(value.unknownReason ?? "not a dictionary")", at: value.location)
      ]
    }
    return await withTaskGroup(of: [CheckResult].self) { group in
      let counts = Dictionary(grouping: caches, by: \.alias).mapValues(\.count)
      for cache in caches where counts[cache.alias] == 1 { group.addTask { await check(cache, in: context) } }
      for (alias, choices) in Dictionary(grouping: caches, by: \.alias) where choices.count > 1 {
        let places = choices.map { "\($0.backend ?? "not known") (\($0.values.location))" }.joined(separator: " or ")
        group.addTask {
          [CheckResult(.unknown, alias, "set under a condition: \(places)", at: choices[0].values.location)]
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
  }

  private func check(_ cache: CacheSettings, in context: CheckContext) async -> [CheckResult] {
    guard let backend = cache.backend else {
      return [CheckResult(.unknown, cache.alias, "BACKEND is not known", at: cache.location(of: "BACKEND"))]
    }
    let name = String(backend.split(separator: ".").last ?? "")
    if name == "LocMemCache" || name == "DummyCache" { return [CheckResult(.ok, cache.alias, "")] }
    guard let locations = cache.locations else {
      let reason = cache["LOCATION"]?.unknownReason ?? "not a string or a list of strings"
      return [
        CheckResult(.unknown, cache.alias, "LOCATION is not known: \(reason)", at: cache.location(of: "LOCATION"))
      ]
    }
    if backend.contains("memcached") || name.lowercased().contains("memcache") {
      return await checkMemcached(cache, locations, in: context)
    }
    if name == "RedisCache" { return await checkRedis(cache, locations, in: context) }
    // cache-table and cache-location look at these.
    if name == "DatabaseCache" || name == "FileBasedCache" { return [CheckResult(.ok, cache.alias, "")] }
    return [
      CheckResult(.unknown, cache.alias, "how to reach \(backend) is not known", at: cache.location(of: "BACKEND"))
    ]
  }

  private func failed(_ cache: CacheSettings, _ failure: ProbeFailure, _ remedy: String) -> CheckResult {
    CheckResult(
      .error, cache.alias, failure.message, remedy: remedy, at: cache.location(of: "LOCATION"),
      evidence: ["reason": failure.reason.rawValue])
  }

  private func badLocation(_ cache: CacheSettings, _ example: String) -> CheckResult {
    // The text stays out: a malformed address may hold a password.
    CheckResult(
      .error, cache.alias, "LOCATION is not an address", remedy: "write it like \(example)",
      at: cache.location(of: "LOCATION"))
  }

  private func checkMemcached(
    _ cache: CacheSettings, _ locations: [String], in context: CheckContext
  ) async -> [CheckResult] {
    if locations.isEmpty { return [badLocation(cache, "127.0.0.1:11211")] }
    var results: [CheckResult] = []
    for location in locations {
      guard let endpoint = ServerAddress.memcached(location) else {
        results.append(badLocation(cache, "127.0.0.1:11211"))
        continue
      }
      switch await context.run(MemcachedProbe(endpoint: endpoint)) {
      case .success(let answer):
        results.append(
          CheckResult(
            .ok, cache.alias, "memcached \(answer.version) at \(endpoint)", at: cache.location(of: "LOCATION")))
      case .failure(let failure): results.append(failed(cache, failure, "start memcached, or correct LOCATION"))
      }
    }
    return results
  }

  private func checkRedis(_ cache: CacheSettings, _ locations: [String], in context: CheckContext) async
    -> [CheckResult]
  {
    if locations.isEmpty { return [badLocation(cache, "redis://127.0.0.1:6379/0")] }
    let options = cache["OPTIONS"]
    if let hidden = [options, options?["PASSWORD"], options?["password"]].compactMap(\.self).first(where: {
      $0.unknownReason != nil
    }) {
      let reason = hidden.unknownReason ?? ""
      return [CheckResult(.unknown, cache.alias, "the password is not known: \(reason)", at: hidden.location)]
    }
    let optionPassword = (options?["PASSWORD"] ?? options?["password"])?.text.map { Secret($0) }
    var results: [CheckResult] = []
    for location in locations {
      guard let url = RedisURL(location) else {
        results.append(badLocation(cache, "redis://127.0.0.1:6379/0"))
        continue
      }
      if url.usesTLS {
        results.append(
          CheckResult(
            .unknown, cache.alias, "\(url.endpoint) speaks TLS, which this check does not yet",
            at: cache.location(of: "LOCATION")))
        continue
      }
      let probe = RedisProbe(
        endpoint: url.endpoint, username: url.username ?? options?["username"]?.text,
        password: url.password ?? optionPassword,
        database: url.database ?? options?["db"]?.scalarText.flatMap { Int($0) })
      switch await context.run(probe) {
      case .success(let answer):
        let version = answer.version.map { " \($0)" } ?? ""
        results.append(
          CheckResult(.ok, cache.alias, "Redis\(version) at \(url.endpoint)", at: cache.location(of: "LOCATION")))
      case .failure(let failure):
        results.append(failed(cache, failure, "start Redis, or correct LOCATION (address, password, database index)"))
      }
    }
    return results
  }
}
