package import Diagnostics
import Foundation
import Host

/// The Python environment that `make test` makes, for tests that ask a library of it.
package enum TestEnvironment {
  /// Its interpreter; nil when ENVTOOL_TEST_ENVIRONMENT names no environment.
  package static let python: SourcePath? = {
    guard let prefix = ProcessInfo.processInfo.environment["ENVTOOL_TEST_ENVIRONMENT"] else { return nil }
    let python = SourcePath(prefix).appending("bin/python")
    return Files.exists(python) ? python : nil
  }()

  /// Whether a distribution is installed there whose metadata folder begins so: `packaging-26.`.
  package static func holds(_ metadata: String) -> Bool {
    guard let library = python?.parent.parent.appending("lib"), let folders = try? Files.list(library) else {
      return false
    }
    return folders.contains { folder in
      let packages = try? Files.list(library.appending(folder.name).appending("site-packages"))
      return packages?.contains { $0.name.name.hasPrefix(metadata) && $0.name.name.hasSuffix(".dist-info") } ?? false
    }
  }

  /// What its interpreter prints for `code`; throws with its error output when it fails.
  package static func output(of code: String, _ arguments: [String] = []) async throws -> String {
    guard let python else { throw Python.Failed(reason: "ENVTOOL_TEST_ENVIRONMENT names no environment") }
    let result = try await runChild(
      python, ["-I", "-X", "utf8", "-c", code] + arguments, environment: Host.live().environment,
      by: .after(.seconds(60)))
    guard result.status == 0 else { throw Python.Failed(reason: result.error) }
    return result.output
  }
}
