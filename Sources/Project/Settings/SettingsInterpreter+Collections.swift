import Diagnostics

/// The methods of lists, dictionaries, sets and whatever else has methods.
extension SettingsInterpreter {
  func method(
    _ name: String, of receiver: PythonValue, _ call: PythonCall, in frame: Frame
  ) throws(Interruption) -> PythonValue {
    try step()
    let result: PythonValue?
    switch receiver.kind {
    case .string(let text): result = try stringMethod(name, of: text, receiver, call)
    case .list(let id): result = try listMethod(name, of: id, call, in: frame)
    case .tuple(let id): result = try sequenceMethod(name, of: id, call)
    case .set(let id): result = try setMethod(name, of: id, receiver, call)
    case .dictionary(let id): result = try dictionaryMethod(name, of: id, receiver, call)
    case .path(let path): result = try pathMethod(name, of: path, receiver, call)
    case .namespace(let namespace): result = try namespaceMethod(name, of: namespace, receiver, call)
    case .instance(let id): result = try instanceMethod(name, of: id, receiver, call, in: frame)
    case .oneOf(let values):
      var results: [PythonValue] = []
      for value in values {
        let outcome = try branch { () throws(Interruption) in
          .returned(try self.method(name, of: value, call, in: frame))
        }
        try merge([outcome, Outcome()])
        if case .returned(let value) = outcome.flow { results.append(value) }
      }
      return try joined(results) ?? receiver
    default: result = nil
    }
    return result
      ?? unknown(
        receiver.unknownReason ?? call.unknownReason ?? "`.\(name)()` is not followed", at: call.place,
        variable: receiver.variable)
  }

  // MARK: - Lists

  private func sequenceMethod(_ name: String, of id: ObjectID, _ call: PythonCall) throws(Interruption) -> PythonValue?
  {
    guard name == "index" || name == "count", call.arguments.count == 1 else { return nil }
    var found: [Int] = []
    for (index, item) in items(id).enumerated() {
      guard !item.isUnknown, !item.isOptional, let isEqual = try isEqual(item, call.arguments[0]) else { return nil }
      if isEqual {
        found.append(index)
        if name == "index" { break }
      }
    }
    if name == "count" { return PythonValue(.integer(found.count), at: call.place) }
    if let first = found.first { return PythonValue(.integer(first), at: call.place) }
    return try raise("ValueError", "an item that is not there", at: call.place)
  }

  private func listMethod(
    _ name: String, of id: ObjectID, _ call: PythonCall, in frame: Frame
  ) throws(Interruption) -> PythonValue? {
    let nothing = PythonValue(.none, at: call.place)
    switch (name, call.arguments.count) {
    case ("append", 1):
      append([call.arguments[0].withoutDoubt], to: id)
      return nothing
    case ("extend", 1):
      let added = try elements(of: call.arguments[0], at: call.place)
      try step(added.count)
      append(added, to: id)
      return nothing
    case ("insert", 2): try insert(call.arguments[1], at: call.arguments[0], of: id)
    case ("remove", 1): return try remove(call.arguments[0], from: id, at: call.place)
    case ("pop", 0...1): return try popItem(from: id, call)
    case ("clear", 0): set(id, to: .sequence([]))
    case ("reverse", 0): set(id, to: .sequence(items(id).reversed()))
    case ("sort", 0):
      let sorted = try builtin(
        "sorted",
        PythonCall(arguments: [PythonValue(.list(id), at: call.place)], keywords: call.keywords, place: call.place),
        in: frame)
      set(id, to: .sequence(sorted.sequence.map(items) ?? [sorted]))
    case ("copy", 0): return try list(items(id), at: call.place)
    default: return try sequenceMethod(name, of: id, call)
    }
    return nothing
  }

  private func insert(_ value: PythonValue, at position: PythonValue, of id: ObjectID) throws(Interruption) {
    var items = items(id)
    try step(items.count / 8)
    let value = value.withoutDoubt
    guard let number = position.integer else {
      var anywhere = value
      anywhere.isOptional = true
      return set(id, to: .sequence([unknown("inserted at a place that is not known", at: position.place), anywhere]))
    }
    let index = max(0, min(items.count, number < 0 ? number &+ items.count : number))
    let passed = number < 0 ? items[index...] : items[..<index]
    if passed.contains(where: { $0.isOptional || $0.isUnknown }) {
      // Where it stands depends on what is there: the rest is kept as well as can be told.
      let doubted = ([value] + items).map { item in
        var item = item
        item.isOptional = true
        return item
      }
      return set(id, to: .sequence([unknown("inserted at a place that is not known", at: position.place)] + doubted))
    }
    items.insert(value, at: index)
    set(id, to: .sequence(items))
  }

  private func remove(_ value: PythonValue, from id: ObjectID, at place: Place) throws(Interruption) -> PythonValue? {
    var items = items(id)
    for index in items.indices {
      switch try isEqual(items[index], value) {
      case true? where !items[index].isOptional:
        items.remove(at: index)
        set(id, to: .sequence(items))
        return PythonValue(.none, at: place)
      case false?: continue
      default:
        // It may be this one or one behind it.
        for later in items.indices[index...] where try isEqual(items[later], value) != false {
          items[later].isOptional = true
        }
        set(id, to: .sequence(items))
        return unknown("it may not be there", at: place)
      }
    }
    return try raise("ValueError", "an item that is not there is removed", at: place)
  }

