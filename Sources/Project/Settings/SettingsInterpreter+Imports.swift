import Diagnostics
import PythonSource

/// Imports between the modules of a project.
extension SettingsInterpreter {
  /// The namespace of a module of the project, run on the first call; nil when there is no such file, or it is not run.
  /// One that is not called settings, and of which not all names are taken (`isStar`), is followed less far: most of it is
  /// not about settings.
  func module(
    at path: SourcePath, named name: String = "", isStar: Bool = false
  ) throws(Interruption) -> NamespaceID? {
    if let known = modules[path] { return known }
    let isFollowedFar = isStar || path.isSettingsModule
    guard modules.count < Self.moduleLimit, depth < Self.depthLimit - 20, isFollowedFar || importStepsLeft > 0,
      let tree = sources.tree(of: path)
    else { return nil }
    let (attempts, doubts, limit, start) = (attempts, doubts, stepLimit, steps)
    self.attempts = []
    self.doubts = 0
    let isBounded = !isFollowedFar && !isInImport
    if isBounded {
      isInImport = true
      stepLimit = min(limit, steps + importStepsLeft)
    }
    defer {
      if isBounded {
        isInImport = false
        importStepsLeft -= steps - start
      }
      self.attempts = attempts
      self.doubts = doubts
      stepLimit = limit
    }
    return try run(tree, at: path, named: name)
  }

  /// Runs the statements of a module. What raises ends its statement, not the module.
  func run(_ tree: PythonTree, at path: SourcePath, named name: String) throws(Interruption) -> NamespaceID {
    let namespace = makeNamespace(.module(path))
    modules[path] = namespace
    if path == recorded { recordedNamespace = namespace }
    let shown = path.relative(to: root) ?? path
    knownFiles.append(File(path: shown, lines: tree.lines))
    let frame = Frame(scopes: [namespace], globals: namespace, file: Int32(knownFiles.count - 1), path: path)
    set("__name__", of: namespace, to: PythonValue(.string(name), at: Place(file: frame.file, offset: 0)))
    let limit = stepLimit
    defer { stepLimit = limit }
    for statement in tree.statements {
      stepLimit = statement.isImport || statement.isTry ? limit : min(limit, steps + statementShare(of: limit))
      do { _ = try run([statement], in: frame) } catch {
        guard case .exhausted = error else { continue }
        let reason = "line \(statement.line) of \(shown) takes more steps than are followed"
        setDoubt(of: namespace, to: reason)
        if path == recorded, excess == nil { excess = reason }
        if steps >= limit { break }
      }
      doubts = 0
    }
    return namespace
  }

  /// What one statement of a module may take, so that it leaves something for those behind it.
  private func statementShare(of limit: Int) -> Int { min(Self.statementStepLimit, max(500, (limit - steps) / 2)) }

  /// The file that `from ..a.b import` names from a module, absolute; nil when there is none.
  func file(of module: String, level: Int, from path: SourcePath) -> SourcePath? {
    if level == 0 { return moduleFile(module) }
    var folder = path.parent
    for _ in 1..<max(level, 1) { folder = folder.parent }
    for part in module.split(separator: ".") { folder = folder.appending(String(part)) }
    return sourceFile(folder)
  }

  private func sourceFile(_ base: SourcePath) -> SourcePath? {
    let candidates = [SourcePath(bytes: base.bytes + Array(".py".utf8)), base.appending("__init__.py")]
    return candidates.first { modules[$0] != nil || sources.tree(of: $0) != nil }
  }

  /// The file of an absolute dotted module of the project.
  func moduleFile(_ name: String) -> SourcePath? {
    if let known = moduleFiles[name] { return known }
    let file = files.module(name, recorded.relative(to: root) ?? recorded).map { root.appending($0) }
    moduleFiles[name] = .some(file)
    return file
  }

  func runImport(_ names: [PythonStatement.Alias], at place: Place, in frame: Frame) throws(Interruption) {
    for (name, alias) in names {
      if let file = moduleFile(name) {
        let module = try module(at: file, named: name)
        if let alias {
          let value = module.map { PythonValue(.namespace($0), at: place) }
          set(alias, of: frame.local, to: value ?? unknown("`\(name)` is not followed", at: place))
          continue
        }
      } else {
        try checkInstalled(name, at: place)
      }
      let bound = alias ?? String(name.prefix { $0 != "." })
      set(bound, of: frame.local, to: PythonValue(.external(alias == nil ? bound : name), at: place))
    }
  }

  func runImport(
    of names: [PythonStatement.Alias], from module: String, level: Int, at place: Place, in frame: Frame
  ) throws(Interruption) {
    if module == "__future__" { return }
    guard let file = file(of: module, level: level, from: frame.path) else {
      return try importMissing(names, from: module, level: level, at: place, in: frame)
    }
    let isStar = names.first?.name == "*"
    let isOwn = frame.globals == recordedNamespace || starImports.contains(frame.path)
    if isStar, isOwn { starImports.insert(file) }
    guard let source = try self.module(at: file, named: module, isStar: isStar && isOwn) else {
      return forget(names, "`\(module)` is not followed", at: place, in: frame)
    }
    for (name, alias) in names {
      if name == "*" {
        try importAll(of: source, in: frame)
        continue
      }
      set(alias ?? name, of: frame.local, to: try member(name, of: source, at: place))
    }
  }

