import Diagnostics
import PythonSource

/// Operators on values that are known.
extension SettingsInterpreter {
  /// What `bool()` makes of a value; nil when it is not known.
  func truth(of value: PythonValue) -> Bool? { truth(of: value, assuming: false) }

  /// With `assuming` what is assumed counts as known: for what is made of the truth, not for what hangs on it.
  func truth(of value: PythonValue, assuming: Bool) -> Bool? {
    if value.isAssumed, !assuming { return nil }
    switch value.kind {
    case .none: return false
    case .boolean(let flag): return flag
    case .integer(let number): return number != 0
    case .float(let number): return number != 0
    case .string(let text): return !text.isEmpty
    case .path, .function, .namespace: return true
    case .list(let id), .tuple(let id), .set(let id):
      let items = items(id)
      if items.contains(where: { !$0.isUnknown && !$0.isOptional }) { return true }
      return items.isEmpty ? false : nil
    case .dictionary(let id):
      let dictionary = entries(id)
      if dictionary.entries.contains(where: { !$0.value.isOptional }) { return true }
      return dictionary.entries.isEmpty && dictionary.rest == nil ? false : nil
    case .oneOf(let values):
      let truths = values.map { truth(of: $0, assuming: assuming) }
      return truths.allSatisfy { $0 == truths[0] } ? truths[0] : nil
    case .number, .instance, .external, .method, .unknown: return nil
    }
  }

  func logical(
    _ operation: String, _ operands: [PythonExpression], at place: Place, in frame: Frame
  ) throws(Interruption) -> PythonValue {
    var possible: [PythonValue] = []
    var fallbackVariable: String?
    for (index, operand) in operands.enumerated() {
      let value = try evaluate(operand, in: frame)
      if index == operands.count - 1 {
        possible.append(fallback(value, of: fallbackVariable))
        break
      }
      for alternative in value.alternatives {
        if alternative.isAssumed {
          if let kept = assumed(alternative, operation, &fallbackVariable) { possible.append(kept) }
          continue
        }
        let truth = truth(of: alternative)
        if truth == nil || truth == (operation == "or") { possible.append(alternative) }
      }
      // The operands behind it are not looked at.
      if value.alternatives.allSatisfy({ isLast($0, operation) }) { break }
    }
    return try joined(possible) ?? unknown("an expression that is not read", at: place)
  }

  func unary(_ operation: String, _ operand: PythonValue, at place: Place) throws(Interruption) -> PythonValue {
    if case .oneOf(let values) = operand.kind {
      var results: [PythonValue] = []
      for value in values { results.append(try unary(operation, value, at: place)) }
      return try joined(results) ?? operand
    }
    switch (operation, operand.kind) {
    case ("not", _):
      guard let truth = truth(of: operand, assuming: true) else { break }
      return PythonValue(.boolean(!truth), at: place).hanging(on: operand)
    case ("-", .integer(let number)): return PythonValue(.integer(0 &- number), at: operand.place)
    case ("-", .float(let number)): return PythonValue(.float(-number), at: operand.place)
    case ("-", .number(let digits)): return PythonValue(.number("-\(digits)"), at: operand.place)
    case ("+", .integer), ("+", .float): return operand
    case ("~", .integer(let number)): return PythonValue(.integer(~number), at: operand.place)
    default: break
    }
    return unknown(operand.unknownReason ?? "an expression that is not read", at: place)
  }

  /// A chain of one operator is as deep as it is long: its left operands are taken in a loop.
  func binary(_ expression: PythonExpression, at place: Place, in frame: Frame) throws(Interruption) -> PythonValue {
    var pending: [(operation: String, right: PythonExpression)] = []
    var left = expression
    while case .binary(let inner, let operation, let right) = left.node {
      pending.append((operation, right))
      left = inner
    }
    var result = try evaluate(left, in: frame)
    for (operation, right) in pending.reversed() {
      try step()
      result = try operate(operation, result, try evaluate(right, in: frame), at: place)
    }
    return result
  }

  /// `left operation right`.
  func operate(
    _ operation: String, _ left: PythonValue, _ right: PythonValue, at place: Place
  ) throws(Interruption) -> PythonValue {
    try step()
    let (ones, others) = (left.alternatives, right.alternatives)
    if ones.count > 1 || others.count > 1 {
      guard ones.count * others.count <= 16 else { return unknown("more possibilities than are kept", at: place) }
      var results: [PythonValue] = []
      for one in ones { for other in others { results.append(try operate(operation, one, other, at: place)) } }
      return try joined(results) ?? left
    }
    var result = try calculated(operation, left, right, at: place)
    result.isSecret = left.isSecret || right.isSecret || result.isSecret
    result.variable = result.variable ?? left.variable ?? right.variable
    result.isAssumed = result.isAssumed || left.isAssumed || right.isAssumed
    return result
  }

