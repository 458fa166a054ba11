/// The scopes of a file, for what `global` and `nonlocal` may say in them.
struct PythonScopes {
  private struct Scope {
    let kind: NodeKind
    /// Where what belongs to it stands: the body of a function or class.
    let range: Range<UInt32>
    let parent: Int
    let id: NodeID
  }
  private let tree: PythonTree
  private var scopes: [Scope] = []
  /// For each name that is bound the scope; and how.
  private var bound: [(name: NodeID, scope: Int)] = []
  private var stored: Set<NodeID> = []
  private var used: [NodeID] = []
  private let declarations: [NodeID]
  /// The names that are declared, and as bits how long they are.
  private let wanted: Set<String>
  private var lengths: UInt64 = 0

  /// Looks at the names of `declarations` alone.
  init(_ tree: PythonTree, _ declarations: [NodeID]) {
    self.tree = tree
    self.declarations = declarations
    wanted = Set(declarations.flatMap { Self.names(of: $0, in: tree) })
    for name in wanted { lengths |= 1 << UInt64(min(63, name.utf8.count)) }
    scopes = [Scope(kind: .invalid, range: 0..<UInt32.max, parent: 0, id: 0)]
    let records = tree.nodes
    let ids = (1..<records.count).map { NodeID(truncatingIfNeeded: $0) }
    // Outer scopes first.
    let holders = ids.filter { Self.isScope(records[Int($0)].kind) }.sorted {
      (records[Int($0)].start, records[Int($1)].end) < (records[Int($1)].start, records[Int($0)].end)
    }
    var open = [0]
    for id in holders {
      let range = bodyRange(id)
      while scopes[open[open.count - 1]].range.upperBound <= range.lowerBound, open.count > 1 { open.removeLast() }
      let parent = open.last { scopes[$0].range.contains(range.lowerBound) } ?? 0
      open.append(scopes.count)
      scopes.append(Scope(kind: records[Int(id)].kind, range: range, parent: parent, id: id))
    }
    for id in ids { collect(id, records[Int(id)]) }
    used = ids.filter { id in
      let record = records[Int(id)]
      return record.kind == .name && isWanted(record.a, record.b) && !stored.contains(id)
    }
  }

  private static func names(of declaration: NodeID, in tree: PythonTree) -> [String] {
    (0..<Int(tree.record(declaration).a)).map {
      tree.name(tree.extra(declaration, 2 * $0), tree.extra(declaration, 2 * $0 + 1))
    }
  }

  private func isWanted(_ start: UInt32, _ end: UInt32) -> Bool {
    end > start && lengths >> UInt64(min(63, end - start)) & 1 == 1 && wanted.contains(tree.name(start, end))
  }

  private static func isScope(_ kind: NodeKind) -> Bool {
    switch kind {
    case .functionDefinition, .classDefinition, .lambda, .listComprehension, .setComprehension, .dictComprehension,
      .generator:
      true
    default: false
    }
  }

  private func bodyRange(_ id: NodeID) -> Range<UInt32> {
    let record = tree.record(id)
    switch record.kind {
    case .functionDefinition, .classDefinition:
      let body = tree.children(id).lazy.filter {
        tree.record($0).kind.isStatement && tree.record($0).start > record.start
      }
      let start = body.map { first($0) }.min() ?? record.end
      return min(start, record.end)..<record.end
    case .lambda: return min(tree.record(tree.child(id, 1)).start, record.end)..<record.end
    default: return record.start..<record.end
    }
  }

  /// Where a statement starts with its decorators.
  private func first(_ id: NodeID) -> UInt32 {
    let record = tree.record(id)
    guard record.kind == .functionDefinition || record.kind == .classDefinition else { return record.start }
    return tree.children(id).lazy.filter { $0 != 0 && !tree.record($0).kind.isStatement }.map { tree.record($0).start }
      .min().map { min($0, record.start) } ?? record.start
  }

  private func scope(of offset: UInt32) -> Int {
    scopes.indices.dropFirst().last { scopes[$0].range.contains(offset) } ?? 0
  }

  private mutating func bind(_ name: NodeID, at offset: UInt32, isStored: Bool = true) {
    let record = tree.record(name)
    guard record.kind == .alias || isWanted(record.a, record.b) else { return }
    var scope = scope(of: offset)
    // `:=` in a comprehension binds outside of it.
    while isStored, isComprehension(scope), record.kind == .name, !isVariable(name, of: scope) {
      scope = scopes[scope].parent
    }
    bound.append((name, scope))
    if isStored { stored.insert(name) }
  }

