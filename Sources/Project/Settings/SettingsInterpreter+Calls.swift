import Diagnostics
import PythonSource

/// Calls, attributes and subscripts.
extension SettingsInterpreter {
  func call(
    _ function: PythonExpression, _ arguments: [PythonExpression], _ keywords: [PythonExpression.Keyword],
    at place: Place, in frame: Frame
  ) throws(Interruption) -> PythonValue {
    let called: PythonValue
    var changed: PythonExpression?
    if case .attribute(let base, let method) = function.node {
      called = try attribute(method, of: evaluate(base, in: frame), at: place)
      if Self.additions.contains(method) { changed = base }
    } else {
      called = try evaluate(function, in: frame)
    }
    var call = PythonCall(arguments: [], keywords: [], place: place)
    for argument in arguments {
      guard case .starred(let inner) = argument.node else {
        call.arguments.append(try evaluate(argument, in: frame))
        continue
      }
      let more = try elements(of: evaluate(inner, in: frame), at: place)
      if more.contains(where: { $0.isUnknown || $0.isOptional }) { call.isOpen = true }
      call.arguments += more
    }
    for keyword in keywords {
      let value = try evaluate(keyword.value, in: frame)
      if let name = keyword.name {
        call.keywords.append((name, marked(value, as: name)))
      } else if case .dictionary(let id) = value.kind, entries(id).rest == nil {
        for entry in entries(id).entries {
          if let name = entry.key.string { call.keywords.append((name, entry.value)) }
        }
      } else {
        call.isOpen = true
      }
    }
    if let changed, case .method(let receiver, let method) = called.kind {
      try recordAddition(by: method, call, to: receiver, changed, in: frame)
    }
    return try invoke(called, call, in: frame)
  }

  /// Methods that add to what they are called on.
  private static let additions: Set<String> = [
    "append", "extend", "insert", "update", "setdefault", "add", "appendleft",
  ]

  private func recordAddition(
    by method: String, _ call: PythonCall, to receiver: PythonValue, _ base: PythonExpression, in frame: Frame
  ) throws(Interruption) {
    guard recordedNamespace != nil, let (name, namespace, keys) = try path(of: base, in: frame) else { return }
    let added: PythonValue
    switch (method, call.arguments.count) {
    case ("append", 1), ("add", 1), ("appendleft", 1): added = try list(call.arguments, at: call.place)
    case ("insert", 2): added = try list([call.arguments[1]], at: call.place)
    case ("extend", 1): added = call.arguments[0]
    case ("update", _):
      added = try dictionary(PythonDictionary(), at: call.place)
      if case .dictionary(let id) = added.kind { try update(id, with: call) }
    case ("setdefault", 2):
      added = try dictionary(PythonDictionary(), at: call.place)
      try assign(call.arguments[1], at: call.arguments[0], of: added)
    default: return
    }
    let shown = keys.reversed().reduce(export(added)) { value, key in
      SettingValue(.dictionary([(key, value)]), at: value.location)
    }
    record(name, shown, in: namespace)
  }

  /// Calls a value.
  func invoke(_ called: PythonValue, _ call: PythonCall, in frame: Frame) throws(Interruption) -> PythonValue {
    guard depth < Self.depthLimit else { throw .exhausted }
    depth += 1
    defer { depth -= 1 }
    switch called.kind {
    case .function(let index): return try self.call(index, call)
    case .external(let name):
      // What changes something is called once.
      let isPure = !name.hasPrefix("os.environ.") || name == "os.environ.get"
      return try eachAlternative(of: call, isPure) { call throws(Interruption) in
        var result = try self.external(name, call, in: frame)
        result.isSecret = result.isSecret || call.isSecret && Self.keepsSecrets(result)
        return isJudging && !Self.readsEnvironment(name) ? result.hanging(on: nil, call) : result
      }
    case .method(let receiver, let name):
      let isPure: Bool
      switch receiver.kind {
      case .string, .path, .tuple: isPure = true
      default: isPure = false
      }
      return try eachAlternative(of: call, isPure) { call throws(Interruption) in
        var result = try self.method(name, of: receiver, call, in: frame)
        result.isSecret = result.isSecret || (receiver.isSecret || call.isSecret) && Self.keepsSecrets(result)
        if isPure, receiver.sequence == nil {
          if isJudging { result = result.hanging(on: receiver, call) }
          // A text that is made anew stands where it is made.
          if result.text != nil, name != "__str__" { result.place = call.place }
        }
        return result
      }
    case .namespace(let namespace): return try instantiate(namespace, call, at: called.place)
    case .instance: return try method("__call__", of: called, call, in: frame)
    case .oneOf(let values):
      var results: [PythonValue] = []
      for value in values { results.append(try invoke(value, call, in: frame)) }
      return try joined(results) ?? called
    case .unknown(let reason): return unknown(reason, at: call.place)
    default: return unknown("a call that is not read", at: call.place)
    }
  }

