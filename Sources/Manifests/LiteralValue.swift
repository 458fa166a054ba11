import PythonSource

/// What an expression of a Python file is without running it, with places.
///
/// Supported: strings, lists, tuples, sets, dictionaries, `+` and `*` unpacking of them, `%`-free names that the module
/// binds to such once and on every path, with `+=`, `append` and `extend` behind it; `dict(a=[...])`, `list((...))`.
/// Unsupported: everything else, calls above all: `unknown`, with the place of what is not known.
indirect enum LiteralValue {
  case string(String, line: Int, column: Int)
  case list([LiteralValue])
  /// In source order.
  case dictionary([(key: LiteralValue, value: LiteralValue)])
  case unknown(line: Int, column: Int)

  /// How many strings and entries it holds, and how deep; counting ends where either is too much.
  var isTooLarge: Bool {
    var count = 0
    return !fits(depth: 4, &count)
  }

  private func fits(depth: Int, _ count: inout Int) -> Bool {
    count += 1
    guard depth > 0, count <= 20_000 else { return false }
    switch self {
    case .string(let text, _, _): return text.utf8.count < 1 << 20
    case .unknown: return true
    case .list(let items):
      for item in items where !item.fits(depth: depth - 1, &count) { return false }
    case .dictionary(let entries):
      for (key, value) in entries where !key.fits(depth: 1, &count) || !value.fits(depth: depth - 1, &count) {
        return false
      }
    }
    return true
  }
}

/// The names that a module binds to literals.
struct LiteralNames {
  /// Nested deeper than this, an expression counts as unknown.
  private static let deepest = 200

  private var values: [String: LiteralValue] = [:]

  /// Reads the statements of a module in order.
  init(_ tree: PythonTree) {
    for (statement, isConditional) in tree.moduleLevel { take(statement, isConditional) }
  }

  private mutating func take(_ statement: PythonStatement, _ isConditional: Bool) {
    switch statement.kind {
    case .assignment(let targets, let value):
      for target in targets { bind(target, isConditional ? Self.unknown(value) : self.value(of: value)) }
    case .annotation(let target, _, let value?):
      bind(target, isConditional ? Self.unknown(value) : self.value(of: value))
    case .augmentedAssignment(let target, let operation, let value):
      guard let name = target.dottedName else { return }
      let added = isConditional || operation != "+" ? Self.unknown(value) : self.value(of: value)
      set(name, Self.sum(values[name] ?? Self.unknown(target), added, at: value), at: target)
    case .expression(let expression): change(expression, isConditional)
    case .delete(let targets): for target in targets { bind(target, Self.unknown(target)) }
    default: break
    }
  }

  /// What grows with each statement must end somewhere.
  private mutating func set(_ name: String, _ value: LiteralValue, at place: PythonExpression) {
    values[name] = value.isTooLarge ? Self.unknown(place) : value
  }

  private mutating func bind(_ target: PythonExpression, _ value: LiteralValue) {
    switch target.node {
    case .name(let name): set(name, value, at: target)
    case .tuple(let targets), .list(let targets): for target in targets { bind(target, Self.unknown(target)) }
    case .subscripted(let container, let key):
      guard let name = container.dottedName, let known = values[name] else { return }
      if case .dictionary(let entries) = known, case .string = self.value(of: key) {
        set(name, .dictionary(entries + [(self.value(of: key), value)]), at: target)
      } else {
        values[name] = Self.unknown(target)
      }
    default: break
    }
  }

  /// `name.append(x)` and `name.extend(x)`; every other method makes the name unknown.
  private mutating func change(_ expression: PythonExpression, _ isConditional: Bool) {
    guard case .call(let function, let arguments, _) = expression.node,
      case .attribute(let owner, let method) = function.node, case .name(let name) = owner.node,
      let known = values[name]
    else { return }
    switch (method, arguments.first) {
    case ("append", let argument?) where !isConditional:
      set(name, Self.sum(known, .list([value(of: argument)]), at: expression), at: expression)
    case ("extend", let argument?) where !isConditional:
      set(name, Self.sum(known, value(of: argument), at: expression), at: expression)
    case ("sort", _), ("count", _), ("index", _), ("copy", _), ("get", _), ("items", _), ("keys", _), ("values", _):
      break
    default: values[name] = Self.unknown(expression)
    }
  }

