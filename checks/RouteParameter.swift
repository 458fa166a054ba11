import Diagnostics
import Doctor
import Project

/// Views take what their routes capture.
struct RouteParameter: Check {
  let documentation = CheckDocumentation(
    id: "route-parameter", area: .project, reach: .static, severity: .error,
    title: "views take what their routes capture",
    what: """
      Compares the parameters of each view with what its route gives: the converters of path(), the groups of regular \
      expressions, the third argument, and what the routes around it add. Views behind decorators that are not known \
      are left alone.
      """,
    why: "Django calls the view with those names: a name too many or too few is a TypeError at the first request.",
    example: "path(\"<int:question_id>/\", views.detail) with def detail(request, pk)",
    remedy: "give the parameter of the view and that of the route the same name")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let routes = context.project.routes else { return [] }
    let reader = ViewReader(context.code)
    var results: [CheckResult] = []
    var seen: Set<String> = []
    var untold: [(location: Location, reason: String)] = []
    var count = 0
    for route in routes.routes {
      guard let reading = reader.reading(of: route, takesText: context.takesTextViews(in: route.file)) else {
        continue
      }
      switch reading {
      case .signatures(let signatures):
        count += 1
        for signature in signatures {
          guard let objection = signature.objection(to: route.parameters),
            seen.insert("\(route.location) \(objection)").inserted
          else { continue }
          results.append(
            CheckResult(
              context.status(self), Escaping.text(signature.name), objection,
              remedy: "use the same names in the route and in \(signature.location)", at: route.location))
          break
        }
      case .unknown(let reason):
        count += 1
        if !untold.contains(where: { $0.location == route.location }) { untold.append((route.location, reason)) }
      case .broken, .external: break
      }
    }
    if let first = untold.first {
      results.append(
        CheckResult(
          .unknown, "views",
          "\(untold.count) of \(count) views cannot be compared, the first: \(Escaping.text(first.reason))",
          at: first.location))
    }
    return results + context.unknownRoutes
  }
}
