import Diagnostics
import Doctor
import Project

/// A project that is served does not debug.
struct DebugExposed: Check {
  let documentation = CheckDocumentation(
    id: "debug-exposed", area: .project, reach: .static, severity: .warning, isErrorInProduction: true,
    title: "DEBUG is off where the project is served",
    what: """
      Where there is a sign that the project is served (a process file, gunicorn or uWSGI, collectstatic, or --profile \
      production), looks whether DEBUG of the settings that are served is on.
      """,
    why: "Error pages then show settings, queries and source to everybody, and every query is kept in memory.",
    example: "DEBUG = True with gunicorn bound to 0.0.0.0:8000",
    remedy: "DEBUG = os.environ.get('DEBUG') == '1', or DEBUG = False in the settings that are served")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let words = context.deploymentWords
    return context.results(ofServed: "DEBUG", for: self, remedy: "turn DEBUG off, or let the environment decide") {
      settings in
      guard let value = settings["DEBUG"] else {
        return settings.limit.map { .unknown($0, at: Location(path: settings.path)) } ?? .fine
      }
      if value.isOptional { return .unknown("set under a condition", at: value.location) }
      if let variable = alwaysOn(value, in: context) {
        return .exposed(
          "DEBUG is on unless the environment variable \(Escaping.text(variable)) is empty, whatever it says, \(words)",
          at: value.location)
      }
      var message: String?
      for alternative in value.alternatives {
        switch state(of: alternative) {
        case .fine: return .fine
        case .exposed(let text, _): message = message ?? text
        case .unknown(let reason, _): return .unknown(reason, at: value.location)
        }
      }
      return .exposed("\(message ?? "DEBUG is on") \(words)", at: value.location)
    }
  }

  /// The environment variable that switches DEBUG on with any text: `os.environ.get("DEBUG", "False")`. Nil where a file sets
  /// it to an empty one.
  private func alwaysOn(_ value: SettingValue, in context: CheckContext) -> String? {
    guard let expression = context.project.expression(of: "DEBUG", at: value.location),
      let variable = Project.variableWithDefault(expression)
    else { return nil }
    let empty = ["=", "=\"\"", "=''", ": \"\"", ": ''"].map { variable + $0 }
    let isEmptied = context.project.tree.processFiles.contains { file in
      context.code.text(of: file.path)?.textLines.contains { line in
        let text = line.reversed().drop(while: \.isWhitespace).reversed()
        return empty.contains { text.suffix($0.count).elementsEqual($0) }
      } ?? false
    }
    return isEmptied ? nil : variable
  }

  private func state(of value: SettingValue) -> CheckContext.ServedSetting {
    switch value.content {
    // Any text but an empty one is true to Python, whatever it says.
    case .string(let text) where !text.isEmpty:
      let shown = value.isSecret || text.utf8.count > 20 ? "a text" : "the text '\(Escaping.text(text))'"
      return .exposed("DEBUG is \(shown), which counts as on,", at: value.location)
    case .unknown(let reason): return .unknown(reason, at: value.location)
    default: break
    }
    if let variable = value.variable {
      return .unknown("the environment variable \(variable) decides", at: value.location)
    }
    switch value.content {
    case .boolean(true): return .exposed("DEBUG is on", at: value.location)
    case .number(let digits) where digits != "0": return .exposed("DEBUG is \(digits)", at: value.location)
    default: return .fine
    }
  }
}
