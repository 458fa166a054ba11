import Diagnostics
import Doctor
import Packaging
import Project
import PythonSource

/// Routers define what Django still calls.
struct RouterObsolete: Check {
  let documentation = CheckDocumentation(
    id: "router-obsolete", area: .routers, reach: .static, severity: .warning,
    title: "routers are up to date",
    what: """
      Looks for allow_syncdb in the project's routers, which Django has not called since 1.9, and for an allow_migrate \
      that takes a model, takes no hints, or wants more than Django gives.
      """,
    why: """
      A router without allow_migrate lets every table be made in every database. One that takes a model as it did before \
      Django 1.10 fails with a TypeError as soon as migrate asks it.
      """,
    example: "def allow_syncdb(self, db, model)",
    remedy: "def allow_migrate(self, db, app_label, model_name=None, **hints)")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    if let django = context.django, django < Version(release: [1, 10]) {
      return [CheckResult(.skipped, "routers", "Django \(django) still calls them so")]
    }
    var seen: Set<Location> = []
    let found = context.project.routers.flatMap { router -> [CheckResult] in
      let lineage = context.code.lineage(of: router.definition, in: router.file)
      let isThere = lineage.contains { type, _ in
        type.attributes["allow_migrate"] != nil || methods(of: type).contains { $0.function.name == "allow_migrate" }
      }
      return lineage.flatMap { type, file in
        faults(of: type, besidesMigrate: isThere).compactMap { message, line, column in
          let place = Location(path: file, line: line, column: column)
          guard seen.insert(place).inserted else { return nil }
          return CheckResult(context.status(self), type.name, message, remedy: documentation.remedy, at: place)
        }
      }
    }
    return found + context.unknowns(of: "DATABASE_ROUTERS")
  }

  private typealias Fault = (message: String, line: Int, column: Int)

  /// The functions of a class, those under conditions too.
  private func methods(of type: PythonClass) -> [(function: PythonFunction, statement: PythonStatement)] {
    var pending = Array(type.body.reversed())
    var found: [(PythonFunction, PythonStatement)] = []
    while let statement = pending.popLast() {
      switch statement.kind {
      case .function(let function): found.append((function, statement))
      case .if(_, let body, let otherwise): pending += (body + otherwise).reversed()
      case .try(let body, let handlers, let otherwise, _):
        pending += (body + handlers.flatMap(\.body) + otherwise).reversed()
      default: break
      }
    }
    return found
  }

  private func faults(of type: PythonClass, besidesMigrate isThere: Bool) -> [Fault] {
    let obsolete =
      isThere
      ? "Django no longer calls allow_syncdb: it asks allow_migrate"
      : "Django no longer calls allow_syncdb, and there is no allow_migrate: every table is made in every database"
    var found: [Fault] = methods(of: type).compactMap { function, statement in
      let message =
        function.name == "allow_syncdb" ? obsolete : function.name == "allow_migrate" ? fault(of: function) : nil
      return message.map { ($0, statement.line, statement.column) }
    }
    for statement in type.body {
      guard case .assignment(let targets, _) = statement.kind,
        targets.contains(where: { $0.dottedName == "allow_syncdb" })
      else { continue }
      found.append((obsolete, statement.line, statement.column))
    }
    return found
  }

  /// Django calls `allow_migrate(db, app_label, model_name=..., model=...)`, the last two, the first of them, or none: that
  /// of RunPython.
  private func fault(of function: PythonFunction) -> String? {
    let decorators = function.decorators.compactMap(\.lastName)
    guard decorators.count == function.decorators.count,
      decorators.allSatisfy({ $0 == "staticmethod" || $0 == "classmethod" })
    else { return nil }
    let parameters = function.parameters.dropFirst(decorators.contains("staticmethod") ? 0 : 1)
    let positional = parameters.filter { $0.role == .regular || $0.role == .positionalOnly }
    let takesAll = parameters.contains { $0.role == .variadicKeyword }
    if positional.count < 2 {
      if parameters.contains(where: { $0.role == .variadic }) {
        return takesAll ? nil : "allow_migrate takes no hints, and Django gives them by name"
      }
      return "allow_migrate takes no label of an app, and Django gives one"
    }
    if positional.prefix(2).contains(where: { $0.role == .regular && ($0.name == "model" || $0.name == "model_name") })
    {
      return "allow_migrate takes a model, and Django gives the label of an app and hints"
    }
    let further = positional.dropFirst(2) + parameters.filter { $0.role == .keywordOnly }
    if let asked = further.first(where: { $0.defaultValue == nil }) {
      let isGivenAtTimes = asked.name == "model_name" || asked.name == "model"
      return
        "allow_migrate wants \(Escaping.text(asked.name)), which Django does not \(isGivenAtTimes ? "always give" : "give")"
    }
    let named = Set(further.filter { $0.role != .positionalOnly }.map(\.name))
    return takesAll || named.isSuperset(of: ["model_name", "model"])
      ? nil : "allow_migrate takes no hints, and Django gives them by name"
  }
}
