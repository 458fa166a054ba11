import Diagnostics
import Doctor
import Project
import PythonSource

/// The folders that STATICFILES_DIRS names are there.
struct StaticDir: Check {
  let documentation = CheckDocumentation(
    id: "static-dir", area: .project, reach: .static, severity: .warning, judgesServedSettings: true,
    title: "the folders in STATICFILES_DIRS are there",
    what: """
      Looks for each folder in STATICFILES_DIRS. One that .gitignore leaves out is made by a tool; one outside the \
      project may be there on another machine.
      """,
    why: "Its files are neither served nor collected, and older Djangos fail over it (FileNotFoundError).",
    example: "STATICFILES_DIRS = [BASE_DIR / 'statics'] beside a folder static",
    remedy: "correct the path, or make the folder")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let settings = context.settings, settings["STATICFILES_DIRS"] != nil else { return [] }
    for value in settings["STATICFILES_DIRS"]?.alternatives ?? [] where value.text != nil {
      return [
        CheckResult(
          context.status(self), "STATICFILES_DIRS", "it is one path and no list", remedy: "write [ and ] around it",
          at: value.location)
      ]
    }
    let (folders, isComplete) = context.project.staticDirectories
    let results = folders.compactMap { folder -> CheckResult? in
      guard folder.isCertain, let value = folder.value else { return nil }
      let place = context.project.place(of: value, in: "STATICFILES_DIRS", index: folder.index)
      guard let result = context.result(ofFolder: value, in: "STATICFILES_DIRS", at: place, for: self) else {
        return nil
      }
      if result.status == context.status(self), isWithoutAssets(context) {
        return CheckResult(
          .unknown, result.subject, "\(result.message), and none of the files that templates name is in this tree",
          remedy: result.remedy, at: place)
      }
      return result
    }
    return isComplete || !results.isEmpty ? results : [unknown(settings, context)]
  }

  /// Whether the tree holds nothing that is served as it is although its templates name much of it: a copy of the sources alone.
  private func isWithoutAssets(_ context: CheckContext) -> Bool {
    let endings = [".css", ".js", ".png", ".jpg", ".svg", ".gif", ".ico", ".woff", ".woff2", ".scss", ".ts"]
    let hasAssets = context.project.tree.otherFiles.contains { path in
      endings.contains { path.bytes.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }
    if hasAssets { return false }
    var names: Set<String> = []
    for path in context.project.djangoTemplates where names.count < 5 {
      guard let source = context.code.bytes(of: path), source.holds("static") else { continue }
      for tag in TemplateTag.all(in: source) where tag.name == "static" {
        if let name = tag.words.first?.literal { names.insert(name) }
      }
    }
    return names.count >= 5
  }

  private func unknown(_ settings: Settings, _ context: CheckContext) -> CheckResult {
    let hidden = settings["STATICFILES_DIRS"]?.items.first { $0.text == nil && $0.items.isEmpty }
    let reason = hidden?.unknownReason ?? settings["STATICFILES_DIRS"]?.unknownReason ?? "not a list of paths"
    return CheckResult(
      .unknown, "STATICFILES_DIRS", "not all of it is known: \(Escaping.text(reason))",
      at: (hidden ?? settings["STATICFILES_DIRS"])?.location)
  }
}
