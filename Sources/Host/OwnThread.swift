import Dispatch

/// Runs blocking work on a thread of its own, so that it holds up neither other work nor the cooperative pool.
///
/// The work is not interrupted by cancellation: give it a deadline.
package func onOwnThread<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
  await withCheckedContinuation { continuation in
    // A queue of one's own gets a thread even when every core is busy, which a global queue does not promise.
    DispatchQueue(label: "own thread").async { continuation.resume(returning: body()) }
  }
}
