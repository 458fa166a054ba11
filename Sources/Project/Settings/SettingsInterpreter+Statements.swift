import Diagnostics
import PythonSource

/// Statements, one after another.
extension SettingsInterpreter {
  func place(_ expression: PythonExpression, _ frame: Frame) -> Place {
    Place(file: frame.file, offset: UInt32(truncatingIfNeeded: expression.offset))
  }

  func place(_ statement: PythonStatement, _ frame: Frame) -> Place {
    Place(file: frame.file, offset: UInt32(truncatingIfNeeded: statement.offset))
  }

  /// Whether what is known not to run is run all the same, for what it would set.
  func isRecording(_ frame: Frame) -> Bool { frame.globals == recordedNamespace && frame.scopes.count == 1 }

  func run(_ statements: some Collection<PythonStatement>, in frame: Frame) throws(Interruption) -> Flow {
    guard depth < Self.depthLimit else { throw .exhausted }
    depth += 1
    defer { depth -= 1 }
    let statements = ArraySlice(Array(statements))
    for index in statements.indices {
      let statement = statements[index]
      try step()
      let flow: Flow
      if statement.isIf, case .if(let condition, let body, let otherwise) = statement.kind {
        let outcomes = try runIf(condition, body, otherwise, in: frame)
        if outcomes.allSatisfy(\.isNormal) || outcomes.count == 1 {
          flow = try take(outcomes, in: frame)
        } else {
          return try runRest(statements[(index + 1)...], behind: outcomes, in: frame)
        }
      } else {
        flow = try run(statement, in: frame)
      }
      if case .normal = flow { continue }
      return flow
    }
    return .normal
  }

  /// Runs what stands behind branches of which some have left the block.
  private func runRest(
    _ rest: ArraySlice<PythonStatement>, behind outcomes: [Outcome], in frame: Frame
  ) throws(Interruption) -> Flow {
    let normal = outcomes.filter(\.isNormal)
    var all = outcomes.filter { !$0.isNormal }
    if !normal.isEmpty {
      all.append(
        try branch { () throws(Interruption) in
          try merge(normal)
          return try run(rest, in: frame)
        })
    }
    return try take(all, in: frame)
  }

  /// Joins the outcomes into the state; where some return and some go on, what follows may not be reached.
  func take(_ outcomes: [Outcome], in frame: Frame) throws(Interruption) -> Flow {
    try merge(outcomes)
    let flows = outcomes.filter { $0.raised == nil }.map(\.flow)
    var returned: [PythonValue] = []
    var (normal, broke, continued) = (0, 0, 0)
    for flow in flows {
      switch flow {
      case .normal: normal += 1
      case .returned(let value): returned.append(value)
      case .broke: broke += 1
      case .continued: continued += 1
      }
    }
    if returned.count == flows.count, let value = try joined(returned) { return .returned(value) }
    if broke == flows.count { return .broke }
    if continued == flows.count { return .continued }
    if normal < flows.count {
      frame.returns += returned
      doubts += 1
    }
    return .normal
  }

  /// Simple statements and blocks but `if`. Where they may not be reached, what they change is joined with what was.
  private func run(_ statement: PythonStatement, in frame: Frame) throws(Interruption) -> Flow {
    guard doubts > 0 else { return try perform(statement, in: frame) }
    let outcome = try branch { () throws(Interruption) in
      let doubts = doubts
      self.doubts = 0
      defer { self.doubts += doubts }
      return try perform(statement, in: frame)
    }
    return try take([outcome, Outcome()], in: frame)
  }

  private func perform(_ statement: PythonStatement, in frame: Frame) throws(Interruption) -> Flow {
    switch statement.kind {
    case .assignment(let targets, let value):
      let result = try evaluate(value, in: frame)
      for target in targets { try assign(result, to: target, in: frame) }
    case .annotation(let target, _, let value?):
      try assign(try evaluate(value, in: frame), to: target, in: frame)
    case .augmentedAssignment(let target, let operation, let value):
      try augment(target, operation, by: value, in: frame)
    case .expression(let expression): _ = try evaluate(expression, in: frame)
    case .delete(let targets): for target in targets { try delete(target, in: frame) }
    case .import(let names): try runImport(names, at: place(statement, frame), in: frame)
    case .importFrom(let module, let names, let level):
      try runImport(of: names, from: module, level: level, at: place(statement, frame), in: frame)
    case .function(let function): try define(function, at: place(statement, frame), in: frame)
    case .class(let definition): try define(definition, at: place(statement, frame), in: frame)
    case .global(let names), .nonlocal(let names): frame.outerNames.formUnion(names)
    case .return(let value):
      guard let value else { return .returned(PythonValue(.none, at: place(statement, frame))) }
      return .returned(try returned(value, in: frame))
    case .break: return .broke
    case .continue: return .continued
    case .raise(let values): throw .raised(try exceptionName(values.first, in: frame))
    case .exec(let values): if let code = values.first { _ = try execute(evaluate(code, in: frame), in: frame) }
    case .if, .for, .while, .with, .match, .try, .invalid: return try runBlock(statement, in: frame)
    default: break
    }
    return .normal
  }

  private func exceptionName(_ expression: PythonExpression?, in frame: Frame) throws(Interruption) -> String {
    guard let expression else { return "Exception" }
    let name: String?
    if case .call(let function, _, _) = expression.node {
      name = function.dottedName
    } else {
      name = expression.dottedName
    }
    return name.map { String($0.split(separator: ".").last ?? "") } ?? "Exception"
  }

  // MARK: - Blocks

