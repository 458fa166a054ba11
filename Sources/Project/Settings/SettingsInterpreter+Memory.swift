import Diagnostics

/// Objects and names, and how changes of them are taken back.
extension SettingsInterpreter {
  /// What has been changed since a branch began, with what was there before.
  struct Journal {
    enum Entry {
      case object(ObjectID, PythonObject, PythonObject.Size)
      case variable(NamespaceID, String, PythonValue?)
      case doubt(NamespaceID, String?)
    }

    let serial: Int
    /// Objects from here on were made in the branch: nobody outside sees them.
    let firstObject: Int
    let firstNamespace: Int
    var entries: [Entry] = []
  }

  // MARK: - Objects

  func weight(of value: PythonValue) -> PythonObject.Size {
    switch value.kind {
    case .list(let id), .tuple(let id), .set(let id), .dictionary(let id), .instance(let id): sizes[id.index]
    case .string(let text): PythonObject.Size(weight: 1 + text.utf8.count / 64)
    case .oneOf(let values): weight(of: values)
    default: PythonObject.Size()
    }
  }

  private func weight(of values: some Sequence<PythonValue>) -> PythonObject.Size {
    values.reduce(into: PythonObject.Size()) { sum, value in
      let size = weight(of: value)
      sum.weight += min(size.weight, Self.weightLimit + 1)
      sum.depth = max(sum.depth, size.depth + 1)
    }
  }

  private func weight(of object: PythonObject) -> PythonObject.Size {
    switch object {
    case .sequence(let items): weight(of: items)
    case .dictionary(let dictionary): weight(of: dictionary.entries.lazy.map(\.value))
    case .instance: PythonObject.Size()
    }
  }

  func make(_ object: PythonObject) -> ObjectID {
    objects.append(object)
    sizes.append(weight(of: object))
    stamps.append(journals.last?.serial ?? 0)
    return ObjectID(index: objects.count - 1)
  }

  /// A new list, tuple, set or dictionary; unknown when it is too large.
  func made(_ kind: (ObjectID) -> PythonValue.Kind, _ object: PythonObject, at place: Place) throws(Interruption)
    -> PythonValue
  {
    let id = make(object)
    try step(sizes[id.index].weight / 16)
    if let reason = excess(sizes[id.index]) {
      objects[id.index] = .sequence([])
      sizes[id.index] = PythonObject.Size()
      return unknown(reason, at: place)
    }
    return PythonValue(kind(id), at: place)
  }

  private func excess(_ size: PythonObject.Size) -> String? {
    if size.weight > Self.weightLimit { return "more items than are kept" }
    return size.depth > 199 ? "nested too deeply to be read" : nil
  }

  func list(_ items: [PythonValue], at place: Place) throws(Interruption) -> PythonValue {
    try made({ .list($0) }, .sequence(items), at: place)
  }

  func tuple(_ items: [PythonValue], at place: Place) throws(Interruption) -> PythonValue {
    try made({ .tuple($0) }, .sequence(items), at: place)
  }

  func dictionary(_ dictionary: PythonDictionary, at place: Place) throws(Interruption) -> PythonValue {
    try made({ .dictionary($0) }, .dictionary(dictionary), at: place)
  }

  func instance(_ type: String, _ fields: [String: PythonValue] = [:], at place: Place) -> PythonValue {
    PythonValue(.instance(make(.instance(type, fields))), at: place)
  }

  func items(_ id: ObjectID) -> [PythonValue] {
    if case .sequence(let items) = objects[id.index] { return items }
    return []
  }

  func entries(_ id: ObjectID) -> PythonDictionary {
    if case .dictionary(let dictionary) = objects[id.index] { return dictionary }
    return PythonDictionary()
  }

  func set(_ id: ObjectID, to object: PythonObject) {
    keep(id)
    objects[id.index] = object
    resize(id, weight(of: object))
  }

  private func resize(_ id: ObjectID, _ size: PythonObject.Size) {
    sizes[id.index] = size
    guard let reason = excess(size) else { return }
    let unknown = PythonValue(.unknown(reason), at: Place(file: 0, offset: 0))
    if case .dictionary = objects[id.index] {
      var dictionary = PythonDictionary()
      dictionary.rest = unknown
      objects[id.index] = .dictionary(dictionary)
    } else {
      objects[id.index] = .sequence([unknown])
    }
    sizes[id.index] = PythonObject.Size()
  }

  func append(_ values: [PythonValue], to id: ObjectID) {
    keep(id)
    guard case .sequence(var items) = objects[id.index] else { return }
    objects[id.index] = .sequence([])
    items += values
    objects[id.index] = .sequence(items)
    let added = weight(of: values)
    resize(
      id,
      PythonObject.Size(
        weight: sizes[id.index].weight + added.weight - 1, depth: max(sizes[id.index].depth, added.depth)))
  }

  func setEntry(_ key: PythonDictionary.Key, _ keyValue: PythonValue, of id: ObjectID, to value: PythonValue) {
    keep(id)
    guard case .dictionary(var dictionary) = objects[id.index] else { return }
    objects[id.index] = .sequence([])
    dictionary.set(key, keyValue, to: value)
    objects[id.index] = .dictionary(dictionary)
    let added = weight(of: value)
    resize(
      id,
      PythonObject.Size(
        weight: sizes[id.index].weight + added.weight, depth: max(sizes[id.index].depth, added.depth + 1)))
  }

  /// Notes an object's state for the branch that changes it.
  private func keep(_ id: ObjectID) {
    guard let journal = journals.last, id.index < journal.firstObject, stamps[id.index] != journal.serial else {
      return
    }
    stamps[id.index] = journal.serial
    journals[journals.count - 1].entries.append(.object(id, objects[id.index], sizes[id.index]))
  }

  // MARK: - Names

  func makeNamespace(_ kind: PythonNamespace.Kind) -> NamespaceID {
    namespaces.append(PythonNamespace(kind: kind))
    return NamespaceID(index: namespaces.count - 1)
  }

  func variable(_ name: String, of namespace: NamespaceID) -> PythonValue? {
    namespaces[namespace.index].variables[name]
  }

  func set(_ name: String, of namespace: NamespaceID, to value: PythonValue?) {
    if let journal = journals.last, namespace.index < journal.firstNamespace {
      journals[journals.count - 1].entries.append(
        .variable(namespace, name, namespaces[namespace.index].variables[name]))
    }
    namespaces[namespace.index].variables[name] = value
  }

  /// From here on a name of the namespace that is not set may have any value, and with `isSpoiling` any name.
  func setDoubt(of namespace: NamespaceID, to reason: String?, isSpoiling: Bool = true) {
    if let journal = journals.last, namespace.index < journal.firstNamespace {
      journals[journals.count - 1].entries.append(.doubt(namespace, namespaces[namespace.index].doubt))
    }
    namespaces[namespace.index].doubt = reason
    guard let reason, isSpoiling else { return }
    for (name, value) in namespaces[namespace.index].variables {
      switch value.kind {
      case .function, .external, .namespace: continue
      default: set(name, of: namespace, to: unknown(reason, at: value.place))
      }
    }
  }
}
