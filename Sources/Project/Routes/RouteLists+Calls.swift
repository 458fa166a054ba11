import Diagnostics
import PythonSource

/// What the calls of `path()`, `re_path()`, `url()` and `include()` say.
extension RouteLists {
  func element(of value: PythonExpression) -> RouteElement {
    guard case .call(let function, let arguments, let keywords) = value.node else { return .gap(place(of: value)) }
    let syntax: RoutePattern.Syntax
    switch functions.function(function) {
    case .path: syntax = .path
    case .regularExpression: syntax = .regularExpression
    default: return .gap(place(of: value))
    }
    func argument(_ position: Int, _ names: String...) -> PythonExpression? {
      if position < arguments.count { return arguments[position] }
      return keywords.first { keyword in keyword.name.map(names.contains) ?? false }?.value
    }
    let isSpread = arguments.contains { if case .starred = $0.node { true } else { false } }
    guard !isSpread, let text = argument(0, "route", "regex", "pattern"), let view = argument(1, "view"),
      isKnown(view)
    else { return .gap(place(of: value)) }
    return .route(
      RouteCall(
        file: file, location: place(of: text), pattern: literal(text).map { RoutePattern($0, syntax) },
        defaults: names(in: argument(2, "kwargs")), target: target(view), textPrefix: textPrefix))
  }

  /// The text of a pattern, in the language of the sources where it is translated.
  func literal(_ value: PythonExpression) -> String? {
    if let text = value.stringValue { return text }
    switch value.node {
    case .name(let name):
      if let bound = bindings[name] { return bound?.stringValue }
      guard case .value(let value, _) = code.definition(of: name, in: file) else { return nil }
      return value.stringValue
    case .attribute:
      guard let name = value.dottedName, case .value(let value, _) = code.definition(of: name, in: file) else {
        return nil
      }
      return value.stringValue
    case .formatted(let parts) where value.depth < 50:
      var text = ""
      for part in parts {
        var piece = part
        if case .field(let inner, nil, format: nil) = part.node { piece = inner }
        guard let known = literal(piece) else { return nil }
        text += known
      }
      return text
    case .binary(let left, "+", let right) where value.depth < 50:
      guard let first = literal(left), let second = literal(right) else { return nil }
      return first + second
    case .call(let function, let arguments, _):
      let translations = ["_", "gettext_lazy", "ugettext_lazy", "gettext", "gettext_noop", "pgettext_lazy"]
      guard let name = function.lastName, translations.contains(name) else { return nil }
      return arguments.last?.stringValue
    default: return nil
    }
  }

  private func names(in defaults: PythonExpression?) -> [String]? {
    switch defaults?.node {
    case nil, PythonExpression.Node.none?: return []
    case .dictionary(let entries)?:
      let keys = entries.compactMap { $0.key?.stringValue }
      return keys.count == entries.count ? keys : nil
    case .call(let function, let arguments, let keywords)?:
      guard function.dottedName == "dict", arguments.isEmpty else { return nil }
      let names = keywords.compactMap(\.name)
      return names.count == keywords.count ? names : nil
    default: return nil
    }
  }

  private func target(_ view: PythonExpression) -> RouteCall.Target {
    switch view.node {
    case .list, .tuple: return .list(included(view))
    case .name(let name):
      if case .some(.some(let bound)) = bindings[name] { return .view(bound) }
      return .view(view)
    case .call(let function, let arguments, let keywords):
      guard case .include = functions.function(function) else { return .view(view) }
      guard let argument = arguments.first ?? keywords.first(where: { $0.name == "arg" })?.value else {
        return .view(view)
      }
      return inclusion(argument)
    default: return .view(view)
    }
  }

  private func inclusion(_ argument: PythonExpression) -> RouteCall.Target {
    switch argument.node {
    case .tuple(let items) where !items.isEmpty: return inclusion(items[0])
    case .name(let name):
      if case .some(.some(let bound)) = bindings[name], bound.stringValue != nil { return inclusion(bound) }
    case .formatted where literal(argument) != nil, .binary where literal(argument) != nil:
      return .module(code.definition(of: literal(argument) ?? ""), argument)
    case .list, .binary, .call, .listComprehension: return .list(elements(of: argument) ?? [.gap(place(of: argument))])
    case .string(let name): return .module(code.definition(of: name), argument)
    default: break
    }
    guard let name = argument.dottedName else { return .list([.gap(place(of: argument))]) }
    if let known = lists[name] { return .list(known) }
    let definition = code.definition(of: name, in: file)
    if case .value = definition { return .list(imported(name) ?? [.gap(place(of: argument))]) }
    return .module(definition, argument)
  }

  /// `([...], "app", "namespace")`, or a list alone.
  private func included(_ value: PythonExpression) -> [RouteElement] {
    if case .tuple(let items) = value.node, let first = items.first {
      return elements(of: first) ?? [.gap(place(of: first))]
    }
    return elements(of: value) ?? []
  }
}
