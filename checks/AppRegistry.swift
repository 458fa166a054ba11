import Diagnostics
import Doctor
import Project

/// Every app can be imported with its models, and the routes too.
struct AppRegistry: Check {
  let documentation = CheckDocumentation(
    id: "app-registry", area: .project, reach: .project, severity: .error,
    title: "the apps and routes can be imported",
    what: """
      Loads each entry of INSTALLED_APPS by itself, then all of them with their models, then the routes, with the \
      project's interpreter in a process of its own (--live).
      """,
    why: "Django stops at the first app that cannot be loaded; here all that fail are named at once.",
    example: "INSTALLED_APPS = ['polls', 'rest_framwork']    # No module named 'rest_framwork'",
    remedy: "correct the entry, or install what it names")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard context.project.settings != nil else {
      return [CheckResult(.skipped, "INSTALLED_APPS", "no Django settings found")]
    }
    let report = try await context.live.report()
    if report.settings != nil || report.django == nil {
      return [CheckResult(.skipped, "INSTALLED_APPS", "see settings-import")]
    }
    let entries = context.project.apps?.apps ?? []
    var results = report.apps.map { problem in
      CheckResult(
        .error, problem.subject.isEmpty ? "apps" : problem.subject, "\(problem.type): \(problem.text)",
        remedy: remedy(problem),
        at: problem.location ?? entries.first { $0.entry == problem.subject }?.location)
    }
    if let problem = report.routes {
      results.append(
        CheckResult(
          .error, "routes", "\(problem.type): \(problem.text)", remedy: remedy(problem), at: problem.location))
    }
    return results
  }

  private func remedy(_ problem: LiveReport.Problem) -> String {
    problem.module.map { "correct the name, or install what provides it: envtool explain \($0)" }
      ?? "correct the line that is named"
  }
}
