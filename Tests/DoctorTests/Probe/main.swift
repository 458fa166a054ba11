import Diagnostics
import Doctor
import Glibc
import Host
import Manifests
import Project
import PythonEnvironment

// doctor-probe FOLDER: runs checks that crash in each way beside one that does not, and prints what the engine says of them.

private struct MadeUpCheck: Check {
  let documentation: CheckDocumentation
  let body: @Sendable () -> Int

  init(_ id: String, _ body: @escaping @Sendable () -> Int) {
    documentation = CheckDocumentation(
      id: id, area: .project, reach: .static, severity: .error, title: id, what: "", why: "", example: "", remedy: "")
    self.body = body
  }

  func run(in context: CheckContext) async throws -> [CheckResult] { [CheckResult(.ok, "\(body())", "")] }
}

@inline(never) private func deep(_ number: Int) -> Int { number == -1 ? 0 : deep(number + 1) &+ number }

/// Not known to the optimiser.
private let none: [Int] = CommandLine.arguments.count > 99 ? [1] : []

let host = Host.live()
let folder = SourcePath(CommandLine.arguments[1])
let project = try Project(reading: folder, host: host)
let context = CheckContext(
  project: project, manifest: Manifest(of: project, installed: InstalledDistributions()), environment: nil,
  interpreter: nil, installed: InstalledDistributions(),
  declared: DeclaredDependencies(of: folder, folders: [], host: host), host: host, probeTimeout: .seconds(1))
private let checks = [
  MadeUpCheck("abort") { abort() }, MadeUpCheck("fine") { 1 }, MadeUpCheck("overflow") { deep(0) },
  MadeUpCheck("trap") { none[3] },
]
let engine = CheckEngine(checks: checks, timeLimit: .seconds(20), crashes: CheckCrashes(host: host))
for timed in await engine.run(in: context) {
  print(timed.documentation.id, timed.result.status.rawValue, timed.result.evidence["reason"] ?? "")
}
