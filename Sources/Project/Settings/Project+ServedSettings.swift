package import Diagnostics
package import PythonSource

extension Project {
  /// The modules that files which start servers give to DJANGO_SETTINGS_MODULE, each once.
  package var settingsNamedByProcesses: [String] {
    var found: [String] = []
    for file in filesOfProcesses {
      for name in settingsNamed(in: file.path, startedAt: nil) where !found.contains(name) { found.append(name) }
    }
    return found
  }

  /// The files that start servers; the kind of `uwsgi.ini` and `gunicorn.conf.py` is that of a configuration.
  package var filesOfProcesses: [ProcessFile] {
    let configurations = tree.files.filter { path in
      if path.bytes.suffix(4).elementsEqual(".ini".utf8) {
        // pytest.ini and tox.ini name what tests run with.
        return code?.bytes(of: path)?.holds("[uwsgi]") ?? false
      }
      return path.name.hasPrefix("gunicorn")
    }
    return tree.processFiles.filter(\.kind.isServing)
      + configurations.map { ProcessFile(path: $0, kind: .configuration) }
  }

  private static let servers = ["gunicorn", "uwsgi", "daphne", "uvicorn", "hypercorn", "granian", "waitress-serve"]
    .map { Array($0.utf8) }

  /// The modules that a file gives to DJANGO_SETTINGS_MODULE for what it starts in the line `start`; for all that it starts
  /// where that is nil. Each once.
  package func settingsNamed(in path: SourcePath, startedAt start: Int?) -> [String] {
    guard let bytes = code?.bytes(of: path), bytes.holds("DJANGO_SETTINGS_MODULE") else { return [] }
    let kind = tree.processFiles.first { $0.path == path }?.kind ?? .configuration
    var found: [String] = []
    var instruction = ""
    for (number, line) in zip(1..., bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)) {
      let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      if text.first == UInt8(ascii: "#") || text.first == UInt8(ascii: ";") { continue }
      let word = String(decoding: text.prefix { !" \t=\r".utf8.contains($0) }, as: UTF8.self)
      let names = SettingsLoader.moduleNames(in: Array(line))
      let isForAll: Bool
      switch kind {
      case .dockerfile:
        if instruction.isEmpty { instruction = word.uppercased() }
        isForAll = ["ENV", "CMD", "ENTRYPOINT"].contains(instruction)
        let last = line.last { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: " ") }
        if last != UInt8(ascii: "\\") { instruction = "" }
      // Before a command it is for that command alone.
      case .procfile: isForAll = start == nil
      case .shellScript, .script:
        let words = text.split { " \t\r/".utf8.contains($0) }
        isForAll = word == "export" || words.count == 1 || words.contains { Self.servers.contains(Array($0)) }
      default: isForAll = true
      }
      guard isForAll || number == start else { continue }
      for name in names where !found.contains(name) { found.append(name) }
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
    return files.contains(value.location.path) && isLiteral(name, at: value.location, code)
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

  /// The expression that a module gives to a name last, by the place of the value.
  package func expression(of name: String, at location: Location) -> PythonExpression? {
    guard let line = location.line, let tree = code?.tree(of: location.path) else { return nil }
    return tree.moduleLevel.last { statement, _ in
      statement.line <= line && line <= tree.lines.line(of: statement.range.upperBound)
        && Self.touched(by: statement).contains(name)
    }.flatMap { Self.value(of: $0.statement) }
  }

  /// The environment variable of `os.environ.get("NAME", "False")`, which any text but an empty one switches on; also in
  /// `bool(...)`. Nil for anything else.
  package static func variableWithDefault(_ expression: PythonExpression) -> String? {
    guard expression.depth < 20, case .call(let function, let arguments, let keywords) = expression.node,
      let name = function.dottedName
    else { return nil }
    if name == "bool", arguments.count == 1, keywords.isEmpty { return variableWithDefault(arguments[0]) }
    let isPlain = ["os.environ.get", "environ.get", "os.getenv", "getenv"].contains(name)
    // Without a cast those of django-environ and python-decouple give texts too.
    let givesText = ["config", "env.str", "decouple.config"].contains(name)
    if givesText, arguments.count == 1, keywords.count == 1, keywords[0].name == "default",
      case .string(let text) = keywords[0].value.node, !text.isEmpty
    {
      return arguments[0].stringValue
    }
    guard isPlain && keywords.isEmpty || name == "env.str" && keywords.isEmpty, arguments.count == 2 else { return nil }
    switch arguments[1].node {
    case .boolean(true): return arguments[0].stringValue
    case .string(let text) where !text.isEmpty: return arguments[0].stringValue
    case .number(let digits) where digits != "0": return arguments[0].stringValue
    default: return nil
    }
  }

  private static func value(of statement: PythonStatement) -> PythonExpression? {
    switch statement.kind {
    case .assignment(_, let value), .annotation(_, _, let value?), .augmentedAssignment(_, _, let value): value
    default: nil
    }
  }

  /// Whether a value is written out where it stands.
  private func isLiteral(_ name: String, at location: Location, _ code: ProjectCode) -> Bool {
    guard let tree = code.tree(of: location.path) else { return false }
    if let written = expression(of: name, at: location) { return Self.isWrittenOut(written, in: tree) }
    return false
  }

  /// Whether nothing but the file decides what an expression is: literals, and names that the file gives such once.
  private static func isWrittenOut(_ expression: PythonExpression, in tree: PythonTree, depth: Int = 0) -> Bool {
    guard depth < 10, expression.depth < 20 else { return false }
    func isOut(_ part: PythonExpression) -> Bool { isWrittenOut(part, in: tree, depth: depth + 1) }
    switch expression.node {
    // Of a list it is what stands in it that may vary, not whether something does.
    case .string, .number, .boolean, .none, .list, .tuple, .set, .listComprehension: return true
    case .unary(_, let operand): return isOut(operand)
    case .logical(_, let operands): return operands.allSatisfy(isOut)
    case .comparison(let first, let others): return isOut(first) && others.allSatisfy { isOut($0.value) }
    case .call(let function, let arguments, let keywords):
      // Compared with a text it is what the environment says.
      if depth == 0, variableWithDefault(expression) != nil { return true }
      return ["list", "set", "tuple", "bool"].contains(function.dottedName) && keywords.isEmpty
        && arguments.allSatisfy(isOut)
    case .name(let name):
      let places = tree.moduleLevel.filter { touched(by: $0.statement).contains(name) }
      guard places.count == 1, !places[0].isConditional, let value = value(of: places[0].statement) else {
        return false
      }
      return isOut(value)
    default: return false
    }
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
