import Diagnostics
import PythonSource

/// Assignments to names, keys and attributes.
extension SettingsInterpreter {
  func assign(_ value: PythonValue, to target: PythonExpression, in frame: Frame) throws(Interruption) {
    guard target.depth <= Self.depthLimit else { throw .exhausted }
    switch target.node {
    case .name(let name):
      let namespace = scope(settingName: name, in: frame)
      let value = marked(value, as: name)
      record(name, value, in: namespace)
      set(name, of: namespace, to: value)
    case .tuple(let targets), .list(let targets): try unpack(value, to: targets, in: frame)
    case .starred(let inner): try assign(value, to: inner, in: frame)
    case .subscripted(let base, let key):
      if case .slice = key.node { return try assignSlice(value, base, key, in: frame) }
      let key = try evaluate(key, in: frame)
      if let (name, namespace, keys) = try path(of: base, in: frame), let text = key.text {
        let shown = (keys + [text]).reversed().reduce(export(marked(value, as: text))) { value, key in
          SettingValue(.dictionary([(key, value)]), at: value.location)
        }
        record(name, shown, in: namespace)
      }
      try assign(value, at: key, of: try evaluate(base, in: frame))
    case .attribute(let base, let name):
      switch try evaluate(base, in: frame).kind {
      case .instance(let id):
        guard case .instance(let type, var fields) = objects[id.index] else { return }
        fields[name] = value
        set(id, to: .instance(type, fields))
      case .namespace(let namespace): set(name, of: namespace, to: value)
      default: break
      }
    default: break
    }
  }

  /// The value as it is known by a name that may be that of a secret.
  func marked(_ value: PythonValue, as name: String) -> PythonValue {
    guard !value.isSecret, SecretName.matches(name) else { return value }
    switch value.kind {
    case .string(""): return value
    case .string, .number, .integer, .path:
      var value = value
      value.isSecret = true
      return value
    case .oneOf(let values):
      var value = value
      value.isSecret = true
      value.kind = .oneOf(values.map { marked($0, as: name) })
      return value
    default: return value
    }
  }

  private func scope(settingName name: String, in frame: Frame) -> NamespaceID {
    guard frame.outerNames.contains(name) else { return frame.local }
    return frame.scopes.dropLast().last { variable(name, of: $0) != nil } ?? frame.globals
  }

  private func unpack(
    _ value: PythonValue, to targets: [PythonExpression], in frame: Frame
  ) throws(Interruption) {
    let star = targets.firstIndex { if case .starred = $0.node { true } else { false } }
    let parts = try elements(of: value, at: value.place)
    let isKnown = !parts.contains { $0.isUnknown || $0.isOptional }
    guard isKnown, star == nil ? parts.count == targets.count : parts.count >= targets.count - 1 else {
      for target in targets {
        let reason = value.unknownReason ?? "unpacked from something that is not known"
        try assign(unknown(reason, at: place(target, frame)), to: target, in: frame)
      }
      return
    }
    guard let star else {
      for (target, part) in zip(targets, parts) { try assign(part, to: target, in: frame) }
      return
    }
    let behind = targets.count - star - 1
    for (target, part) in zip(targets[..<star], parts) { try assign(part, to: target, in: frame) }
    let middle = Array(parts[star..<(parts.count - behind)])
    try assign(try list(middle, at: value.place), to: targets[star], in: frame)
    for (target, part) in zip(targets[(star + 1)...], parts.suffix(behind)) { try assign(part, to: target, in: frame) }
  }

