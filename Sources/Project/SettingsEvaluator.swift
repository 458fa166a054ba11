package import Diagnostics
package import Host
package import PythonSource

/// Evaluates a settings module.
///
/// Supported: literals and displays, names assigned before, `+` and `+=`, `or`, os.environ.get / os.getenv /
/// os.environ[...], paths from `__file__` with pathlib (`Path`, `/`, `parent`, `parents[n]`, `resolve`, `absolute`) and
/// os.path (`join`, `dirname`, `abspath`, `realpath`), `str` and `int` around them.
/// Unsupported, and `unknown` with the reason: everything else. A setting whose last assignment stands under a condition
/// is unknown too. Each statement is read once, so evaluation ends.
package struct SettingsEvaluator {
  private let module: PythonModule
  private let host: Host
  private let path: SourcePath
  private let root: SourcePath
  private var variables: [String: SettingValue] = [:]
  private var history: [(name: String, value: SettingValue)] = []

  /// `path` is relative to the project's folder `root`, which is absolute.
  package init(_ module: PythonModule, at path: SourcePath, in root: SourcePath, host: Host) {
    self.module = module
    self.path = path
    self.root = root
    self.host = host
  }

  package mutating func evaluate() -> Settings {
    for statement in module.statements {
      switch statement.kind {
      case .assignment(let targets, let value):
        let result = evaluate(value)
        for target in targets {
          if case .name(let name) = target.node { assign(result, to: name, isConditional: statement.isConditional) }
        }
      case .augmentedAssignment(let target, let operation, let value):
        guard case .name(let name) = target.node else { continue }
        let added = evaluate(value)
        history.append((name, added))
        let old = variables[name]
        let sum = old.flatMap { operation == "+" ? concatenation($0, added, at: $0.location) : nil }
        let result = sum ?? unknown("changed by `\(operation)=`", value)
        variables[name] = statement.isConditional ? conditional(result) : result
      case .expression: break
      }
    }
    return Settings(path: path, finals: variables, history: history)
  }

  private mutating func assign(_ value: SettingValue, to name: String, isConditional: Bool) {
    history.append((name, value))
    variables[name] = isConditional ? conditional(value) : value
  }

  private func conditional(_ value: SettingValue) -> SettingValue {
    SettingValue(.unknown("set under a condition"), at: value.location)
  }

  private func location(_ expression: PythonExpression) -> Location {
    Location(path: path, line: expression.line, column: expression.column)
  }

  private func value(_ content: SettingValue.Content, _ expression: PythonExpression, variable: String? = nil)
    -> SettingValue
  {
    SettingValue(content, at: location(expression), variable: variable)
  }

  private func unknown(_ reason: String, _ expression: PythonExpression) -> SettingValue {
    value(.unknown(reason), expression)
  }

  // MARK: - Expressions

  private func evaluate(_ expression: PythonExpression) -> SettingValue {
    switch expression.node {
    case .string(let text): return value(.string(text), expression)
    case .number(let digits): return value(.number(digits), expression)
    case .boolean(let flag): return value(.boolean(flag), expression)
    case .none: return value(.none, expression)
    case .list(let items), .tuple(let items), .set(let items): return list(items, expression)
    case .dictionary(let entries): return dictionary(entries, expression)
    case .name("__file__"): return value(.path(root.appending(path)), expression)
    case .name(let name): return variables[name] ?? unknown("`\(name)` is not set in this file", expression)
    case .attribute(let base, let name): return attribute(name, of: base, expression)
    case .subscripted(let base, let key): return subscripted(base, key, expression)
    case .binary(let left, "+", let right):
      let (left, right) = (evaluate(left), evaluate(right))
      return concatenation(left, right, at: location(expression)) ?? unknown("a sum that is not known", expression)
    case .binary(let left, "/", let right): return quotient(evaluate(left), evaluate(right), expression)
    case .binary(let left, "or", let right):
      let first = evaluate(left)
      guard let truth = first.truth else { return first }
      return truth ? first : evaluate(right)
    case .unary("-", let operand):
      guard case .number(let digits) = operand.node else { break }
      return value(.number("-\(digits)"), expression)
    case .call(let function, let arguments, let keywords): return call(function, arguments, keywords, expression)
    default: break
    }
    return unknown("an expression that is not read", expression)
  }

  private func list(_ items: [PythonExpression], _ expression: PythonExpression) -> SettingValue {
    var values: [SettingValue] = []
    for item in items {
      if case .starred(let inner) = item.node {
        let inner = evaluate(inner)
        guard case .list(let more) = inner.content else { return unknown("`*` of something that is not known", item) }
        values += more
      } else {
        values.append(evaluate(item))
      }
    }
    return value(.list(values), expression)
  }

  private func dictionary(
    _ entries: [(key: PythonExpression?, value: PythonExpression)], _ expression: PythonExpression
  ) -> SettingValue {
    var result: [(key: String, value: SettingValue)] = []
    for (key, item) in entries {
      let item = evaluate(item)
      guard let key else {
        guard case .dictionary(let more) = item.content else {
          return unknown("`**` of something that is not known", expression)
        }
        result += more
        continue
      }
      if let text = evaluate(key).text { result.append((text, item)) }
    }
    return value(.dictionary(result), expression)
  }

  private func concatenation(_ left: SettingValue, _ right: SettingValue, at location: Location) -> SettingValue? {
    switch (left.content, right.content) {
    case (.string(let left), .string(let right)): SettingValue(.string(left + right), at: location)
    case (.list(let left), .list(let right)): SettingValue(.list(left + right), at: location)
    default: nil
    }
  }

  private func quotient(_ left: SettingValue, _ right: SettingValue, _ expression: PythonExpression) -> SettingValue {
    guard case .path(let folder) = left.content, let name = right.text else {
      return unknown(left.unknownReason ?? "a path that is not known", expression)
    }
    return value(.path(folder.appending(name)), expression)
  }

  private func attribute(_ name: String, of base: PythonExpression, _ expression: PythonExpression) -> SettingValue {
    guard case .path(let path) = evaluate(base).content else {
      return unknown("`.\(name)` of something that is not known", expression)
    }
    switch name {
    case "parent": return value(.path(path.normalized.parent), expression)
    case "name": return value(.string(path.name), expression)
    default: return unknown("`.\(name)` of a path", expression)
    }
  }

  private func subscripted(_ base: PythonExpression, _ key: PythonExpression, _ expression: PythonExpression)
    -> SettingValue
  {
    if base.dottedName == "os.environ" || base.dottedName == "environ", let name = evaluate(key).text {
      return variable(name, default: nil, expression)
    }
    if case .attribute(let path, "parents") = base.node, case .path(var folder) = evaluate(path).content,
      case .number(let digits) = key.node, let count = Int(digits), count < 64
    {
      for _ in 0...count { folder = folder.normalized.parent }
      return value(.path(folder), expression)
    }
    let (base, key) = (evaluate(base), evaluate(key))
    if let text = key.text, let found = base[text] { return found }
    return unknown("a subscript that is not known", expression)
  }

  private func variable(_ name: String, default fallback: SettingValue?, _ expression: PythonExpression) -> SettingValue
  {
    if let text = host.environment[name] { return value(.string(text), expression, variable: name) }
    guard let fallback else {
      return value(.unknown("the environment variable \(name) is not set"), expression, variable: name)
    }
    return SettingValue(fallback.content, at: fallback.location, variable: name)
  }
}

