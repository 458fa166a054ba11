import ConfigFormats
import Diagnostics
import Doctor
import Host
import Project

extension DoctorCommand {
  /// Which findings count: those that an earlier report does not hold, those in files that have changed.
  struct Scope {
    let baseline: Baseline?
    /// Relative to the project's folder.
    let changed: Set<SourcePath>?

    func narrowed(_ results: [TimedResult]) -> [TimedResult] {
      results.map { timed in
        guard timed.isFinding else { return timed }
        if baseline?.holds(timed) == true { return timed.skipped(because: "baseline") }
        if let changed, timed.result.location.map({ changed.contains($0.path) }) != true {
          return timed.skipped(because: "unchanged")
        }
        return timed
      }
    }
  }

  func scope(of project: Project, in session: Session) async throws -> Scope {
    var changed: Set<SourcePath>?
    if let changedSince { changed = try await changedFiles(since: changedSince, in: project.root, session) }
    return Scope(baseline: try readBaseline(session), changed: changed)
  }

  private func readBaseline(_ session: Session) throws -> Baseline? {
    guard let baseline else { return nil }
    let path = session.host.absolute(SourcePath(baseline))
    let bytes: [UInt8]
    do { bytes = try Files.read(path, limit: 64 << 20) } catch {
      throw CommandFailure(
        ExitStatus.usage,
        Finding(
          .error, "--baseline \(Escaping.text(baseline)): \(error.reason)",
          remedy: "make one with `envtool doctor --format json -o \(Escaping.text(baseline))`"))
    }
    do throws(ConfigError) { return try Baseline(bytes) } catch {
      throw CommandFailure(
        ExitStatus.usage,
        Finding(
          .error,
          at: Location(path: SourcePath(baseline), line: error.line, column: error.column),
          "--baseline: \(error.message)",
          remedy: "make one with `envtool doctor --format json -o \(Escaping.text(baseline))`"))
    }
  }

  /// The files that differ from a revision in the working tree, and those that Git does not know yet.
  private func changedFiles(since revision: String, in root: SourcePath, _ session: Session) async throws
    -> Set<SourcePath>
  {
    // A revision that begins with a dash would be an option.
    guard let git = session.host.executable(named: "git"), !revision.hasPrefix("-") else {
      throw CommandFailure(
        ExitStatus.usage,
        Finding(
          .error, "--changed-since \(Escaping.text(revision)) cannot be told",
          remedy: revision.hasPrefix("-") ? "name a revision" : "install Git"))
    }
    let folder = root.description
    let differing = try await list(
      git, ["-C", folder, "diff", "--name-only", "--relative", "--no-ext-diff", "-z", revision, "--"], session)
    let unknown = try await list(git, ["-C", folder, "ls-files", "--others", "--exclude-standard", "-z"], session)
    return Set(differing + unknown)
  }

  private func list(_ git: SourcePath, _ arguments: [String], _ session: Session) async throws -> [SourcePath] {
    // Nothing of the repository's configuration is to be run.
    let safe = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]
    let outcome: ChildOutcome
    do {
      outcome = try await runChild(
        git, safe + arguments, environment: session.host.environment, by: .after(.seconds(20)))
    } catch { throw CommandFailure(ExitStatus.outside, Finding(.error, "\(error)")) }
    guard outcome.status == 0 else {
      let message = outcome.error.split(whereSeparator: \.isNewline).first.map(String.init) ?? "git failed"
      throw CommandFailure(
        ExitStatus.usage,
        Finding(
          .error, "--changed-since: \(Escaping.text(message))",
          remedy: "name a revision of the repository that the project lies in"))
    }
    return outcome.output.split(separator: "\u{0}").map { SourcePath(String($0)) }
  }
}

extension Host {
  /// Adds the variables of a .env file, as python-dotenv does: those that are set already stay.
  mutating func addVariables(of name: String) throws {
    let bytes: [UInt8]
    do { bytes = try Files.read(absolute(SourcePath(name)), limit: 1 << 20) } catch {
      throw CommandFailure(
        ExitStatus.usage,
        Finding(.error, "--env-file \(Escaping.text(name)): \(error.reason)", remedy: "name a file of KEY=VALUE lines"))
    }
    let known = environment
    for entry in DotEnvFile(bytes).expanded({ known[$0] }) {
      if let value = entry.value, environment[entry.key] == nil { environment[entry.key] = value }
    }
  }
}
