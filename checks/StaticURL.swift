import Diagnostics
import Doctor
import Project

/// The URLs of static and media files end with a slash.
struct StaticURL: Check {
  let documentation = CheckDocumentation(
    id: "static-url", area: .project, reach: .static, severity: .error, judgesServedSettings: true,
    title: "STATIC_URL ends with a slash",
    what: """
      Looks at the last character of STATIC_URL and MEDIA_URL, and whether STATIC_URL is set where \
      django.contrib.staticfiles is installed.
      """,
    why: "Django refuses such settings: \"If set, STATIC_URL must end with a slash\".",
    example: "STATIC_URL = '/static'",
    remedy: "STATIC_URL = '/static/'")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.inSettings("STATIC_URL") { settings in
      ["STATIC_URL", "MEDIA_URL"].flatMap { name -> [CheckResult] in
        guard let value = settings[name] else { return unset(name, settings, context) }
        return value.alternatives.compactMap { alternative in
          guard let text = alternative.text else {
            if let end = context.code.writtenEnd(of: name, at: alternative.location), !end.hasSuffix("/") {
              return CheckResult(
                context.status(self), name, "\(name) ends with \(Escaping.text(end)) and not with a slash",
                remedy: "add a slash at its end", at: context.project.place(of: alternative, in: name))
            }
            if case .unknown(let reason) = alternative.content {
              return CheckResult(.unknown, name, "not known: \(Escaping.text(reason))", at: value.location)
            }
            return nil
          }
          if text.isEmpty || text.hasSuffix("/") { return nil }
          let shown = alternative.isSecret ? name : "\(name) is \(Escaping.text(text)), which"
          return CheckResult(
            context.status(self), name, "\(shown) does not end with a slash", remedy: "add a slash at its end",
            at: context.project.place(of: alternative, in: name),
            fix: alternative.isSecret ? nil : context.fix(literal: text, at: alternative.location, to: "\(text)/"))
        }
      }
    }
  }

  private func unset(_ name: String, _ settings: Settings, _ context: CheckContext) -> [CheckResult] {
    guard name == "STATIC_URL", settings.limit == nil, let apps = context.project.apps?.apps,
      let app = apps.first(where: { $0.module == "django.contrib.staticfiles" && !$0.isOptional })
    else { return [] }
    return [
      CheckResult(
        context.status(self), name, "\(app.entry) is installed and STATIC_URL is not set",
        remedy: "add STATIC_URL = '/static/'", at: Location(path: settings.path))
    ]
  }
}
