import Diagnostics
import Doctor
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
    guard let engines = context.project.templateEngines?.filter(\.isDjango), !engines.isEmpty else { return [] }
    for engine in engines {
      // A module that brings tags to every template may bring this one.
      guard let builtins = engine.builtins, !builtins.contains(where: { mayGiveTag($0, context) }) else { return [] }
    }
    let old = context.code.sources(mentioning: "add_to_builtins")
    guard old.isEmpty else { return [] }
    var libraries: [String: Bool] = [:]
    return context.project.djangoTemplates.compactMap { path in
      guard let source = context.code.bytes(of: path), source.holds("static") || source.holds("get_media_prefix")
      else { return nil }
      var isLoaded = false
      for tag in TemplateTag.all(in: source) {
        if tag.name == "load" {
          isLoaded = isLoaded || loads(tag.words.map(\.text), &libraries, context)
        } else if Self.tags.contains(tag.name), !isLoaded {
          return CheckResult(
            context.status(self), "\(path)", "{% \(tag.name) %} is used and {% load static %} does not stand before it",
            remedy: "write {% load static %} at the top of \(path)",
            at: Location(path: path, line: tag.line, column: tag.column))
        }
      }
      return nil
    }
  }

  private func loads(_ words: [String], _ libraries: inout [String: Bool], _ context: CheckContext) -> Bool {
    if words.count > 2, words[words.count - 2] == "from" { return words.dropLast(2).contains("static") }
    return words.contains { word in
      if let known = libraries[word] { return known }
      let found = word == "static" || word == "staticfiles" || word == "admin_static" || mayGiveTag(word, context)
      libraries[word] = found
      return found
    }
  }

  /// Whether a library, or a dotted module of tags, may have a tag of that name: those of the project by their text, others by
  /// what they are called.
  private func mayGiveTag(_ library: String, _ context: CheckContext) -> Bool {
    let name = String(library.split(separator: ".").last ?? "")
    let own = context.code.sources.filter { $0.name == "\(name).py" && $0.parent.name == "templatetags" }
    if own.isEmpty { return ["static", "asset", "cachebust"].contains { name.contains($0) } }
    return own.contains { path in
      guard let text = context.code.text(of: path) else { return true }
      return ["\"static\"", "'static'", "def static("].contains { text.contains($0) }
    }
  }
}
