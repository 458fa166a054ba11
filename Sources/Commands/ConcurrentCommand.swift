import Dispatch
import Synchronization

/// A command that does several things at once. The others run without starting Swift's concurrency, which takes longer
/// than scanning a small project.
protocol ConcurrentCommand: Subcommand {
  func runConcurrently(in session: Session) async throws -> Int32
}

extension ConcurrentCommand {
  /// Waits on the main thread, on which nothing else depends.
  func run(in session: Session) throws -> Int32 {
    let end = CommandEnd()
    Task {
      do { end.set(.success(try await runConcurrently(in: session))) } catch { end.set(.failure(error)) }
    }
    return try end.wait().get()
  }
}

/// The end of a command that another thread waits for.
private final class CommandEnd: Sendable {
  private let result = Mutex<Result<Int32, any Error>?>(nil)
  private let isThere = DispatchSemaphore(value: 0)

  func set(_ end: Result<Int32, any Error>) {
    result.withLock { $0 = end }
    isThere.signal()
  }

  func wait() -> Result<Int32, any Error> {
    while true {
      isThere.wait()
      if let end = result.withLock({ $0 }) { return end }
    }
  }
}
