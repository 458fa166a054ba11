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
      Looks for each file that {% static %}, a call of static() or a class Media names by a literal in STATICFILES_DIRS, in the folders static of the \
      project's apps and in STATIC_ROOT. What a tool builds or an installed app brings is not judged.
      """,
    why: "The page comes without it, and with ManifestStaticFilesStorage it does not come at all (ValueError).",
    example: "{% static 'polls/logo.svg' %} where the file is polls/static/polls.logo.svg",
    remedy: "correct the name, or move the file to polls/static/polls/logo.svg")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let files = StaticFiles(context.project) else { return context.unknowns(of: "INSTALLED_APPS") }
    var verdicts: [String: (message: String, remedy: String)?] = [:]
    let named = namedByTemplates(context) + namedByCode(context)
    let found = named.compactMap { literal, place -> CheckResult? in
      let name = fileName(literal)
      guard !name.isEmpty, !name.hasSuffix("/") else { return nil }
      let verdict = verdicts[name] ?? judge(name, files, context)
      verdicts[name] = .some(verdict)
      guard let verdict else { return nil }
      return CheckResult(
        context.status(self), Escaping.text(name), verdict.message, remedy: verdict.remedy, at: place)
    }
    let isFound = named.allSatisfy { literal, _ in files.holds(fileName(literal)) }
    return found + (isFound || files.isComplete ? [] : unknownFolders(context))
  }

  private func unknownFolders(_ context: CheckContext) -> [CheckResult] {
    let unknown = ["INSTALLED_APPS", "STATICFILES_DIRS", "STATICFILES_FINDERS"].flatMap { context.unknowns(of: $0) }
    guard unknown.isEmpty, let finders = context.settings?["STATICFILES_FINDERS"] else { return unknown }
    return [
      CheckResult(
        .unknown, "STATICFILES_FINDERS", "which files finders find that are not Django's is not known",
        at: finders.location)
    ]
  }

  private func namedByTemplates(_ context: CheckContext) -> [(name: String, place: Location)] {
    context.project.djangoTemplates.flatMap { path -> [(name: String, place: Location)] in
      guard let source = context.code.bytes(of: path), source.holds("static") else { return [] }
      return TemplateTag.all(in: source).filter { $0.name == "static" }.compactMap { tag in
        guard let word = tag.words.first, let literal = word.literal else { return nil }
        return (literal, Location(path: path, line: tag.line, column: word.column))
      }
    }
  }

  /// `static("polls/logo.svg")`, and the paths in `class Media` of forms, widgets and the admin.
  /// https://docs.djangoproject.com/en/stable/topics/forms/media/#paths-in-asset-definitions
  private func namedByCode(_ context: CheckContext) -> [(name: String, place: Location)] {
    context.code.sources(mentioning: "static(", "class Media").filter { !isTest($0) }.flatMap { path in
      guard let tree = context.code.tree(of: path) else { return [(name: String, place: Location)]() }
      let calls = tree.calls.compactMap { call -> PythonExpression? in
        guard case .call(let function, let arguments, _) = call.node, function.lastName == "static",
          let name = function.dottedName,
          case .external(let dotted) = context.code.definition(of: name, in: path),
          dotted.hasPrefix("django.templatetags.static") || dotted.hasPrefix("django.contrib.staticfiles.templatetags")
        else { return nil }
        return arguments.first
      }
      return (calls + tree.classes.filter { $0.definition.name == "Media" }.flatMap { media($0.definition) })
        .compactMap { literal in
          literal.stringValue.map { ($0, context.code.location(of: literal, in: path)) }
        }
    }
  }

  private func isTest(_ path: SourcePath) -> Bool {
    path.components.contains { ["tests", "test", "tests.py"].contains($0) || $0.hasPrefix("test_") }
  }

  /// The literals of `css` and `js`, without URLs and paths from the root of the site.
  private func media(_ type: PythonClass) -> [PythonExpression] {
    guard type.bases.isEmpty else { return [] }
    return type.body.flatMap { statement -> [PythonExpression] in
      guard case .assignment(let targets, let value) = statement.kind, let name = targets.first?.dottedName else {
        return []
      }
      switch (name, value.node) {
      case ("js", .list(let items)), ("js", .tuple(let items)): return items.filter(isRelative)
      case ("css", .dictionary(let entries)):
        return entries.flatMap { entry -> [PythonExpression] in
          switch entry.value.node {
          case .list(let items), .tuple(let items): return items.filter(isRelative)
          default: return []
          }
        }
      default: return []
      }
    }
  }

  private func isRelative(_ value: PythonExpression) -> Bool {
    guard let text = value.stringValue else { return false }
    return !text.hasPrefix("/") && !text.hasPrefix("http:") && !text.hasPrefix("https:")
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
    // What is almost a file that is there needs no proof that no tool makes it.
    let ending = name.split(separator: ".").last
    let alike = files.files.map(\.name).filter { $0.split(separator: ".").last == ending }
    if files.isComplete, !files.isMade(name), let slip = Suggestion.slip(of: name, among: alike) {
      return ("there is no file \(shown), but \(Escaping.text(slip))", "write \(Escaping.text(slip))")
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
