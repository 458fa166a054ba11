import Diagnostics
import Doctor
import Project

/// DATABASES has the alias `default`.
struct DatabaseDefault: Check {
  let documentation = CheckDocumentation(
    id: "database-default", area: .database, reach: .static, severity: .error,
    title: "DATABASES has a default",
    what: "Looks for the alias default in DATABASES, as far as its keys can be told without running the settings.",
    why: """
      Django refuses every command without it ("You must define a 'default' database"). Where each app has a database of \
      its own it may be an empty dictionary.
      """,
    example: "DATABASES = {'defualt': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': BASE_DIR / 'db.sqlite3'}}",
    remedy: "call one of the aliases default, or add 'default': {}")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.inSettings("DATABASES") { settings in
      guard let value = settings["DATABASES"],
        value.alternatives.contains(where: { if case .dictionary = $0.content { true } else { false } })
      else { return [context.undetermined("DATABASES", in: settings)] }
      return value.alternatives.flatMap { alternative -> [CheckResult] in
        // Without any Django makes a default that nothing can be kept in.
        guard case .dictionary(let entries) = alternative.content, !entries.isEmpty,
          !entries.contains(where: { $0.key == "default" })
        else { return [] }
        if entries.contains(where: { $0.key == "**" }) {
          return [CheckResult(.unknown, "DATABASES", "not all of its aliases are known", at: alternative.location)]
        }
        return [missing(among: entries, at: alternative.location)]
      }
    }
  }

  private func missing(among entries: [(key: String, value: SettingValue)], at location: Location) -> CheckResult {
    let keys = entries.map(\.key)
    if let close = Suggestion.closest(to: "default", among: keys) {
      return CheckResult(
        .error, "default", "there is no database of that name, but \(Escaping.text(close))",
        remedy: "rename \(Escaping.text(close)) to default", at: entries.first { $0.key == close }?.value.location)
    }
    return CheckResult(
      .error, "default",
      "there is no database of that name: only \(keys.map { Escaping.text($0) }.joined(separator: ", "))",
      remedy: "rename one of them to default, or add 'default': {} where routers send every app elsewhere", at: location
    )
  }
}