  /// `base[key] = value` on what `base` is.
  func assign(_ value: PythonValue, at key: PythonValue, of base: PythonValue) throws(Interruption) {
    switch base.kind {
    case .dictionary(let id):
      let value = key.string.map { marked(value, as: $0) } ?? value
      if let known = self.key(of: key) { return setEntry(known, key, of: id, to: value) }
      var dictionary = entries(id)
      for (position, entry) in dictionary.entries.enumerated() {
        if let either = try joined([entry.value, value]) { dictionary.setValue(at: position, to: either) }
      }
      dictionary.rest = unknown(key.unknownReason ?? "a key that is not known", at: key.place)
      set(id, to: .dictionary(dictionary))
    case .list(let id):
      var items = items(id)
      guard let index = key.integer.map({ $0 < 0 ? $0 &+ items.count : $0 }), items.indices.contains(index),
        !items.contains(where: { $0.isUnknown || $0.isOptional })
      else {
        return set(id, to: .sequence([unknown("changed at a place that is not known", at: key.place)]))
      }
      items[index] = value
      set(id, to: .sequence(items))
    case .namespace(let namespace):
      guard let name = key.string else {
        // A loop that takes names from elsewhere adds to those that are written down.
        return setDoubt(of: namespace, to: "a name that is not known was set", isSpoiling: false)
      }
      let value = marked(value, as: name)
      record(name, value, in: namespace)
      set(name, of: namespace, to: value)
    case .external("os.environ"):
      if let name = key.string { setEnvironment(name, to: value) }
    case .oneOf(let values):
      for part in values { try weakly { () throws(Interruption) in try assign(value, at: key, of: part) } }
    default: break
    }
  }

  private func assignSlice(
    _ value: PythonValue, _ base: PythonExpression, _ key: PythonExpression, in frame: Frame
  ) throws(Interruption) {
    let target = try evaluate(base, in: frame)
    let added = try elements(of: value, at: value.place)
    if let (name, namespace, _) = try path(of: base, in: frame) {
      record(name, try list(added, at: value.place), in: namespace)
    }
    for part in target.alternatives {
      guard case .list(let id) = part.kind else { continue }
      let change = { () throws(Interruption) in try self.replaceSlice(key, of: id, by: added, in: frame) }
      if target.alternatives.count == 1 { try change() } else { try weakly(change) }
    }
  }

  private func replaceSlice(
    _ key: PythonExpression, of id: ObjectID, by added: [PythonValue], in frame: Frame
  ) throws(Interruption) {
    let old = items(id)
    guard case .slice(let lower, let upper, nil) = key.node,
      let bounds = try sliceBounds(lower, upper, count: old.count, in: frame),
      !old.contains(where: { $0.isUnknown || $0.isOptional })
    else { return set(id, to: .sequence([unknown("a slice was assigned to", at: place(key, frame))])) }
    set(id, to: .sequence(Array(old[..<bounds.lowerBound]) + added + Array(old[bounds.upperBound...])))
  }

  func sliceBounds(
    _ lower: PythonExpression?, _ upper: PythonExpression?, count: Int, in frame: Frame
  ) throws(Interruption) -> Range<Int>? {
    func bound(_ expression: PythonExpression?, _ fallback: Int) throws(Interruption) -> Int? {
      guard let expression else { return fallback }
      let value = try evaluate(expression, in: frame)
      if case .none = value.kind { return fallback }
      return value.integer.map { max(0, min(count, $0 < 0 ? $0 &+ count : $0)) }
    }
    guard let start = try bound(lower, 0), let end = try bound(upper, count) else { return nil }
    return start..<max(start, end)
  }

  // MARK: - Augmented assignments

  func augment(
    _ target: PythonExpression, _ operation: String, by expression: PythonExpression, in frame: Frame
  ) throws(Interruption) {
    let old = try evaluate(target, in: frame)
    let added = try evaluate(expression, in: frame)
    if let (name, namespace, keys) = try path(of: target, in: frame) {
      let shown = keys.reversed().reduce(export(added)) { value, key in
        SettingValue(.dictionary([(key, value)]), at: value.location)
      }
      record(name, shown, in: namespace)
    }
    if operation == "+" || operation == "|", try changeInPlace(old, by: added) { return }
    let result = try operate(operation, old, added, at: old.place)
    switch target.node {
    case .name(let name): set(name, of: scope(settingName: name, in: frame), to: result)
    case .subscripted(let base, let key):
      try assign(result, at: try evaluate(key, in: frame), of: try evaluate(base, in: frame))
    default: try assign(result, to: target, in: frame)
    }
  }

