package import Host

/// One conversation with a server (or look at a file) that tells whether it can be used as configured.
///
/// It changes nothing on the other side.
package protocol Probe: Sendable {
  /// What a successful conversation tells.
  associatedtype Answer: Sendable

  /// Holds the conversation; blocks until it is over, at the latest at `deadline`.
  func run(by deadline: Deadline) throws(ProbeFailure) -> Answer
}

extension Probe {
  /// The same on a thread of its own, so that probes run side by side.
  package func attempt(by deadline: Deadline) async -> Result<Answer, ProbeFailure> {
    await onOwnThread {
      do throws(ProbeFailure) {
        return .success(try run(by: deadline))
      } catch {
        return .failure(error)
      }
    }
  }
}
