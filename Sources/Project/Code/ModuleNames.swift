import PythonSource

/// What a module's statements make of each name.
struct ModuleNames: Sendable {
  enum Found: Sendable {
    case definition(PythonStatement)
    case value(PythonExpression)
    case imported(module: String, level: Int, name: String?)
    /// Given more than once, in ways that differ.
    case varying
  }

  private var found: [String: Found] = [:]
  private(set) var stars: [(module: String, level: Int)] = []
  /// Whether names may come from elsewhere: `__getattr__`, `globals()`.
  private(set) var isOpen = false

  init(_ statements: [PythonStatement]) { read(statements, depth: 0) }

  /// What a name is at the end of the module, its star imports left aside; nil where no statement gives it.
  subscript(_ name: String) -> Found? { found[name] }

  private mutating func read(_ statements: [PythonStatement], depth: Int) {
    guard depth < 50 else {
      isOpen = true
      return
    }
    for statement in statements { read(statement, isConditional: depth > 0, depth) }
  }

  private mutating func take(_ name: String, _ new: Found, _ isConditional: Bool) {
    let known = found[name]
    // `import a.b` and `import a.c` give the same `a`.
    if case .imported(let module, 0, nil) = new, case .imported(module, 0, nil)? = known { return }
    found[name] = isConditional && known != nil ? .varying : new
  }

  private mutating func read(_ statement: PythonStatement, isConditional: Bool, _ depth: Int) {
    switch statement.kind {
    case .function(let function):
      if function.name == "__getattr__" { isOpen = true }
      take(function.name, .definition(statement), isConditional)
    case .class(let type): take(type.name, .definition(statement), isConditional)
    case .assignment(let targets, let value):
      for target in targets { read(target, value, isConditional) }
    case .annotation(let target, _, let value?): read(target, value, isConditional)
    case .import(let aliases):
      for alias in aliases {
        if let given = alias.alias {
          take(given, .imported(module: alias.name, level: 0, name: nil), isConditional)
        } else if let first = alias.name.split(separator: ".").first.map(String.init) {
          take(first, .imported(module: first, level: 0, name: nil), isConditional)
        }
      }
    case .importFrom(let module, let aliases, let level):
      for alias in aliases {
        if alias.name == "*" {
          stars.append((module, level))
        } else {
          take(alias.alias ?? alias.name, .imported(module: module, level: level, name: alias.name), isConditional)
        }
      }
    case .expression(let value):
      if case .call(let function, _, _) = value.node, let text = Self.root(of: function),
        text.hasPrefix("globals") || text == "exec" || text.hasPrefix("sys.modules") || text == "setattr"
      {
        isOpen = true
      }
    case .for(let target, _, let body, let otherwise, _):
      read(target, target, true)
      read(body + otherwise, depth: depth + 1)
    case .while(_, let body, let otherwise), .if(_, let body, let otherwise):
      read(body + otherwise, depth: depth + 1)
    case .with(_, let body, _): read(body, depth: depth + 1)
    case .try(let body, let handlers, let otherwise, let finally):
      read(body + otherwise + finally + handlers.flatMap(\.body), depth: depth + 1)
    case .match(_, let cases): for part in cases { read(part.body, depth: depth + 1) }
    case .invalid: isOpen = true
    case .exec: isOpen = true
    default: break
    }
  }

  /// `globals().update` and the like.
  private static func root(of function: PythonExpression) -> String? {
    if let name = function.dottedName { return name }
    switch function.node {
    case .attribute(let base, _): return root(of: base)
    case .call(let inner, _, _): return root(of: inner)
    case .subscripted(let base, _): return root(of: base)
    default: return nil
    }
  }

  private mutating func read(_ target: PythonExpression, _ value: PythonExpression, _ isConditional: Bool) {
    switch target.node {
    case .name(let text): take(text, .value(value), isConditional)
    case .tuple(let parts), .list(let parts):
      for part in parts where part.depth < 100 { read(part, part, true) }
    case .subscripted(let base, _): if Self.root(of: base)?.hasPrefix("globals") == true { isOpen = true }
    default: break
    }
  }
}
