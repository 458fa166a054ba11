import Diagnostics
import Doctor
import Project

/// No route begins with a slash that the path does not have.
struct RouteSlash: Check {
  let documentation = CheckDocumentation(
    id: "route-slash", area: .project, reach: .static, severity: .warning,
    title: "routes do not begin with a slash",
    what: """
      Follows ROOT_URLCONF through every include() and looks for routes that begin with a slash, although the path \
      before them is empty or ends with one.
      """,
    why: """
      Django takes the first slash of a path away before it looks for a route, so path("/query") answers //query alone \
      and /query is not found.
      """,
    example: "path(\"/query\", views.query)",
    remedy: "path(\"query\", views.query)")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    guard let routes = context.project.routes else { return [] }
    var seen: Set<Location> = []
    let found = routes.routes.compactMap { route -> CheckResult? in
      guard let pattern = route.pattern, pattern.beginsWithSlash, route.start == .afterSlash else { return nil }
      // A module that is included elsewhere behind text without a slash is right there.
      guard !routes.routes.contains(where: { $0.location == route.location && $0.start != .afterSlash }),
        seen.insert(route.location).inserted
      else { return nil }
      let text = Escaping.text(pattern.text)
      return CheckResult(
        context.status(self), text, "the route \(text) begins with a slash, so it answers paths with two of them",
        remedy: "remove the slash at its beginning", at: route.location,
        fix: context.fix(literal: pattern.text, at: route.location, to: pattern.withoutSlash))
    }
    return found + context.unknownRoutes
  }
}
