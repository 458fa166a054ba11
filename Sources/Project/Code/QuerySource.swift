package import Diagnostics
package import PythonSource

/// Whether what a method is called on is Django's: a manager, a query, a model.
package enum QuerySource: Sendable {
  case django
  /// Of another library, or a class of the project's own that is no model.
  case foreign
  case unknown
}

/// Tells query sources in one file.
package struct QuerySources: Sendable {
  let code: ProjectCode
  let file: SourcePath
  let tree: PythonTree
  package let imports: ImportedNames

  package init(_ code: ProjectCode, _ file: SourcePath, _ tree: PythonTree) {
    self.code = code
    self.file = file
    self.tree = tree
    imports = ImportedNames(tree, in: file, code)
  }

  private static let managers: Set<String> = ["objects", "_default_manager", "_base_manager", "default_manager"]
  private static let makers: Set<String> = [
    "get_queryset", "get_object_or_404", "get_list_or_404", "get_model", "get_object", "get_user_model", "model_class",
  ]
  private static let usual: Set<String> = ["obj", "instance", "queryset", "qs", "query_set", "object", "model"]

  package func source(of expression: PythonExpression, _ depth: Int = 0) -> QuerySource {
    guard depth < 20, expression.depth < 200 else { return .unknown }
    switch expression.node {
    case .attribute(let base, let name):
      if Self.managers.contains(name) || name.hasSuffix("_objects") || name.hasSuffix("_set") { return .django }
      if Self.usual.contains(name) { return .django }
      return base.dottedName == "self" ? .unknown : source(of: base, depth + 1)
    case .call(let function, _, _):
      if let name = function.lastName, Self.makers.contains(name) { return .django }
      if case .attribute(let base, let name) = function.node {
        return Self.makers.contains(name) ? .django : source(of: base, depth + 1)
      }
      return function.dottedName == "super" ? enclosing(expression) : named(function, depth)
    case .subscripted(let base, _): return source(of: base, depth + 1)
    case .name: return named(expression, depth)
    default: return .unknown
    }
  }

  private func named(_ expression: PythonExpression, _ depth: Int) -> QuerySource {
    guard let name = expression.dottedName else { return .unknown }
    if name == "self" { return enclosing(expression) }
    if Self.makers.contains(name) || Self.usual.contains(name) { return .django }
    let around = tree.functions.filter { $0.statement.range.contains(expression.offset) }
    let given = tree.assignments.filter { target, value in
      target.dottedName == name && value.offset != expression.offset
        && around.contains { $0.statement.range.contains(target.offset) }
    }
    let sources = given.map { source(of: $0.value, depth + 1) }
    if sources.contains(.foreign) { return .foreign }
    if sources.contains(.django) { return .django }
    if !given.isEmpty || around.contains(where: { $0.definition.parameters.contains { $0.name == name } }) {
      return .unknown
    }
    if let origin = imports[name] {
      if origin.hasPrefix("django.") { return .django }
      if case .external = code.definition(of: origin) { return .foreign }
      return defined(code.definition(of: origin), depth)
    }
    return defined(code.definition(of: name, in: file), depth)
  }

  private func defined(_ definition: Definition, _ depth: Int) -> QuerySource {
    switch definition {
    case .class(let type, let place): return source(of: type, in: place.path)
    case .value(let value, let place):
      guard let tree = code.tree(of: place.path) else { return .unknown }
      return QuerySources(code, place.path, tree).source(of: value, depth + 1)
    case .external(let name): return name.hasPrefix("django.") ? .django : .foreign
    default: return .unknown
    }
  }

  /// The class around.
  private func enclosing(_ expression: PythonExpression) -> QuerySource {
    let around = tree.classes.filter { $0.statement.range.contains(expression.offset) }
      .min { $0.statement.range.count < $1.statement.range.count }
    return around.map { source(of: $0.definition, in: file) } ?? .unknown
  }

  private func source(of type: PythonClass, in file: SourcePath) -> QuerySource {
    let lineage = code.lineage(of: type, in: file)
    let bases = lineage.flatMap(\.type.bases).compactMap(\.lastName)
    let words = ["Model", "Manager", "QuerySet", "Admin", "Queryset"]
    if bases.contains(where: { base in words.contains { base.contains($0) } }) { return .django }
    if bases.allSatisfy({ $0 == "object" || $0 == "ABC" || $0 == "Protocol" }) {
      // Where the class itself is all that there is, it is none of Django's.
      return .foreign
    }
    return lineage.contains { $0.file.name == "models.py" || $0.file.parent.name == "models" } ? .django : .unknown
  }
}
