import Diagnostics

/// What several values have in common, where it is not known which of them it is.
extension SettingsInterpreter {
  private static let alternativeLimit = 8

  /// One value that stands for all of these; nil stands for a name that is not set.
  func joined(_ values: [PythonValue?]) throws(Interruption) -> PythonValue? {
    var kept: [PythonValue] = []
    var isOptional = false
    for value in values {
      guard let value else {
        isOptional = true
        continue
      }
      isOptional = isOptional || value.isOptional
      for alternative in value.alternatives {
        if let index = try position(of: alternative, in: kept) {
          kept[index].isAssumed = kept[index].isAssumed || alternative.isAssumed
        } else {
          kept.append(alternative)
        }
      }
    }
    guard var result = kept.first else { return nil }
    if kept.count > 1 { result = try combined(kept) }
    result.isOptional = isOptional
    return result
  }

  private func position(of value: PythonValue, in others: [PythonValue]) throws(Interruption) -> Int? {
    for (index, other) in others.enumerated() where try isSame(value, other) { return index }
    return nil
  }

  /// One value for two or more that differ: lists that begin or end alike become one list with optional items.
  private func combined(_ values: [PythonValue]) throws(Interruption) -> PythonValue {
    if values.allSatisfy(\.isUnknown) { return values[0] }
    var result: [PythonValue] = []
    for value in values {
      var isTaken = false
      for (index, other) in result.enumerated() {
        guard let joined = try joinedSequence(other, value, isForced: values.count > Self.alternativeLimit) else {
          continue
        }
        result[index] = joined
        isTaken = true
        break
      }
      if !isTaken { result.append(value) }
    }
    guard result.count > 1 else { return result[0] }
    if result.count > Self.alternativeLimit { return try collapsed(result) }
    var value = PythonValue(.oneOf(result), at: result[0].place, variable: result.lazy.compactMap(\.variable).first)
    value.isSecret = result.contains(where: \.isSecret)
    for index in result.indices { result[index].isOptional = false }
    value.kind = .oneOf(result)
    return value
  }