  private func popItem(from id: ObjectID, _ call: PythonCall) throws(Interruption) -> PythonValue? {
    var items = items(id)
    guard let number = call.argument(0).map(\.integer) ?? -1,
      !items.contains(where: { $0.isUnknown || $0.isOptional })
    else {
      set(id, to: .sequence([unknown("an item was taken that is not known", at: call.place)]))
      return nil
    }
    let index = number < 0 ? number &+ items.count : number
    guard items.indices.contains(index) else { return try raise("IndexError", "there is no such item", at: call.place) }
    let taken = items.remove(at: index)
    set(id, to: .sequence(items))
    return taken
  }

  // MARK: - Sets

  private func setMethod(
    _ name: String, of id: ObjectID, _ receiver: PythonValue, _ call: PythonCall
  ) throws(Interruption) -> PythonValue? {
    switch (name, call.arguments.count) {
    case ("add", 1), ("update", 1):
      let added = name == "add" ? call.arguments : try elements(of: call.arguments[0], at: call.place)
      let result = try set(of: items(id) + added, at: receiver.place)
      if let made = result.sequence { set(id, to: .sequence(items(made))) }
      return PythonValue(.none, at: call.place)
    case ("union", 1):
      return try set(of: items(id) + elements(of: call.arguments[0], at: call.place), at: receiver.place)
    case ("discard", 1), ("remove", 1):
      set(id, to: .sequence([unknown("an item was taken from a set", at: call.place)]))
      return PythonValue(.none, at: call.place)
    default: return nil
    }
  }

  // MARK: - Dictionaries

  private func dictionaryMethod(
    _ name: String, of id: ObjectID, _ receiver: PythonValue, _ call: PythonCall
  ) throws(Interruption) -> PythonValue? {
    let dictionary = entries(id)
    switch (name, call.arguments.count) {
    case ("get", 1...2) where isJudging && (call.arguments[0].isAssumed || call.arguments[0].isUnknown):
      guard let value = try anyItem(of: receiver) else { return nil }
      return try joined([value, call.argument(1, "default") ?? PythonValue(.none, at: call.place)])
    case ("get", 1...2), ("setdefault", 1...2):
      guard let key = key(of: call.arguments[0]) else { return nil }
      let fallback = call.argument(1, "default") ?? PythonValue(.none, at: call.place)
      if let value = dictionary[key] {
        guard value.isOptional else { return value }
        var either = try joined([value, fallback]) ?? value
        either.isOptional = false
        if name == "setdefault" { setEntry(key, call.arguments[0], of: id, to: either) }
        return either
      }
      if let rest = dictionary.rest { return unknown(rest.unknownReason ?? "", at: call.place) }
      if name == "setdefault" { setEntry(key, call.arguments[0], of: id, to: fallback) }
      return fallback
    case ("update", _):
      try update(id, with: call)
      return PythonValue(.none, at: call.place)
    case ("pop", 1...2): return try pop(call.arguments[0], from: id, default: call.argument(1), at: call.place)
    case ("copy", 0): return try self.dictionary(dictionary, at: receiver.place)
    case ("clear", 0):
      set(id, to: .dictionary(PythonDictionary()))
      return PythonValue(.none, at: call.place)
    case ("keys", 0), ("values", 0), ("items", 0):
      var all: [PythonValue] = []
      for entry in dictionary.entries {
        var item: PythonValue
        switch name {
        case "keys": item = entry.key
        case "values": item = entry.value
        default: item = try tuple([entry.key, entry.value.withoutDoubt], at: entry.key.place)
        }
        item.isOptional = entry.value.isOptional
        all.append(item)
      }
      return try list(all + (dictionary.rest.map { [$0] } ?? []), at: receiver.place)
    case ("has_key", 1):
      return try isMember(call.arguments[0], of: receiver).map { PythonValue(.boolean($0), at: call.place) }
    default: return nil
    }
  }

  func pop(
    _ key: PythonValue, from id: ObjectID, default fallback: PythonValue?, at place: Place
  ) throws(Interruption) -> PythonValue {
    var dictionary = entries(id)
    guard let known = self.key(of: key) else {
      for (position, entry) in dictionary.entries.enumerated() {
        var value = entry.value
        value.isOptional = true
        dictionary.setValue(at: position, to: value)
      }
      set(id, to: .dictionary(dictionary))
      return unknown(key.unknownReason ?? "a key that is not known", at: place)
    }
    if let value = dictionary.remove(known) {
      set(id, to: .dictionary(dictionary))
      guard value.isOptional else { return value }
      return try joined([value.withoutDoubt, fallback]) ?? value
    }
    if let rest = dictionary.rest { return unknown(rest.unknownReason ?? "", at: place) }
    if let fallback { return fallback }
    return try raise("KeyError", "a key that is not there", at: place)
  }

