import Diagnostics
import Doctor
import Project

/// CACHES has the alias `default`, which Django itself uses.
struct CacheDefault: Check {
  let documentation = CheckDocumentation(
    id: "cache-default", area: .cache, reach: .static, severity: .error,
    title: "CACHES has a default",
    what: "Looks for the alias default in CACHES, as far as its keys can be told without running the settings.",
    why: """
      Django refuses to start a cache without it ("You must define a 'default' cache"), at the first use of a cache: a \
      session, a cached page, a template tag.
      """,
    example: "CACHES = {'defalut': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}",
    remedy: "call one of the aliases default")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.inSettings("CACHES") { settings in
      guard let value = settings["CACHES"] else { return [context.undetermined("CACHES", in: settings)] }
      let dictionaries = value.alternatives.filter { if case .dictionary = $0.content { true } else { false } }
      if dictionaries.isEmpty {
        switch value.content {
        case .list, .string, .number, .boolean:
          return [
            CheckResult(
              .error, "CACHES", "CACHES is no dictionary, and Django takes aliases from one",
              remedy: "write CACHES = {'default': {...}}", at: value.location)
          ]
        default: return [context.undetermined("CACHES", in: settings)]
        }
      }
      return dictionaries.flatMap { look(at: $0, in: context) }
    }
  }

  private func look(at caches: SettingValue, in context: CheckContext) -> [CheckResult] {
    let keys = caches.entries.map(\.key)
    if keys.contains("default") { return [] }
    if keys.contains("**") {
      return [CheckResult(.unknown, "CACHES", "not all of its aliases are known", at: caches.location)]
    }
    guard let close = Suggestion.closest(to: "default", among: keys), let value = caches[close] else {
      let others =
        keys.isEmpty ? "CACHES is empty" : "only \(keys.map { Escaping.text($0) }.joined(separator: ", "))"
      return [
        CheckResult(
          .error, "default", "there is no cache of that name: \(others)",
          remedy: "add 'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}, or rename one",
          at: caches.location)
      ]
    }
    // What a function gives stands where that is written, and the key stands behind the opening bracket.
    let isElsewhere = value.location.path != caches.location.path || value.location < caches.location
    let path = isElsewhere ? caches.location.path : value.location.path
    let key =
      isElsewhere
      ? context.code.literal(close, atOrAfter: caches.location)
      : context.code.literal(close, atOrBefore: value.location)
    let edit = key.flatMap { context.code.edit($0, to: "default", in: path) }
    return [
      CheckResult(
        .error, "default", "there is no cache of that name, but \(Escaping.text(close))",
        remedy: "rename \(Escaping.text(close)) to default",
        at: key.map { context.code.location(of: $0, in: path) } ?? value.location,
        fix: edit.map { CheckFix(path, [$0]) })
    ]
  }
}
