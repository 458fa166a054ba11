import Diagnostics
import PythonSource

/// Follows the routes of a project from ROOT_URLCONF on.
struct RouteReader {
  /// What the routes around a list of routes come to.
  private struct Surroundings {
    var start = Route.Start.afterSlash
    var parameters = RouteParameters()
  }

  private let code: ProjectCode
  var table = RouteTable()
  private var lists: [SourcePath: [RouteElement]?] = [:]
  /// The modules that include one another on the way here.
  private var trail: [SourcePath] = []

  /// No project has more; modules that include each other in many ways would give more.
  private static let limit = 20_000

  init(_ code: ProjectCode) { self.code = code }

  mutating func read(root name: String, at location: Location) {
    let inclusion = inclusion(of: code.definition(of: name))
    table.roots.append((name, inclusion, location))
    if case .module(let file) = inclusion { read(file, in: Surroundings()) }
  }

  private mutating func read(_ file: SourcePath, in surroundings: Surroundings) {
    guard !trail.contains(file), trail.count < 30 else { return }
    if !table.files.contains(file) { table.files.append(file) }
    trail.append(file)
    read(routes(of: file) ?? [], in: surroundings)
    trail.removeLast()
  }

  /// Nil for a module without `urlpatterns`.
  private mutating func routes(of file: SourcePath) -> [RouteElement]? {
    if let known = lists[file] { return known }
    let routes = RouteLists(of: file, code).routes(named: "urlpatterns")
    lists[file] = .some(routes)
    return routes
  }

  private mutating func inclusion(of definition: Definition) -> RouteInclusion {
    switch definition {
    case .module(let file): routes(of: file) == nil ? .withoutRoutes(file) : .module(file)
    case .missing, .missingModule: .missing(definition)
    case .external: .external
    default: .unknown
    }
  }

  private mutating func read(_ elements: [RouteElement], in surroundings: Surroundings) {
    for element in elements where table.routes.count < Self.limit {
      switch element {
      case .gap(let location): if !table.gaps.contains(location) { table.gaps.append(location) }
      case .route(let call): read(call, in: surroundings)
      }
    }
  }

  private mutating func read(_ call: RouteCall, in surroundings: Surroundings) {
    var own = call.pattern?.parameters ?? RouteParameters()
    own.isOpen = own.isOpen || call.pattern == nil || call.defaults == nil
    own.names.formUnion(call.defaults ?? [])
    let parameters = own.inside(surroundings.parameters)
    func route(_ target: Route.Target) -> Route {
      Route(
        file: call.file, location: call.location, pattern: call.pattern, start: surroundings.start,
        parameters: parameters, target: target,
        textPrefix: call.textPrefix)
    }
    let inner = Surroundings(start: Self.start(behind: call.pattern, surroundings.start), parameters: parameters)
    switch call.target {
    case .view(let view): table.routes.append(route(.view(view)))
    case .list(let elements):
      table.routes.append(route(.list))
      read(elements, in: inner)
    case .module(let definition, let argument):
      let inclusion = inclusion(of: definition)
      table.routes.append(route(.include(inclusion, argument)))
      if case .module(let file) = inclusion { read(file, in: inner) }
    }
  }

  private static func start(behind pattern: RoutePattern?, _ start: Route.Start) -> Route.Start {
    guard let pattern else { return .unknown }
    var text = pattern.text[...]
    if pattern.syntax == .regularExpression, text.hasPrefix("^") { text.removeFirst() }
    if text.isEmpty { return start }
    return text.hasSuffix("/") ? .afterSlash : .afterText
  }
}
