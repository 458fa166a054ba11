import Diagnostics
import Host
import PythonSource

extension SettingsEvaluator {
  func call(
    _ function: PythonExpression, _ arguments: [PythonExpression],
    _ keywords: [PythonExpression.Keyword], _ expression: PythonExpression
  ) -> SettingValue {
    let values = arguments.map(evaluate)
    if let name = function.dottedName, let result = namedCall(name, values, keywords, expression) { return result }
    if case .attribute(let base, let method) = function.node, case .path(let path) = evaluate(base).content {
      switch method {
      case "resolve": return value(.path(resolved(path)), expression)
      case "absolute": return value(.path(root.appending(path).collapsed), expression)
      case "joinpath": return joined([value(.path(path), expression)] + values, expression)
      case "as_posix": return value(.string(Self.text(path)), expression)
      default: break
      }
    }
    return unknown("a call that is not read", expression)
  }

  /// The functions that are known by name; nil for any other.
  private func namedCall(
    _ name: String, _ values: [SettingValue], _ keywords: [PythonExpression.Keyword],
    _ expression: PythonExpression
  ) -> SettingValue? {
    switch name {
    case "os.environ.get", "environ.get", "os.getenv", "getenv":
      guard let variable = values.first?.text else {
        return unknown("an environment variable whose name is not known", expression)
      }
      let named = keywords.first { $0.name == "default" }.map { evaluate($0.value) }
      return self.variable(variable, default: values.dropFirst().first ?? named ?? value(.none, expression), expression)
    case "Path", "pathlib.Path", "PurePath", "pathlib.PurePath": return joined(values, expression)
    case "os.path.join", "path.join", "join": return transformed(values, expression, SourcePath.joining)
    case "os.path.dirname", "path.dirname", "dirname": return transformed(values, expression) { $0[0].directoryName }
    case "os.path.abspath", "path.abspath", "abspath":
      return transformed(values, expression) { root.appending($0[0]).normalized }
    case "os.path.normpath", "path.normpath", "normpath":
      return transformed(values, expression) { $0[0].normalized }
    case "os.path.realpath", "path.realpath", "realpath":
      return transformed(values, expression) { resolved($0[0]) }
    case "dict":
      return dictionary(values.map { (nil, $0) } + keywords.map { ($0.name ?? "**", evaluate($0.value)) }, expression)
    case "str", "int", "list", "tuple":
      guard values.count == 1, keywords.isEmpty, let content = Self.converted(values[0].content, by: name) else {
        return nil
      }
      return SettingValue(content, at: values[0].location, variable: values[0].variable)
    default: return nil
    }
  }

  /// What the built-in `type` makes of a value; nil when that is not known.
  private static func converted(_ content: SettingValue.Content, by type: String) -> SettingValue.Content? {
    switch (type, content) {
    case (_, .unknown), ("str", .string), ("list", .list), ("tuple", .list): content
    case ("str", .path(let path)): .string(text(path))
    case ("str", .boolean(let flag)): .string(flag ? "True" : "False")
    case ("str", .none): .string("None")
    case ("str", .number(let digits)): Int(digits).map { .string(String($0)) }
    case ("int", .string(let digits)), ("int", .number(let digits)): Int(digits).map { .number(String($0)) }
    case ("int", .boolean(let flag)): .number(flag ? "1" : "0")
    default: nil
    }
  }

  /// A function of os.path, which takes paths and gives text.
  private func transformed(
    _ values: [SettingValue], _ expression: PythonExpression, _ change: ([SourcePath]) -> SourcePath
  ) -> SettingValue {
    let texts = values.compactMap(\.text)
    guard texts.count == values.count, !texts.isEmpty else { return pathUnknown(values, expression) }
    return value(.string(Self.text(change(texts.map { SourcePath($0) }))), expression)
  }

  /// A path of pathlib from its parts.
  private func joined(_ parts: [SettingValue], _ expression: PythonExpression) -> SettingValue {
    let texts = parts.compactMap(\.text)
    guard texts.count == parts.count, let first = texts.first else { return pathUnknown(parts, expression) }
    let path = texts.dropFirst().reduce(SourcePath(first)) { $0.appending($1) }
    return value(.path(path.collapsed), expression)
  }

  private func pathUnknown(_ values: [SettingValue], _ expression: PythonExpression) -> SettingValue {
    unknown(values.lazy.compactMap(\.unknownReason).first ?? "a path that is not known", expression)
  }

  /// Without links, as far as the path exists; what does not is kept as it is written.
  private func resolved(_ path: SourcePath) -> SourcePath {
    let absolute = root.appending(path)
    if let real = Files.resolved(absolute) { return real }
    guard absolute.parent != absolute else { return absolute }
    return resolved(absolute.parent).appending(SourcePath(bytes: absolute.nameBytes)).normalized
  }
}
