import Diagnostics
import Host

/// The python3 on PATH, as the oracle of tests.
package enum Python {
  /// What python3 prints for `code`; throws with its error output when it fails.
  package static func output(of code: String, _ arguments: [String] = []) async throws -> String {
    let host = Host.live()
    guard let python = host.executable(named: "python3") else { throw Failed(reason: "no python3 on PATH") }
    let result = try await runChild(
      python, ["-W", "ignore", "-X", "utf8", "-c", code] + arguments, environment: host.environment,
      by: .after(.seconds(60)))
    guard result.status == 0 else { throw Failed(reason: result.error) }
    return result.output
  }

  struct Failed: Error {
    let reason: String
  }
}
