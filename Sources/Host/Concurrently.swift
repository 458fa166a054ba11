import CPosix
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Work on several cores. Results come in the order of the work, whatever finished first.
package enum Concurrently {
  /// The number of cores that this process may use.
  package static var cores: Int { max(1, Int(cposix_cores())) }

  /// Calls `work` for each of `0..<count` on `jobs` threads, each with a state of its own, and `deliver` with the results
  /// in ascending order, one at a time. The first thread calls `other` before it joins in.
  ///
  /// A thread that is more than `window` pieces ahead of the oldest unfinished one waits, so that undelivered results stay few.
  package static func run<State, Result: Sendable>(
    _ count: Int, jobs: Int, beside other: (@Sendable () -> Void)? = nil, state make: @escaping @Sendable () -> State,
    work: @escaping @Sendable (inout State, Int) -> Result, deliver: @escaping @Sendable (Result) -> Void
  ) {
    let jobs = max(1, min(jobs, other == nil ? count : count + 1))
    if jobs == 1 {
      other?()
      var state = make()
      for index in 0..<count { deliver(work(&state, index)) }
      return
    }
    let line = Line<Result>()
    DispatchQueue.concurrentPerform(iterations: jobs) { number in
      if number == 0 { other?() }
      var state = make()
      while let index = line.take(of: count, window: 16 * jobs) {
        line.hand(in: work(&state, index), at: index, to: deliver)
      }
    }
  }

  /// The results of `work` for each of `0..<count`, in order. One of the threads calls `other` first.
  package static func map<State, Result: Sendable>(
    _ count: Int, jobs: Int, beside other: (@Sendable () -> Void)? = nil, state make: @escaping @Sendable () -> State,
    work: @escaping @Sendable (inout State, Int) -> Result
  ) -> [Result] {
    let results = Mutex<[Result]>([])
    run(count, jobs: jobs, beside: other, state: make, work: work) { result in results.withLock { $0.append(result) } }
    return results.withLock { $0 }
  }

  /// The pieces handed out, and the results that wait for those before them.
  private final class Line<Result: Sendable>: Sendable {
    private struct State {
      var taken = 0
      var delivered = 0
      var waiting: [Int: Result] = [:]
    }

    private let state = Mutex(State())

    func take(of count: Int, window: Int) -> Int? {
      while true {
        let (next, isAhead) = state.withLock { state -> (Int?, Bool) in
          guard state.taken < count else { return (nil, false) }
          guard state.taken < state.delivered + window else { return (nil, true) }
          state.taken += 1
          return (state.taken - 1, false)
        }
        if !isAhead { return next }
        usleep(200)
      }
    }

    func hand(in result: Result, at index: Int, to deliver: (Result) -> Void) {
      state.withLock { state in
        state.waiting[index] = result
        while let next = state.waiting.removeValue(forKey: state.delivered) {
          deliver(next)
          state.delivered += 1
        }
      }
    }
  }
}
