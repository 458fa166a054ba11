import Diagnostics
import PythonSource

/// Expressions.
extension SettingsInterpreter {
  func evaluate(_ expression: PythonExpression, in frame: Frame) throws(Interruption) -> PythonValue {
    try step()
    let place = place(expression, frame)
    guard depth + expression.depth <= 2 * Self.depthLimit, depth < Self.depthLimit else {
      return unknown("an expression that nests deeper than is read", at: place)
    }
    depth += 1
    defer { depth -= 1 }
    switch expression.node {
    case .string(let text): return literal(text, at: place)
    case .formatted(let parts):
      if let text = expression.stringValue { return literal(text, at: place) }
      return try formatted(parts, at: place, in: frame)
    case .number(let digits): return PythonValue(Self.number(digits), at: place)
    case .boolean(let flag): return PythonValue(.boolean(flag), at: place)
    case .none: return PythonValue(.none, at: place)
    case .name(let name): return try lookUp(name, at: place, in: frame)
    case .list(let items): return try list(try display(items, in: frame), at: place)
    case .tuple(let items): return try tuple(try display(items, in: frame), at: place)
    case .set(let items): return try set(of: try display(items, in: frame), at: place)
    case .dictionary(let entries): return try dictionary(of: entries, at: place, in: frame)
    case .call(let function, let arguments, let keywords):
      return try call(function, arguments, keywords, at: place, in: frame)
    case .attribute(let base, let name): return try attribute(name, of: evaluate(base, in: frame), at: place)
    case .subscripted(let base, let key): return try subscripted(base, key, at: place, in: frame)
    default: return try compound(expression, at: place, in: frame)
    }
  }

  private func compound(
    _ expression: PythonExpression, at place: Place, in frame: Frame
  ) throws(Interruption) -> PythonValue {
    switch expression.node {
    case .binary: return try binary(expression, at: place, in: frame)
    case .logical(let operation, let operands): return try logical(operation, operands, at: place, in: frame)
    case .comparison(let first, let rest): return try comparison(first, rest, at: place, in: frame)
    case .unary(let operation, let operand):
      return try unary(operation, evaluate(operand, in: frame), at: place)
    case .conditional(let value, let condition, let otherwise):
      guard let truth = truth(of: try evaluate(condition, in: frame)) else {
        let values = [try evaluate(value, in: frame), try evaluate(otherwise, in: frame)]
        return try joined(values) ?? values[0]
      }
      return try evaluate(truth ? value : otherwise, in: frame)
    case .lambda(let parameters, let body): return try lambda(parameters, body, at: place, in: frame)
    case .listComprehension(let item, let clauses), .generator(let item, let clauses):
      return try list(try comprehension(item, clauses, in: frame), at: place)
    case .setComprehension(let item, let clauses):
      return try set(of: try comprehension(item, clauses, in: frame), at: place)
    case .dictionaryComprehension(let key, let value, let clauses):
      return try dictionaryComprehension(key, value, clauses, at: place, in: frame)
    case .named(let target, let value):
      let result = try evaluate(value, in: frame)
      try assign(result, to: target, in: frame)
      return result
    case .yield, .yieldFrom, .await:
      frame.isGenerator = true
      return unknown("an expression that is not read", at: place)
    default: return unknown("an expression that is not read", at: place)
    }
  }

  private func literal(_ text: String, at place: Place) -> PythonValue {
    PythonValue(.string(text), at: place, isSecret: SecretName.hasCredentials(text))
  }

  /// `16` of `0x10`; what Python would write of a float.
  static func number(_ digits: String) -> PythonValue.Kind {
    let radix: Int? =
      switch digits.prefix(2).lowercased() {
      case "0x": 16
      case "0o": 8
      case "0b": 2
      default: nil
      }
    if let radix { return Int(digits.dropFirst(2), radix: radix).map { .integer($0) } ?? .number(digits) }
    if let number = Int(digits) {
      // 0777 of Python 2 is octal.
      if number != 0, digits.hasPrefix("0") { return Int(digits, radix: 8).map { .integer($0) } ?? .number(digits) }
      return .integer(number)
    }
    let isFloat = digits.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
    if isFloat, let number = Double(digits.hasSuffix(".") ? digits + "0" : digits), number.isFinite {
      return .float(number)
    }
    return .number(digits)
  }

  // MARK: - Names

  private func lookUp(_ name: String, at place: Place, in frame: Frame) throws(Interruption) -> PythonValue {
    for scope in frame.scopes.reversed() {
      if var value = variable(name, of: scope) {
        value.isOptional = false
        return value
      }
    }
    if name == "__file__" { return PythonValue(.string(Self.text(frame.path)), at: place) }
    if let reason = namespaces[frame.globals.index].doubt { return unknown(reason, at: place) }
    if PythonBuiltins.names.contains(name) { return PythonValue(.external("builtins.\(name)"), at: place) }
    return try raise("NameError", "`\(name)` is not set in this file", at: place)
  }

  // MARK: - Displays

  private func display(_ items: [PythonExpression], in frame: Frame) throws(Interruption) -> [PythonValue] {
    var values: [PythonValue] = []
    values.reserveCapacity(items.count)
    for item in items {
      if case .starred(let inner) = item.node {
        let inner = try evaluate(inner, in: frame)
        let more = try elements(of: inner, at: place(item, frame))
        try step(more.count)
        values += more
      } else {
        values.append(try evaluate(item, in: frame))
      }
      if values.count > Self.weightLimit { throw .exhausted }
    }
    return values
  }

  func set(of items: [PythonValue], at place: Place) throws(Interruption) -> PythonValue {
    var kept: [PythonValue] = []
    var seen: Set<PythonDictionary.Key> = []
    for item in items {
      if let key = key(of: item), !item.isOptional, !seen.insert(key).inserted { continue }
      kept.append(item)
    }
    return try made({ .set($0) }, .sequence(kept), at: place)
  }

  private func dictionary(
    of parts: [(key: PythonExpression?, value: PythonExpression)], at place: Place, in frame: Frame
  ) throws(Interruption) -> PythonValue {
    let result = try dictionary(PythonDictionary(), at: place)
    guard case .dictionary(let id) = result.kind else { return result }
    for part in parts {
      guard let keyExpression = part.key else {
        try update(id, with: try evaluate(part.value, in: frame))
        continue
      }
      let key = try evaluate(keyExpression, in: frame)
      try assign(try evaluate(part.value, in: frame), at: key, of: result)
    }
    return result
  }

  /// The key that a value is in a dictionary; nil when that is not known.
  func key(of value: PythonValue) -> PythonDictionary.Key? {
    switch value.kind {
    case .string(let text): return .string(text)
    case .integer(let number): return .integer(number)
    case .boolean(let flag): return .integer(flag ? 1 : 0)
    case .float(let number): return Int(exactly: number).map { .integer($0) } ?? .float(number)
    case .none: return PythonDictionary.Key.none
    case .path(let path): return .tuple([.string("path"), .string(Self.text(path))])
    case .tuple(let id):
      let keys = items(id).prefix(50).compactMap(key)
      return keys.count == items(id).count ? .tuple([.string("tuple")] + keys) : nil
    default: return nil
    }
  }
}
