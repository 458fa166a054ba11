import Diagnostics

/// The functions that Python has built in.
extension SettingsInterpreter {
  func builtin(_ name: String, _ call: PythonCall, in frame: Frame?) throws(Interruption) -> PythonValue {
    switch name {
    case "globals", "locals", "vars":
      guard call.arguments.isEmpty, let frame, frame.scopes.count == 1 || name == "globals" else { break }
      return PythonValue(.namespace(frame.globals), at: call.place)
    case "exec":
      guard let frame, let code = call.arguments.first else { break }
      return try execute(code, in: frame)
    case "execfile":
      guard let frame, let path = call.arguments.first?.text else { break }
      try include(absolute(path), in: frame)
      return PythonValue(.none, at: call.place)
    case "compile": return call.arguments.first ?? unknown("a call that is not read", at: call.place)
    case "open": return try opened(call)
    case "isinstance": if let value = try isInstance(call) { return value }
    case "getattr", "hasattr", "setattr": if let value = try attributeFunction(name, call) { return value }
    case "exit", "quit": throw .raised("SystemExit")
    case "dict": return try builtinDictionary(call)
    default:
      if let value = try conversion(name, call) { return value }
      if let value = try iteration(name, call, in: frame) { return value }
    }
    return unknown(call.unknownReason ?? "a call that is not read", at: call.place)
  }

  func builtinDictionary(_ call: PythonCall) throws(Interruption) -> PythonValue {
    let result = try dictionary(PythonDictionary(), at: call.place)
    if case .dictionary(let id) = result.kind { try update(id, with: call) }
    return result
  }

  // MARK: - Conversions

  private func conversion(_ name: String, _ call: PythonCall) throws(Interruption) -> PythonValue? {
    guard call.keywords.isEmpty, call.arguments.count <= 1, !call.isOpen else {
      guard name == "int", call.arguments.count == 2, let text = call.arguments[0].string,
        let base = call.arguments[1].integer, (2...36).contains(base), let number = Int(text, radix: base)
      else { return nil }
      return call.arguments[0].with(.integer(number))
    }
    guard let value = call.arguments.first else {
      switch name {
      case "str", "unicode": return PythonValue(.string(""), at: call.place)
      case "int": return PythonValue(.integer(0), at: call.place)
      case "float": return PythonValue(.float(0), at: call.place)
      case "bool": return PythonValue(.boolean(false), at: call.place)
      case "list": return try list([], at: call.place)
      case "tuple": return try tuple([], at: call.place)
      case "set", "frozenset": return try set(of: [], at: call.place)
      default: return nil
      }
    }
    switch name {
    case "str", "unicode": return plainText(of: value).map { value.with(.string($0)) }
    case "repr", "ascii": return nil
    case "int": return try integer(of: value, at: call.place)
    case "float":
      if let number = value.double { return value.with(.float(number)) }
      guard let text = value.string else { return nil }
      guard let number = Double(PythonText.stripped(text)), number.isFinite else {
        return try raise("ValueError", "a call that is not read", at: call.place)
      }
      return value.with(.float(number))
    case "bool": return truth(of: value, assuming: true).map { value.with(.boolean($0)) }
    case "abs": return value.integer.flatMap { $0 == .min ? nil : value.with(.integer(abs($0))) }
    default: return nil
    }
  }

  private func integer(of value: PythonValue, at place: Place) throws(Interruption) -> PythonValue? {
    switch value.kind {
    case .integer, .boolean: return value.integer.map { value.with(.integer($0)) }
    case .float(let number): return Int(exactly: number.rounded(.towardZero)).map { value.with(.integer($0)) }
    case .string(let text):
      let digits = PythonText.stripped(text).filter { $0 != "_" }
      if let number = Int(digits) { return value.with(.integer(number)) }
      return try raise("ValueError", "a call that is not read", at: place)
    case .none where value.isAssumed: return nil
    case .none: return try raise("TypeError", "a call that is not read", at: place)
    default: return nil
    }
  }

  // MARK: - Iteration

