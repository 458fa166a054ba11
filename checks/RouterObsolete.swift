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
      that takes a model or no hints.
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
    return context.project.routers.flatMap { router -> [CheckResult] in
      let names = Set(router.definition.methods.map(\.function.name)).union(router.definition.attributes.keys)
      return router.definition.methods.compactMap { function, statement -> CheckResult? in
        guard let message = fault(of: function, besides: names) else { return nil }
        return CheckResult(
          context.status(self), router.definition.name, message, remedy: documentation.remedy,
          at: Location(path: router.file, line: statement.line, column: statement.column))
      }
    }
  }

  private func fault(of function: PythonFunction, besides names: Set<String>) -> String? {
    if function.name == "allow_syncdb" {
      return names.contains("allow_migrate")
        ? "Django no longer calls allow_syncdb: it asks allow_migrate"
        : "Django no longer calls allow_syncdb, and there is no allow_migrate: every table is made in every database"
    }
    guard function.name == "allow_migrate", function.decorators.isEmpty else { return nil }
    let parameters = function.parameters
    if parameters.contains(where: { $0.role == .variadicKeyword || $0.role == .variadic }) { return nil }
    let given = parameters.dropFirst()
    guard given.count == 2, let last = given.last, last.defaultValue == nil else { return nil }
    return last.name == "model"
      ? "allow_migrate takes a model, and Django gives the label of an app and hints"
      : "allow_migrate takes no hints, and Django gives them by name"
  }
}
