import Diagnostics
import Doctor
import Project
import PythonSource

/// Every route leads to a view that Django can call.
struct RouteView: Check {
  let documentation = CheckDocumentation(
    id: "route-view", area: .project, reach: .static, severity: .error,
    title: "routes lead to views that are there",
    what: """
      Looks up the view of each route, the modules that include() names and ROOT_URLCONF itself in the project's \
      sources; also finds views given as text, class-based views without as_view(), and views that are called.
      """,
    why: "One such route keeps the whole URL configuration from being imported, or answers its requests with an error.",
    example: "path(\"query\", views.qeury) where views.py has no qeury",
    remedy: "correct the name, or write the view")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let routes = context.project.routes else { return [] }
    let reader = ViewReader(context.code)
    var results = routes.roots.compactMap { root in
      result(of: root.inclusion, Escaping.text(root.name), root.location, reader, context)
    }
    var seen: Set<Location> = []
    for route in routes.routes {
      switch route.target {
      case .view(let view):
        let reading = reader.reading(of: route, takesText: context.takesTextViews(in: route.file))
        guard case .broken(let problem)? = reading else { continue }
        let place = Location(path: route.file, line: view.line, column: view.column)
        if seen.insert(place).inserted { results.append(result(of: problem, place, context)) }
      case .include(let inclusion, let argument):
        let place = Location(path: route.file, line: argument.line, column: argument.column)
        let name = Escaping.text(argument.stringValue ?? argument.dottedName ?? "include")
        if let found = result(of: inclusion, name, place, reader, context), seen.insert(place).inserted {
          results.append(found)
        }
      case .list: break
      }
    }
    return results + context.unknownRoutes
  }

  private func result(
    of inclusion: RouteInclusion, _ name: String, _ place: Location, _ reader: ViewReader, _ context: CheckContext
  ) -> CheckResult? {
    switch inclusion {
    case .missing(let definition):
      // A module that is generated or compiled is there all the same.
      if reader.mayBeThere(definition) { return nil }
      return CheckResult(
        context.status(self), name, "\(name) is not there: \(lack(definition, context))",
        remedy: "correct the name, or write the module", at: place)
    case .withoutRoutes(let file):
      return CheckResult(
        context.status(self), name, "\(file) has no urlpatterns", remedy: "add urlpatterns = [...] to \(file)",
        at: place)
    case .external: return nowhere(name, place, context)
    default: return nil
    }
  }

  /// A module that nobody has, whose name is almost that of a package of the project.
  private func nowhere(_ name: String, _ place: Location, _ context: CheckContext) -> CheckResult? {
    let first = String(name.prefix { $0 != "." && $0 != "/" })
    guard context.mayBeMisspelt(first) || name.contains("/") && context.code.provides(first) else { return nil }
    if name.contains("/"), context.code.provides(first) {
      return CheckResult(
        context.status(self), name, "\(name) is a path, and Django wants the dotted name of a module",
        remedy: "write \(String(name.map { $0 == "/" ? "." : $0 }))", at: place)
    }
    guard let close = Suggestion.closest(to: first, among: context.code.packages) else { return nil }
    return CheckResult(
      context.status(self), name, "there is no module \(first), but the project has \(Escaping.text(close))",
      remedy: "write \(Escaping.text(close))\(name.dropFirst(first.count))", at: place)
  }

  private func result(of problem: ViewProblem, _ place: Location, _ context: CheckContext) -> CheckResult {
    let (subject, message, remedy) = words(of: problem, context)
    return CheckResult(context.status(self), Escaping.text(subject), message, remedy: remedy, at: place)
  }

  private func words(
    of problem: ViewProblem, _ context: CheckContext
  ) -> (subject: String, message: String, remedy: String) {
    switch problem {
    case .missing(let definition):
      return (name(definition), lack(definition, context), "correct the name, or write the view")
    case .text(let text):
      return (
        text, "the view is given as text, which Django no longer takes", "import the view and name it without quotes"
      )
    case .module(let name):
      return (
        name, "\(Escaping.text(name)) is a module and no view", "name the function in it: \(Escaping.text(name)).index"
      )
    case .classAlone(let name):
      return (name, "\(Escaping.text(name)) is a class and no view", "write \(Escaping.text(name)).as_view()")
    case .notCalled(let name):
      return (name, "\(Escaping.text(name)).as_view is not called", "write \(Escaping.text(name)).as_view()")
    case .called(let name):
      return (
        name, "\(Escaping.text(name)) is called here, without a request",
        "write \(Escaping.text(name)) without parentheses"
      )
    }
  }

  private func name(_ definition: Definition) -> String {
    switch definition {
    case .missing(let name, _), .missingModule(let name, _): name
    default: "view"
    }
  }

  private func lack(_ definition: Definition, _ context: CheckContext) -> String {
    switch definition {
    case .missing(let name, let file):
      let close = Suggestion.closest(to: name, among: context.code.names(in: file)).map { ", but \(Escaping.text($0))" }
      let owner = file.name == "__init__.py" ? "\(file.parent)" : "\(file)"
      return "\(owner) has no \(Escaping.text(name))\(close ?? "")"
    case .missingModule(let name, let folder):
      let close = Suggestion.closest(to: name, among: context.code.modules(in: folder)).map {
        ", but \(Escaping.text($0))"
      }
      return "\(folder) has no module \(Escaping.text(name))\(close ?? "")"
    default: return "not found"
    }
  }
}