  private func iteration(
    _ name: String, _ call: PythonCall, in frame: Frame?
  ) throws(Interruption) -> PythonValue? {
    guard let first = call.arguments.first else { return name == "zip" ? try list([], at: call.place) : nil }
    if name == "range" { return try range(call) }
    if name == "map" || name == "filter" { return try mapped(name, call, in: frame) }
    if first.alternatives.count == 1, first.isUnknown { return nil }
    let items = try elements(of: first, at: call.place)
    let isKnown = !items.contains { $0.isUnknown || $0.isOptional }
    switch name {
    case "list", "iter": return try list(items, at: first.place)
    case "tuple": return try tuple(items, at: first.place)
    case "set", "frozenset": return try set(of: items, at: first.place)
    case "reversed": return try list(items.reversed(), at: first.place)
    case "sorted": return try sorted(items, call)
    case "len":
      if case .string(let text) = first.kind { return PythonValue(.integer(text.unicodeScalars.count), at: call.place) }
      return isKnown && first.unknownReason == nil ? PythonValue(.integer(items.count), at: call.place) : nil
    case "any", "all":
      let truths = items.filter { !$0.isOptional }.map { truth(of: $0) }
      if truths.contains(name == "any") { return PythonValue(.boolean(name == "any"), at: call.place) }
      return isKnown && !truths.contains(nil) ? PythonValue(.boolean(name == "all"), at: call.place) : nil
    case "sum":
      guard isKnown else { return nil }
      var sum = call.argument(1, "start") ?? PythonValue(.integer(0), at: call.place)
      for item in items { sum = try operate("+", sum, item, at: call.place) }
      return sum
    case "min", "max":
      let values = call.arguments.count > 1 ? call.arguments : items
      guard call.keywords.isEmpty, var best = values.first else { return nil }
      for value in values.dropFirst() {
        guard let isBetter = try compare(name == "min" ? "<" : ">", value, best) else { return nil }
        if isBetter { best = value }
      }
      return best
    case "enumerate":
      guard isKnown, let start = call.argument(1, "start").map(\.integer) ?? 0 else { return nil }
      var pairs: [PythonValue] = []
      for (index, item) in items.enumerated() {
        pairs.append(try tuple([PythonValue(.integer(start &+ index), at: call.place), item], at: call.place))
      }
      return try list(pairs, at: call.place)
    case "zip": return try zipped(call)
    case "next": return isKnown ? items.first ?? call.argument(1) : nil
    default: return nil
    }
  }

  private func range(_ call: PythonCall) throws(Interruption) -> PythonValue? {
    let numbers = call.arguments.compactMap(\.integer)
    guard numbers.count == call.arguments.count, numbers.count <= 3 else { return nil }
    let (start, end) = numbers.count == 1 ? (0, numbers[0]) : (numbers[0], numbers[1])
    let step = numbers.count == 3 ? numbers[2] : 1
    guard step != 0, abs(Double(end) - Double(start)) / abs(Double(step)) <= Double(Self.weightLimit) else {
      return unknown("more items than are kept", at: call.place)
    }
    return try list(
      stride(from: start, to: end, by: step).map { PythonValue(.integer($0), at: call.place) }, at: call.place)
  }

  private func mapped(_ name: String, _ call: PythonCall, in frame: Frame?) throws(Interruption) -> PythonValue? {
    guard call.arguments.count == 2, let frame else { return nil }
    var result: [PythonValue] = []
    for item in try elements(of: call.arguments[1], at: call.place) {
      if item.isUnknown {
        result.append(item)
        continue
      }
      let isIdentity = if case .none = call.arguments[0].kind { true } else { false }
      var value = item
      if !isIdentity {
        value = try invoke(
          call.arguments[0], PythonCall(arguments: [item], keywords: [], place: call.place), in: frame)
      }
      if name == "filter" {
        let truth = truth(of: value)
        if truth == false { continue }
        value = item
        value.isOptional = item.isOptional || truth == nil
      } else {
        value.isOptional = item.isOptional
      }
      result.append(value)
    }
    return try list(result, at: call.place)
  }

