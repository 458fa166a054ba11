import Diagnostics
import Doctor
import Project

/// What Django's own checks say.
struct DjangoCheck: Check {
  let documentation = CheckDocumentation(
    id: "django-check", area: .project, reach: .project, severity: .error,
    title: "Django's own checks",
    what: """
      Runs Django's system checks with the project's interpreter in a process of its own (--live), those for deployment \
      too under --profile production, and shows what they say with their ids. What another check says already is left \
      out.
      """,
    why: "They know models, admin classes and fields better than any reader of files.",
    example: "polls.Question.author: (fields.E304) Reverse accessor clashes with another one",
    remedy: "as the hint of the message says")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard context.project.settings != nil else { return [CheckResult(.skipped, "django", "no Django settings found")] }
    let report = try await context.live.report()
    guard report.settings == nil, report.apps.isEmpty, report.django != nil else {
      return [CheckResult(.skipped, "django", "the apps cannot be loaded: see app-registry and settings-import")]
    }
    return report.messages.filter { $0.level >= 30 }.map { message in
      CheckResult(
        message.level >= 40 ? .error : .warning, message.id.isEmpty ? message.object : message.id,
        message.object.isEmpty ? message.text : "\(message.object): \(message.text)",
        remedy: message.hint.isEmpty ? nil : message.hint, at: message.location, evidence: ["django": message.id])
    }
  }
}
