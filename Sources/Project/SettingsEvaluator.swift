package import Diagnostics
package import Host
package import PythonSource

/// Evaluates a settings module.
///
/// Supported: literals and displays; names assigned before; `+`, `+=`, `or`; `X[key] = value`; `append`, `extend`,
/// `insert`, `update` as statements; os.environ.get, os.getenv, os.environ[...]; paths from `__file__` with pathlib
/// (`Path`, `/`, `parent`, `parents[n]`, `resolve`, `absolute`, `joinpath`) and os.path (`join`, `dirname`, `abspath`,
/// `normpath`, `realpath`); `str`, `int`, `list`, `tuple` and `dict` around them.
/// Unsupported, and `unknown` with the reason: everything else. A setting that is last changed under a condition is
/// unknown too. Each statement is read once and values are bounded, so evaluation ends.
package struct SettingsEvaluator {
  let host: Host
  let path: SourcePath
  let root: SourcePath
  private let tree: PythonTree
  /// Expressions that are deeper are unknown: evaluation recurses.
  static let depthLimit = 200
  private(set) var variables: [String: SettingValue] = [:]
  private var history: [(name: String, value: SettingValue)] = []

  /// `path` is relative to the project's folder `root`, which is absolute.
  package init(_ tree: PythonTree, at path: SourcePath, in root: SourcePath, host: Host) {
    self.tree = tree
    self.path = path
    self.root = root
    self.host = host
  }

  package mutating func evaluate() -> Settings {
    for (statement, isConditional) in tree.moduleLevel {
      switch statement.kind {
      case .assignment(let targets, let value):
        let result = evaluate(value)
        for target in targets { assign(result, to: target, isConditional: isConditional) }
      case .annotation(let target, _, let value?):
        assign(evaluate(value), to: target, isConditional: isConditional)
      case .augmentedAssignment(let target, let operation, let value):
        augment(target, operation, evaluate(value), isConditional: isConditional)
      case .expression(let expression): change(by: expression, isConditional: isConditional)
      default: break
      }
    }
    return Settings(path: path, finals: variables, history: history)
  }

  // MARK: - Statements

  private mutating func assign(_ value: SettingValue, to target: PythonExpression, isConditional: Bool) {
    guard target.depth <= Self.depthLimit else { return }
    switch target.node {
    case .name(let name): set(name, to: value, showing: value, isConditional: isConditional)
    case .tuple(let targets), .list(let targets):
      let values = value.items.count == targets.count ? value.items : []
      for (index, target) in targets.enumerated() {
        let part = values.isEmpty ? unknown("unpacked from something that is not known", target) : values[index]
        assign(part, to: target, isConditional: isConditional)
      }
    case .subscripted:
      guard let (name, keys) = subscripts(target) else { return }
      let texts = keys.compactMap { evaluate($0).text }
      guard texts.count == keys.count else { return forget(name, "changed at a key that is not known", target) }
      let shown = texts.reversed().reduce(value) { SettingValue(.dictionary([($1, $0)]), at: value.location) }
      let changed = variables[name].flatMap { replacing(texts[...], in: $0, with: value) }
      set(
        name, to: changed ?? unknown("changed at a key of something that is not known", target), showing: shown,
        isConditional: isConditional)
    case .starred(let inner): assign(unknown("unpacked with `*`", target), to: inner, isConditional: isConditional)
    default: break
    }
  }

  private mutating func augment(
    _ target: PythonExpression, _ operation: String, _ added: SettingValue, isConditional: Bool
  ) {
    guard case .name(let name) = target.node else {
      if target.depth <= Self.depthLimit, let (name, _) = subscripts(target) {
        forget(name, "changed by `\(operation)=`", target)
      }
      return
    }
    let sum = operation == "+" ? variables[name].flatMap { concatenation($0, added, at: $0.location) } : nil
    set(
      name, to: sum ?? unknown("changed by `\(operation)=`", target), showing: added, isConditional: isConditional)
  }

  /// `X.append(value)` and its like; any other method of a list or dictionary makes it unknown.
  private mutating func change(by expression: PythonExpression, isConditional: Bool) {
    guard expression.depth <= Self.depthLimit,
      case .call(let function, let arguments, let keywords) = expression.node,
      case .attribute(let base, let method) = function.node
    else { return }
    guard case .name(let name) = base.node else {
      if let (name, _) = subscripts(base) { forget(name, "changed by `.\(method)`", expression) }
      return
    }
    let old = variables[name]
    var result: SettingValue?
    let added: SettingValue
    switch (method, arguments.count) {
    case ("append", 1), ("insert", 2):
      added = value(.list([evaluate(arguments[arguments.count - 1])]), expression)
      let isFirst = if method == "insert", case .number("0") = arguments[0].node { true } else { false }
      if let old, isFirst || method == "append" {
        result = concatenation(isFirst ? added : old, isFirst ? old : added, at: old.location)
      }
    case ("extend", 1):
      added = evaluate(arguments[0])
      result = old.flatMap { concatenation($0, added, at: $0.location) }
    case ("update", 0...1):
      let parts = arguments.map { (nil, evaluate($0)) } + keywords.map { ($0.name ?? "**", evaluate($0.value)) }
      added = dictionary(parts, expression)
      if let old { result = dictionary([(nil, old), (nil, added)], expression) }
    default: return forget(name, "changed by `.\(method)`", expression)
    }
    set(
      name, to: result ?? unknown("changed by `.\(method)`", expression), showing: added, isConditional: isConditional)
  }

  private mutating func set(
    _ name: String, to value: SettingValue, showing shown: SettingValue, isConditional: Bool
  ) {
    history.append((name, shown))
    variables[name] =
      isConditional ? SettingValue(.unknown("set under a condition"), at: value.location) : value
  }

  /// What `name` held is no longer known.
  private mutating func forget(_ name: String, _ reason: String, _ expression: PythonExpression) {
    if variables[name] != nil { variables[name] = unknown(reason, expression) }
  }

  /// The name and the keys of `NAME[key][key]`; nil for anything else.
  private func subscripts(_ target: PythonExpression) -> (name: String, keys: [PythonExpression])? {
    switch target.node {
    case .name(let name): (name, [])
    case .subscripted(let base, let key): subscripts(base).map { ($0.name, $0.keys + [key]) }
    default: nil
    }
  }

  private func replacing(_ keys: ArraySlice<String>, in old: SettingValue, with new: SettingValue) -> SettingValue? {
    guard let key = keys.first else { return new }
    guard case .dictionary(var entries) = old.content else { return nil }
    if let index = entries.lastIndex(where: { $0.key == key }) {
      guard let value = replacing(keys.dropFirst(), in: entries[index].value, with: new) else { return nil }
      entries[index].value = value
    } else {
      guard keys.count == 1 else { return nil }
      entries.append((key, new))
    }
    return SettingValue(.dictionary(entries), at: old.location)
  }
}
