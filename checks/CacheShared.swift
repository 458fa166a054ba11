import Diagnostics
import Doctor
import Project

/// What several processes must share is not kept in the memory of one.
struct CacheShared: Check {
  let documentation = CheckDocumentation(
    id: "cache-shared", area: .cache, reach: .static, severity: .warning, isErrorInProduction: true,
    title: "workers share their cache",
    what: """
      Where a process file, uWSGI's or gunicorn's configuration starts several processes: looks for caches in the memory of \
      each, first for the one that holds the sessions.
      """,
    why: """
      Each process has a LocMemCache of its own: what one stores or deletes the others do not see. Sessions that are kept \
      there end at every other request, and limits count in each process anew.
      """,
    example: "processes = 4 in uwsgi.ini, and 'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'",
    remedy: "use Redis, memcached or the database for it")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard
      let server = context.deployments.filter({ ($0.processes ?? 1) > 1 }).max(by: {
        $0.processes ?? 1 < $1.processes ?? 1
      })
    else { return [CheckResult(.skipped, "CACHES", "nothing starts several processes")] }
    guard let settings = served(in: context) else {
      return [CheckResult(.skipped, "CACHES", "no Django settings found")]
    }
    let sessions = sessionAlias(in: settings)
    guard let value = settings["CACHES"] else {
      // Django's own default is a LocMemCache.
      guard sessions == "default", settings.limit == nil, let engine = settings["SESSION_ENGINE"] else { return [] }
      return [result("default", holdsSessions: true, server, at: engine.location, in: context)]
    }
    guard let caches = settings.caches else {
      return [
        CheckResult(.unknown, "CACHES", "not known: \(value.unknownReason ?? "not a dictionary")", at: value.location)
      ]
    }
    return Dictionary(grouping: caches, by: \.alias).sorted { $0.key < $1.key }.compactMap { alias, choices in
      let backends = choices.flatMap { $0.alternatives(of: "BACKEND") }
      // What an environment variable decides may be another cache where the project is served.
      guard !backends.isEmpty, choices.allSatisfy({ $0.values.variable == nil }),
        backends.allSatisfy({ $0.variable == nil && $0.text.map(isInMemory) == true }),
        let place = backends.first,
        // Beside a cache that is shared, one that is not is meant.
        alias == "default" || alias == sessions || isSharedByNone(caches),
        !isOtherElsewhere(alias, than: settings, in: context)
      else { return nil }
      return result(alias, holdsSessions: alias == sessions, server, at: place.location, in: context)
    }
  }

  private func result(
    _ alias: String, holdsSessions: Bool, _ server: Deployment, at location: Location, in context: CheckContext
  ) -> CheckResult {
    let count = server.processes ?? 2
    let place = server.location
    let message =
      holdsSessions
      ? "the sessions are kept in the memory of one process, while \(server.program) starts \(count) (\(place))"
      : "each of the \(count) processes that \(server.program) starts (\(place)) has this cache for itself"
    return CheckResult(context.status(self), alias, message, remedy: documentation.remedy, at: location)
  }

  /// Whether the cache `default` is in memory too, or there is none.
  private func isSharedByNone(_ caches: [CacheSettings]) -> Bool {
    let backends = caches.filter { $0.alias == "default" }.flatMap { $0.alternatives(of: "BACKEND") }
    return caches.allSatisfy { $0.alias != "default" || $0.values.variable == nil }
      && backends.allSatisfy { $0.variable == nil && $0.text.map(isInMemory) == true }
  }

  private func isInMemory(_ backend: String) -> Bool { CacheBackend(builtin: backend)?.store == .memory }

  /// The alias that sessions are kept in; nil where they are kept elsewhere too.
  private func sessionAlias(in settings: Settings) -> String? {
    guard settings["SESSION_ENGINE"]?.text == "django.contrib.sessions.backends.cache" else { return nil }
    return settings["SESSION_CACHE_ALIAS"]?.text ?? "default"
  }

  /// The settings that a server would use: those that wsgi.py or asgi.py name, else those of manage.py.
  private func served(in context: CheckContext) -> Settings? {
    for (path, module) in context.project.settingsNames where path.name == "wsgi.py" || path.name == "asgi.py" {
      guard let file = context.code.file(ofModule: module) else { continue }
      if let settings = context.project.settingsModules.first(where: { $0.path == file }) { return settings }
    }
    return context.settings
  }

  /// Whether other settings of the project, or another branch of these, keep the cache elsewhere: then those may be what is
  /// served.
  private func isOtherElsewhere(_ alias: String, than settings: Settings, in context: CheckContext) -> Bool {
    let others = context.project.settingsModules.filter { $0.path != settings.path }
    let values =
      others.compactMap { $0["CACHES"] }
      + (others + [settings]).flatMap { $0.history.filter { $0.name == "CACHES" }.map(\.value) }
    return values.flatMap(\.alternatives).compactMap { $0[alias] }.flatMap(\.alternatives).contains { cache in
      guard let backend = cache["BACKEND"] else { return false }
      return backend.alternatives.contains { value in
        guard let text = value.text else { return true }
        return !isInMemory(text) && CacheBackend(builtin: text)?.store != .dummy
      }
    }
  }
}
