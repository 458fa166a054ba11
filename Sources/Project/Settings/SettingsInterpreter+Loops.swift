import PythonSource

/// Loops: run while what they run over is known; else what they change is no longer known.
extension SettingsInterpreter {
  private static let roundLimit = 20_000

  func runFor(
    _ target: PythonExpression, _ source: PythonExpression, _ body: [PythonStatement],
    _ otherwise: [PythonStatement], in frame: Frame
  ) throws(Interruption) -> Flow {
    let values = try elements(of: evaluate(source, in: frame), at: place(source, frame))
    let doubtsBefore = doubts
    defer { doubts = frame.returns.isEmpty ? doubtsBefore : max(doubts, doubtsBefore) }
    if values.isEmpty, isRecording(frame) {
      try runDead { () throws(Interruption) in
        try assign(unknown("nothing is iterated over", at: place(source, frame)), to: target, in: frame)
        return try run(body, in: frame)
      }
    }
    for value in values {
      try step()
      let flow: Flow
      if value.isUnknown {
        try runUnknownRounds(body, at: place(source, frame), in: frame) { () throws(Interruption) in
          try self.assign(value, to: target, in: frame)
        }
        flow = .normal
      } else if value.isOptional {
        let outcome = try branch { () throws(Interruption) in
          try assign(value, to: target, in: frame)
          return try run(body, in: frame)
        }
        flow = try take([outcome, Outcome()], in: frame)
      } else {
        try assign(value, to: target, in: frame)
        flow = try run(body, in: frame)
      }
      switch flow {
      case .normal, .continued: continue
      case .broke: return .normal
      case .returned: return flow
      }
    }
    return try run(otherwise, in: frame)
  }

  func runWhile(
    _ condition: PythonExpression, _ body: [PythonStatement], _ otherwise: [PythonStatement], in frame: Frame
  ) throws(Interruption) -> Flow {
    for _ in 0..<Self.roundLimit {
      try step()
      guard let truth = truth(of: try evaluate(condition, in: frame)) else {
        try runUnknownRounds(body, at: place(condition, frame), in: frame) {}
        return .normal
      }
      guard truth else { return try run(otherwise, in: frame) }
      switch try run(body, in: frame) {
      case .normal, .continued: continue
      case .broke: return .normal
      case .returned(let value): return .returned(value)
      }
    }
    throw .exhausted
  }

  /// Runs the body once to see what it changes; none of that is known afterwards.
  private func runUnknownRounds(
    _ body: [PythonStatement], at place: Place, in frame: Frame,
    _ begin: () throws(Interruption) -> Void
  ) throws(Interruption) {
    let outcome = try branch { () throws(Interruption) in
      try begin()
      return try run(body, in: frame)
    }
    if case .returned(let value) = outcome.flow {
      frame.returns.append(value)
      doubts += 1
    }
    for cell in outcome.cells { write(cell, widened(cell, outcome.contents[cell], at: place)) }
  }

  /// What a cell may hold after any number of rounds of which one left `content`.
  private func widened(_ cell: Cell, _ content: Content?, at place: Place) -> Content {
    let unknown = unknown("changed in a loop over something that is not known", at: place)
    switch (self.content(of: cell), content) {
    case (.object(.sequence(let old)), .object(.sequence(let new))?):
      return .object(.sequence(widened(old, new, unknown)))
    case (.object(.dictionary(var old)), _):
      for position in old.entries.indices { old.setValue(at: position, to: unknown) }
      old.rest = unknown
      return .object(.dictionary(old))
    case (.variable(let old), .variable(let new)):
      if case .list(let one)? = old?.kind, case .list(let two)? = new?.kind, let old {
        return .variable(old.with(.list(make(.sequence(widened(items(one), items(two), unknown))))))
      }
      var value = unknown
      value.isOptional = old == nil
      return .variable(value)
    case (let old, _): return old
    }
  }

  /// A list that a round has added to keeps its items, with any number of others where that round put some.
  private func widened(_ old: [PythonValue], _ new: [PythonValue], _ unknown: PythonValue) -> [PythonValue] {
    let same = { (one: PythonValue, two: PythonValue) in (try? self.isSame(one, two)) ?? false }
    var start = 0
    while start < old.count, start < new.count, same(old[start], new[start]) { start += 1 }
    let behind = old.count - start
    guard new.count >= old.count, zip(old.suffix(behind), new.suffix(behind)).allSatisfy(same) else { return [unknown] }
    return old[..<start] + [unknown] + old[start...]
  }

  /// What iterating over a value gives; an unknown item stands for any number.
  func elements(of value: PythonValue, at place: Place) throws(Interruption) -> [PythonValue] {
    switch value.kind {
    case .list(let id), .tuple(let id), .set(let id): return items(id)
    case .dictionary(let id):
      let dictionary = entries(id)
      let keys = dictionary.entries.map { entry in
        var key = entry.key
        key.isOptional = entry.value.isOptional
        return key
      }
      return keys + (dictionary.rest.map { [$0] } ?? [])
    case .string(let text):
      try step(text.utf8.count)
      return text.unicodeScalars.map { value.with(.string(String(Character($0)))) }
    case .oneOf(let values) where values.allSatisfy({ $0.sequence != nil }):
      var states: [PythonObject] = []
      for value in values { states.append(.sequence(try elements(of: value, at: place))) }
      if case .sequence(let items) = try joined(states) { return items }
      return []
    default: return [unknown(value.unknownReason ?? "what is iterated over is not known", at: place)]
    }
  }
}
