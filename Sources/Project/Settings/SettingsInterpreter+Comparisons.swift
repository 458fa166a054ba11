import PythonSource

/// Comparisons; nil where the answer is not known.
extension SettingsInterpreter {
  func comparison(
    _ first: PythonExpression, _ rest: [(operation: String, value: PythonExpression)], at place: Place,
    in frame: Frame
  ) throws(Interruption) -> PythonValue {
    var left = try evaluate(first, in: frame)
    var isKnown = true
    var assumption: PythonValue?
    for (operation, expression) in rest {
      let right = try evaluate(expression, in: frame)
      if isJudging { assumption = assumption ?? self.assumption(of: operation, left, right) }
      switch try compare(operation, left, right) {
      case false?: return PythonValue(.boolean(false), at: place).hanging(on: assumption)
      case nil: isKnown = false
      case true?: break
      }
      left = right
    }
    guard isKnown else { return unknown("a comparison that is not known", at: place, variable: assumption?.variable) }
    return PythonValue(.boolean(true), at: place).hanging(on: assumption)
  }

  func compare(_ operation: String, _ left: PythonValue, _ right: PythonValue) throws(Interruption) -> Bool? {
    try step()
    if left.alternatives.count > 1 || right.alternatives.count > 1 {
      var answers: Set<Bool?> = []
      for one in left.alternatives.prefix(16) {
        for two in right.alternatives.prefix(16) { answers.insert(try compare(operation, one, two)) }
      }
      return answers.count == 1 ? answers.first ?? nil : nil
    }
    if let answer = Self.commandLine(operation, left, right) { return answer }
    switch operation {
    case "==": return try isEqual(left, right)
    case "!=": return try isEqual(left, right).map { !$0 }
    case "in": return try isMember(left, of: right)
    case "not in": return try isMember(left, of: right).map { !$0 }
    case "is": return try isIdentical(left, right)
    case "is not": return try isIdentical(left, right).map { !$0 }
    default: return isOrdered(operation, left, right)
    }
  }

  /// Settings are read for the project's server: tests do not run.
  static func commandLine(_ operation: String, _ left: PythonValue, _ right: PythonValue) -> Bool? {
    guard operation == "in" || operation == "not in", let word = left.string, case .external(let name) = right.kind,
      name.hasPrefix("sys.argv") || name == "sys.modules"
    else { return nil }
    guard ["test", "tests", "pytest", "py.test", "jtest"].contains(word) else { return nil }
    return operation == "not in"
  }

  func isEqual(_ left: PythonValue, _ right: PythonValue, depth: Int = 0) throws(Interruption) -> Bool? {
    try step()
    guard depth < 50 else { return nil }
    switch (left.kind, right.kind) {
    case (.unknown, _), (_, .unknown), (.oneOf, _), (_, .oneOf), (.external, _), (_, .external), (.instance, _),
      (_, .instance), (.method, _), (_, .method), (.number, _), (_, .number):
      return nil
    case (.string(let left), .string(let right)): return left.utf8.elementsEqual(right.utf8)
    case (.path(let left), .path(let right)): return left == right
    case (.none, .none): return true
    case (.list(let one), .list(let two)), (.tuple(let one), .tuple(let two)):
      return try isEqual(items(one), items(two), depth)
    case (.dictionary(let one), .dictionary(let two)): return try isEqual(entries(one), entries(two), depth)
    case (.set, .set): return nil
    case (.function(let left), .function(let right)): return left == right
    case (.namespace(let left), .namespace(let right)): return left == right
    default:
      if let one = left.integer, let two = right.integer { return one == two }
      if let one = left.double, let two = right.double { return one == two }
      return false
    }
  }

  private func isEqual(_ left: [PythonValue], _ right: [PythonValue], _ depth: Int) throws(Interruption) -> Bool? {
    guard !(left + right).contains(where: { $0.isOptional || $0.isUnknown }) else { return nil }
    guard left.count == right.count else { return false }
    var isKnown = true
    for (one, two) in zip(left, right) {
      switch try isEqual(one, two, depth: depth + 1) {
      case false?: return false
      case nil: isKnown = false
      case true?: break
      }
    }
    return isKnown ? true : nil
  }

  private func isEqual(
    _ left: PythonDictionary, _ right: PythonDictionary, _ depth: Int
  ) throws(Interruption) -> Bool? {
    guard left.rest == nil, right.rest == nil,
      !(left.entries + right.entries).contains(where: { $0.value.isOptional })
    else { return nil }
    guard left.entries.count == right.entries.count else { return false }
    var isKnown = true
    for (position, entry) in left.entries.enumerated() {
      guard let other = right[left.key(at: position)] else { return false }
      switch try isEqual(entry.value, other, depth: depth + 1) {
      case false?: return false
      case nil: isKnown = false
      case true?: break
      }
    }
    return isKnown ? true : nil
  }

  private func isIdentical(_ left: PythonValue, _ right: PythonValue) throws(Interruption) -> Bool? {
    switch (left.kind, right.kind) {
    case (.unknown, _), (_, .unknown), (.oneOf, _), (_, .oneOf), (.external, _), (_, .external): return nil
    case (.none, .none): return true
    case (.none, _), (_, .none): return false
    case (.boolean(let left), .boolean(let right)): return left == right
    case (.boolean, _), (_, .boolean): return false
    case (.list(let left), .list(let right)), (.dictionary(let left), .dictionary(let right)): return left == right
    default: return nil
    }
  }

  func isMember(_ value: PythonValue, of container: PythonValue) throws(Interruption) -> Bool? {
    switch container.kind {
    case .string(let text):
      guard let part = value.string else { return nil }
      return PythonText.contains(text, part)
    case .list(let id), .tuple(let id), .set(let id):
      var isKnown = true
      for item in items(id) {
        switch try isEqual(value, item) {
        case true? where !item.isOptional: return true
        case true?, nil: isKnown = false
        case false?: break
        }
      }
      return isKnown ? false : nil
    case .dictionary(let id):
      guard let key = key(of: value) else { return nil }
      if let found = entries(id)[key] { return found.isOptional ? nil : true }
      return entries(id).rest == nil ? false : nil
    case .external("os.environ"):
      guard let name = value.string else { return nil }
      return isSet(name)
    case .namespace(let namespace):
      guard let name = value.string else { return nil }
      if let found = variable(name, of: namespace) { return found.isOptional ? nil : true }
      return namespaces[namespace.index].doubt == nil ? false : nil
    default: return nil
    }
  }

  private func isOrdered(_ operation: String, _ left: PythonValue, _ right: PythonValue) -> Bool? {
    func answer<T: Comparable>(_ one: T, _ two: T) -> Bool? {
      switch operation {
      case "<": one < two
      case "<=": one <= two
      case ">": one > two
      case ">=": one >= two
      default: nil
      }
    }
    if let one = left.integer, let two = right.integer { return answer(one, two) }
    if let one = left.double, let two = right.double { return answer(one, two) }
    guard let one = left.string, let two = right.string, one.utf8.allSatisfy({ $0 < 0x80 }),
      two.utf8.allSatisfy({ $0 < 0x80 })
    else { return nil }
    return answer(one, two)
  }
}
