import Diagnostics
import Doctor
import Project
import PythonSource

/// The static files that templates name are there.
struct StaticFile: Check {
  let documentation = CheckDocumentation(
    id: "static-file", area: .project, reach: .static, severity: .warning,
    title: "the files that {% static %} names are there",
    what: """
      Looks for each file that {% static %} names by a literal in STATICFILES_DIRS, in the folders static of the \
      project's apps and in STATIC_ROOT. What a tool builds or an installed app brings is not judged.
      """,
    why: "The page comes without it, and with ManifestStaticFilesStorage it does not come at all (ValueError).",
    example: "{% static 'polls/logo.svg' %} where the file is polls/static/polls.logo.svg",
    remedy: "correct the name, or move the file to polls/static/polls/logo.svg")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let files = StaticFiles(context.project) else { return [] }
    var verdicts: [String: (message: String, remedy: String)?] = [:]
    var results: [CheckResult] = []
    for path in context.project.djangoTemplates {
      guard let source = context.code.bytes(of: path), source.holds("static") else { continue }
      for tag in TemplateTag.all(in: source) where tag.name == "static" {
        guard let word = tag.words.first, let literal = word.literal else { continue }
        let name = fileName(literal)
        guard !name.isEmpty, !name.hasSuffix("/") else { continue }
        let verdict = verdicts[name] ?? judge(name, files, context)
        verdicts[name] = .some(verdict)
        guard let verdict else { continue }
        results.append(
          CheckResult(
            context.status(self), Escaping.text(name), verdict.message, remedy: verdict.remedy,
            at: Location(path: path, line: tag.line, column: word.column)))
      }
    }
    return results
  }

  /// Without what belongs to the URL alone.
  private func fileName(_ literal: String) -> String {
    String(literal.prefix { $0 != "#" && $0 != "?" }.drop { $0 == "/" })
  }

  /// What is wrong with a name; nil for one whose file is there or may be.
  private func judge(_ name: String, _ files: StaticFiles, _ context: CheckContext) -> (
    message: String, remedy: String
  )? {
    let shown = Escaping.text(name)
    if files.places(of: name).contains(where: { context.isThere($0) }) || files.isMade(name) { return nil }
    if let other = files.rearranged(name) {
      return ("there is no file \(shown), but \(other.path)", "write \(Escaping.text(other.name)), or move the file")
    }
    guard files.isAbsent(name) else { return nil }
    if let other = files.elsewhere(name) {
      return ("there is no file \(shown), but \(other.path)", "write \(Escaping.text(other.name)), or move the file")
    }
    if let close = Suggestion.closest(to: name, among: files.files.map(\.name)) {
      return ("there is no file \(shown), but \(Escaping.text(close))", "write \(Escaping.text(close))")
    }
    let place = files.places(of: name).first.map { context.display(context.project.root.appending($0)) }
    return (
      "there is no file \(shown)", place.map { "add \(Escaping.text($0)), or correct the name" } ?? "correct the name"
    )
  }
}
