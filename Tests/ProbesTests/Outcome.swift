import Host
import Probes
import Testing

extension Probe {
  /// The failure of a run that has `duration`; a success is an issue of the test.
  func failure(
    within duration: Duration = .seconds(20), sourceLocation: SourceLocation = #_sourceLocation
  ) async -> ProbeFailure? {
    switch await attempt(by: .after(duration)) {
    case .failure(let failure): return failure
    case .success(let answer):
      Issue.record("the probe succeeds: \(answer)", sourceLocation: sourceLocation)
      return nil
    }
  }

  /// The answer of a run that has `duration`; throws its failure.
  func answer(within duration: Duration = .seconds(20)) async throws -> Answer {
    try await attempt(by: .after(duration)).get()
  }
}