  private func isComprehension(_ scope: Int) -> Bool {
    switch scopes[scope].kind {
    case .listComprehension, .setComprehension, .dictComprehension, .generator: true
    default: false
    }
  }

  private func isVariable(_ name: NodeID, of scope: Int) -> Bool {
    tree.children(scopes[scope].id).contains { part in
      part != 0 && tree.record(part).kind == .comprehension && tree.names(in: tree.child(part, 0)).contains(name)
    }
  }

  private mutating func collect(_ id: NodeID, _ record: NodeRecord) {
    switch record.kind {
    case .assign: for target in tree.children(id).dropLast() { store(target) }
    case .augmentedAssign, .annotatedAssign, .for, .comprehension, .named: store(tree.child(id, 0))
    case .withItem: for target in tree.children(id).dropFirst() { store(target) }
    case .delete: for target in tree.children(id) { store(target) }
    case .functionDefinition, .classDefinition: bind(id, at: record.start)
    case .handler, .matchAs, .matchStar, .matchMapping: if record.b > 0 { bind(id, at: record.start) }
    case .alias: bind(id, at: record.start, isStored: false)
    default: break
    }
    if record.kind == .functionDefinition || record.kind == .lambda { bindParameters(id, record) }
  }

  private mutating func store(_ target: NodeID) {
    for name in tree.names(in: target) { bind(name, at: tree.record(name).start) }
  }

  private mutating func bindParameters(_ id: NodeID, _ record: NodeRecord) {
    for arguments in tree.children(id) where arguments != 0 && tree.record(arguments).kind == .arguments {
      for argument in tree.children(arguments) where argument != 0 && tree.record(argument).kind == .argument {
        guard isWanted(tree.record(argument).a, tree.record(argument).b) else { continue }
        if let scope = scopes.firstIndex(where: { $0.id == id }) { bound.append((argument, scope)) }
      }
    }
  }

  // MARK: - Errors

  var errors: [RawError] {
    declarations.flatMap { id -> [RawError] in
      let record = tree.record(id)
      let scope = scope(of: record.start)
      return Self.names(of: id, in: tree).compactMap { error($0, record, scope) }
    }
  }

  private func error(_ name: String, _ declaration: NodeRecord, _ scope: Int) -> RawError? {
    let what = declaration.kind == .global ? "global" : "nonlocal"
    let here = bound.filter { $0.scope == scope && self.name(of: $0.name) == name }.map(\.name)
    if scopes[scope].kind == .functionDefinition, here.contains(where: { tree.record($0).kind == .argument }) {
      return tree.late("name '\(name)' is parameter and \(what)", at: declaration.start, in: .symbols)
    }
    if isUsed(name, before: declaration.start, scope) {
      return tree.late("name '\(name)' is used prior to \(what) declaration", at: declaration.start, in: .symbols)
    }
    if here.contains(where: { stored.contains($0) && tree.record($0).start < declaration.start }) {
      return tree.late(
        "name '\(name)' is assigned to before \(what) declaration", at: declaration.start, in: .symbols)
    }
    guard what == "nonlocal", scope > 0, name != "__class__", !isBoundOutside(name, scope) else { return nil }
    return tree.late("no binding for nonlocal '\(name)' found", at: declaration.start, in: .scopes)
  }

  private func isUsed(_ name: String, before offset: UInt32, _ scope: Int) -> Bool {
    used.contains { id in
      let record = tree.record(id)
      return record.start < offset && tree.name(record.a, record.b) == name && self.scope(of: record.start) == scope
    }
  }

  private func isBoundOutside(_ name: String, _ scope: Int) -> Bool {
    var outer = scopes[scope].parent
    while outer > 0 {
      let isFunction = scopes[outer].kind != .classDefinition
      if isFunction, bound.contains(where: { $0.scope == outer && self.name(of: $0.name) == name }) { return true }
      outer = scopes[outer].parent
    }
    return false
  }

  /// The name that a node binds; of a dotted import its first part.
  private func name(of id: NodeID) -> String {
    let record = tree.record(id)
    guard record.kind == .alias else { return tree.name(record.a, record.b) }
    if let name = tree.optionalName(tree.extra(id, 0), tree.extra(id, 1)) { return name }
    return String(tree.name(record.a, record.b).prefix { $0 != "." })
  }
}
