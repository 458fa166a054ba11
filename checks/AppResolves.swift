import Diagnostics
import Doctor
import Knowledge
import Manifests
import Packaging
import Project
import PythonSource

/// Every entry of INSTALLED_APPS is there.
struct AppResolves: Check {
  let documentation = CheckDocumentation(
    id: "app-resolves", area: .project, reach: .static, severity: .error,
    title: "the entries of INSTALLED_APPS are there",
    what: """
      Looks up each entry of INSTALLED_APPS that belongs to the project: a package, or the class of its configuration. \
      What belongs to something installed is dependency-missing's.
      """,
    why: "Django imports every entry when it starts: one that is not there stops manage.py with its first command.",
    example: "INSTALLED_APPS = ['polls.apps.PollConfig'] where apps.py has PollsConfig",
    remedy: "correct the entry")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let settings = context.settings, settings["INSTALLED_APPS"] != nil else { return [] }
    guard let apps = context.project.apps?.apps else { return [context.undetermined("INSTALLED_APPS", in: settings)] }
    let reader = ViewReader(context.code)
    return apps.compactMap { app in
      // Those are name-identifier's.
      guard app.entry.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ $0.isPythonIdentifier })
      else { return nil }
      let definition = context.code.definition(of: app.entry)
      switch definition {
      case .missing(let name, let file):
        if reader.mayBeThere(definition) || context.code.folder(ofPackage: app.entry) != nil { return nil }
        let owner = file.name == "__init__.py" ? "\(file.parent)" : "\(file)"
        return result(app, "\(owner) has no \(Escaping.text(name))", name, context.code.names(in: file), context)
      case .missingModule(let name, let folder):
        if reader.mayBeThere(definition) { return nil }
        return result(
          app, "\(folder) has no module \(Escaping.text(name))", name, context.code.modules(in: folder), context)
      case .external: return misspelt(app, context)
      default: return nil
      }
    }
  }

  private func result(
    _ app: InstalledApp, _ message: String, _ name: String, _ candidates: [String], _ context: CheckContext
  ) -> CheckResult {
    let elsewhere = context.code.folder(ofPackage: name) == nil ? [] : [name]
    let close = Suggestion.closest(to: name, among: elsewhere + candidates).map { Escaping.text($0) }
    return CheckResult(
      context.status(self), Escaping.text(app.entry), "\(message)\(close.map { ", but \($0)" } ?? "")",
      remedy: close.map { "write \($0)" } ?? "correct the entry, or take it out", at: app.location)
  }

  /// A name that nothing installed or published has, and that is almost an app of the project.
  private func misspelt(_ app: InstalledApp, _ context: CheckContext) -> CheckResult? {
    let first = String(app.entry.split(separator: ".").first ?? "")
    guard !app.isOptional, ModuleTable.distributions(providing: first).isEmpty,
      !StandardLibrary.contains(first, python: nil),
      !context.declared.entries.contains(where: {
        $0.name.normalized.contains(first.lowercased().replacing("_", with: "-"))
      })
    else { return nil }
    let own = Set(context.code.sources.filter { $0.components.count > 1 }.compactMap { $0.components.first })
      .filter { context.code.folder(ofPackage: $0) != nil }.sorted()
    guard let close = Suggestion.closest(to: first, among: own) else { return nil }
    return CheckResult(
      context.status(self), Escaping.text(app.entry),
      "there is no module \(Escaping.text(first)), but the project has \(Escaping.text(close))",
      remedy: "write \(Escaping.text(close + app.entry.dropFirst(first.count)))", at: app.location)
  }
}
