import Diagnostics
import Doctor
import Project
import PythonSource

/// The app that finds static files is installed where there are any.
struct StaticfilesApp: Check {
  let documentation = CheckDocumentation(
    id: "staticfiles-app", area: .project, reach: .static, severity: .warning, judgesServedSettings: true,
    title: "django.contrib.staticfiles is installed where it is needed",
    what: """
      Looks for django.contrib.staticfiles in INSTALLED_APPS where STATICFILES_DIRS names folders, an installed app has \
      a folder static, a template uses {% static %}, or the admin is installed.
      """,
    why: "Without it runserver serves none of them and there is no collectstatic: pages come without their styles.",
    example: "INSTALLED_APPS = ['polls'] with polls/static/polls/style.css",
    remedy: "add 'django.contrib.staticfiles' to INSTALLED_APPS")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let settings = context.settings, let value = settings["INSTALLED_APPS"] else { return [] }
    guard let (apps, isComplete) = context.project.apps else {
      return [context.undetermined("INSTALLED_APPS", in: settings)]
    }
    if apps.contains(where: { isStaticfiles($0, context) }) { return [] }
    guard let need = need(apps, context) else { return [] }
    if !isComplete || value.alternatives.count > 1 || settings.limit != nil && value.isOptional {
      return [
        CheckResult(
          .unknown, "INSTALLED_APPS", "not all of it is known: \(value.unknownReason ?? "an entry")", at: value.location
        )
      ]
    }
    return [
      CheckResult(
        context.status(self), "django.contrib.staticfiles", "not in INSTALLED_APPS, and \(need)",
        remedy: "add 'django.contrib.staticfiles' to INSTALLED_APPS", at: value.location)
    ]
  }

  private func isStaticfiles(_ app: InstalledApp, _ context: CheckContext) -> Bool {
    if app.module == "django.contrib.staticfiles" || app.entry.hasPrefix("django.contrib.staticfiles.") { return true }
    // A configuration of the project's own that derives from Django's.
    guard case .class(let type, _) = context.code.definition(of: app.entry) else { return false }
    return type.bases.contains { $0.lastName == "StaticFilesConfig" }
  }

  private func need(_ apps: [InstalledApp], _ context: CheckContext) -> String? {
    if let folder = context.project.staticDirectories.folders.first(where: \.isCertain) {
      return "STATICFILES_DIRS names \(Escaping.text(context.display(context.project.root.appending(folder.folder))))"
    }
    for folder in context.project.staticAppFolders.map(\.folder) {
      if context.project.tree.otherFiles.contains(where: { $0.isBelow(folder) }) { return "\(folder) holds files" }
    }
    if apps.contains(where: { $0.module == "django.contrib.admin" && !$0.isOptional }) {
      return "the admin needs its styles"
    }
    let user = context.project.djangoTemplates.first { path in
      guard let source = context.code.bytes(of: path), source.holds("static") else { return false }
      return TemplateTag.all(in: source).contains { $0.name == "static" }
    }
    return user.map { "\($0) uses {% static %}" }
  }
}