  private static func keepsSecrets(_ value: PythonValue) -> Bool {
    switch value.kind {
    case .string, .integer, .path: true
    default: false
    }
  }

  /// Calls once for each of the values that an argument may have.
  private func eachAlternative(
    of call: PythonCall, _ isPure: Bool, _ body: (PythonCall) throws(Interruption) -> PythonValue
  ) throws(Interruption) -> PythonValue {
    guard isPure else { return try body(call) }
    var calls = [call]
    for index in call.arguments.indices {
      guard case .oneOf(let values) = call.arguments[index].kind, calls.count * values.count <= 16 else { continue }
      calls = calls.flatMap { call in
        values.map { value in
          var call = call
          call.arguments[index] = value
          return call
        }
      }
    }
    if calls.count == 1 { return try body(call) }
    var results: [PythonValue] = []
    for call in calls { results.append(try body(call)) }
    return try joined(results) ?? call.arguments[0]
  }

  // MARK: - Attributes

  func attribute(_ name: String, of base: PythonValue, at place: Place) throws(Interruption) -> PythonValue {
    switch base.kind {
    case .external(let module): return try attribute(name, ofExternal: module, at: place)
    case .namespace(let namespace):
      guard case .class = namespaces[namespace.index].kind else {
        // `globals().update(...)`
        let isMethod = ["update", "get", "setdefault"].contains(name) && variable(name, of: namespace) == nil
        return try isMethod ? PythonValue(.method(base, name), at: place) : member(name, of: namespace, at: place)
      }
      if name == "__name__", case .class(let name, _) = namespaces[namespace.index].kind {
        return PythonValue(.string(name), at: place)
      }
      if let value = attribute(name, ofClass: namespace) {
        if case .function(let index) = value.kind, functions[index].isClassMethod {
          return PythonValue(.method(base, name), at: place)
        }
        return value
      }
      return try raise("AttributeError", "`.\(name)` of a class that does not set it", at: place)
    case .path(let path):
      switch name {
      case "parent": return base.with(.path(path.parent))
      case "name": return base.with(.string(path.name))
      default: return PythonValue(.method(base, name), at: place)
      }
    case .instance(let id): return try attribute(name, ofInstance: id, base, at: place)
    case .oneOf(let values):
      var results: [PythonValue] = []
      for value in values { results.append(try attribute(name, of: value, at: place)) }
      return try joined(results) ?? base
    case .unknown(let reason): return unknown(reason, at: place)
    default: return PythonValue(.method(base, name), at: place)
    }
  }

  private func attribute(
    _ name: String, ofExternal module: String, at place: Place
  ) throws(Interruption) -> PythonValue {
    let full = "\(module).\(name)"
    if let file = moduleFile(module), let namespace = try self.module(at: file, named: module) {
      if moduleFile(full) == nil || variable(name, of: namespace) != nil {
        return try member(name, of: namespace, at: place)
      }
    }
    if let file = moduleFile(full), let namespace = try self.module(at: file, named: full) {
      return PythonValue(.namespace(namespace), at: place)
    }
    if isJudging, let text = Self.platform[full] { return PythonValue(.string(text), at: place) }
    if let constant = ExternalNames.constants[full] { return PythonValue(constant, at: place) }
    return PythonValue(.external(full), at: place)
  }

  private func attribute(
    _ name: String, ofInstance id: ObjectID, _ base: PythonValue, at place: Place
  ) throws(Interruption) -> PythonValue {
    guard case .instance(let type, let fields) = objects[id.index] else { return base }
    if let value = fields[name] { return value }
    guard type == Self.projectClass, case .namespace(let namespace)? = fields["__class__"]?.kind else {
      return PythonValue(.method(base, name), at: place)
    }
    guard let value = attribute(name, ofClass: namespace) else {
      return unknown("`.\(name)` is not set where its class stands", at: place)
    }
    guard case .function(let index) = value.kind else { return value }
    if functions[index].isProperty {
      return try call(index, PythonCall(arguments: [base], keywords: [], place: place))
    }
    return PythonValue(.method(base, name), at: place)
  }

  /// The type of an object whose class stands in the project.
  static let projectClass = "project"

  private func instantiate(
    _ namespace: NamespaceID, _ call: PythonCall, at place: Place
  ) throws(Interruption) -> PythonValue {
    let result = instance(
      Self.projectClass, ["__class__": PythonValue(.namespace(namespace), at: place)], at: call.place)
    if case .function(let index)? = attribute("__init__", ofClass: namespace)?.kind {
      var call = call
      call.arguments.insert(result, at: 0)
      _ = try self.call(index, call)
    }
    return result
  }

  // MARK: - Subscripts

  func subscripted(
    _ base: PythonExpression, _ key: PythonExpression, at place: Place, in frame: Frame
  ) throws(Interruption) -> PythonValue {
    let base = try evaluate(base, in: frame)
    if case .slice(let lower, let upper, let step) = key.node {
      return try sliced(base, lower, upper, step, at: place, in: frame)
    }
    return try item(at: try evaluate(key, in: frame), of: base, at: place)
  }