  /// `+=` of a list and `|=` of a dictionary or set change it for all its names.
  private func changeInPlace(_ old: PythonValue, by added: PythonValue) throws(Interruption) -> Bool {
    switch old.kind {
    case .list(let id):
      let added = try elements(of: added, at: added.place)
      try step(added.count)
      append(added, to: id)
      return true
    case .dictionary(let id):
      try update(id, with: added)
      return true
    case .set: return false
    default: return false
    }
  }

  /// The name and the known keys of `NAME`, `NAME[key]`, `NAME[key][key]`; nil for anything else.
  func path(
    of target: PythonExpression, in frame: Frame
  ) throws(Interruption) -> (name: String, namespace: NamespaceID, keys: [String])? {
    switch target.node {
    case .name(let name):
      guard recordedNamespace != nil else { return nil }
      let namespace = frame.scopes.last { variable(name, of: $0) != nil } ?? frame.local
      return (name, namespace, [])
    case .subscripted(let base, let key):
      guard let (name, namespace, keys) = try path(of: base, in: frame) else { return nil }
      return try evaluate(key, in: frame).string.map { (name, namespace, keys + [$0]) }
    default: return nil
    }
  }

  func delete(_ target: PythonExpression, in frame: Frame) throws(Interruption) {
    switch target.node {
    case .name(let name): set(name, of: scope(settingName: name, in: frame), to: nil)
    case .tuple(let targets), .list(let targets): for target in targets { try delete(target, in: frame) }
    case .subscripted(let base, let key):
      try remove(try evaluate(key, in: frame), of: try evaluate(base, in: frame))
    default: break
    }
  }

  private func remove(_ key: PythonValue, of base: PythonValue) throws(Interruption) {
    switch base.kind {
    case .dictionary(let id): _ = try pop(key, from: id, default: nil, at: key.place)
    case .list(let id):
      var items = items(id)
      guard let index = key.integer.map({ $0 < 0 ? $0 &+ items.count : $0 }), items.indices.contains(index),
        !items.contains(where: { $0.isUnknown || $0.isOptional })
      else { return set(id, to: .sequence([unknown("an item was deleted", at: key.place)])) }
      items.remove(at: index)
      set(id, to: .sequence(items))
    case .external("os.environ"): if let name = key.string { setEnvironment(name, to: nil) }
    case .namespace(let namespace): if let name = key.string { set(name, of: namespace, to: nil) }
    case .oneOf(let values):
      for value in values { try weakly { () throws(Interruption) in try remove(key, of: value) } }
    default: break
    }
  }

  /// Runs a change that may or may not take place.
  func weakly(_ body: () throws(Interruption) -> Void) throws(Interruption) {
    let outcome = try branch { () throws(Interruption) in
      try body()
      return .normal
    }
    try merge([outcome, Outcome()])
  }

  // MARK: - History

  func record(_ name: String, _ value: PythonValue, in namespace: NamespaceID) {
    guard recordedNamespace != nil, isRecorded(name, namespace) else { return }
    switch value.kind {
    case .function, .namespace, .external, .method: return
    case .instance:
      let frame = Frame(scopes: [namespace], globals: namespace, file: 0, path: recorded)
      guard let shown = try? configured(value, as: name, in: frame) else { return }
      if case .instance = shown.kind { return }
      return history.append((name, export(shown)))
    default: break
    }
    history.append((name, export(value)))
  }

  func record(_ name: String, _ value: SettingValue, in namespace: NamespaceID) {
    if isRecorded(name, namespace) { history.append((name, value)) }
  }

  private func isRecorded(_ name: String, _ namespace: NamespaceID) -> Bool {
    if namespace == recordedNamespace { return true }
    guard case .class = namespaces[namespace.index].kind, name.utf8.allSatisfy({ !(0x61...0x7A).contains($0) }) else {
      return false
    }
    return recordedClasses.contains(namespace)
  }
}
