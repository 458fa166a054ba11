import Diagnostics
import Doctor
import Packaging
import Project
import PythonSource

/// Templates load the tag library that they use for static files.
struct StaticTag: Check {
  let documentation = CheckDocumentation(
    id: "static-tag", area: .project, reach: .static, severity: .warning,
    title: "{% static %} is loaded before it is used",
    what: """
      Reads the templates of Django's own engine for {% static %} without {% load static %} before it in the same \
      file; what OPTIONS names as builtins needs none.
      """,
    why: """
      The template cannot be compiled ("Invalid block tag 'static'"), at the first page that uses it; a template that \
      extends another must load by itself.
      """,
    example: "{% extends \"base.html\" %} ... {% static 'polls/style.css' %}",
    remedy: "write {% load static %} at the top, below {% extends %}")

  private static let tags = ["static", "get_static_prefix", "get_media_prefix"]

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let engines = context.project.templateEngines?.filter(\.isDjango) else {
      return context.unknownTemplates
    }
    // A module that brings tags to every template may bring this one.
    if engines.contains(where: { $0.builtins?.contains { mayGiveTag($0, context) } == true }) { return [] }
    let isDoubtful =
      engines.contains { $0.builtins == nil } || !context.code.sources(mentioning: "add_to_builtins").isEmpty
    let found = missingLoads(context)
    guard isDoubtful, let first = found.first else { return found }
    return [
      CheckResult(
        .unknown, first.subject, "whether every template has the tag is not known: see builtins of TEMPLATES",
        at: first.location)
    ]
  }

  private func missingLoads(_ context: CheckContext) -> [CheckResult] {
    var libraries: [String: Bool] = [:]
    return context.project.djangoTemplates.compactMap { path in
      guard let source = context.code.bytes(of: path), source.holds("static") || source.holds("get_media_prefix")
      else { return nil }
      var loaded: Set<String> = []
      for tag in TemplateTag.all(in: source) {
        let place = Location(path: path, line: tag.line, column: tag.column)
        if tag.name == "load" {
          let words = tag.words.map(\.text)
          if let old = words.first(where: { isRemoved($0, context) }) {
            return CheckResult(
              context.status(self), "\(path)", "{% load \(old) %} is gone since Django 3.0",
              remedy: "write {% load static %} instead", at: place)
          }
          loaded.formUnion(loads(words, &libraries, context))
        } else if Self.tags.contains(tag.name), !loaded.contains(tag.name) {
          return CheckResult(
            context.status(self), "\(path)", "{% \(tag.name) %} is used and {% load static %} does not stand before it",
            remedy: "write {% load static %} at the top of \(path)", at: place)
        }
      }
      return nil
    }
  }

  /// Whether a library is one that Django had until 3.0, in a project that brings none of that name.
  private func isRemoved(_ library: String, _ context: CheckContext) -> Bool {
    guard library == "staticfiles" || library == "admin_static", let django = context.django,
      let limit = Version("3.0"),
      django >= limit
    else { return false }
    return !context.code.sources.contains { $0.name == "\(library).py" && $0.parent.name == "templatetags" }
      && context.project.templateEngines?.allSatisfy { $0.isDjango && !$0.namesLibraries } == true
  }

  /// Which of the tags a `{% load %}` brings.
  private func loads(_ words: [String], _ libraries: inout [String: Bool], _ context: CheckContext) -> [String] {
    if words.count > 2, words[words.count - 2] == "from" {
      return Self.tags.filter { words.dropLast(2).contains($0) }
    }
    let isWhole = words.contains { word in
      if let known = libraries[word] { return known }
      let found = word == "static" || word == "staticfiles" || word == "admin_static" || mayGiveTag(word, context)
      libraries[word] = found
      return found
    }
    return isWhole ? Self.tags : []
  }

  /// Whether a library, or a dotted module of tags, may have a tag of that name: those of the project by their text, others by
  /// what they are called.
  private func mayGiveTag(_ library: String, _ context: CheckContext) -> Bool {
    let name = String(library.split(separator: ".").last ?? "")
    let own = context.code.sources.filter { $0.name == "\(name).py" && $0.parent.name == "templatetags" }
    if own.isEmpty {
      // A slip of `static` where no app of others brings tags.
      let apps = context.project.apps
      let hasOthers = apps?.apps.contains { $0.folder == nil && !$0.module.hasPrefix("django.") } ?? true
      if Suggestion.slip(of: name, among: ["static"]) != nil, name != "static", apps?.isComplete == true, !hasOthers {
        return false
      }
      return ["static", "asset", "cachebust"].contains { name.contains($0) }
    }
    return own.contains { path in
      guard let text = context.code.text(of: path) else { return true }
      return ["\"static\"", "'static'", "def static("].contains { text.contains($0) }
    }
  }
}
