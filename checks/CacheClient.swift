import Diagnostics
import Doctor
import Knowledge
import Manifests
import Packaging
import Project
import PythonEnvironment

/// Each cache has the package that it talks through.
struct CacheClient: Check {
  let documentation = CheckDocumentation(
    id: "cache-client", area: .cache, reach: .static, severity: .error,
    title: "the cache clients are there",
    what: """
      Looks for what each backend imports among what is installed, or declared where there is no environment: pymemcache, \
      pylibmc, python-memcached, redis, django-redis and others.
      """,
    why: "A backend is named by a text, so nothing imports its package until the first page that uses the cache.",
    example: "'BACKEND': 'django_redis.cache.RedisCache' without django-redis among the requirements",
    remedy: "python -m pip install the package, and add it to the requirements")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.inCaches { cache in
      let backends = cache.alternatives(of: "BACKEND")
      // Of several backends some may never be used.
      guard backends.count == 1, let value = backends.first, value.variable == nil, let backend = value.text else {
        return []
      }
      let clients = clients(of: backend, in: context)
      if clients.isEmpty { return [] }
      let name = String(backend.split(separator: ".").last ?? "")
      guard let present = context.present(clients) else {
        return [
          CheckResult(
            .unknown, cache.alias,
            "no environment and no requirements tell of \(clients[0]), which \(Escaping.text(name)) needs",
            at: value.location)
        ]
      }
      if !present.isEmpty { return [] }
      // What a manifest does not write out may bring it.
      let bringer = context.possibleBringer(of: clients)
      let isCertain = (context.environment != nil || context.declared.findings.isEmpty) && bringer == nil
      let hope = bringer.map { ", unless \($0) brings it" } ?? ""
      let place = context.environment?.displayName ?? "the requirements"
      return [
        CheckResult(
          isCertain ? context.status(self) : .unknown, cache.alias,
          "\(Escaping.text(name)) needs \(clients[0]), which is not in \(place)\(hope)",
          remedy: "\(context.pip) install \(clients[0])", at: value.location)
      ]
    }
  }

  /// What a backend needs; nothing for one that cache-backend refuses, or that is the project's own.
  private func clients(of backend: String, in context: CheckContext) -> [PackageName] {
    if let builtin = CacheBackend(builtin: backend) {
      let series = context.likelyDjango?.series
      if let removed = builtin.removed, series.map({ $0 >= removed }) ?? false { return [] }
      if let first = builtin.first, series.map({ $0 < first }) ?? false { return [] }
      return builtin.clients
    }
    let first = String(backend.prefix { $0 != "." })
    if first == "django" || context.code.provides(first) || !backend.contains(".") { return [] }
    return ModuleTable.distributions(providing: first, in: [.django])
  }
}