  private func zipped(_ call: PythonCall) throws(Interruption) -> PythonValue? {
    var rows: [[PythonValue]] = []
    for argument in call.arguments { rows.append(try elements(of: argument, at: call.place)) }
    guard !rows.contains(where: { $0.contains { $0.isUnknown || $0.isOptional } }) else { return nil }
    var result: [PythonValue] = []
    for index in 0..<(rows.map(\.count).min() ?? 0) {
      result.append(try tuple(rows.map { $0[index] }, at: call.place))
    }
    return try list(result, at: call.place)
  }

  private func sorted(_ items: [PythonValue], _ call: PythonCall) throws(Interruption) -> PythonValue? {
    guard call.keywords.isEmpty, !items.contains(where: { $0.isUnknown || $0.isOptional }) else {
      return try list(items.map { $0.isUnknown ? $0 : unknown("sorted", at: call.place) }, at: call.place)
    }
    let texts = items.compactMap(\.string)
    if texts.count == items.count {
      let order = items.indices.sorted {
        texts[$0].unicodeScalars.lexicographicallyPrecedes(texts[$1].unicodeScalars)
          || texts[$0].unicodeScalars.elementsEqual(texts[$1].unicodeScalars) && $0 < $1
      }
      return try list(order.map { items[$0] }, at: call.place)
    }
    let numbers = items.compactMap(\.integer)
    guard numbers.count == items.count else { return nil }
    return try list(
      items.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }.map { items[$0] }, at: call.place)
  }

  // MARK: - Types

  private func isInstance(_ call: PythonCall) throws(Interruption) -> PythonValue? {
    guard call.arguments.count == 2 else { return nil }
    let value = call.arguments[0]
    var types = [call.arguments[1]]
    if case .tuple(let id) = types[0].kind { types = items(id) }
    var isKnown = true
    for type in types {
      guard case .external(let name) = type.kind, let expected = Self.matches(value, type: name) else {
        isKnown = false
        continue
      }
      if expected { return PythonValue(.boolean(true), at: call.place) }
    }
    return isKnown ? PythonValue(.boolean(false), at: call.place) : nil
  }

  private static func matches(_ value: PythonValue, type: String) -> Bool? {
    let names: Set<String>
    switch value.kind {
    case .string: names = ["str", "unicode", "basestring"]
    case .integer: names = ["int"]
    case .boolean: names = ["bool", "int"]
    case .float: names = ["float"]
    case .list: names = ["list"]
    case .tuple: names = ["tuple"]
    case .set: names = ["set", "frozenset"]
    case .dictionary: names = ["dict"]
    case .none: names = []
    default: return nil
    }
    guard type.hasPrefix("builtins.") else { return nil }
    let name = String(type.dropFirst(9))
    guard ["str", "unicode", "int", "bool", "float", "list", "tuple", "set", "dict", "bytes"].contains(name) else {
      return nil
    }
    return names.contains(name)
  }

  private func attributeFunction(_ name: String, _ call: PythonCall) throws(Interruption) -> PythonValue? {
    if name == "getattr", call.arguments.count == 3, call.arguments[0].isUnknown {
      return try joined([call.arguments[0].withoutDoubt, call.arguments[2]])
    }
    guard call.arguments.count >= 2, let attribute = call.arguments[1].string,
      case .namespace(let namespace) = call.arguments[0].kind
    else { return nil }
    if name == "setattr" {
      guard call.arguments.count == 3 else { return nil }
      try assign(call.arguments[2], at: call.arguments[1], of: call.arguments[0])
      return PythonValue(.none, at: call.place)
    }
    let isClass = if case .class = namespaces[namespace.index].kind { true } else { false }
    let found = isClass ? self.attribute(attribute, ofClass: namespace) : variable(attribute, of: namespace)
    guard namespaces[namespace.index].doubt == nil || found != nil else { return nil }
    if name == "hasattr" {
      return found?.isOptional == true ? nil : PythonValue(.boolean(found != nil), at: call.place)
    }
    return found ?? call.argument(2)
  }
}
