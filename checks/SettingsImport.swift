import Diagnostics
import Doctor
import Project

/// The settings can be imported.
struct SettingsImport: Check {
  let documentation = CheckDocumentation(
    id: "settings-import", area: .project, reach: .project, severity: .error,
    title: "the settings can be imported",
    what: "Imports the settings with the project's interpreter in a process of its own (--live).",
    why: """
      Nothing starts without them; manage.py shows a long traceback whose one line that matters stands somewhere in the \
      middle.
      """,
    example: "import enviorn    # ModuleNotFoundError",
    remedy: "correct the line that is named, or install what it imports")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let settings = context.project.settings else {
      return [CheckResult(.skipped, "settings", "no Django settings found")]
    }
    let report = try await context.live.report()
    if let lost = report.lost.first(where: { $0.subject == "start" }) {
      let isDjango = lost.module == "django"
      return [
        CheckResult(
          .error, "django", isDjango ? "Django cannot be imported: \(lost.text)" : "\(lost.type): \(lost.text)",
          remedy: isDjango ? "install the requirements in the environment (see dependency-missing)" : nil,
          at: lost.location)
      ]
    }
    guard let problem = report.settings else {
      return [CheckResult(.ok, settings.module, "imported with Django \(report.django ?? "")")]
    }
    return [
      CheckResult(
        .error, settings.module, "\(problem.type): \(problem.text)",
        remedy: problem.module.map { "install what provides \($0): envtool explain \($0)" }
          ?? "correct the line, then `envtool doctor --live --only settings-import`",
        at: problem.location)
    ]
  }
}