  private func runBlock(_ statement: PythonStatement, in frame: Frame) throws(Interruption) -> Flow {
    switch statement.kind {
    case .if(let condition, let body, let otherwise):
      return try take(try runIf(condition, body, otherwise, in: frame), in: frame)
    case .for(let target, let source, let body, let otherwise, _):
      return try runFor(target, source, body, otherwise, in: frame)
    case .while(let condition, let body, let otherwise):
      return try runWhile(condition, body, otherwise, in: frame)
    case .with(let items, let body, _): return try runWith(items, body, in: frame)
    case .match(let subject, let cases):
      _ = try evaluate(subject, in: frame)
      var outcomes = [Outcome()]
      for part in cases { outcomes.append(try branch { () throws(Interruption) in try run(part.body, in: frame) }) }
      return try take(outcomes, in: frame)
    case .try(let body, let handlers, let otherwise, let finally):
      let flow = try runTry(body, handlers, otherwise, in: frame)
      let last = try run(finally, in: frame)
      if case .normal = last { return flow }
      return last
    case .invalid(let statements):
      let outcome = try branch { () throws(Interruption) in try run(statements, in: frame) }
      return try take([outcome, Outcome()], in: frame)
    default: return .normal
    }
  }

  /// The branches of an `if` with its `elif`s that may run: one when the condition is known.
  private func runIf(
    _ condition: PythonExpression, _ body: [PythonStatement], _ otherwise: [PythonStatement], in frame: Frame
  ) throws(Interruption) -> [Outcome] {
    var outcomes: [Outcome] = []
    var (condition, body, otherwise) = (condition, body, otherwise)
    var isDecided = false
    // A chain of `elif` is as deep as it is long.
    while true {
      try step()
      let truth = isDecided ? false : try self.truth(of: evaluate(condition, in: frame))
      if truth == false {
        if isRecording(frame) { try runDead { () throws(Interruption) in try run(body, in: frame) } }
      } else {
        if truth == nil { openBranches += 1 }
        defer { if truth == nil { openBranches -= 1 } }
        outcomes.append(try branch { () throws(Interruption) in try run(body, in: frame) })
        if truth == true { isDecided = true }
      }
      guard otherwise.count == 1, case .if(let next, let nextBody, let rest) = otherwise[0].kind else { break }
      (condition, body, otherwise) = (next, nextBody, rest)
    }
    if isDecided {
      if isRecording(frame) { try runDead { () throws(Interruption) in try run(otherwise, in: frame) } }
    } else {
      outcomes.append(try branch { () throws(Interruption) in try run(otherwise, in: frame) })
    }
    return outcomes
  }

  private func runWith(
    _ items: [(value: PythonExpression, target: PythonExpression?)], _ body: [PythonStatement], in frame: Frame
  ) throws(Interruption) -> Flow {
    var isSuppressing = false
    for item in items {
      let value = try evaluate(item.value, in: frame)
      if case .instance(let id) = value.kind, case .instance("contextlib.suppress", _) = objects[id.index] {
        isSuppressing = true
      }
      if let target = item.target { try assign(value, to: target, in: frame) }
    }
    return isSuppressing ? try runTry(body, [], [], isSuppressing: true, in: frame) : try run(body, in: frame)
  }

  private func runTry(
    _ body: [PythonStatement], _ handlers: [PythonHandler], _ otherwise: [PythonStatement],
    isSuppressing: Bool = false, in frame: Frame
  ) throws(Interruption) -> Flow {
    if handlers.isEmpty, !isSuppressing { return try run(body, in: frame) }
    attempts.append(Attempt())
    let doubtsBefore = doubts
    let outcome: Outcome
    do {
      outcome = try branch { () throws(Interruption) in
        let flow = try run(body, in: frame)
        if case .normal = flow { return try run(otherwise, in: frame) }
        return flow
      }
    } catch {
      attempts.removeLast()
      throw error
    }
    let attempt = attempts.removeLast()
    if let kind = outcome.raised {
      doubts = doubtsBefore
      return try runHandlers(handlers, for: kind, behind: outcome, isSuppressing, in: frame)
    }
    guard attempt.isUncertain else {
      if isRecording(frame) {
        for handler in handlers { try runDead { () throws(Interruption) in try run(handler.body, in: frame) } }
      }
      return try take([outcome], in: frame)
    }
    if !attempts.isEmpty { attempts[attempts.count - 1].isUncertain = true }
    var outcomes = [outcome]
    for handler in handlers { outcomes.append(try runHandler(handler, in: frame)) }
    if isSuppressing { outcomes.append(Outcome()) }
    return try take(outcomes, in: frame)
  }

  private func runHandlers(
    _ handlers: [PythonHandler], for kind: String, behind outcome: Outcome, _ isSuppressing: Bool, in frame: Frame
  ) throws(Interruption) -> Flow {
    apply(outcome)
    if isSuppressing { return .normal }
    var outcomes: [Outcome] = []
    for handler in handlers {
      switch ExceptionName.catches(handler.type, kind) {
      case true?:
        outcomes.append(try runHandler(handler, in: frame))
        return try take(outcomes, in: frame)
      case nil: outcomes.append(try runHandler(handler, in: frame))
      case false?:
        if isRecording(frame) { try runDead { () throws(Interruption) in try run(handler.body, in: frame) } }
      }
    }
    if outcomes.isEmpty { throw .raised(kind) }
    return try take(outcomes, in: frame)
  }

  private func runHandler(_ handler: PythonHandler, in frame: Frame) throws(Interruption) -> Outcome {
    try branch { () throws(Interruption) in
      if let name = handler.name {
        set(name, of: frame.local, to: PythonValue(.unknown("an exception"), at: Place(file: frame.file, offset: 0)))
      }
      return try run(handler.body, in: frame)
    }
  }
}