  func item(at key: PythonValue, of base: PythonValue, at place: Place) throws(Interruption) -> PythonValue {
    if base.alternatives.count > 1 || key.alternatives.count > 1 {
      var results: [PythonValue] = []
      for one in base.alternatives.prefix(16) {
        for two in key.alternatives.prefix(16) { results.append(try item(at: two, of: one, at: place)) }
      }
      return try joined(results) ?? base
    }
    if isJudging, key.isAssumed || key.isUnknown, let value = try anyItem(of: base) { return value }
    switch base.kind {
    case .external("os.environ"):
      guard let name = key.string else { break }
      return try environment(name, default: nil, at: place)
    case .external(let name) where name.hasPrefix("sys.argv"):
      return PythonValue(.external("sys.argv[]"), at: place)
    case .external(let name) where isJudging && ["os.uname()", "platform.uname()"].contains(name) && key.integer == 0:
      return PythonValue(.string("Linux"), at: place)
    case .dictionary(let id):
      guard let known = self.key(of: key) else { break }
      let dictionary = entries(id)
      if var value = dictionary[known] {
        if value.isOptional, !attempts.isEmpty { attempts[attempts.count - 1].isUncertain = true }
        value.isOptional = false
        return value
      }
      if let rest = dictionary.rest { return unknown(rest.unknownReason ?? "", at: place) }
      return try raise("KeyError", "a key that is not there", at: place)
    case .list(let id), .tuple(let id): return try item(at: key, of: items(id), at: place)
    case .string(let text):
      guard let index = key.integer else { break }
      let scalars = Array(text.unicodeScalars)
      let position = index < 0 ? index &+ scalars.count : index
      guard scalars.indices.contains(position) else {
        return try raise("IndexError", "there is no such item", at: place)
      }
      return base.with(.string(String(Character(scalars[position]))))
    case .method(let path, "parents"):
      guard case .path(var folder) = path.kind, let count = key.integer, (0..<64).contains(count) else { break }
      for _ in 0...count { folder = folder.parent }
      return path.with(.path(folder))
    case .namespace(let namespace):
      guard let name = key.string else { break }
      return try member(name, of: namespace, at: place)
    default: break
    }
    let reason = base.unknownReason ?? key.unknownReason
    return unknown(reason ?? "a subscript that is not known", at: place, variable: base.variable)
  }

  private func item(at key: PythonValue, of items: [PythonValue], at place: Place) throws(Interruption) -> PythonValue {
    guard let index = key.integer else {
      return unknown(key.unknownReason ?? "a subscript that is not known", at: place)
    }
    let (position, passed) =
      index < 0
      ? (index &+ items.count, items.suffix(index == .min ? items.count : -index)[...])
      : (index, items.prefix(index < items.count ? index + 1 : items.count)[...])
    if passed.contains(where: { $0.isOptional || $0.isUnknown }) {
      let only = passed.count == 1 && items.count == 1 ? passed.first?.unknownReason : nil
      return unknown(only ?? "an item of a list that is not known in whole", at: place)
    }
    guard items.indices.contains(position) else { return try raise("IndexError", "there is no such item", at: place) }
    return items[position]
  }

  private func sliced(
    _ base: PythonValue, _ lower: PythonExpression?, _ upper: PythonExpression?, _ step: PythonExpression?,
    at place: Place, in frame: Frame
  ) throws(Interruption) -> PythonValue {
    if case .external(let name) = base.kind, name.hasPrefix("sys.argv") {
      return PythonValue(.external("sys.argv[]"), at: place)
    }
    let isReversed: Bool
    if let step {
      let step = try evaluate(step, in: frame).integer
      guard step == 1 || step == -1 && lower == nil && upper == nil else {
        return unknown("a slice with steps", at: place)
      }
      isReversed = step == -1
    } else {
      isReversed = false
    }
    switch base.kind {
    case .string(let text):
      let scalars = Array(text.unicodeScalars)
      guard let bounds = try sliceBounds(lower, upper, count: scalars.count, in: frame) else { break }
      var result = String.UnicodeScalarView()
      result.append(contentsOf: isReversed ? Array(scalars[bounds].reversed()) : Array(scalars[bounds]))
      return base.with(.string(String(result)))
    case .list(let id), .tuple(let id):
      let items = items(id)
      guard lower == nil && upper == nil || !items.contains(where: { $0.isOptional || $0.isUnknown }) else { break }
      guard let bounds = try sliceBounds(lower, upper, count: items.count, in: frame) else { break }
      let part = isReversed ? Array(items[bounds].reversed()) : Array(items[bounds])
      if case .tuple = base.kind { return try tuple(part, at: base.place) }
      return try list(part, at: base.place)
    default: break
    }
    return unknown(base.unknownReason ?? "a slice that is not known", at: place)
  }
}
