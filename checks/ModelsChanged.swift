import Diagnostics
import Doctor
import Project

/// The models of each app are those that its migrations make.
struct ModelsChanged: Check {
  let documentation = CheckDocumentation(
    id: "models-changed", area: .database, reach: .project, severity: .warning,
    title: "migrations for all changes of models",
    what: """
      Compares the models with the migrations as `makemigrations --check` does, with the project's interpreter in a process \
      of its own (--live); nothing is written.
      """,
    why: "A model that was changed without a migration fails at the first query: no such column.",
    example: "class Question(models.Model):\n    votes = models.IntegerField(default=0)    # no migration adds it",
    remedy: "python manage.py makemigrations")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard context.project.settings != nil else { return [CheckResult(.skipped, "models", "no Django settings found")] }
    let report = try await context.live.report()
    guard report.settings == nil, report.apps.isEmpty, report.django != nil else {
      return [CheckResult(.skipped, "models", "the apps cannot be loaded: see app-registry and settings-import")]
    }
    if let lost = report.lost.first(where: { $0.subject == "migrations" }) {
      return [CheckResult(.unknown, "models", "\(lost.type): \(lost.text)", at: lost.location)]
    }
    return report.changes.map { change in
      let more = change.operations.count > 3 ? " and \(change.operations.count - 3) more" : ""
      return CheckResult(
        .warning, change.app,
        "no migration for: \(change.operations.prefix(3).joined(separator: "; "))\(more)",
        remedy: "python manage.py makemigrations \(change.app)", at: change.location)
    }
  }
}
