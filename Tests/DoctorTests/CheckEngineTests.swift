import Diagnostics
import Doctor
import Glibc
import Host
import Manifests
import Project
import PythonEnvironment
import Synchronization
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
      interpreter: nil, installed: InstalledDistributions(),
      declared: DeclaredDependencies(of: project.root, folders: [], host: host), host: host, probeTimeout: .seconds(1))
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
    let gate = Gate(expecting: 1)
    let results = await run(
      [
        // Deaf to cancellation, as a blocking call would be.
        MadeUpCheck("stuck") {
          await onOwnThread { gate.wait() }
          return []
        },
        MadeUpCheck("works") { [CheckResult(.ok, "x", "")] },
      ], within: .seconds(3))
    #expect(results.map(\.result.status) == [.unknown, .ok])
    #expect(results[0].result.evidence == ["reason": "timeout"])
    gate.arrive()
  }

  @Test func checksThatTakeEveryCoreCostOnlyThemselves() async {
    let isOver = Flag()
    let busy = (0..<16).map { number in
      MadeUpCheck("busy\(number)") {
        while !isOver.isSet {}
        return []
      }
    }
    let results = await run(busy + [MadeUpCheck("works") { [CheckResult(.ok, "x", "")] }], within: .seconds(3))
    #expect(results.map(\.result.status) == Array(repeating: .unknown, count: 16) + [.ok])
    isOver.set()
  }

  @Test func checksRunSideBySide() async {
    // Each waits on its thread until all are there: one after another they would never end.
    let gate = Gate(expecting: 16)
    let checks = (0..<16).map { number in
      MadeUpCheck("c\(number)") {
        await onOwnThread {
          gate.arrive()
          gate.wait()
        }
        return [CheckResult(.ok, "", "")]
      }
    }
    #expect(await run(checks).allSatisfy { $0.result.status == .ok })
  }
}

/// Opens for everyone when a number of threads has arrived.
private final class Gate: Sendable {
  private let missing: Mutex<Int>

  init(expecting count: Int) { missing = Mutex(count) }

  func arrive() { missing.withLock { $0 -= 1 } }

  func wait() { while missing.withLock({ $0 > 0 }) { usleep(1000) } }
}

private final class Flag: Sendable {
  private let value = Mutex(false)

  var isSet: Bool { value.withLock { $0 } }

  func set() { value.withLock { $0 = true } }
}
