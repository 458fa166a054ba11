import Diagnostics
import Doctor
import Knowledge
import Manifests
import Packaging
import Project
import PythonSource

/// The project's package and its apps have names that Python can import.
struct NameIdentifier: Check {
  let documentation = CheckDocumentation(
    id: "name-identifier", area: .source, reach: .static, severity: .error,
    title: "projects and apps have names that can be imported",
    what: """
      Looks at the names of the settings module and of the project's own entries in INSTALLED_APPS: hyphens, other \
      signs, keywords, and names of modules that Python or a declared requirement brings.
      """,
    why: """
      No import statement can name `news-feed` or `class`, and Django refuses such labels; a folder called like a \
      module hides it from everything that imports it, Django included.
      """,
    example: "INSTALLED_APPS = ['news-feed']",
    remedy: "rename the folder: mv news-feed news_feed")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    var results: [CheckResult] = []
    var seen: Set<String> = []
    for app in context.project.apps?.apps ?? [] {
      if let (part, message, remedy) = objection(to: app.entry, context), seen.insert(part).inserted {
        results.append(
          CheckResult(context.status(self), Escaping.text(part), message, remedy: remedy, at: app.location))
      }
    }
    let own = Set(context.code.sources)
    for (path, module) in context.project.settingsNames where own.contains(path) {
      guard let (part, message, remedy) = objection(to: module, context), seen.insert(part).inserted else { continue }
      results.append(
        CheckResult(
          context.status(self), Escaping.text(part), message, remedy: remedy,
          at: location(of: module, in: path, context)))
    }
    return results
  }

  private func objection(
    to dotted: String, _ context: CheckContext
  ) -> (part: String, message: String, remedy: String)? {
    let parts = dotted.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    for part in parts where !part.isPythonIdentifier && !part.isEmpty {
      let shown = Escaping.text(part)
      let message =
        part.isPythonKeyword ? "\(shown) is a keyword of Python" : "\(shown) is no name that Python can import"
      return (part, message, "rename it: \(suggestion(part))")
    }
    guard let top = parts.first, let file = ownPackage(top, context) else { return nil }
    // Not what only the newest Pythons bring.
    if let minor = StandardLibrary.firstMinor(with: top), minor <= 9 {
      return (top, "\(file) hides the module \(top) of Python", "rename it: \(top)_app")
    }
    if top == "django" { return (top, "\(file) hides Django itself", "rename it: \(top)_project") }
    if let distribution = declared(top, context) {
      return (top, "\(file) hides the module \(top) of \(distribution.normalized)", "rename it: \(top)_app")
    }
    return nil
  }

  /// The folder of a package of that name where Python looks first.
  private func ownPackage(_ name: String, _ context: CheckContext) -> SourcePath? {
    guard let folder = context.code.folder(ofPackage: name) else { return nil }
    let start = context.project.managePath?.parent ?? ""
    return folder.parent == start ? folder : nil
  }

  /// The declared requirement that brings a module of that name, other than the project itself.
  private func declared(_ name: String, _ context: CheckContext) -> PackageName? {
    let providers = ModuleTable.distributions(providing: name)
    // A project may name itself in its own manifests.
    let isItself = ["pyproject.toml", "setup.py", "setup.cfg"].contains { file in
      guard let text = context.code.text(of: SourcePath(file)) else { return false }
      let letters = text.filter { !$0.isWhitespace && $0 != "'" && $0 != "\"" }
      return letters.contains("name=\(name)")
    }
    if isItself { return nil }
    return context.declared.entries.lazy.map(\.name).first { declared in
      declared.normalized == name.lowercased().replacing("_", with: "-") && providers.contains(declared)
    }
  }

  private func suggestion(_ part: String) -> String {
    if part.isPythonKeyword { return "\(Escaping.text(part))_app" }
    let letters = part.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" }
    return letters.first?.isNumber == true ? "_\(String(letters))" : String(letters)
  }

  /// Where a file names the module: the first string that holds it.
  private func location(of module: String, in path: SourcePath, _ context: CheckContext) -> Location {
    guard let text = context.code.text(of: path) else { return Location(path: path) }
    for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let line = String(Substring(line))
      for quote in ["\"", "'"] {
        guard let range = line.firstRange(of: "\(quote)\(module)\(quote)") else { continue }
        let column = line.unicodeScalars.distance(from: line.startIndex, to: range.lowerBound) + 1
        return Location(path: path, line: index + 1, column: column)
      }
    }
    return Location(path: path)
  }
}
