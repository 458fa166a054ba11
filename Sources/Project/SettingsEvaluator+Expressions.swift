import Diagnostics
import Host
import PythonSource

extension SettingsEvaluator {
  /// More than any settings hold: what doubles itself stays small.
  private static let sizeLimit = 100_000

  func value(_ content: SettingValue.Content, _ expression: PythonExpression, variable: String? = nil) -> SettingValue {
    SettingValue(
      content, at: Location(path: path, line: expression.line, column: expression.column), variable: variable)
  }

  func unknown(_ reason: String, _ expression: PythonExpression) -> SettingValue {
    value(.unknown(reason), expression)
  }

  func evaluate(_ expression: PythonExpression) -> SettingValue {
    guard expression.depth <= Self.depthLimit else {
      return unknown("an expression that nests deeper than is read", expression)
    }
    if let text = expression.stringValue { return value(.string(text), expression) }
    switch expression.node {
    case .number(let digits): return value(.number(Self.decimal(digits)), expression)
    case .boolean(let flag): return value(.boolean(flag), expression)
    case .none: return value(.none, expression)
    case .list(let items), .tuple(let items), .set(let items): return list(items, expression)
    case .dictionary(let entries):
      return dictionary(
        entries.map { entry in (entry.key.map { evaluate($0).text ?? "" }, evaluate(entry.value)) }, expression)
    case .name("__file__"): return value(.string(Self.text(root.appending(path))), expression)
    case .name(let name): return variables[name] ?? unknown("`\(name)` is not set in this file", expression)
    case .attribute(let base, let name): return attribute(name, of: base, expression)
    case .subscripted(let base, let key): return subscripted(base, key, expression)
    case .binary(let left, "+", let right):
      let (left, right) = (evaluate(left), evaluate(right))
      return concatenation(left, right, at: value(.none, expression).location)
        ?? unknown(left.unknownReason ?? right.unknownReason ?? "a sum that is not read", expression)
    case .binary(let left, "/", let right): return quotient(evaluate(left), evaluate(right), expression)
    case .logical("or", let operands): return firstTrue(of: operands, expression)
    case .unary("-", let operand):
      guard case .number(let digits) = operand.node else { break }
      return value(.number("-\(Self.decimal(digits))"), expression)
    case .call(let function, let arguments, let keywords): return call(function, arguments, keywords, expression)
    default: break
    }
    return unknown("an expression that is not read", expression)
  }

  /// `a or b or c`; an unknown operand ends it.
  private func firstTrue(of operands: [PythonExpression], _ expression: PythonExpression) -> SettingValue {
    var result = unknown("an expression that is not read", expression)
    for operand in operands {
      result = evaluate(operand)
      guard let truth = result.truth, !truth else { return result }
    }
    return result
  }

  /// `16` of `0x10`; floats, and what is too large for Int, as written.
  private static func decimal(_ digits: String) -> String {
    let radix: Int? =
      switch digits.prefix(2).lowercased() {
      case "0x": 16
      case "0o": 8
      case "0b": 2
      default: nil
      }
    return radix.flatMap { Int(digits.dropFirst(2), radix: $0) }.map(String.init) ?? digits
  }

  static func text(_ path: SourcePath) -> String { String(decoding: path.bytes, as: UTF8.self) }

  /// A list; an unknown item stands for any number of items where a `*` was unpacked.
  private func list(_ items: [PythonExpression], _ expression: PythonExpression) -> SettingValue {
    var values: [SettingValue] = []
    for item in items {
      if case .starred(let inner) = item.node {
        let inner = evaluate(inner)
        if case .list(let more) = inner.content {
          values += more
        } else {
          values.append(unknown(inner.unknownReason ?? "`*` of something that is no list", item))
        }
      } else {
        values.append(evaluate(item))
      }
      if values.count > Self.sizeLimit { return unknown("more items than are read", expression) }
    }
    return value(.list(values), expression)
  }

  /// The dictionary of these entries, later ones replacing earlier ones; without a key it is a `**` to be merged, with
  /// an empty key it is left out.
  func dictionary(_ parts: [(key: String?, value: SettingValue)], _ expression: PythonExpression) -> SettingValue {
    var entries: [(key: String, value: SettingValue)] = []
    var places: [String: Int] = [:]
    for part in parts {
      let added: [(key: String, value: SettingValue)]
      if let key = part.key, key != "**" {
        added = key.isEmpty ? [] : [(key, part.value)]
      } else {
        guard case .dictionary(let more) = part.value.content else {
          return unknown(part.value.unknownReason ?? "`**` of something that is no dictionary", expression)
        }
        added = more
      }
      for entry in added {
        if let place = places[entry.key] {
          entries[place].value = entry.value
        } else {
          places[entry.key] = entries.count
          entries.append(entry)
        }
      }
    }
    return value(.dictionary(entries), expression)
  }

  /// The sum of strings or lists; a list with something unknown keeps what is known. Nil for anything else.
  func concatenation(_ left: SettingValue, _ right: SettingValue, at location: Location) -> SettingValue? {
    switch (left.content, right.content) {
    case (.string(let left), .string(let right)) where left.utf8.count + right.utf8.count <= Self.sizeLimit:
      SettingValue(.string(left + right), at: location)
    case (.list(let left), .list(let right)) where left.count + right.count <= Self.sizeLimit:
      SettingValue(.list(left + right), at: location)
    case (.list(let left), .unknown) where left.count < Self.sizeLimit:
      SettingValue(.list(left + [right]), at: location)
    case (.unknown, .list(let right)) where right.count < Self.sizeLimit:
      SettingValue(.list([left] + right), at: location)
    default: nil
    }
  }

  private func quotient(_ left: SettingValue, _ right: SettingValue, _ expression: PythonExpression) -> SettingValue {
    if let reason = left.unknownReason ?? right.unknownReason { return unknown(reason, expression) }
    guard case .path(let folder) = left.content, let name = right.text else {
      return unknown("a quotient that is not read", expression)
    }
    return value(.path(folder.appending(name).collapsed), expression)
  }

  private func attribute(_ name: String, of base: PythonExpression, _ expression: PythonExpression) -> SettingValue {
    let base = evaluate(base)
    guard case .path(let path) = base.content else {
      return unknown(base.unknownReason ?? "`.\(name)` of something that is no path", expression)
    }
    switch name {
    case "parent": return value(.path(path.parent), expression)
    case "name": return value(.string(path.name), expression)
    default: return unknown("`.\(name)` of a path", expression)
    }
  }

  private func subscripted(
    _ base: PythonExpression, _ key: PythonExpression, _ expression: PythonExpression
  ) -> SettingValue {
    if base.dottedName == "os.environ" || base.dottedName == "environ", let name = evaluate(key).text {
      return variable(name, default: nil, expression)
    }
    if case .attribute(let path, "parents") = base.node, case .path(var folder) = evaluate(path).content,
      case .number(let digits) = key.node, let count = Int(digits), count < 64
    {
      for _ in 0...count { folder = folder.parent }
      return value(.path(folder), expression)
    }
    let (base, key) = (evaluate(base), evaluate(key))
    if let text = key.text, let found = base[text] { return found }
    return unknown(base.unknownReason ?? "a subscript that is not known", expression)
  }

  func variable(_ name: String, default fallback: SettingValue?, _ expression: PythonExpression) -> SettingValue {
    if let text = host.environment[name] { return value(.string(text), expression, variable: name) }
    guard let fallback else {
      return value(.unknown("the environment variable \(name) is not set"), expression, variable: name)
    }
    return SettingValue(fallback.content, at: fallback.location, variable: name)
  }
}
