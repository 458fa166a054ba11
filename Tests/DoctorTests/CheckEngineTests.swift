import Diagnostics
import Doctor
import Glibc
import Host
import Manifests
import Project
import PythonEnvironment
import TestSupport
import Testing

/// A check whose body the test gives.
private struct MadeUpCheck: Check {
  let documentation: CheckDocumentation
  let body: @Sendable () async throws -> [CheckResult]

  init(_ id: String, _ body: @escaping @Sendable () async throws -> [CheckResult]) {
    documentation = CheckDocumentation(
      id: id, area: .project, reach: .static, severity: .error, title: id, what: "", why: "", example: "", remedy: "")
    self.body = body
  }

  func run(in context: CheckContext) async throws -> [CheckResult] { try await body() }
}

@Suite struct CheckEngineTests {
  private let context: CheckContext

  init() throws {
    let folder = try TemporaryFolder()
    let host = Host(environment: [:], folder: SourcePath(folder.path))
    let project = try Project(reading: SourcePath(folder.path), host: host)
    context = CheckContext(
      project: project, manifest: Manifest(of: project, installed: InstalledDistributions()), environment: nil,
      interpreter: nil, installed: InstalledDistributions(), host: host, probeTimeout: .seconds(1))
  }

  private func run(_ checks: [MadeUpCheck], within limit: Duration = .seconds(20)) async -> [TimedResult] {
    await CheckEngine(checks: checks, timeLimit: limit).run(in: context)
  }

  @Test func resultsAreSortedWhateverOrderTheyComeIn() async {
    let results = await run([
      MadeUpCheck("b") { [CheckResult(.ok, "z", ""), CheckResult(.ok, "a", "", at: Location(path: "f", line: 2))] },
      MadeUpCheck("c") { [] },
      MadeUpCheck("a") {
        try await Task.sleep(for: .milliseconds(50))
        return [CheckResult(.error, "x", "wrong")]
      },
    ])
    #expect(results.map { "\($0.documentation.id) \($0.result.subject)" } == ["a x", "b a", "b z", "c "])
    #expect(results.last?.result.status == .ok)
  }

  @Test func aCheckThatFailsCostsOnlyItself() async {
    let results = await run([
      MadeUpCheck("breaks") { throw Finding(.error, "no luck") },
      MadeUpCheck("works") { [CheckResult(.ok, "x", "")] },
    ])
    #expect(results.map(\.result.status) == [.unknown, .ok])
    #expect(results[0].result.message == "could not check: no luck")
  }

  @Test func aCheckThatIsStuckCostsOnlyItself() async {
    let start = ContinuousClock.now
    let results = await run(
      [
        // Deaf to cancellation, as a blocking call would be.
        MadeUpCheck("stuck") {
          await onOwnThread { for _ in 0..<300 { takeATenthOfASecond() } }; return []
        },
        MadeUpCheck("works") { [CheckResult(.ok, "x", "")] },
      ], within: .milliseconds(300))
    #expect(results.map(\.result.status) == [.unknown, .ok])
    #expect(results[0].result.evidence == ["reason": "timeout"])
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test func checksRunSideBySide() async {
    let start = ContinuousClock.now
    let checks = (0..<16).map { number in
      MadeUpCheck("c\(number)") {
        await onOwnThread { for _ in 0..<5 { takeATenthOfASecond() } }
        return []
      }
    }
    #expect(await run(checks).count == 16)
    // One after another they would take 16 times 0.5 s.
    #expect(ContinuousClock.now - start < .seconds(6))
  }
}

/// 0.1 s on a thread.
@Sendable private func takeATenthOfASecond() { usleep(100_000) }
