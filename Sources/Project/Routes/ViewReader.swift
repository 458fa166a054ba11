package import Diagnostics
package import PythonSource

/// Finds what a route's view comes to.
package struct ViewReader {
  let code: ProjectCode
  private static let depthLimit = 12

  package init(_ code: ProjectCode) { self.code = code }

  /// What a view is, as it is written in `file`.
  package func reading(of view: PythonExpression, in file: SourcePath) -> ViewReading { read(view, file, 0) }

  /// What the view of a route is, nil for a route without one. `takesText` where this Django looks up a view that is given as
  /// text: https://docs.djangoproject.com/en/1.9/ref/urls/#patterns
  package func reading(of route: Route, takesText: Bool) -> ViewReading? {
    guard case .view(let view) = route.target else { return nil }
    guard takesText, case .string(let text) = view.node else { return reading(of: view, in: route.file) }
    let name = route.textPrefix.isEmpty ? text : "\(route.textPrefix).\(text)"
    return read(code.definition(of: name), name, route.file, 0)
  }

  func read(_ view: PythonExpression, _ file: SourcePath, _ depth: Int) -> ViewReading {
    guard depth < Self.depthLimit else { return .unknown("it leads through too many names") }
    switch view.node {
    case .string(let text): return .broken(.text(text))
    case .lambda(let parameters, _):
      let location = Location(path: file, line: view.line, column: view.column)
      return .signatures([ViewSignature(name: "the lambda", location: location, parameters: parameters)])
    case .call(let function, let arguments, let keywords):
      return read(call: function, arguments, keywords, file, depth)
    case .attribute(let base, "as_view"):
      if let name = base.dottedName, case .class(let type, let place) = code.definition(of: name, in: file),
        isClassBasedView(type, place.path)
      {
        return .broken(.notCalled(name))
      }
    default: break
    }
    guard let name = view.dottedName else { return .unknown("it is not a name") }
    return read(code.definition(of: name, in: file), name, file, depth)
  }

  private func read(_ definition: Definition, _ name: String, _ file: SourcePath, _ depth: Int) -> ViewReading {
    switch definition {
    case .function(let function, let location): return read(function, name, location)
    case .class(let type, let location):
      return isClassBasedView(type, location.path)
        ? .broken(.classAlone(name)) : .unknown("\(type.name) is a class")
    case .value(let value, let location):
      if value.dottedName == name, location.path == file { return .unknown("it is set in a loop") }
      let found = read(value, location.path, depth + 1)
      // What is wrong there is not wrong here.
      if case .broken = found { return .unknown("it is the value of \(name)") }
      return found
    case .module: return .broken(.module(name))
    case .missing, .missingModule:
      return mayBeThere(definition) ? .unknown("\(name) is not found") : .broken(.missing(definition))
    case .external: return .external
    // The routes of a router or of a site of the admin, which are no view.
    case .unknown where name.hasSuffix(".urls"): return .external
    case .unknown: return .unknown("\(name) is not found in the sources")
    }
  }

  /// Whether something that is no Python source may be what is looked for: a folder without `__init__.py`, a compiled module.
  package func mayBeThere(_ definition: Definition) -> Bool {
    let (name, folder) =
      switch definition {
      case .missing(let name, let file) where file.name == "__init__.py": (name, file.parent)
      case .missingModule(let name, let folder): (name, folder)
      default: ("", SourcePath(""))
      }
    guard let first = name.split(separator: ".").first else { return false }
    return code.holds(module: String(first), in: folder)
  }

  private func read(_ function: PythonFunction, _ name: String, _ location: Location) -> ViewReading {
    for decorator in function.decorators where !keepsParameters(decorator, location.path) {
      return .unknown("\(function.name) is decorated by \(decorator.calledName ?? "an expression")")
    }
    return .signatures([ViewSignature(name: function.name, location: location, parameters: function.parameters)])
  }

  private func read(
    call function: PythonExpression, _ arguments: [PythonExpression], _ keywords: [PythonExpression.Keyword],
    _ file: SourcePath, _ depth: Int
  ) -> ViewReading {
    if case .attribute(let base, "as_view") = function.node {
      return read(viewClass: base, arguments, keywords, file)
    }
    guard let name = function.calledName else { return .unknown("it is not a name") }
    let definition = code.definition(of: name, in: file)
    if case .external("functools.partial") = definition {
      return read(partial: arguments, keywords, file, depth)
    }
    if arguments.count == 1, keywords.isEmpty, keepsParameters(function, file) {
      let found = read(arguments[0], file, depth + 1)
      return found
    }
    switch definition {
    case .external: return .external
    case .missing, .missingModule:
      return mayBeThere(definition) ? .unknown("\(name) is not found") : .broken(.missing(definition))
    case .function(let view, _):
      let needed = view.parameters.prefix { $0.role == .regular && $0.defaultValue == nil }
      if function.dottedName != nil, arguments.isEmpty, keywords.isEmpty, view.decorators.isEmpty,
        needed.first?.name == "request"
      {
        return .broken(.called(name))
      }
      return .unknown("\(name) makes it")
    case .class(let type, let location) where function.dottedName != nil: return read(instanceOf: type, location.path)
    default: return .unknown("\(name) makes it")
    }
  }

  private func read(
    partial arguments: [PythonExpression], _ keywords: [PythonExpression.Keyword], _ file: SourcePath, _ depth: Int
  ) -> ViewReading {
    let names = keywords.compactMap(\.name)
    guard arguments.count == 1, names.count == keywords.count else { return .unknown("partial gives it arguments") }
    let found = read(arguments[0], file, depth + 1)
    guard case .signatures(var signatures) = found else { return found }
    for index in signatures.indices { signatures[index].given.formUnion(names) }
    return .signatures(signatures)
  }
}

extension PythonExpression {
  /// The dotted name of what is called in the end: of `cache_page` for `cache_page(60)`.
  var calledName: String? {
    var callee = self
    while case .call(let inner, _, _) = callee.node { callee = inner }
    return callee.dottedName
  }
}
