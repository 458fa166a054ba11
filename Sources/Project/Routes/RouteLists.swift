import Diagnostics
import PythonSource

/// The lists of routes that a module of the project makes, by their names.
struct RouteLists {
  let file: SourcePath
  let code: ProjectCode
  let functions: RouteFunctions
  private(set) var lists: [String: [RouteElement]] = [:]
  /// What the targets of the comprehension around an element stand for.
  var bindings: [String: PythonExpression?] = [:]
  /// What `patterns()` puts before views that are given as text.
  var textPrefix = ""
  /// How many modules lead here by names that they import.
  private let depth: Int

  private static let depthLimit = 4

  init(of file: SourcePath, _ code: ProjectCode, depth: Int = 0) {
    self.file = file
    self.code = code
    self.depth = depth
    functions = RouteFunctions(of: file, code)
    guard depth < Self.depthLimit, let tree = code.tree(of: file) else { return }
    for (statement, isConditional) in tree.moduleLevel { read(statement, isConditional) }
  }

  /// The routes that the module gives under a name: its own or those it imports; nil when it gives none.
  func routes(named name: String) -> [RouteElement]? {
    if let own = lists[name] { return own }
    guard depth < Self.depthLimit else { return nil }
    switch code.definition(of: name, in: file) {
    case .value(let value, let location) where location.path != file:
      return RouteLists(of: location.path, code, depth: depth + 1).elements(of: value)
    // `urlpatterns = router.urls`, a list that something installed makes.
    case .value(let value, _): return [.gap(place(of: value))]
    case .external, .unknown: return []
    default: return nil
    }
  }

  func place(of value: PythonExpression) -> Location {
    Location(path: file, line: value.line, column: value.column)
  }

  private mutating func read(_ statement: PythonStatement, _ isConditional: Bool) {
    switch statement.kind {
    case .assignment(let targets, let value):
      for target in targets { if let name = target.dottedName { assign(value, to: name, isConditional) } }
    case .annotation(let target, _, let value?):
      if let name = target.dottedName { assign(value, to: name, isConditional) }
    case .augmentedAssignment(let target, _, let value):
      if let name = target.dottedName, let added = elements(of: value) { lists[name, default: []] += added }
    case .expression(let value):
      guard case .call(let function, let arguments, _) = value.node,
        case .attribute(let list, let method) = function.node,
        let name = list.dottedName, let last = arguments.last
      else { return }
      if method == "register", let first = arguments.first, let route = registered(first, name) {
        lists["\(name).urls", default: []].append(route)
      }
      guard lists[name] != nil else { return }
      switch method {
      case "append", "insert":
        let added = element(of: last)
        lists[name]?.append(added)
      case "extend":
        let added = elements(of: last) ?? [.gap(place(of: last))]
        lists[name]? += added
      default: break
      }
    default: break
    }
  }

  private mutating func assign(_ value: PythonExpression, to name: String, _ isConditional: Bool) {
    guard let found = elements(of: value) else {
      if name == "urlpatterns", lists[name] != nil {
        let gap = RouteElement.gap(place(of: value))
        lists[name]?.append(gap)
      }
      return
    }
    lists[name] = isConditional ? (lists[name] ?? []) + found : found
  }

  /// The routes of an expression that is a list of them; nil for one that is none.
  func elements(of value: PythonExpression) -> [RouteElement]? {
    guard value.depth < 200 else { return [.gap(place(of: value))] }
    switch value.node {
    // `([...], "app")`, as include() takes it.
    case .tuple(let items) where (2...3).contains(items.count) && items[1].stringValue != nil:
      return elements(of: items[0])
    case .list(let items), .tuple(let items): return items.flatMap(spread)
    case .binary(let left, "+", let right):
      let parts = (elements(of: left), elements(of: right))
      if parts.0 == nil, parts.1 == nil { return nil }
      return (parts.0 ?? [.gap(place(of: left))]) + (parts.1 ?? [.gap(place(of: right))])
    case .conditional(let value, _, let otherwise):
      return (elements(of: value) ?? []) + (elements(of: otherwise) ?? [])
    case .name(let name):
      if let known = lists[name] { return known }
      return routes(named: name)
    case .attribute:
      guard let name = value.dottedName else { return nil }
      return lists[name] ?? imported(name)
    case .call(let function, let arguments, _): return elements(ofCall: function, arguments, value)
    case .listComprehension(let item, let clauses), .generator(let item, let clauses):
      return elements(item, clauses, value)
    default: return nil
    }
  }

  private func spread(_ item: PythonExpression) -> [RouteElement] {
    if case .starred(let list) = item.node { return elements(of: list) ?? [.gap(place(of: list))] }
    return [element(of: item)]
  }

  private func elements(
    ofCall function: PythonExpression, _ arguments: [PythonExpression], _ value: PythonExpression
  ) -> [RouteElement]? {
    switch functions.function(function) {
    case .patterns:
      var inner = self
      inner.textPrefix = arguments.first?.stringValue ?? ""
      return arguments.dropFirst().flatMap(inner.spread)
    case .localePrefix: return arguments.flatMap(spread)
    case .suffixes: return arguments.first.flatMap { elements(of: $0) } ?? []
    // `static()`, `router.get_urls()`: routes that are not the project's to write.
    case .external: return []
    case .path, .regularExpression, .include: return nil
    case nil:
      if case .name("list") = function.node { return arguments.first.flatMap { elements(of: $0) } }
      return [.gap(place(of: value))]
    }
  }

  /// `other.urlpatterns`
  func imported(_ name: String) -> [RouteElement]? {
    switch code.definition(of: name, in: file) {
    case .value(let value, let location):
      return RouteLists(of: location.path, code, depth: depth + 1).elements(of: value)
    case .external, .unknown: return []
    default: return nil
    }
  }
}
