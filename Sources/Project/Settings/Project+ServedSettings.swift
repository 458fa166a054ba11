import Diagnostics
import PythonSource

extension Project {
  /// The modules that files which start servers give to DJANGO_SETTINGS_MODULE, each once.
  package var settingsNamedByProcesses: [String] {
    guard let code else { return [] }
    let servers = tree.files.filter { path in
      path.bytes.suffix(4).elementsEqual(".ini".utf8) || path.name.hasPrefix("gunicorn")
    }
    var found: [String] = []
    for path in tree.processFiles.filter(\.kind.isServing).map(\.path) + servers {
      guard let bytes = code.bytes(of: path), bytes.holds("DJANGO_SETTINGS_MODULE") else { continue }
      // pytest.ini and tox.ini name what tests run with.
      if path.bytes.suffix(4).elementsEqual(".ini".utf8), !bytes.holds("[uwsgi]") { continue }
      for name in SettingsLoader.moduleNames(in: bytes) where !found.contains(name) { found.append(name) }
    }
    return found
  }

  /// Whether a setting is what these files make of it whatever the environment holds: set outside of conditions, and no file
  /// that may be there elsewhere sets it, no call is given the module's names.
  package func isSettled(_ name: String, in settings: Settings) -> Bool {
    guard let code, settings.limit == nil else { return false }
    let files = [settings.path] + settings.starImports
    for file in files {
      guard let tree = code.tree(of: file) else { return false }
      for (statement, isConditional) in tree.moduleLevel {
        switch statement.kind {
        case .importFrom(_, let names, _):
          if isConditional, names.contains(where: { $0.name == "*" || $0.alias ?? $0.name == name }) { return false }
        case .exec: return false
        case .expression(let value):
          if Self.handsOutNames(value) || isConditional && Self.touched(by: value) == name { return false }
        default: if isConditional, Self.touched(by: statement).contains(name) { return false }
        }
      }
    }
    guard let value = settings[name] else { return true }
    return files.contains(value.location.path) && isLiteral(at: value.location, code)
  }

  /// What a statement gives a value to.
  private static func touched(by statement: PythonStatement) -> [String] {
    switch statement.kind {
    case .assignment(let targets, _):
      targets.flatMap { target -> [PythonExpression] in
        if case .tuple(let parts) = target.node { return parts }
        return [target]
      }.compactMap(\.dottedName)
    case .annotation(let target, _, _), .augmentedAssignment(let target, _, _): [target.dottedName].compactMap(\.self)
    default: []
    }
  }

  /// `NAME` in `NAME.append(...)`
  private static func touched(by value: PythonExpression) -> String? {
    guard case .call(let function, _, _) = value.node, case .attribute(let base, _) = function.node else { return nil }
    return base.dottedName
  }

  /// `exec(...)`, `include(optional("local.py"))`, `django_heroku.settings(locals())`
  private static func handsOutNames(_ value: PythonExpression) -> Bool {
    guard case .call(let function, let arguments, let keywords) = value.node else { return false }
    if let name = function.lastName, ["exec", "execfile", "include"].contains(name) { return true }
    let names = ["locals", "globals", "vars"]
    if case .attribute(let base, _) = function.node, let name = base.calledName, names.contains(name) { return true }
    return (arguments + keywords.map(\.value)).contains { argument in
      guard case .call(let inner, _, _) = argument.node, let name = inner.dottedName else { return false }
      return names.contains(name)
    }
  }

  /// Whether a value is written out where it stands.
  private func isLiteral(at location: Location, _ code: ProjectCode) -> Bool {
    guard let line = location.line, let column = location.column, let tree = code.tree(of: location.path) else {
      return false
    }
    let start = tree.lines.start(ofLine: line)
    let end = tree.source[start...].firstIndex(of: 0x0A) ?? tree.source.count
    let text = String(decoding: tree.source[start..<end], as: UTF8.self).unicodeScalars.dropFirst(column - 1)
    return ["True", "None", "[", "(", "'", "\"", "list()", "set(", "tuple("].contains {
      text.starts(with: $0.unicodeScalars)
    }
      || text.first.map { ("0"..."9").contains($0) } == true
  }
}

extension ProcessFile.Kind {
  /// Whether such a file says how the project is served.
  fileprivate var isServing: Bool {
    switch self {
    case .procfile, .dockerfile, .compose, .unit, .shellScript, .script, .fly, .railwayJSON, .railwayTOML, .nixpacks,
      .render, .heroku, .configuration, .environment:
      true
    default: false
    }
  }
}
