extension PythonTree {
  /// The first error that CPython's compiler finds in a file that parses: it reads `__future__` first, then the names of
  /// all scopes, then makes code.
  var firstCompilerError: RawError? {
    var errors = rawErrors.filter(\.isLate).compactMap(placed)
    var declarations: [NodeID] = []
    var index = 0
    // A loop over all nodes of every source.
    while index + 1 < nodes.count {
      index += 1
      let id = NodeID(truncatingIfNeeded: index)
      switch nodes[index].kind {
      case .arguments: checkParameters(id, &errors)
      case .call: if nodes[index].count > 2, endsInKeywords(id) { checkKeywords(id, &errors) }
      case .classDefinition: if nodes[index].count > 2 { checkKeywords(id, &errors) }
      case .assign, .annotatedAssign, .augmentedAssign, .expression, .return, .for, .comprehension, .withItem:
        checkStars(id, nodes[index].kind, &errors)
      case .try: checkHandlers(id, &errors)
      case .importFrom: checkImport(id, &errors)
      case .matchCase: checkCaptures(id, &errors)
      case .listComprehension, .setComprehension, .dictComprehension, .generator: checkRebound(id, &errors)
      case .global, .nonlocal: declarations.append(id)
      default: break
      }
    }
    if !declarations.isEmpty { errors += PythonScopes(self, declarations).errors }
    return errors.min { ($0.pass.rawValue, $0.offset) < ($1.pass.rawValue, $1.offset) }
  }

  func late(_ message: String, at offset: UInt32, in pass: CompilerPass = .code) -> RawError {
    RawError(offset: Int(offset), message: message, isLate: true, pass: pass)
  }

  /// Whether two words say where the same name stands.
  func isSameName(_ first: NodeID, _ second: NodeID) -> Bool {
    let (first, second) = (record(first), record(second))
    guard first.b > 0, first.b - first.a == second.b - second.a else { return false }
    return (0..<Int(first.b - first.a)).allSatisfy { source[Int(first.a) + $0] == source[Int(second.a) + $0] }
  }

  /// The first of `ids` that has the name of one before it.
  private func repeated(_ ids: [NodeID]) -> NodeID? {
    if ids.count < 2 { return nil }
    if ids.count > 20 {
      var known: Set<String> = []
      return ids.first { record($0).b > 0 && !known.insert(name(record($0).a, record($0).b)).inserted }
    }
    return ids.indices.first { later in ids[..<later].contains { isSameName($0, ids[later]) } }.map { ids[$0] }
  }

  /// A generator may wait for something wherever it stands, another comprehension may not.
  private func placed(_ error: RawError) -> RawError? {
    guard error.message.hasPrefix("'await'") else { return error }
    let holders = nodes.dropFirst().filter { $0.start <= error.offset && error.offset < $0.end }
    let inner = holders.filter {
      [.listComprehension, .setComprehension, .dictComprehension, .generator, .lambda, .functionDefinition].contains(
        $0.kind)
    }.max { $0.start < $1.start }
    guard let inner, let clause = firstClause(of: inner) else { return error }
    // What the first `for` goes over stands outside.
    if clause.start <= error.offset, error.offset < clause.end { return error }
    if inner.kind == .generator { return nil }
    return late("asynchronous comprehension outside of an asynchronous function", at: inner.start)
  }

  private func firstClause(of comprehension: NodeRecord) -> NodeRecord? {
    let ids = words[Int(comprehension.first)..<Int(comprehension.first + comprehension.count)]
    guard let clause = ids.first(where: { $0 != 0 && record($0).kind == .comprehension }) else { return nil }
    return children(clause).dropFirst().first.map(record)
  }

  // MARK: - Names

  /// Whether names of two parameters are as long as one another and start alike.
  private func mayRepeat(_ id: NodeID) -> Bool {
    let (first, count) = (Int(nodes[Int(id)].first), Int(nodes[Int(id)].count))
    if count > 60 { return true }
    var later = first + 1
    while later < first + count {
      let parameter = nodes[Int(words[later])]
      var earlier = parameter.kind == .argument ? first : later
      while earlier < later {
        let other = nodes[Int(words[earlier])]
        if other.kind == .argument, other.b - other.a == parameter.b - parameter.a,
          source[Int(other.a)] == source[Int(parameter.a)]
        {
          return true
        }
        earlier += 1
      }
      later += 1
    }
    return false
  }

