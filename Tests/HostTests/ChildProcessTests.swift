import Diagnostics
import Foundation
import Glibc
import Host
import TestSupport
import Testing

/// Programs that are asked something, well and badly behaved.
@Suite struct ChildProcessTests {
  private let folder: TemporaryFolder
  /// In the environment of everything that descends from the child.
  private let tag = "CHILD_TEST=\(UUID().uuidString)"

  init() throws { folder = try TemporaryFolder() }

  private func run(_ script: String, within time: Duration = .seconds(20)) async throws -> ChildOutcome {
    let program = try folder.write("program", "#!/bin/sh\n\(script)\n")
    try #require(chmod(program, 0o755) == 0)
    let variables = ["CHILD_TEST": String(tag.dropFirst("CHILD_TEST=".count)), "PATH": "/usr/bin:/bin"]
    return try await runChild(SourcePath(program), [], environment: variables, by: .after(time))
  }

  /// The living processes that carry the tag; killed ones need a moment to go.
  private func isAllGone() async throws -> Bool {
    for _ in 0..<200 {
      let left = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
        guard Int(name) != nil, let bytes = FileManager.default.contents(atPath: "/proc/\(name)/environ") else {
          return false
        }
        return bytes.range(of: Data(tag.utf8)) != nil
      }
      if left.isEmpty { return true }
      try await Task.sleep(for: .milliseconds(20))
    }
    return false
  }

  @Test func whatItSaysAndHowItEnds() async throws {
    let outcome = try await run("echo out; echo err >&2; exit 3")
    #expect(outcome.output == "out\n" && outcome.error == "err\n" && outcome.status == 3)
  }

  @Test(arguments: [
    "trap '' TERM; sleep 300 & sleep 300", "sleep 300", "while :; do sleep 300; done",
  ]) func nothingOutlivesTheDeadline(_ script: String) async throws {
    await #expect(throws: ChildFailure.self) { try await run(script, within: .milliseconds(700)) }
    #expect(try await isAllGone())
  }

  @Test func outputWithoutEnd() async throws {
    do {
      _ = try await run("yes & yes")
      Issue.record("it has an end")
    } catch {
      #expect("\(error)".hasSuffix("prints without end"))
    }
    #expect(try await isAllGone())
  }

  @Test func whatCannotBeStarted() async throws {
    let deaf = try folder.write("text", "no program")
    for (path, reason) in [(folder.file("none"), "there is no such file"), (deaf, "it is not executable")] {
      await #expect(throws: (any Error).self) {
        do { _ = try await runChild(SourcePath(path), [], environment: [:], by: .after(.seconds(5))) } catch {
          #expect("\(error)" == "cannot start \(path): \(reason)")
          throw error
        }
      }
    }
  }
}
