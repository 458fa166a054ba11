import Diagnostics
import PythonSource

/// Routes that a comprehension makes, and those that are registered with a router.
extension RouteLists {
  /// More values are not told apart.
  private static let valueLimit = 50

  /// `[path(f"{kind}/", views.index) for kind in ("a", "b")]`: a route for each value that is written out, else one.
  func elements(
    _ item: PythonExpression, _ clauses: [PythonExpression.Clause], _ value: PythonExpression
  ) -> [RouteElement] {
    var inner = self
    for name in clauses.flatMap({ Self.names(in: $0.target) }) { inner.bindings[name] = .some(nil) }
    guard clauses.count == 1, let values = Self.items(of: clauses[0].source), values.count <= Self.valueLimit else {
      return [inner.element(of: item)]
    }
    return values.map { value in
      inner.bind(clauses[0].target, to: value)
      return inner.element(of: item)
    }
  }

  private mutating func bind(_ target: PythonExpression, to value: PythonExpression) {
    switch target.node {
    case .name(let name): bindings[name] = .some(value)
    case .tuple(let targets), .list(let targets):
      guard let values = Self.items(of: value), values.count == targets.count else { return }
      for (target, value) in zip(targets, values) where target.depth < 20 { bind(target, to: value) }
    default: break
    }
  }

  private static func items(of value: PythonExpression) -> [PythonExpression]? {
    switch value.node {
    case .list(let items), .tuple(let items):
      return items.contains { if case .starred = $0.node { true } else { false } } ? nil : items
    default: return nil
    }
  }

  private static func names(in target: PythonExpression) -> [String] {
    guard target.depth < 20 else { return [] }
    switch target.node {
    case .name(let name): return [name]
    case .tuple(let parts), .list(let parts): return parts.flatMap(names)
    case .starred(let inner): return names(in: inner)
    default: return []
    }
  }

  /// Whether a view or inclusion is written without the targets of a comprehension, or is one that is written out.
  func isKnown(_ view: PythonExpression) -> Bool {
    if bindings.isEmpty { return true }
    switch view.node {
    case .name(let name): if let bound = bindings[name] { return bound != nil }
    case .call(let function, let arguments, _):
      if case .include = functions.function(function), let first = arguments.first, literal(first) != nil {
        return true
      }
    default: break
    }
    return !bindings.keys.contains { view.mentions($0) }
  }

  /// `router.register("users", UserViewSet)` of Django REST framework; its routes stand in `router.urls`.
  func registered(_ prefix: PythonExpression, _ router: String) -> RouteElement? {
    guard case .value(let value, _) = code.definition(of: router, in: file),
      case .call(let function, _, _) = value.node, let name = function.dottedName,
      case .external(let dotted) = code.definition(of: name, in: file),
      dotted.hasPrefix("rest_framework."), dotted.hasSuffix("Router")
    else { return nil }
    return .route(
      RouteCall(
        file: file, location: place(of: prefix), pattern: literal(prefix).map { RoutePattern($0, .path) },
        defaults: [], target: .list([]), textPrefix: ""))
  }
}

extension PythonExpression {
  /// Whether a name stands as a word in the text of the expression.
  fileprivate func mentions(_ name: String) -> Bool {
    text.split { !($0 == "_" || $0.isLetter || $0.isNumber) }.contains { $0 == name }
  }
}