  private func checkParameters(_ id: NodeID, _ errors: inout [RawError]) {
    guard mayRepeat(id) else { return }
    let parameters = children(id).filter { $0 != 0 && record($0).kind == .argument }
    // `ast` has them in source order.
    guard let repeated = repeated(parameters) else { return }
    let name = name(record(repeated).a, record(repeated).b)
    errors.append(
      late("duplicate argument '\(name)' in function definition", at: record(repeated).start, in: .symbols))
  }

  /// Whether more than one keyword stands in a call: they are its last children.
  private func endsInKeywords(_ id: NodeID) -> Bool {
    let end = Int(nodes[Int(id)].first) + Int(nodes[Int(id)].count)
    return nodes[Int(words[end - 2])].kind == .keyword && nodes[Int(words[end - 1])].kind == .keyword
  }

  private func checkKeywords(_ id: NodeID, _ errors: inout [RawError]) {
    let keywords = children(id).filter { $0 != 0 && record($0).kind == .keyword && record($0).b > 0 }
    guard let repeated = repeated(keywords) else { return }
    errors.append(
      late("keyword argument repeated: \(name(record(repeated).a, record(repeated).b))", at: record(repeated).start))
  }

  /// The names that a `case` binds; alternatives bind the same ones.
  private func checkCaptures(_ id: NodeID, _ errors: inout [RawError]) {
    var names: [NodeID] = []
    var pending = children(id).prefix(1).map(\.self)
    while let next = pending.popLast() {
      let record = record(next)
      guard record.kind.isPattern else { continue }
      if [.matchAs, .matchStar, .matchMapping].contains(record.kind), record.b > 0 { names.append(next) }
      if record.kind == .matchOr {
        pending += children(next).prefix(1)
      } else {
        pending += children(next).reversed().filter { $0 != 0 }
      }
    }
    names.sort { record($0).a < record($1).a }
    guard let repeated = repeated(names) else { return }
    let name = name(record(repeated).a, record(repeated).b)
    errors.append(late("multiple assignments to name '\(name)' in pattern", at: record(repeated).start))
  }

  /// `[x := 1 for x in y]`
  private func checkRebound(_ id: NodeID, _ errors: inout [RawError]) {
    let parts = children(id).filter { $0 != 0 }
    guard let walrus = requiredSyntax.first(where: { $0.feature == .walrus })?.offset,
      walrus < Int(record(id).end)
    else { return }
    let variables = parts.filter { record($0).kind == .comprehension }.flatMap { names(in: child($0, 0)) }
    // What a node holds stands before it.
    var index = Int(id)
    while index > 1, nodes[index - 1].start >= record(id).start {
      index -= 1
      guard nodes[index].kind == .named else { continue }
      let target = child(NodeID(index), 0)
      guard variables.contains(where: { isSameName($0, target) }) else { continue }
      let name = name(record(target).a, record(target).b)
      errors.append(
        late(
          "assignment expression cannot rebind comprehension iteration variable '\(name)'",
          at: record(target).start, in: .symbols))
    }
  }

  func child(_ id: NodeID, _ position: Int) -> NodeID { words[Int(record(id).first) + position] }

  /// The names that an assignment to `target` binds.
  func names(in target: NodeID) -> [NodeID] {
    var names: [NodeID] = []
    var pending = [target]
    while let next = pending.popLast() {
      switch next == 0 ? .invalid : record(next).kind {
      case .name: names.append(next)
      case .tuple, .list, .starred: pending += children(next).reversed()
      default: break
      }
    }
    return names
  }

  // MARK: - Statements

  private func checkHandlers(_ id: NodeID, _ errors: inout [RawError]) {
    let handlers = children(id).filter { record($0).kind == .handler }
    guard let bare = handlers.dropLast().first(where: { child($0, 0) == 0 }) else { return }
    errors.append(late("default 'except:' must be last", at: record(bare).start))
  }

