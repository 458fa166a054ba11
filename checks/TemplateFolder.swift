import Diagnostics
import Doctor
import Project

/// Folders of templates have the name that Django looks for.
struct TemplateFolder: Check {
  let documentation = CheckDocumentation(
    id: "template-folder", area: .project, reach: .static, severity: .warning,
    title: "templates lie in folders that Django looks into",
    what: """
      Looks in each installed app, and beside each folder of TEMPLATES that is not there, for a folder of templates \
      whose name is almost templates.
      """,
    why:
      "Django looks for the templates of an app in its folder templates alone: TemplateDoesNotExist at the first page.",
    example: "polls/template/polls/index.html",
    remedy: "mv polls/template polls/templates")

  private static let endings = [".html", ".htm", ".xhtml", ".djhtml", ".jinja", ".jinja2", ".j2"]

  func run(in context: CheckContext) async throws -> [CheckResult] {
    let project = context.project
    guard let engines = project.templateEngines else { return context.unknownTemplates }
    let knowsFolders = engines.allSatisfy(\.knowsFolders)
    let named = engines.flatMap(\.folders).compactMap(\.text).map { project.place(of: $0) }
    var wanted: [SourcePath] = []
    if engines.contains(where: { $0.isDjango && $0.searchesApps == true }) {
      wanted += (project.apps?.apps ?? []).compactMap { $0.folder?.appending("templates") }
    }
    wanted += named.filter { !$0.isAbsolute && $0.name == "templates" && !context.isThere($0) }
    var seen: Set<SourcePath> = []
    return wanted.flatMap { wanted in
      project.tree.folders.filter { folder in
        folder.parent == wanted.parent && !folder.isEmpty && folder.name != "templates"
          && Suggestion.closest(to: folder.name, among: ["templates"]) != nil
          && !named.contains { $0.isBelow(folder) || folder.isBelow($0) } && seen.insert(folder).inserted
      }.compactMap { result(of: $0, wanted, context) }
    }.map { knowsFolders ? $0 : Self.doubtful($0) }
  }

  private static func doubtful(_ result: CheckResult) -> CheckResult {
    CheckResult(
      .unknown, result.subject, "whether DIRS of TEMPLATES names it is not known, as a folder there is not",
      remedy: result.remedy, at: result.location)
  }

  private func result(of folder: SourcePath, _ wanted: SourcePath, _ context: CheckContext) -> CheckResult? {
    let tree = context.project.tree
    // A package of Python is something else, whatever it is called.
    if tree.files.contains(where: { $0.isBelow(folder) && $0.name.hasSuffix(".py") }) { return nil }
    let first = tree.otherFiles.first { path in
      guard path.isBelow(folder) else { return false }
      // Text that lies at the top is more often a note than a template.
      return Self.endings.contains { path.name.hasSuffix($0) }
        || path.parent != folder && path.name.hasSuffix(".txt")
    }
    guard let first else { return nil }
    return CheckResult(
      context.status(self), "\(folder)", "Django looks into \(wanted), not into \(folder)",
      remedy: context.isThere(wanted) ? "move its files to \(wanted)" : "mv \(folder) \(wanted)",
      at: Location(path: first, line: 1, column: 1))
  }
}
