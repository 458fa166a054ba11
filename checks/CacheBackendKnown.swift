import Diagnostics
import Doctor
import Knowledge
import Packaging
import Project

/// BACKEND names a class that this Django has.
struct CacheBackendKnown: Check {
  let documentation = CheckDocumentation(
    id: "cache-backend", area: .cache, reach: .static, severity: .error,
    title: "the cache backends exist",
    what: """
      Compares BACKEND of each cache with the backends of this Django, of well-known packages and of the project: one that \
      was removed, came later, or is misspelt.
      """,
    why: """
      Django imports a backend at the first use of the cache, so that a page fails and no command does. MemcachedCache is \
      gone since Django 4.1, PyMemcacheCache came with 3.2, RedisCache with 4.0.
      """,
    example: "'BACKEND': 'django.core.cache.backends.memcached.MemcachedCache' with Django 5.2",
    remedy: "'BACKEND': 'django.core.cache.backends.memcached.PyMemcacheCache', and pip install pymemcache")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.inCaches { cache in
      let backends = cache.alternatives(of: "BACKEND").filter { !$0.isNone }
      if backends.isEmpty { return withoutBackend(cache, in: context) }
      return backends.flatMap { value -> [CheckResult] in
        guard let backend = value.text else {
          let reason = value.unknownReason ?? "not a string"
          return [CheckResult(.unknown, cache.alias, "BACKEND is not known: \(reason)", at: value.location)]
        }
        return judge(backend, of: cache.alias, at: value.location, in: context)
      }
    }
  }

  private func withoutBackend(_ cache: CacheSettings, in context: CheckContext) -> [CheckResult] {
    // What a URL that is not set leaves behind.
    guard case .dictionary(let entries) = cache.values.content, !entries.isEmpty || cache.alias != "default" else {
      return []
    }
    let isKnown = !cache.isOpen && entries.allSatisfy { $0.value.unknownReason == nil && $0.value.variable == nil }
    return [
      CheckResult(
        isKnown && !entries.isEmpty ? context.status(self) : .unknown, cache.alias, "BACKEND is not set",
        remedy: "add 'BACKEND': '\(CacheBackend.home).locmem.LocMemCache' or another", at: cache.location(of: "BACKEND")
      )
    ]
  }

  private func judge(_ backend: String, of alias: String, at location: Location, in context: CheckContext)
    -> [CheckResult]
  {
    func wrong(_ message: String, _ remedy: String) -> [CheckResult] {
      [CheckResult(context.status(self), alias, message, remedy: remedy, at: location)]
    }
    let shown = Escaping.text(backend)
    if let builtin = CacheBackend(builtin: backend) { return inTime(builtin, shown, alias, at: location, in: context) }
    if backend.hasPrefix("django.") {
      return wrong(
        "there is no \(shown) in Django", hint(backend, CacheBackend.builtins.map { "\(CacheBackend.home).\($0)" }))
    }
    guard backend.contains(".") else {
      return wrong(
        "\(shown) is no dotted path", hint(backend, CacheBackend.builtins.map { "\(CacheBackend.home).\($0)" }))
    }
    let first = String(backend.prefix { $0 != "." })
    if backend.contains("-") {
      let module = String(first.map { $0 == "-" ? "_" : $0 })
      let remedy =
        CacheBackend.others[module].map { hint(backend, $0) } ?? "write the name of the module, not that of the package"
      return wrong("a hyphen stands in \(shown), and no module has one", remedy)
    }
    if let classes = CacheBackend.others[first], !context.code.provides(first), !classes.contains(backend) {
      return wrong("\(first) has no \(shown)", hint(backend, classes))
    }
    switch context.code.definition(of: backend) {
    case .missing(let name, let file):
      return wrong("\(file) has no \(Escaping.text(name))", "correct BACKEND, or define the class")
    case .missingModule:
      return wrong("there is no module for \(shown) in the project", "correct BACKEND, or add the module")
    case .module(let file):
      return wrong("\(file) is a module and no cache", "add the class to the path: \(shown).Cache")
    case .external where context.mayBeMisspelt(first):
      let known =
        CacheBackend.others.values.flatMap(\.self).sorted() + CacheBackend.builtins.map { "\(CacheBackend.home).\($0)" }
      guard let meant = Suggestion.closest(to: backend, among: known) else { return [] }
      return wrong("there is no package \(Escaping.text(first))", "did you mean \(meant)?")
    default: return []
    }
  }

  private func hint(_ backend: String, _ names: [String]) -> String {
    let last = backend.split(separator: ".").last.map(String.init) ?? ""
    let lasts = names.map { String($0.split(separator: ".").last ?? "") }
    let meant =
      Suggestion.closest(to: last, among: lasts).flatMap { close in names.first { $0.hasSuffix(".\(close)") } }
      ?? Suggestion.closest(to: backend, among: names)
    return meant.map { "did you mean '\($0)'?" } ?? "'\(names[0])' is one that there is"
  }

  /// Whether this Django has a backend that others have.
  private func inTime(
    _ backend: CacheBackend, _ shown: String, _ alias: String, at location: Location, in context: CheckContext
  ) -> [CheckResult] {
    guard backend.first != nil || backend.removed != nil else { return [] }
    let name = String(shown.split(separator: ".").last ?? "")
    guard let series = context.likelyDjango?.series else {
      if let django = context.django { return unlisted(django, backend, name, alias, at: location, in: context) }
      return [
        CheckResult(
          .unknown, alias, "whether Django has \(name) depends on its version, which is not known", at: location)
      ]
    }
    return outOfTime(series, context.djangoName, backend, name, alias, at: location, in: context)
  }

  /// Newer or older than every series that is known.
  private func unlisted(
    _ django: Version, _ backend: CacheBackend, _ name: String, _ alias: String, at location: Location,
    in context: CheckContext
  ) -> [CheckResult] {
    outOfTime(django, "Django \(django)", backend, name, alias, at: location, in: context)
  }

  private func outOfTime(
    _ version: Version, _ django: String, _ backend: CacheBackend, _ name: String, _ alias: String,
    at location: Location, in context: CheckContext
  ) -> [CheckResult] {
    if let removed = backend.removed, version >= removed {
      return [
        CheckResult(
          context.status(self), alias, "\(name) was removed in Django \(removed), and \(django) runs this project",
          remedy: "'BACKEND': '\(CacheBackend.home).memcached.PyMemcacheCache', and pip install pymemcache",
          at: location,
          evidence: ["removed": removed.description])
      ]
    }
    if let first = backend.first, version < first {
      let other =
        name == "RedisCache"
        ? "'django_redis.cache.RedisCache', and pip install django-redis"
        : "'\(CacheBackend.home).memcached.PyLibMCCache', and pip install pylibmc"
      return [
        CheckResult(
          context.status(self), alias, "\(name) came with Django \(first), and \(django) runs this project",
          remedy: "'BACKEND': \(other)", at: location, evidence: ["first": first.description])
      ]
    }
    return []
  }
}
