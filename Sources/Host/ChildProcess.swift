package import Diagnostics
import Subprocess
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// What a child process that was run to its end left.
package struct ChildOutcome: Sendable {
  /// The exit status; nil when a signal ended it.
  package let status: Int32?
  package let output: String
  package let error: String
}

/// A child process that gave no outcome.
package enum ChildFailure: Error, Sendable, CustomStringConvertible {
  case cannotStart(executable: SourcePath, reason: String)
  case timeout(executable: SourcePath)
  case tooMuchOutput(executable: SourcePath)

  package var description: String {
    switch self {
    case .cannotStart(let executable, let reason): "cannot start \(executable): \(reason)"
    case .timeout(let executable): "\(executable) did not answer in time"
    case .tooMuchOutput(let executable): "\(executable) prints without end"
    }
  }
}

/// Runs `executable` to its end and collects what it prints, at most 1 MiB a stream; in `folder`, else where this process
/// stands.
///
/// At the deadline, and when it prints more, the child and its process group are killed. A non-zero status is a value, not an error.
package func runChild(
  _ executable: SourcePath, _ arguments: [String], environment: [String: String], folder: SourcePath? = nil,
  by deadline: Deadline
) async throws(ChildFailure) -> ChildOutcome {
  let variables = Dictionary(
    uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
  var options = PlatformOptions()
  options.processGroupID = 0
  // Nothing that is asked here has anything to save, and what is deaf to TERM must not stay.
  options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
  let platformOptions = options
  let directory = folder.map(filePath)
  let race = await withTaskGroup(of: Result<ChildOutcome, ChildFailure>.self) { group in
    group.addTask {
      do {
        let result = try await run(
          .path(filePath(executable)), arguments: Arguments(arguments), environment: .custom(variables),
          workingDirectory: directory,
          platformOptions: platformOptions, input: .none, output: .string(limit: 1 << 20),
          error: .string(limit: 1 << 20))
        let status: Int32? = if case .exited(let code) = result.terminationStatus { code } else { nil }
        return .success(
          ChildOutcome(status: status, output: result.standardOutput, error: result.standardError))
      } catch let error as SubprocessError where error.code == .outputLimitExceeded {
        return .failure(.tooMuchOutput(executable: executable))
      } catch {
        return .failure(.cannotStart(executable: executable, reason: reason(executable, error)))
      }
    }
    group.addTask {
      try? await Task.sleep(until: deadline.instant, clock: .continuous)
      return .failure(.timeout(executable: executable))
    }
    let first = await group.next() ?? .failure(.timeout(executable: executable))
    group.cancelAll()
    return first
  }
  return try race.get()
}

private func filePath(_ path: SourcePath) -> FilePath {
  Files.withCString(path) { FilePath(platformString: $0) }
}

/// The usual reasons in few words, else the error's own.
private func reason(_ executable: SourcePath, _ error: any Error) -> String {
  guard Files.exists(executable) else {
    return Files.kind(of: executable, followingLinks: false) == nil
      ? "there is no such file" : "it is a link that leads nowhere"
  }
  return Files.isAccessible(executable, X_OK) ? "\(error)" : "it is not executable"
}
