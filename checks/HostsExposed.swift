import Diagnostics
import Doctor
import Project

/// A project that is served names its hosts.
struct HostsExposed: Check {
  let documentation = CheckDocumentation(
    id: "hosts-exposed", area: .project, reach: .static, severity: .warning, isErrorInProduction: true,
    title: "ALLOWED_HOSTS names the hosts that are served",
    what: """
      Where there is a sign that the project is served (a process file, gunicorn or uWSGI, collectstatic, or --profile \
      production), looks whether ALLOWED_HOSTS of the settings that are served is empty.
      """,
    why: """
      With DEBUG off Django answers every request with 400; with DEBUG on it answers localhost alone. The list also \
      keeps forged Host headers out of links and mails.
      """,
    example: "ALLOWED_HOSTS = [] with gunicorn bound to 0.0.0.0:8000",
    remedy: "ALLOWED_HOSTS = ['www.example.com']")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let words = context.deploymentWords
    return context.results(ofServed: "ALLOWED_HOSTS", for: self, remedy: "write the host names into ALLOWED_HOSTS") {
      settings in
      guard let value = settings["ALLOWED_HOSTS"] else {
        let place = Location(path: settings.path)
        if let limit = settings.limit { return .unknown(limit, at: place) }
        return .exposed("ALLOWED_HOSTS is not set \(words)", at: place)
      }
      if value.isOptional { return .unknown("set under a condition", at: value.location) }
      let alternatives = value.alternatives
      if case .string = value.content, value.variable == nil {
        return .exposed("ALLOWED_HOSTS is a text and no list \(words)", at: value.location)
      }
      let areEmpty = alternatives.map { alternative -> Bool? in
        guard alternative.variable == nil else { return nil }
        switch alternative.content {
        // An empty text is the name of no host.
        case .list(let items): return items.allSatisfy { $0.text == "" && $0.variable == nil }
        case .none: return true
        case .unknown: return nil
        default: return false
        }
      }
      if areEmpty.contains(false) { return .fine }
      if areEmpty.contains(nil) {
        let reason = alternatives.lazy.compactMap(\.variable).first.map { "the environment variable \($0) decides" }
        return .unknown(reason ?? value.unknownReason ?? "not a list", at: value.location)
      }
      return .exposed("ALLOWED_HOSTS is empty \(words)", at: value.location)
    }
  }
}
