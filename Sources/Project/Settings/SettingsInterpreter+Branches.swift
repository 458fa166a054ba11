import Diagnostics

/// Running what may or may not be run: each branch starts from the same state, and what they leave is joined.
extension SettingsInterpreter {
  enum Cell: Hashable {
    case object(ObjectID)
    case variable(NamespaceID, String)
    case doubt(NamespaceID)
  }

  enum Content {
    case object(PythonObject)
    case variable(PythonValue?)
    case doubt(String?)
  }

  /// What a branch left behind.
  struct Outcome {
    /// In the order of the first change.
    var cells: [Cell] = []
    var contents: [Cell: Content] = [:]
    var flow: Flow = .normal
    /// The exception that ended it.
    var raised: String?

    var isNormal: Bool { if raised == nil, case .normal = flow { true } else { false } }
  }

  /// Runs `body` and takes its changes back; they stand in the outcome.
  func branch(_ body: () throws(Interruption) -> Flow) throws(Interruption) -> Outcome {
    journals.append(
      Journal(serial: nextJournal, firstObject: objects.count, firstNamespace: namespaces.count))
    nextJournal += 1
    var outcome = Outcome()
    var isExhausted = false
    do { outcome.flow = try body() } catch {
      switch error {
      case .raised(let kind): outcome.raised = kind
      case .exhausted: isExhausted = true
      }
    }
    let entries = journals.removeLast().entries
    for entry in entries {
      let cell = Self.cell(of: entry)
      if outcome.contents[cell] == nil {
        outcome.cells.append(cell)
        outcome.contents[cell] = content(of: cell)
      }
    }
    for entry in entries.reversed() { takeBack(entry) }
    if isExhausted { throw .exhausted }
    return outcome
  }

  /// Runs what is known not to run, for the history alone.
  func runDead(_ body: () throws(Interruption) -> Flow) throws(Interruption) {
    deadness += 1
    defer { deadness -= 1 }
    let attempts = attempts
    let modules = modules
    self.attempts = []
    _ = try branch(body)
    self.attempts = attempts
    self.modules = modules
  }

  /// Joins the states that these branches left; a branch that raised has left none.
  func merge(_ outcomes: [Outcome]) throws(Interruption) {
    let live = outcomes.filter { $0.raised == nil }
    if live.isEmpty, let kind = outcomes.first?.raised { throw .raised(kind) }
    if live.count < outcomes.count, !attempts.isEmpty { attempts[attempts.count - 1].isUncertain = true }
    var seen: Set<Cell> = []
    for cell in live.flatMap(\.cells) where seen.insert(cell).inserted {
      try step()
      let old = content(of: cell)
      write(cell, try joined(live.map { $0.contents[cell] ?? old }))
    }
  }

  /// Makes an outcome the state.
  func apply(_ outcome: Outcome) {
    for cell in outcome.cells { if let content = outcome.contents[cell] { write(cell, content) } }
  }

  // MARK: - Cells

  private static func cell(of entry: Journal.Entry) -> Cell {
    switch entry {
    case .object(let id, _, _): .object(id)
    case .variable(let namespace, let name, _): .variable(namespace, name)
    case .doubt(let namespace, _): .doubt(namespace)
    }
  }

  func content(of cell: Cell) -> Content {
    switch cell {
    case .object(let id): .object(objects[id.index])
    case .variable(let namespace, let name): .variable(variable(name, of: namespace))
    case .doubt(let namespace): .doubt(namespaces[namespace.index].doubt)
    }
  }

  func write(_ cell: Cell, _ content: Content) {
    switch (cell, content) {
    case (.object(let id), .object(let object)): set(id, to: object)
    case (.variable(let namespace, let name), .variable(let value)): set(name, of: namespace, to: value)
    case (.doubt(let namespace), .doubt(let reason)):
      if namespaces[namespace.index].doubt == nil, let reason {
        setDoubt(of: namespace, to: reason, isSpoiling: false)
      }
    default: break
    }
  }

  private func takeBack(_ entry: Journal.Entry) {
    switch entry {
    case .object(let id, let object, let size):
      objects[id.index] = object
      sizes[id.index] = size
      stamps[id.index] = 0
    case .variable(let namespace, let name, let value): namespaces[namespace.index].variables[name] = value
    case .doubt(let namespace, let reason): namespaces[namespace.index].doubt = reason
    }
  }

  private func joined(_ contents: [Content]) throws(Interruption) -> Content {
    switch contents[0] {
    case .doubt:
      return .doubt(contents.lazy.compactMap { if case .doubt(let reason) = $0 { reason } else { nil } }.first)
    case .variable:
      var values: [PythonValue?] = []
      for content in contents { if case .variable(let value) = content { values.append(value) } }
      return .variable(try joined(values))
    case .object:
      var objects: [PythonObject] = []
      for content in contents { if case .object(let object) = content { objects.append(object) } }
      return .object(try joined(objects))
    }
  }
}
