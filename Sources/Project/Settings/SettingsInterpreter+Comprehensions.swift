import PythonSource

/// Comprehensions and generators, as lists.
extension SettingsInterpreter {
  /// How often an item of a comprehension is there.
  private enum Presence {
    case once
    case perhaps
    /// Made from something unknown that stands for any number of items.
    case anyNumber(PythonValue)
  }

  func comprehension(
    _ item: PythonExpression, _ clauses: [PythonExpression.Clause], in frame: Frame
  ) throws(Interruption) -> [PythonValue] {
    let inner = frame.inner(makeNamespace(.local))
    var result: [PythonValue] = []
    try iterate(clauses[...], .once, in: inner) { presence throws(Interruption) in
      var value = try evaluate(item, in: inner)
      switch presence {
      case .once: value.isOptional = false
      case .perhaps: value.isOptional = true
      case .anyNumber(let unknown): value = unknown
      }
      result.append(value)
      if result.count > Self.weightLimit { throw .exhausted }
    }
    return result
  }

  func dictionaryComprehension(
    _ key: PythonExpression, _ value: PythonExpression, _ clauses: [PythonExpression.Clause], at place: Place,
    in frame: Frame
  ) throws(Interruption) -> PythonValue {
    let result = try dictionary(PythonDictionary(), at: place)
    let inner = frame.inner(makeNamespace(.local))
    try iterate(clauses[...], .once, in: inner) { presence throws(Interruption) in
      let key = try evaluate(key, in: inner)
      let value = try evaluate(value, in: inner)
      switch presence {
      case .once: try assign(value, at: key, of: result)
      case .perhaps: try weakly { () throws(Interruption) in try assign(value, at: key, of: result) }
      case .anyNumber(let unknown): try assign(unknown, at: unknown, of: result)
      }
    }
    return result
  }

  private func iterate(
    _ clauses: ArraySlice<PythonExpression.Clause>, _ presence: Presence, in frame: Frame,
    _ body: (Presence) throws(Interruption) -> Void
  ) throws(Interruption) {
    guard let clause = clauses.first else { return try body(presence) }
    let source = try evaluate(clause.source, in: frame)
    for element in try elements(of: source, at: place(clause.source, frame)) {
      try step()
      try assign(element, to: clause.target, in: frame)
      var inner = presence
      if element.isUnknown {
        inner = .anyNumber(element)
      } else if element.isOptional, case .once = inner {
        inner = .perhaps
      }
      var isLeftOut = false
      for condition in clause.conditions where !isLeftOut {
        let truth = truth(of: try evaluate(condition, in: frame))
        isLeftOut = truth == false
        if truth == nil, case .once = inner { inner = .perhaps }
      }
      if !isLeftOut { try iterate(clauses.dropFirst(), inner, in: frame, body) }
    }
  }
}
