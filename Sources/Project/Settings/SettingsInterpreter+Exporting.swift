import Diagnostics

/// Values as the rest of the program sees them.
extension SettingsInterpreter {
  func export(_ value: PythonValue) -> SettingValue {
    var budget = min(Self.weightLimit, exportLimit)
    let before = budget
    defer { exportLimit -= before - max(0, budget) }
    return export(value, depth: 0, &budget)
  }

  private func export(_ value: PythonValue, depth: Int, _ budget: inout Int) -> SettingValue {
    budget -= 1
    let content: SettingValue.Content
    if depth > 199 {
      content = .unknown("nested too deeply to be read")
    } else if budget < 0 {
      content = .unknown("more items than are kept")
    } else {
      content = self.content(of: value, depth: depth, &budget)
    }
    return SettingValue(
      content, at: location(value.place), variable: value.variable, isSecret: value.isSecret,
      isOptional: value.isOptional)
  }

  private func content(of value: PythonValue, depth: Int, _ budget: inout Int) -> SettingValue.Content {
    if value.isAssumed, let reason = emptyReason(of: value) { return .unknown(reason) }
    switch value.kind {
    case .none: return .none
    case .boolean(let flag): return .boolean(flag)
    case .integer(let number): return .number(String(number))
    case .float(let number): return .number(Self.text(number))
    case .number(let digits): return .number(digits)
    case .string(let text): return .string(text)
    case .path(let path): return .path(path)
    case .list(let id), .tuple(let id), .set(let id):
      var items: [SettingValue] = []
      for item in self.items(id) { items.append(export(item, depth: depth + 1, &budget)) }
      return .list(items)
    case .dictionary(let id):
      let dictionary = entries(id)
      var entries: [(key: String, value: SettingValue)] = []
      for entry in dictionary.entries {
        if let key = entry.key.text { entries.append((key, export(entry.value, depth: depth + 1, &budget))) }
      }
      if let rest = dictionary.rest { entries.append(("**", export(rest, depth: depth + 1, &budget))) }
      return .dictionary(entries)
    case .oneOf(let values):
      var alternatives: [SettingValue] = []
      for value in values { alternatives.append(export(value, depth: depth + 1, &budget)) }
      return .oneOf(alternatives)
    case .unknown(let reason): return .unknown(reason)
    case .external(let name): return .unknown("`\(name)` is not followed")
    case .function, .method: return .unknown("a function")
    case .namespace: return .unknown("a class or module")
    case .instance(let id):
      if case .instance(let type, let fields) = objects[id.index] {
        if type == "environ.Path", let text = fields["root"]?.text { return .string(text) }
        if type != Self.projectClass { return .unknown("an object of `\(type)`") }
      }
      return .unknown("an object")
    }
  }

  /// The settings that a module ends with: its names, and with django-configurations those of the class that is used.
  func finals(of namespace: NamespaceID, in frame: Frame) -> [String: SettingValue] {
    exportLimit = Self.totalExportLimit
    var result: [String: SettingValue] = [:]
    let space = namespaces[namespace.index]
    for (name, value) in space.variables.sorted(by: { $0.key < $1.key }) {
      switch value.kind {
      case .function, .namespace, .external, .method: continue
      default: result[name] = export(value)
      }
    }
    for (name, value) in (try? configuration(of: space, in: frame)) ?? [:] { result[name] = export(value) }
    return result
  }

  /// The settings of the class that DJANGO_CONFIGURATION names, else of all that no other is made from.
  private func configuration(
    of space: PythonNamespace, in frame: Frame
  ) throws(Interruption) -> [String: PythonValue] {
    let classes = space.variables.compactMap { name, value -> (name: String, id: NamespaceID)? in
      guard case .namespace(let id) = value.kind, isDerived(id, from: Self.configurationNames) else { return nil }
      return (name, id)
    }.sorted { $0.id.index < $1.id.index }
    guard !classes.isEmpty else { return [:] }
    let bases = Set(
      classes.flatMap { entry -> [NamespaceID] in
        guard case .class(_, let bases) = namespaces[entry.id.index].kind else { return [] }
        return bases.compactMap { if case .namespace(let id) = $0.kind { id } else { nil } }
      })
    let named = hostEnvironment["DJANGO_CONFIGURATION"] ?? ""
    var used = classes.filter { $0.name == named }
    if used.isEmpty { used = classes.filter { !bases.contains($0.id) } }
    stepLimit = max(stepLimit, steps + Self.statementStepLimit)
    var names: Set<String> = []
    for entry in used { names.formUnion(attributes(of: entry.id)) }
    var result: [String: PythonValue] = [:]
    for name in names.sorted() {
      var values: [PythonValue?] = []
      for entry in used { values.append(try configured(name, of: entry.id, in: frame)) }
      if let value = try joined(values) { result[name] = value }
    }
    return result
  }

  /// Adds to the history what properties with names in capitals give, of the recorded file's classes: settings that a class
  /// computes.
  func recordProperties() {
    for id in recordedClasses.sorted(by: { $0.index < $1.index }) {
      for (name, value) in namespaces[id.index].variables.sorted(by: { $0.key < $1.key }) {
        guard name == name.uppercased(), case .function(let index) = value.kind, functions[index].isProperty else {
          continue
        }
        stepLimit = min(Self.totalStepLimit, steps + Self.statementStepLimit / 10)
        let frame = Frame(scopes: [id], globals: id, file: value.place.file, path: recorded)
        if let result = (try? configured(name, of: id, in: frame)) ?? nil { history.append((name, export(result))) }
      }
    }
  }

  private func attributes(of namespace: NamespaceID, depth: Int = 0) -> Set<String> {
    guard depth < 20, case .class(_, let bases) = namespaces[namespace.index].kind else { return [] }
    var names = Set(namespaces[namespace.index].variables.keys.filter { $0 == $0.uppercased() })
    for base in bases {
      if case .namespace(let id) = base.kind { names.formUnion(attributes(of: id, depth: depth + 1)) }
    }
    return names
  }

  private func configured(
    _ name: String, of namespace: NamespaceID, in frame: Frame
  ) throws(Interruption) -> PythonValue? {
    guard let value = attribute(name, ofClass: namespace) else { return nil }
    if case .function(let index) = value.kind {
      guard functions[index].isProperty else { return nil }
      let place = value.place
      let object = instance(
        Self.projectClass, ["__class__": PythonValue(.namespace(namespace), at: place)], at: place)
      return try call(index, PythonCall(arguments: [object], keywords: [], place: place))
    }
    return try configured(value, as: name, in: frame)
  }
}
