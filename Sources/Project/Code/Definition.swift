package import Diagnostics
package import PythonSource

/// What a dotted name of Python stands for, as far as the project's sources tell.
package enum Definition: Sendable {
  /// `def` in a file of the project.
  case function(PythonFunction, at: Location)
  case `class`(PythonClass, at: Location)
  /// An assignment to the name.
  case value(PythonExpression, at: Location)
  /// A module of the project.
  case module(SourcePath)
  /// The project has the module, and no such name in it: the rest of the dotted name, and the file that lacks it.
  case missing(name: String, in: SourcePath)
  /// The project has the package and no such module in it: `polls.viewz`, in the folder of `polls`.
  case missingModule(name: String, in: SourcePath)
  /// It belongs to something installed, by the dotted name that leads there.
  case external(String)
  /// The sources do not tell: a star import of something installed, a module that makes its names when it is imported.
  case unknown
}

extension ProjectCode {
  /// What a dotted name stands for, `module.name`, `module.Class.attribute` or a module alone. What is imported from elsewhere in the
  /// project is followed.
  package func definition(of dotted: String) -> Definition { definition(of: dotted, depth: 0) }

  /// What a dotted name stands for in a file: where it is used there.
  package func definition(of dotted: String, in file: SourcePath) -> Definition {
    let parts = dotted.split(separator: ".").map(String.init)
    guard let first = parts.first else { return .unknown }
    return member(parts.dropFirst(), of: lookUp(first, in: file, depth: 0), depth: 0)
  }

  private func definition(of dotted: String, depth: Int) -> Definition {
    let parts = dotted.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard depth < 20, let first = parts.first, !parts.contains("") else { return .unknown }
    guard provides(first) else { return .external(dotted) }
    for count in stride(from: parts.count, to: 0, by: -1) {
      let module = parts[..<count].joined(separator: ".")
      guard let file = file(ofModule: module) else { continue }
      // A folder called django hides Django; that it lacks Django's modules is no further fault.
      if count == 1, parts.count > 1, first == "django" { return .external(dotted) }
      if count == parts.count { return .module(file) }
      return member(parts[count...], ofModule: file, depth: depth)
    }
    // A folder without `__init__.py`, or something installed that has the same name.
    guard parts.count > 1, let folder = folder(ofPackage: first) else { return .unknown }
    return .missingModule(name: parts.dropFirst().joined(separator: "."), in: folder)
  }

  private func member(_ names: ArraySlice<String>, ofModule file: SourcePath, depth: Int) -> Definition {
    guard let name = names.first else { return .module(file) }
    let found = lookUp(name, in: file, depth: depth)
    // `polls.viewz.index`: what is meant is a module.
    if case .missing = found, file.name == "__init__.py", names.count > 1 {
      return .missingModule(name: names.joined(separator: "."), in: file.parent)
    }
    return member(names.dropFirst(), of: found, depth: depth)
  }

  private func member(_ names: ArraySlice<String>, of found: Definition, depth: Int) -> Definition {
    if names.isEmpty { return found }
    switch found {
    case .module(let file): return member(names, ofModule: file, depth: depth + 1)
    case .external(let dotted): return .external("\(dotted).\(names.joined(separator: "."))")
    case .missing, .missingModule: return found
    default: return .unknown
    }
  }

  /// What a name is at the end of a module.
  private func lookUp(_ name: String, in file: SourcePath, depth: Int) -> Definition {
    guard depth < 20, let tree = tree(of: file) else { return .unknown }
    var names = ModuleNames(name)
    names.read(tree.statements, depth: 0)
    switch names.found {
    case .definition(let statement):
      let location = Location(path: file, line: statement.line, column: statement.column)
      switch statement.kind {
      case .function(let function): return .function(function, at: location)
      case .class(let type): return .class(type, at: location)
      default: return .unknown
      }
    case .value(let value):
      // `index = views.index`
      if let dotted = value.dottedName, dotted != name {
        let found = definition(of: dotted, in: file, depth: depth + 1)
        if case .unknown = found {} else { return found }
      }
      return .value(value, at: Location(path: file, line: value.line, column: value.column))
    case .imported(let module, let level, let imported):
      guard let target = absolute(module, level: level, from: file) else { return .unknown }
      // What a package gives a name to comes before a module of it that has the same name.
      if let imported, let source = self.file(ofModule: target), source != file {
        return lookUp(imported, in: source, depth: depth + 1)
      }
      return definition(of: imported.map { target.isEmpty ? $0 : "\(target).\($0)" } ?? target, depth: depth + 1)
    case .varying: return .unknown
    case nil: break
    }
    if let module = submodule(name, of: file) {
      return starred(name, names.stars, from: file, depth) ?? .module(module)
    }
    if names.isOpen { return .unknown }
    for (module, level) in names.stars {
      guard let target = absolute(module, level: level, from: file), let source = self.file(ofModule: target) else {
        return .unknown
      }
      switch lookUp(name, in: source, depth: depth + 1) {
      case .missing: continue
      case let found: return found
      }
    }
    return .missing(name: name, in: file)
  }