  /// `dictionary.update(...)` with whatever `dict()` takes.
  func update(_ id: ObjectID, with call: PythonCall) throws(Interruption) {
    for argument in call.arguments { try update(id, with: argument) }
    for (name, value) in call.keywords {
      let key = PythonValue(.string(name), at: value.place)
      setEntry(.string(name), key, of: id, to: marked(value, as: name))
    }
    if call.isOpen { try update(id, with: unknown("`**` of something that is no dictionary", at: call.place)) }
  }

  func update(_ id: ObjectID, with other: PythonValue) throws(Interruption) {
    switch other.kind {
    case .dictionary(let source):
      let source = entries(source)
      try step(source.entries.count)
      for (position, entry) in source.entries.enumerated() {
        let key = source.key(at: position)
        var value = entry.value
        if value.isOptional, let old = entries(id)[key] {
          value = try joined([value, old]) ?? value
          value.isOptional = old.isOptional
        }
        setEntry(key, entry.key, of: id, to: value)
      }
      if let rest = source.rest { spoil(id, rest) }
    case .oneOf(let values):
      var outcomes: [Outcome] = []
      for value in values {
        outcomes.append(
          try branch { () throws(Interruption) in
            try update(id, with: value)
            return .normal
          })
      }
      try merge(outcomes)
    case .list(let source), .tuple(let source):
      let base = PythonValue(.dictionary(id), at: other.place)
      for pair in items(source) {
        guard let parts = pair.sequence.map(items), parts.count == 2 else { return spoil(id, pair) }
        try assign(parts[1], at: parts[0], of: base)
      }
    case .namespace(let namespace):
      let base = PythonValue(.dictionary(id), at: other.place)
      for (name, value) in namespaces[namespace.index].variables.sorted(by: { $0.key < $1.key }) {
        try assign(value, at: PythonValue(.string(name), at: value.place), of: base)
      }
    case .none: break
    default: spoil(id, unknown(other.unknownReason ?? "`**` of something that is no dictionary", at: other.place))
    }
  }

  /// Entries that are not known come in and may replace those that are there.
  private func spoil(_ id: ObjectID, _ rest: PythonValue) {
    var dictionary = entries(id)
    let unknown = unknown(rest.unknownReason ?? "entries that are not known", at: rest.place)
    for (position, entry) in dictionary.entries.enumerated() {
      var value = (try? joined([entry.value, unknown])) ?? unknown
      value.isOptional = entry.value.isOptional
      dictionary.setValue(at: position, to: value)
    }
    dictionary.rest = unknown
    set(id, to: .dictionary(dictionary))
  }

  // MARK: - Namespaces and objects

  /// `globals().update(...)` and methods of classes.
  private func namespaceMethod(
    _ name: String, of namespace: NamespaceID, _ receiver: PythonValue, _ call: PythonCall
  ) throws(Interruption) -> PythonValue? {
    if case .class = namespaces[namespace.index].kind {
      guard case .function(let index)? = attribute(name, ofClass: namespace)?.kind else { return nil }
      var call = call
      if functions[index].isClassMethod { call.arguments.insert(receiver, at: 0) }
      return try self.call(index, call)
    }
    switch (name, call.arguments.count) {
    case ("update", _):
      let temporary = make(.dictionary(PythonDictionary()))
      try update(temporary, with: call)
      let added = entries(temporary)
      for entry in added.entries { try assign(entry.value, at: entry.key, of: receiver) }
      if let reason = added.rest?.unknownReason { setDoubt(of: namespace, to: reason) }
      return PythonValue(.none, at: call.place)
    case ("get", 1...2):
      guard let text = call.arguments[0].string, namespaces[namespace.index].doubt == nil else { return nil }
      return variable(text, of: namespace) ?? call.argument(1) ?? PythonValue(.none, at: call.place)
    case ("setdefault", 2):
      guard let text = call.arguments[0].string, namespaces[namespace.index].doubt == nil else { return nil }
      if let value = variable(text, of: namespace) { return value }
      try assign(call.arguments[1], at: call.arguments[0], of: receiver)
      return call.arguments[1]
    default: return nil
    }
  }

  private func instanceMethod(
    _ name: String, of id: ObjectID, _ receiver: PythonValue, _ call: PythonCall, in frame: Frame
  ) throws(Interruption) -> PythonValue? {
    guard case .instance(let type, let fields) = objects[id.index] else { return nil }
    if type == Self.projectClass, case .namespace(let namespace)? = fields["__class__"]?.kind {
      guard case .function(let index)? = attribute(name, ofClass: namespace)?.kind else { return nil }
      var call = call
      if !functions[index].isStatic { call.arguments.insert(receiver, at: 0) }
      return try self.call(index, call)
    }
    return try libraryMethod(name, of: type, fields, receiver, call, in: frame)
  }
}

extension PythonValue {
  /// The value where it is certainly there.
  var withoutDoubt: PythonValue {
    var value = self
    value.isOptional = false
    return value
  }
}