  private func calculated(
    _ operation: String, _ left: PythonValue, _ right: PythonValue, at place: Place
  ) throws(Interruption) -> PythonValue {
    switch (operation, left.kind, right.kind) {
    case ("+", .string(let one), .string(let two)): return text(one + two, at: place)
    case ("+", .list(let one), .list(let two)): return try list(items(one) + items(two), at: left.place)
    case ("+", .tuple(let one), .tuple(let two)): return try tuple(items(one) + items(two), at: left.place)
    case ("+", .list(let one), .unknown): return try list(items(one) + [right], at: left.place)
    case ("+", .tuple(let one), .unknown): return try tuple(items(one) + [right], at: left.place)
    case ("+", .unknown, .list(let two)): return try list([left] + items(two), at: right.place)
    case ("+", .unknown, .tuple(let two)): return try tuple([left] + items(two), at: right.place)
    case ("%", .string(let format), _): return try percentFormatted(format, with: right, at: place)
    case ("*", .string, _), ("*", .list, _), ("*", .tuple, _): return try repeated(left, right, at: place)
    case ("*", _, .string), ("*", _, .list), ("*", _, .tuple): return try repeated(right, left, at: place)
    case ("/", .path(let folder), _):
      guard let name = right.text else { break }
      return PythonValue(.path(folder.appending(name).collapsed), at: place)
    case ("/", .string(let folder), .path(let name)):
      return PythonValue(.path(SourcePath(folder).appending(name).collapsed), at: place)
    case ("-", .instance(let id), .integer(let count)), ("+", .instance(let id), .integer(let count)):
      guard case .instance("environ.Path", let fields) = objects[id.index],
        var path = fields["root"]?.text.map({ SourcePath($0) }),
        operation == "-", (0..<64).contains(count)
      else { break }
      for _ in 0..<count { path = path.parent }
      return environPath(at: path, place)
    case ("+", .instance(let id), .string(let name)):
      guard case .instance("environ.Path", let fields) = objects[id.index], let base = fields["root"]?.text else {
        break
      }
      return environPath(at: SourcePath(base).appending(name).normalized, place)
    case ("|", .dictionary(let one), .dictionary):
      let result = try dictionary(entries(one), at: left.place)
      if case .dictionary(let id) = result.kind { try update(id, with: right) }
      return result
    case ("|", .set(let one), .set(let two)): return try set(of: items(one) + items(two), at: left.place)
    case ("-", .set(let one), .set(let two)), ("&", .set(let one), .set(let two)):
      let keys = Set(items(two).compactMap(key))
      let isKnown = !(items(one) + items(two)).contains { $0.isUnknown || $0.isOptional }
      guard isKnown else { break }
      let kept = items(one).filter { item in key(of: item).map { keys.contains($0) == (operation == "&") } ?? false }
      return try set(of: kept, at: left.place)
    default:
      if let number = try arithmetic(operation, left, right, at: place) { return number }
    }
    let reason = left.unknownReason ?? right.unknownReason
    return unknown(
      reason ?? "`\(operation)` of values that it is not read for", at: place, variable: left.variable ?? right.variable
    )
  }

  func text(_ text: String, at place: Place) -> PythonValue {
    guard text.utf8.count <= Self.textLimit else { return unknown("longer text than is kept", at: place) }
    return PythonValue(.string(text), at: place, isSecret: SecretName.hasCredentials(text))
  }

  private func repeated(_ value: PythonValue, _ count: PythonValue, at place: Place) throws(Interruption) -> PythonValue
  {
    guard let number = count.integer else {
      return unknown(count.unknownReason ?? "a product that is not read", at: place)
    }
    let times = max(0, number)
    if case .string(let text) = value.kind {
      guard times == 0 || text.utf8.count <= Self.textLimit / times else {
        return unknown("longer text than is kept", at: place)
      }
      return value.with(.string(String(repeating: text, count: times)))
    }
    guard let id = value.sequence else { return value }
    let items = items(id)
    guard times == 0 || items.count <= Self.weightLimit / times else {
      return unknown("more items than are kept", at: place)
    }
    let all = Array(repeatElement(items, count: times).joined())
    if case .tuple = value.kind { return try tuple(all, at: value.place) }
    return try list(all, at: value.place)
  }

  private func arithmetic(
    _ operation: String, _ left: PythonValue, _ right: PythonValue, at place: Place
  ) throws(Interruption) -> PythonValue? {
    if let one = left.integer, let two = right.integer {
      if ["/", "//", "%"].contains(operation), two == 0 {
        return try raise("ZeroDivisionError", "a division by zero", at: place)
      }
      if operation == "/" { return left.with(.float(Double(one) / Double(two))) }
      if case .boolean = left.kind, case .boolean = right.kind, "&|^".contains(operation) { return nil }
      return Self.integer(operation, one, two).map { left.with(.integer($0)) }
        ?? unknown("a number that is not kept", at: place)
    }
    guard let one = left.double, let two = right.double else { return nil }
    switch operation {
    case "+": return left.with(.float(one + two))
    case "-": return left.with(.float(one - two))
    case "*": return left.with(.float(one * two))
    case "/" where two != 0: return left.with(.float(one / two))
    default: return nil
    }
  }

  /// Nil when the result does not fit, or the operation is not one of integers.
  private static func integer(_ operation: String, _ one: Int, _ two: Int) -> Int? {
    func checked(_ result: (partialValue: Int, overflow: Bool)) -> Int? { result.overflow ? nil : result.partialValue }
    switch operation {
    case "+": return checked(one.addingReportingOverflow(two))
    case "-": return checked(one.subtractingReportingOverflow(two))
    case "*": return checked(one.multipliedReportingOverflow(by: two))
    case "//", "%":
      guard one != .min else { return nil }
      let remainder = one % two
      let isBelow = remainder != 0 && (remainder < 0) != (two < 0)
      return operation == "%" ? (isBelow ? remainder + two : remainder) : one / two - (isBelow ? 1 : 0)
    case "**":
      guard two >= 0, two < 64 else { return nil }
      var result: Int? = 1
      for _ in 0..<two { result = result.flatMap { checked($0.multipliedReportingOverflow(by: one)) } }
      return result
    case "<<":
      guard (0..<62).contains(two), one.magnitude < 1 << (62 - two) else { return nil }
      return one << two
    case ">>": return two >= 0 ? one >> min(two, 63) : nil
    case "&": return one & two
    case "|": return one | two
    case "^": return one ^ two
    default: return nil
    }
  }
}
