import Diagnostics
import Doctor
import Knowledge
import Packaging
import Project
import PythonSource

/// Each entry of DATABASE_ROUTERS leads to a router.
struct RouterPath: Check {
  let documentation = CheckDocumentation(
    id: "router-path", area: .routers, reach: .static, severity: .error,
    title: "the database routers exist",
    what: """
      Follows each dotted path in DATABASE_ROUTERS to the class in the project's sources. Routers of installed packages are \
      left out.
      """,
    why: "Django looks for the routers at the first query, so that every page fails and manage.py check does not.",
    example: "DATABASE_ROUTERS = ['mysite.routers.ReportsRouter'] without a mysite/routers.py",
    remedy: "correct the path: package.module.Class")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.inSettings("DATABASE_ROUTERS") { settings in
      guard let value = settings["DATABASE_ROUTERS"] else {
        if let other = misnamed(in: settings) { return [other] }
        return [context.undetermined("DATABASE_ROUTERS", in: settings)]
      }
      return value.alternatives.flatMap { alternative -> [CheckResult] in
        if let text = alternative.text {
          return [
            CheckResult(
              context.status(self), "DATABASE_ROUTERS", "a text, of which Django takes every letter for a router",
              remedy: "make it a list: ['\(Escaping.text(text))']", at: alternative.location)
          ]
        }
        if let reason = alternative.unknownReason {
          return [CheckResult(.unknown, "DATABASE_ROUTERS", "not known: \(reason)", at: alternative.location)]
        }
        return alternative.items.flatMap(\.alternatives).compactMap { judge($0, in: context) }
      }
    }
  }

  /// Routers under a name that Django does not read.
  private func misnamed(in settings: Settings) -> CheckResult? {
    for name in ["DATABASE_ROUTER", "DATABASES_ROUTERS", "DATABASES_ROUTER", "DB_ROUTERS", "DATABASE_ROUTES"] {
      guard let value = settings[name],
        value.alternatives.contains(where: { ([$0] + $0.items).contains { $0.text?.contains(".") == true } })
      else { continue }
      return CheckResult(
        settings.limit == nil ? .error : .unknown, name, "Django does not read \(name)",
        remedy: "call it DATABASE_ROUTERS",
        at: value.location)
    }
    return nil
  }

  private func judge(_ entry: SettingValue, in context: CheckContext) -> CheckResult? {
    // An object is a router too.
    guard let path = entry.text else { return nil }
    let subject = Escaping.text(path)
    func wrong(_ message: String, _ remedy: String) -> CheckResult {
      CheckResult(context.status(self), subject, message, remedy: remedy, at: entry.location)
    }
    guard path.contains(".") else {
      return wrong("a name without its module", "write the dotted path: package.module.\(subject)")
    }
    if path.hasPrefix(".") {
      return wrong("a dot begins it, and Django imports from no package", "write the whole path: package.module.Class")
    }
    if path.contains("/") {
      let dotted = Escaping.text(String(path.map { $0 == "/" ? "." : $0 }))
      return wrong("a slash stands in it, and Python wants dots", "write '\(dotted)'")
    }
    switch context.code.definition(of: path) {
    case .missing(let name, let file):
      let names = (context.code.tree(of: file)?.topClasses ?? []).map(\.definition.name)
      let hint = Suggestion.closest(to: name, among: names).map { "did you mean \($0)?" }
      return wrong("\(file) has no \(Escaping.text(name))", hint ?? "correct the path, or define the class there")
    case .missingModule(let name, let folder):
      let module = name.split(separator: ".").dropLast().joined(separator: ".")
      let place = folder.isEmpty ? "the project" : "\(folder)"
      let hint = Suggestion.closest(to: module, among: modules(in: folder, context)).map { "did you mean \($0)?" }
      return wrong(
        "there is no module \(Escaping.text(module)) in \(place)", hint ?? "correct the path, or add the module")
    case .module(let file):
      return wrong("\(file) is a module and no router", "add the class to the path: \(subject).Router")
    case .external:
      if let meant = elsewhere(path, in: context) {
        let first = Escaping.text(String(path.prefix { $0 != "." }))
        return wrong("there is no package \(first)", "did you mean \(Escaping.text(meant))?")
      }
      return misspeltPackage(path, in: context).map {
        wrong("there is no package \($0.name)", "did you mean \($0.meant)?")
      }
    default: return nil
    }
  }

  private func modules(in folder: SourcePath, _ context: CheckContext) -> [String] {
    context.code.sources.filter { $0.parent == folder }.map { String($0.name.dropLast(3)) }
  }

  /// The dotted path to a class of that name in a module of that name that lies elsewhere in the project; nil where the path may
  /// lead to something installed.
  private func elsewhere(_ path: String, in context: CheckContext) -> String? {
    let parts = path.split(separator: ".").map(String.init)
    guard parts.count > 1, let name = parts.last, let first = parts.first,
      PackageName(first).flatMap(context.has) != true,
      !ModuleTable.distributions(providing: first).contains(where: { context.has($0) == true })
    else { return nil }
    let module = parts[parts.count - 2]
    let found = context.code.sources.filter { file in
      (file.name == "\(module).py" || file.name == "__init__.py" && file.parent.name == module)
        && context.code.tree(of: file)?.topClasses.contains { $0.definition.name == name } == true
    }
    guard found.count == 1 else { return nil }
    let file = found[0]
    if file.name == "__init__.py" { return context.code.dottedName(of: file.parent).map { "\($0).\(name)" } }
    return context.code.dottedName(of: file.parent).map { "\($0).\(module).\(name)" }
  }

  /// A package that nobody is known to publish, called nearly like the project's own.
  private func misspeltPackage(_ path: String, in context: CheckContext) -> (name: String, meant: String)? {
    let first = String(path.prefix { $0 != "." })
    let own = Set(
      (context.project.apps?.apps ?? []).filter { $0.folder != nil }.map(\.module) + [
        context.project.settings?.module ?? ""
      ]
    ).map { String($0.prefix { $0 != "." }) }.sorted()
    guard context.mayBeMisspelt(first), let meant = Suggestion.closest(to: first, among: own) else { return nil }
    return (Escaping.text(first), Escaping.text(meant))
  }
}