  private func definition(of dotted: String, in file: SourcePath, depth: Int) -> Definition {
    let parts = dotted.split(separator: ".").map(String.init)
    guard depth < 20, let first = parts.first else { return .unknown }
    return member(parts.dropFirst(), of: lookUp(first, in: file, depth: depth), depth: depth)
  }

  /// What star imports from modules of the project give a name to; nil where they give it to nothing, or to a module.
  private func starred(
    _ name: String, _ stars: [(module: String, level: Int)], from file: SourcePath, _ depth: Int
  ) -> Definition? {
    for (module, level) in stars.reversed() where !name.hasPrefix("_") {
      guard let target = absolute(module, level: level, from: file), let source = self.file(ofModule: target),
        source != file, exports(name, source)
      else { continue }
      let found = lookUp(name, in: source, depth: depth + 1)
      switch found {
      case .function, .class, .value: return found
      default: continue
      }
    }
    return nil
  }

  /// Whether `__all__` of a module holds a name, or does not tell.
  private func exports(_ name: String, _ file: SourcePath) -> Bool {
    guard let tree = tree(of: file) else { return false }
    var names = ModuleNames("__all__")
    names.read(tree.statements, depth: 0)
    guard case .value(let value) = names.found else { return true }
    switch value.node {
    case .list(let items), .tuple(let items):
      return items.contains { $0.stringValue == nil || $0.stringValue == name }
    default: return true
    }
  }

  private func submodule(_ name: String, of file: SourcePath) -> SourcePath? {
    guard file.name == "__init__.py", let package = dottedName(of: file.parent) else { return nil }
    return self.file(ofModule: "\(package).\(name)")
  }

  /// The dotted name of the module that a `from` statement names in a file; nil when it leads out of the project's packages.
  package func absolute(_ module: String, level: Int, from file: SourcePath) -> String? {
    if level == 0 { return module }
    var folder = file.parent
    for _ in 1..<level {
      if folder.isEmpty { return nil }
      folder = folder.parent
    }
    guard let package = dottedName(of: folder) else { return nil }
    return module.isEmpty ? package : "\(package).\(module)"
  }

  /// The dotted name of a folder of the project as a package: the shortest that leads to it.
  package func dottedName(of folder: SourcePath) -> String? {
    let parts = folder.components
    for start in parts.indices.reversed() {
      let name = parts[start...].joined(separator: ".")
      let file = folder.appending("__init__.py")
      if self.file(ofModule: name) == file, start == 0 || !isPackage(parts[..<start]) { return name }
    }
    return nil
  }

  private func isPackage(_ parts: ArraySlice<String>) -> Bool {
    sources.contains(SourcePath(parts.joined(separator: "/") + "/__init__.py"))
  }
}

/// What a module's statements make of one name.
private struct ModuleNames {
  enum Found {
    case definition(PythonStatement)
    case value(PythonExpression)
    case imported(module: String, level: Int, name: String?)
    /// Given more than once, in ways that differ.
    case varying
  }

  let name: String
  private(set) var found: Found?
  private(set) var stars: [(module: String, level: Int)] = []
  /// Whether names may come from elsewhere: `__getattr__`, `globals()`.
  private(set) var isOpen = false

  init(_ name: String) { self.name = name }

  mutating func read(_ statements: [PythonStatement], depth: Int) {
    guard depth < 50 else {
      isOpen = true
      return
    }
    for statement in statements { read(statement, isConditional: depth > 0, depth) }
  }

  private mutating func take(_ new: Found, _ isConditional: Bool) {
    // `import a.b` and `import a.c` give the same `a`.
    if case .imported(let module, 0, nil) = new, case .imported(module, 0, nil)? = found { return }
    found = isConditional && found != nil ? .varying : new
  }

  private mutating func read(_ statement: PythonStatement, isConditional: Bool, _ depth: Int) {
    switch statement.kind {
    case .function(let function):
      if function.name == "__getattr__" { isOpen = true }
      if function.name == name { take(.definition(statement), isConditional) }
    case .class(let type): if type.name == name { take(.definition(statement), isConditional) }
    case .assignment(let targets, let value):
      for target in targets { read(target, value, isConditional) }
    case .annotation(let target, _, let value?): read(target, value, isConditional)
    case .import(let aliases):
      for alias in aliases {
        if let given = alias.alias {
          if given == name { take(.imported(module: alias.name, level: 0, name: nil), isConditional) }
        } else if let first = alias.name.split(separator: ".").first, first == name {
          take(.imported(module: name, level: 0, name: nil), isConditional)
        }
      }
    case .importFrom(let module, let aliases, let level):
      for alias in aliases {
        if alias.name == "*" {
          stars.append((module, level))
        } else if alias.alias ?? alias.name == name {
          take(.imported(module: module, level: level, name: alias.name), isConditional)
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
    case .name(let text): if text == name { take(.value(value), isConditional) }
    case .tuple(let parts), .list(let parts):
      for part in parts where part.depth < 100 { read(part, part, true) }
    case .subscripted(let base, _): if Self.root(of: base)?.hasPrefix("globals") == true { isOpen = true }
    default: break
    }
  }
}