// MARK: - Calls

extension SettingsEvaluator {
  private func call(
    _ function: PythonExpression, _ arguments: [PythonExpression],
    _ keywords: [(name: String, value: PythonExpression)], _ expression: PythonExpression
  ) -> SettingValue {
    let values = arguments.map(evaluate)
    if let name = function.dottedName, let result = namedCall(name, values, keywords, expression) { return result }
    if case .attribute(let base, let method) = function.node, case .path(let path) = evaluate(base).content {
      switch method {
      case "resolve": return value(.path(Files.resolved(path) ?? path.normalized), expression)
      case "absolute": return value(.path(path), expression)
      case "joinpath": return joined(path, values, expression)
      case "as_posix": return value(.string(String(decoding: path.bytes, as: UTF8.self)), expression)
      default: break
      }
    }
    return unknown("a call that is not read", expression)
  }

  /// The functions that are known by name; nil for any other.
  private func namedCall(
    _ name: String, _ values: [SettingValue], _ keywords: [(name: String, value: PythonExpression)],
    _ expression: PythonExpression
  ) -> SettingValue? {
    switch name {
    case "os.environ.get", "environ.get", "os.getenv", "getenv":
      guard let variable = values.first?.text else {
        return unknown("an environment variable whose name is not known", expression)
      }
      let named = keywords.first { $0.name == "default" }.map { evaluate($0.value) }
      return self.variable(variable, default: values.dropFirst().first ?? named ?? value(.none, expression), expression)
    case "Path", "pathlib.Path", "PurePath", "pathlib.PurePath":
      guard let first = values.first?.text else { return unknown("a path that is not known", expression) }
      return joined(SourcePath(first), Array(values.dropFirst()), expression)
    case "os.path.join", "path.join", "join":
      guard let first = values.first?.text else { return unknown("a path that is not known", expression) }
      return joined(SourcePath(first), Array(values.dropFirst()), expression)
    case "os.path.dirname", "dirname": return transformed(values, expression) { $0.parent }
    case "os.path.abspath", "abspath", "os.path.normpath":
      return transformed(values, expression) { root.appending($0).normalized }
    case "os.path.realpath", "realpath": return transformed(values, expression) { Files.resolved($0) ?? $0.normalized }
    case "str":
      return values.first.map {
        SettingValue($0.scalarText.map { .string($0) } ?? $0.content, at: $0.location, variable: $0.variable)
      }
    case "int":
      guard let first = values.first, let text = first.scalarText, let number = Int(text) else { return nil }
      return SettingValue(.number(String(number)), at: first.location, variable: first.variable)
    case "list", "tuple", "dict": return values.count == 1 && keywords.isEmpty ? values[0] : nil
    default: return nil
    }
  }

  private func transformed(
    _ values: [SettingValue], _ expression: PythonExpression, _ change: (SourcePath) -> SourcePath
  ) -> SettingValue {
    guard let text = values.first?.text else { return unknown("a path that is not known", expression) }
    return value(.path(change(SourcePath(text))), expression)
  }

  private func joined(_ base: SourcePath, _ parts: [SettingValue], _ expression: PythonExpression) -> SettingValue {
    var path = base
    for part in parts {
      guard let text = part.text else { return unknown("a path that is not known", expression) }
      path = path.appending(text)
    }
    return value(.path(path), expression)
  }
}