  private func checkStars(_ id: NodeID, _ kind: NodeKind, _ errors: inout [RawError]) {
    // Nearly no statement holds what could be wrong.
    let (first, count) = (Int(nodes[Int(id)].first), Int(nodes[Int(id)].count))
    var mayFail = false
    var position = first
    while position < first + count {
      let part = nodes[Int(words[position])]
      position += 1
      switch part.kind {
      case .starred, .tuple, .list: mayFail = true
      case .name: if part.b - part.a == 9 { mayFail = true }
      default: break
      }
    }
    guard mayFail else { return }
    let parts = children(id)
    var (targets, values): ([NodeID], [NodeID]) = ([], [])
    switch kind {
    case .assign: (targets, values) = (Array(parts.dropLast()), Array(parts.suffix(1)))
    case .for, .comprehension: (targets, values) = (Array(parts.prefix(1)), [child(id, 1)])
    case .withItem: targets = Array(parts.dropFirst())
    case .annotatedAssign, .augmentedAssign: values = Array(parts.dropFirst())
    default: values = Array(parts)
    }
    for target in targets {
      if record(target).kind == .starred {
        errors.append(late("starred assignment target must be in a list or tuple", at: record(target).start))
      } else if let debug = names(in: target).first(where: isDebug) {
        errors.append(late("cannot assign to __debug__", at: record(debug).start))
      } else if hasStars(target) {
        errors.append(late("multiple starred expressions in assignment", at: record(target).start))
      }
    }
    for value in values where value != 0 && record(value).kind == .starred {
      errors.append(late("can't use starred expression here", at: record(value).start))
    }
  }

  private func isDebug(_ name: NodeID) -> Bool {
    let record = record(name)
    return record.b - record.a == 9 && source[Int(record.a)] == UInt8(ascii: "_")
      && self.name(record.a, record.b) == "__debug__"
  }

  private func hasStars(_ target: NodeID) -> Bool {
    guard [.tuple, .list].contains(record(target).kind) else { return false }
    return children(target).count { record($0).kind == .starred } > 1
  }

  // MARK: - Imports

  private static let futures: Set = [
    "nested_scopes", "generators", "division", "absolute_import", "with_statement", "print_function",
    "unicode_literals", "barry_as_FLUFL", "generator_stop", "annotations",
  ]

  private func checkImport(_ id: NodeID, _ errors: inout [RawError]) {
    let record = record(id)
    let aliases = Array(children(id))
    if aliases.count == 1, source[Int(self.record(aliases[0]).a)] == UInt8(ascii: "*"), !roots.contains(id) {
      checkStarImport(id, &errors)
    }
    guard record.b - record.a == 10, extra(id, 0) == 0, name(record.a, record.b) == "__future__" else { return }
    if let first = roots.firstIndex(where: { !isFuturePrologue($0) }), self.record(roots[first]).start < record.start {
      return errors.append(
        late("from __future__ imports must occur at the beginning of the file", at: record.start, in: .future))
    }
    for alias in aliases {
      let feature = name(self.record(alias).a, self.record(alias).b)
      if Self.futures.contains(feature) { continue }
      let message = feature == "braces" ? "not a chance" : "future feature \(feature) is not defined"
      return errors.append(late(message, at: record.start, in: .future))
    }
  }

  /// The docstring, which comes first, and imports from `__future__`.
  private func isFuturePrologue(_ id: NodeID) -> Bool {
    let record = record(id)
    if record.kind == .importFrom { return extra(id, 0) == 0 && name(record.a, record.b) == "__future__" }
    return record.kind == .expression && roots.first == id && self.record(child(id, 0)).kind == .string
  }

  private func checkStarImport(_ id: NodeID, _ errors: inout [RawError]) {
    let record = record(id)
    let isInner = nodes.dropFirst().contains {
      ($0.kind == .functionDefinition || $0.kind == .classDefinition) && $0.start < record.start && record.end <= $0.end
    }
    guard isInner else { return }
    errors.append(late("import * only allowed at module level", at: self.record(child(id, 0)).start, in: .symbols))
  }
}