  private func joinedSequence(
    _ left: PythonValue, _ right: PythonValue, isForced: Bool
  ) throws(Interruption) -> PythonValue? {
    let (first, second): (ObjectID, ObjectID)
    switch (left.kind, right.kind) {
    case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)): (first, second) = (left, right)
    default: return nil
    }
    let (one, two) = (items(first), items(second))
    if !isForced {
      guard let head = one.first, let tail = one.last, let otherHead = two.first, let otherTail = two.last else {
        return nil
      }
      let isAlike = try isSame(head, otherHead)
      guard try isAlike ? true : isSame(tail, otherTail) else { return nil }
    }
    let id = make(.sequence(try joinedItems(one, two)))
    if case .list = left.kind { return left.with(.list(id)) }
    return left.with(.tuple(id))
  }

  /// What is left of many possibilities.
  private func collapsed(_ values: [PythonValue]) throws(Interruption) -> PythonValue {
    var dictionaries: [PythonObject] = []
    for value in values { if case .dictionary(let id) = value.kind { dictionaries.append(objects[id.index]) } }
    guard dictionaries.count == values.count else {
      return values[0].with(.unknown("more possibilities than are kept"))
    }
    return values[0].with(.dictionary(make(try joined(dictionaries))))
  }

  // MARK: - Objects

  /// One object for several states of it.
  func joined(_ states: [PythonObject]) throws(Interruption) -> PythonObject {
    var result = states[0]
    for state in states.dropFirst() {
      switch (result, state) {
      case (.sequence(let left), .sequence(let right)): result = .sequence(try joinedItems(left, right))
      case (.dictionary(let left), .dictionary(let right)): result = .dictionary(try joinedEntries(left, right))
      case (.instance(let type, let left), .instance(_, let right)):
        var fields = left
        for name in Set(left.keys).union(right.keys) { fields[name] = try joined([left[name], right[name]]) }
        result = .instance(type, fields)
      default: break
      }
    }
    return result
  }

  /// The common beginning and end, and between them what stands in either: each item instead of the other where both
  /// have as many, else all of them as optional.
  private func joinedItems(_ left: [PythonValue], _ right: [PythonValue]) throws(Interruption) -> [PythonValue] {
    let shorter = min(left.count, right.count)
    var start = 0
    while start < shorter, try isSame(left[start], right[start]) { start += 1 }
    var tail = 0
    while tail < shorter - start, try isSame(left[left.count - 1 - tail], right[right.count - 1 - tail]) { tail += 1 }
    try step(left.count + right.count)
    let first = left[start..<(left.count - tail)]
    let second = right[start..<(right.count - tail)]
    var middle: [PythonValue] = []
    if first.count == second.count, first.count <= 4 {
      for (one, two) in zip(first, second) { if let value = try joined([one, two]) { middle.append(value) } }
    } else {
      for item in Array(first) + Array(second) {
        var item = item
        item.isOptional = true
        middle.append(item)
      }
    }
    return Array(left[..<start]) + middle + Array(left[(left.count - tail)...])
  }

  private func joinedEntries(
    _ left: PythonDictionary, _ right: PythonDictionary
  ) throws(Interruption) -> PythonDictionary {
    var result = left
    result.rest = left.rest ?? right.rest
    try step(left.entries.count + right.entries.count)
    for (position, entry) in left.entries.enumerated() {
      let other = right[left.key(at: position)]
      if let value = try joined([entry.value, other]) { result.setValue(at: position, to: value) }
    }
    for (position, entry) in right.entries.enumerated() {
      let key = right.key(at: position)
      guard left.position(of: key) == nil, var value = try joined([entry.value, nil]) else { continue }
      value.isOptional = true
      result.set(key, entry.key, to: value)
    }
    return result
  }

  /// Whether two values are the same as far as a reader of settings can tell.
  func isSame(_ left: PythonValue, _ right: PythonValue, depth: Int = 0) throws(Interruption) -> Bool {
    guard left.isOptional == right.isOptional, depth < 20 else { return false }
    switch (left.kind, right.kind) {
    case (.none, .none): return true
    case (.boolean(let left), .boolean(let right)): return left == right
    case (.integer(let left), .integer(let right)): return left == right
    case (.float(let left), .float(let right)): return left == right
    case (.number(let left), .number(let right)), (.string(let left), .string(let right)),
      (.external(let left), .external(let right)):
      return left.utf8.elementsEqual(right.utf8)
    case (.path(let left), .path(let right)): return left == right
    case (.function(let left), .function(let right)): return left == right
    case (.namespace(let left), .namespace(let right)): return left == right
    case (.unknown(let reason), .unknown(let other)):
      return reason == other && left.place.file == right.place.file && left.place.offset == right.place.offset
    case (.list(let one), .list(let two)), (.tuple(let one), .tuple(let two)), (.set(let one), .set(let two)):
      if one == two { return true }
      let (left, right) = (items(one), items(two))
      guard left.count == right.count else { return false }
      try step(left.count)
      for (one, two) in zip(left, right) where try !isSame(one, two, depth: depth + 1) { return false }
      return true
    case (.dictionary(let one), .dictionary(let two)): return try one == two ? true : hasSameEntries(one, two, depth)
    case (.instance(let left), .instance(let right)): return left == right
    case (.oneOf(let left), .oneOf(let right)):
      guard left.count == right.count else { return false }
      for (one, two) in zip(left, right) where try !isSame(one, two, depth: depth + 1) { return false }
      return true
    default: return false
    }
  }

  private func hasSameEntries(_ one: ObjectID, _ two: ObjectID, _ depth: Int) throws(Interruption) -> Bool {
    let (left, right) = (entries(one), entries(two))
    guard left.entries.count == right.entries.count, left.rest == nil, right.rest == nil else { return false }
    try step(left.entries.count)
    for (position, entry) in left.entries.enumerated() {
      guard left.key(at: position) == right.key(at: position) else { return false }
      guard try isSame(entry.value, right.entries[position].value, depth: depth + 1) else { return false }
    }
    return true
  }
}
