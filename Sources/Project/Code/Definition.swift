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
    guard depth < 20, let names = moduleNames(of: file) else { return .unknown }
    switch names[name] {
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
    guard let names = moduleNames(of: file) else { return false }
    guard case .value(let value) = names["__all__"] else { return true }
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
    holds(source: SourcePath(parts.joined(separator: "/") + "/__init__.py"))
  }
}