  /// A name of a module of the project, or a module in its package.
  func member(_ name: String, of namespace: NamespaceID, at place: Place) throws(Interruption) -> PythonValue {
    if var value = variable(name, of: namespace) {
      value.isOptional = false
      return value
    }
    if case .module(let path) = namespaces[namespace.index].kind {
      let isPackage = path.nameBytes.elementsEqual("__init__.py".utf8)
      if isPackage, let file = sourceFile(path.parent.appending(name)), file != path,
        let module = try self.module(at: file, named: name)
      {
        return PythonValue(.namespace(module), at: place)
      }
      if name == "__file__" { return PythonValue(.string(Self.text(path)), at: place) }
    }
    if let reason = namespaces[namespace.index].doubt { return unknown(reason, at: place) }
    return try raise("ImportError", "`\(name)` is not set where it is imported from", at: place)
  }

  private func importAll(of source: NamespaceID, in frame: Frame) throws(Interruption) {
    let variables = namespaces[source.index].variables
    var names = variables.keys.filter { !$0.hasPrefix("_") }
    if let listed = variables["__all__"], let id = listed.sequence { names = items(id).compactMap(\.string) }
    try step(names.count)
    for name in names.sorted() {
      guard let value = variables[name] else { continue }
      // What is only set under a condition replaces what is there under it.
      let old = value.isOptional ? variable(name, of: frame.local) : nil
      set(name, of: frame.local, to: old == nil ? value : try joined([value, old]))
    }
    if let reason = namespaces[source.index].doubt { setDoubt(of: frame.local, to: reason, isSpoiling: false) }
  }

  /// An import of something that the project does not have.
  private func importMissing(
    _ names: [PythonStatement.Alias], from module: String, level: Int, at place: Place, in frame: Frame
  ) throws(Interruption) {
    if level > 0 {
      // `from . import a, b` of a package without __init__.py.
      if module.isEmpty, let found = try modules(names, level: level, in: frame) {
        for (name, value) in found { set(name, of: frame.local, to: value) }
        return
      }
      try checkJudged(names)
      _ = try raise("ImportError", "there is no such module", at: place)
      return forget(names, "`\(String(repeating: ".", count: level))\(module)` is not there", at: place, in: frame)
    }
    if isProjects(module) {
      try checkJudged(names)
      _ = try raise("ImportError", "there is no such module", at: place)
      return forget(names, "`\(module)` is not there", at: place, in: frame)
    }
    try checkInstalled(module, at: place)
    for (name, alias) in names {
      guard name == "*" else {
        let full = "\(module).\(name)"
        if let file = moduleFile(full), let namespace = try self.module(at: file, named: full) {
          set(alias ?? name, of: frame.local, to: PythonValue(.namespace(namespace), at: place))
        } else {
          let constant = isJudging ? Self.platform[full] : nil
          set(
            alias ?? name, of: frame.local,
            to: PythonValue(constant.map { .string($0) } ?? .external(full), at: place))
        }
        continue
      }
      // The defaults of a library do not replace what a project has set; another's settings may.
      let last = module.split(separator: ".").last ?? ""
      setDoubt(
        of: frame.local, to: "`from \(module) import *` is not followed", isSpoiling: last.contains("settings"))
    }
  }

  private func modules(
    _ names: [PythonStatement.Alias], level: Int, in frame: Frame
  ) throws(Interruption) -> [(String, PythonValue)]? {
    var found: [(String, PythonValue)] = []
    for (name, alias) in names {
      guard let file = file(of: name, level: level, from: frame.path), let module = try module(at: file, named: name)
      else { return nil }
      found.append((alias ?? name, PythonValue(.namespace(module), at: Place(file: frame.file, offset: 0))))
    }
    return found
  }

  /// Whether a module that is not there could only be one of the project: its package is, or its name is that of local
  /// settings.
  private func isProjects(_ module: String) -> Bool {
    let parts = module.split(separator: ".")
    for count in stride(from: parts.count - 1, to: 0, by: -1)
    where moduleFile(parts[..<count].joined(separator: ".")) != nil { return true }
    return parts.count == 1 && (module.contains("settings") || module.hasPrefix("local"))
  }

  /// Of a branch that takes its names from a file that is not there nothing can be judged: the others are.
  private func checkJudged(_ names: [PythonStatement.Alias]) throws(Interruption) {
    if isJudging, openBranches > 0, names.first?.name == "*" { throw .raised("ImportError") }
  }

  /// In a `try`, an import of something that may not be installed may raise.
  private func checkInstalled(_ module: String, at place: Place) throws(Interruption) {
    if !attempts.isEmpty, !files.isStandard(module) { attempts[attempts.count - 1].isUncertain = true }
  }

  /// What was to be imported has no known value.
  private func forget(
    _ names: [PythonStatement.Alias], _ reason: String, at place: Place, in frame: Frame
  ) {
    for (name, alias) in names {
      if name == "*" {
        setDoubt(of: frame.local, to: reason)
      } else {
        set(alias ?? name, of: frame.local, to: unknown(reason, at: place))
      }
    }
  }

  static func text(_ path: SourcePath) -> String { String(decoding: path.bytes, as: UTF8.self) }
}
