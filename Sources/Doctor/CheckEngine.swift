import Host

/// Runs checks side by side, each bounded, and sorts what they say.
package struct CheckEngine: Sendable {
  private let checks: [any Check]
  private let timeLimit: Duration
  private let crashes: CheckCrashes?

  /// `timeLimit` bounds the whole run; a check that is not done by then is `unknown` and no longer waited for. With `crashes`
  /// one that crashes the process costs only itself: the program starts again without it.
  package init(checks: [any Check], timeLimit: Duration, crashes: CheckCrashes? = nil) {
    self.checks = checks
    self.timeLimit = timeLimit
    self.crashes = crashes
  }

  /// Every result, sorted by id, subject, location. A check without any gives one `ok` that says nothing.
  package func run(in context: CheckContext) async -> [TimedResult] {
    crashes?.watch()
    defer { crashes?.unwatch() }
    let able = checks.filter { crashes?.known.contains($0.id) != true }
    var results = checks.filter { crashes?.known.contains($0.id) == true }.map { check in
      TimedResult(documentation: check.documentation, result: CheckCrashes.result(of: check), milliseconds: 0)
    }
    if crashes?.isSerial == true {
      let start = ContinuousClock.now
      for check in able {
        crashes?.watch(check)
        results += await run([check], in: context, within: max(.zero, timeLimit - (.now - start)))
      }
    } else {
      results += await run(able, in: context, within: timeLimit)
    }
    return results.sorted(by: Self.precedes)
  }

  private enum Event: Sendable {
    case end(of: Int, [TimedResult])
    case delay
  }

  /// How long it takes until a check that has not ended no longer keeps others from starting.
  private static let patience = Duration.milliseconds(100)

  /// The results of checks that run side by side: those that wait for something at once, those that only read files as cores get
  /// free for them, since more would but get in each other's way.
  private func run(_ checks: [any Check], in context: CheckContext, within limit: Duration) async -> [TimedResult] {
    if checks.isEmpty { return [] }
    let (events, sender) = AsyncStream.makeStream(of: Event.self)
    // Not child tasks: a task group would wait for a stuck check, and it must cost only itself.
    func start(_ index: Int) -> Task<Void, Never> {
      Task(executorPreference: CheckExecutor()) { [check = checks[index]] in
        sender.yield(.end(of: index, await Self.run(check, in: context)))
      }
    }
    let end = ContinuousClock.now + limit
    let clock = Task {
      while .now < end, !Task.isCancelled {
        try? await Task.sleep(for: min(Self.patience, end - .now))
        sender.yield(.delay)
      }
      sender.finish()
    }
    var waiting = checks.indices.filter { checks[$0].documentation.reach == .static }[...]
    var tasks: [Int: Task<Void, Never>] = [:]
    for index in checks.indices where checks[index].documentation.reach != .static { tasks[index] = start(index) }
    func startWaiting(_ count: Int) {
      for index in waiting.prefix(count) { tasks[index] = start(index) }
      waiting = waiting.dropFirst(count)
    }
    startWaiting(Concurrently.cores)
    var missing = Set(checks.indices)
    var results: [TimedResult] = []
    for await event in events {
      switch event {
      case .end(let index, let found):
        if missing.remove(index) != nil { results += found }
        startWaiting(1)
      case .delay: startWaiting(Concurrently.cores)
      }
      if missing.isEmpty { break }
    }
    clock.cancel()
    for index in missing {
      tasks[index]?.cancel()
      let late = CheckResult(
        .unknown, "", "did not end within \(timeLimit)",
        remedy: "run `envtool doctor --only \(checks[index].id)` alone", evidence: ["reason": "timeout"])
      results.append(
        TimedResult(
          documentation: checks[index].documentation, result: late, milliseconds: Int(limit.components.seconds) * 1000))
    }
    return results
  }

  private static func run(_ check: any Check, in context: CheckContext) async -> [TimedResult] {
    let start = ContinuousClock.now
    var results: [CheckResult]
    do {
      results = try await check.run(in: context)
      if check.documentation.reach.readsFiles, check.documentation.judgesServedSettings {
        for other in context.besides {
          for result in try await check.run(in: other) where result.status == .error || result.status == .warning {
            if !results.contains(where: { $0.isSame(as: result) }) { results.append(result) }
          }
        }
      }
      if results.isEmpty { results = [CheckResult(.ok, "", "")] }
    } catch {
      results = [CheckResult(.unknown, "", "could not check: \(error)")]
    }
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    let milliseconds = Int(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    return results.map { result in
      TimedResult(
        documentation: check.documentation, result: context.secrets.shown(result), milliseconds: milliseconds)
    }
  }

  private static func precedes(_ left: TimedResult, _ right: TimedResult) -> Bool {
    if left.documentation.id != right.documentation.id { return left.documentation.id < right.documentation.id }
    if left.result.subject != right.result.subject { return left.result.subject < right.result.subject }
    switch (left.result.location, right.result.location) {
    case (let left?, let right?): return left < right
    case (let left, let right): return left == nil && right != nil
    }
  }
}
