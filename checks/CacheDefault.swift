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
      guard let value = settings["CACHES"], value.alternatives.contains(where: { !$0.entries.isEmpty }) else {
        if let value = settings["CACHES"], case .dictionary = value.content {
          return [missing(among: [], at: value.location)]
        }
        return [context.undetermined("CACHES", in: settings)]
      }
      return value.alternatives.flatMap { alternative -> [CheckResult] in
        guard case .dictionary(let entries) = alternative.content else { return [] }
        if entries.contains(where: { $0.key == "default" }) { return [] }
        if entries.contains(where: { $0.key == "**" }) {
          return [CheckResult(.unknown, "CACHES", "not all of its aliases are known", at: alternative.location)]
        }
        let keys = entries.map(\.key)
        let close = Suggestion.closest(to: "default", among: keys)
        let place = close.flatMap { close in entries.first { $0.key == close }?.value.location }
        return [missing(among: keys, at: place ?? alternative.location)]
      }
    }
  }

  private func missing(among keys: [String], at location: Location) -> CheckResult {
    if let close = Suggestion.closest(to: "default", among: keys) {
      return CheckResult(
        .error, "default", "there is no cache of that name, but \(Escaping.text(close))",
        remedy: "rename \(Escaping.text(close)) to default", at: location)
    }
    let others = keys.isEmpty ? "CACHES is empty" : "only \(keys.map { Escaping.text($0) }.joined(separator: ", "))"
    return CheckResult(
      .error, "default", "there is no cache of that name: \(others)",
      remedy: "add 'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}, or rename one", at: location
    )
  }
}
