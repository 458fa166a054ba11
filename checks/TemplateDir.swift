import Diagnostics
import Doctor
import Project

/// The folders that TEMPLATES names are there.
struct TemplateDir: Check {
  let documentation = CheckDocumentation(
    id: "template-dir", area: .project, reach: .static, severity: .warning, judgesServedSettings: true,
    title: "the folders in TEMPLATES are there",
    what: """
      Looks for each folder in DIRS of TEMPLATES. One that .gitignore leaves out is made by a tool; one outside the \
      project may be there on another machine.
      """,
    why: "Django says nothing of a folder that is not there: its templates are not found, one page after another.",
    example: "'DIRS': [BASE_DIR / 'template'] beside a folder templates",
    remedy: "correct the path, or make the folder")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let settings = context.settings, settings["TEMPLATES"] != nil else { return [] }
    guard let engines = context.project.templateEngines else {
      return [context.undetermined("TEMPLATES", in: settings)]
    }
    return engines.flatMap { engine in
      if let value = engine.loneFolder {
        return [
          CheckResult(
            context.status(self), "DIRS", "it is one path and no list", remedy: "write [ and ] around it",
            at: context.project.place(of: value, in: "TEMPLATES", key: "DIRS"))
        ]
      }
      return results(engine, isOnly: engines.count == 1, context)
    }
  }

  private func results(_ engine: TemplateEngine, isOnly: Bool, _ context: CheckContext) -> [CheckResult] {
    engine.certainFolders.enumerated().compactMap { index, folder in
      let place = context.project.place(
        of: folder, in: "TEMPLATES", key: "DIRS",
        index: isOnly && engine.certainFolders.count == engine.folders.count ? index : nil)
      return context.result(ofFolder: folder, in: "DIRS", at: place, for: self)
    }
  }
}