  /// What `expression` is once the whole module has run.
  func value(of expression: PythonExpression) -> LiteralValue {
    if expression.depth > Self.deepest { return Self.unknown(expression) }
    if let text = expression.stringValue {
      return .string(text, line: expression.line, column: expression.column)
    }
    switch expression.node {
    case .list(let items), .tuple(let items), .set(let items): return list(items)
    case .dictionary(let entries): return dictionary(entries, at: expression)
    case .name(let name): return values[name] ?? Self.unknown(expression)
    case .binary(let left, "+", let right): return Self.sum(value(of: left), value(of: right), at: expression)
    case .subscripted(let container, let key): return element(of: value(of: container), at: value(of: key), expression)
    case .call(let function, let arguments, let keywords):
      return call(function.dottedName, arguments, keywords) ?? Self.unknown(expression)
    default: return Self.unknown(expression)
    }
  }

  private func list(_ items: [PythonExpression]) -> LiteralValue {
    .list(
      items.flatMap { item -> [LiteralValue] in
        guard case .starred(let inner) = item.node else { return [value(of: item)] }
        if case .list(let values) = value(of: inner) { return values }
        return [Self.unknown(inner)]
      })
  }

  private func dictionary(
    _ entries: [(key: PythonExpression?, value: PythonExpression)], at expression: PythonExpression
  ) -> LiteralValue {
    var result: [(key: LiteralValue, value: LiteralValue)] = []
    for (key, value) in entries {
      if let key {
        result.append((self.value(of: key), self.value(of: value)))
      } else if case .dictionary(let inner) = self.value(of: value) {
        result += inner
      } else {
        return Self.unknown(value)
      }
    }
    return .dictionary(result)
  }

  private func element(of container: LiteralValue, at key: LiteralValue, _ place: PythonExpression) -> LiteralValue {
    guard case .dictionary(let entries) = container, case .string(let wanted, _, _) = key else {
      return Self.unknown(place)
    }
    return entries.last { if case .string(let name, _, _) = $0.key { name == wanted } else { false } }?.value
      ?? Self.unknown(place)
  }

  private func call(
    _ name: String?, _ arguments: [PythonExpression], _ keywords: [PythonExpression.Keyword]
  ) -> LiteralValue? {
    switch name {
    case "list", "tuple", "set", "sorted":
      guard keywords.isEmpty else { return nil }
      guard let first = arguments.first else { return .list([]) }
      if case .list(let items) = value(of: first) { return .list(items) }
      return nil
    case "dict":
      guard arguments.isEmpty else { return nil }
      return dictionary(of: keywords)
    default: return nil
    }
  }

  /// The keywords of a call as a dictionary, `**` of known ones included.
  func dictionary(of keywords: [PythonExpression.Keyword]) -> LiteralValue? {
    var result: [(key: LiteralValue, value: LiteralValue)] = []
    for (name, value) in keywords {
      if let name {
        result.append((.string(name, line: value.line, column: value.column), self.value(of: value)))
      } else if case .dictionary(let inner) = self.value(of: value) {
        result += inner
      } else {
        return nil
      }
    }
    return .dictionary(result)
  }

  private static func sum(_ left: LiteralValue, _ right: LiteralValue, at place: PythonExpression) -> LiteralValue {
    switch (left, right) {
    case (.list(let first), .list(let second)): return .list(first + second)
    case (.string(let first, let line, let column), .string(let second, _, _)):
      return .string(first + second, line: line, column: column)
    case (.unknown, _): return left
    case (_, .unknown): return right
    default: return unknown(place)
    }
  }

  static func unknown(_ expression: PythonExpression) -> LiteralValue {
    .unknown(line: expression.line, column: expression.column)
  }
}
