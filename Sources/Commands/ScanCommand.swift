import ArgumentParser
import Diagnostics
import Host
import Manifests
import Project
import Reporting
import Synchronization

struct ScanCommand: Subcommand {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case requirements
    case json
  }

  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: CommandList.abstract(of: "scan"),
    discussion: """
      Reads the Python sources and uWSGI files below PATH, runs none of them, and prints what they need, one line per \
      distribution. Exit status: 0, or 1 when a source could not be read (with --strict also when an import stayed \
      unresolved or a file was read in part).
      """)

  @Argument(help: ArgumentHelp("The project's folder.", valueName: "path"))
  var path = "."

  @Option(help: "How to print.")
  var format = Format.requirements

  @Option(
    help: ArgumentHelp(
      "Groups to print: runtime, optional, typing, test, dev, build or all; repeatable.", valueName: "groups"))
  var group: [String] = ["runtime"]

  @Option(help: "How to write a version that is known without the network.")
  var pin = ScanReport.Pinning.exact

  @Flag(help: "Print every import with its place instead, mapped to nothing.")
  var imports = false

  @Flag(help: "End with status 1 when an import is unresolved or a file was read in part.")
  var strict = false

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file, whole or not at all.", valueName: "file"))
  var output: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func run(in session: Session) async throws -> Int32 {
    if imports { return try listImports(in: session) }
    let start = ContinuousClock.now
    let groups = try selectedGroups()
    let project = try project(at: path, in: session)
    let (_, installed) = try common.environment(for: project.root, in: session)
    let manifest = Manifest(of: project, installed: installed)
    let report = ScanReport(manifest, of: project, groups: groups, pinning: pin)
    try session.give(format == .json ? report.json.text + "\n" : report.requirements, to: output)
    let isLost = tellTroubles(of: project, in: session)
    let unresolved = manifest.unresolved.filter { $0.evidence.contains { groups.contains($0.group) } }
    for (module, evidence) in unresolved where !common.quiet { tellUnresolved(module, evidence, in: session) }
    if !common.quiet { summarize(manifest, project, groups, time: .now - start, in: session) }
    let isIncomplete = strict && !(unresolved.isEmpty && project.partial.isEmpty)
    return isLost || isIncomplete ? ExitStatus.findings : ExitStatus.fine
  }

  private func listImports(in session: Session) throws -> Int32 {
    let tree: ProjectTree
    do {
      tree = try ProjectTree(walking: session.host.absolute(SourcePath(path)), jobs: common.threads)
    } catch { throw CommandFailure(ExitStatus.usage, error) }
    let stream = output == nil ? session.output : nil
    let gathered = Mutex<[UInt8]>([])
    let failures: [Finding]
    do {
      failures = try ImportListing.write(tree, jobs: common.threads) { lines in
        if let stream { stream.write(lines) } else { gathered.withLock { $0 += lines } }
      }
    } catch { throw Finding(.error, "\(error)") }
    if output != nil { try session.give(gathered.withLock { $0 }, to: output) }
    for finding in failures { session.tell(finding, common.color) }
    return failures.isEmpty ? ExitStatus.fine : ExitStatus.findings
  }

  private func selectedGroups() throws -> Set<DependencyGroup> {
    var groups: Set<DependencyGroup> = []
    for name in group.flatMap({ $0.split(separator: ",") }) {
      if name == "all" { return Set(DependencyGroup.allCases) }
      guard let group = DependencyGroup(rawValue: String(name)) else {
        let names = DependencyGroup.allCases.map(\.rawValue) + ["all"]
        let hint = Suggestion.closest(to: String(name), among: names).map { "did you mean \($0)?" }
        throw CommandFailure(
          ExitStatus.usage,
          Finding(
            .error, "--group \(Escaping.text(String(name))): no such group",
            remedy: hint ?? "one of \(names.joined(separator: ", "))"))
      }
      groups.insert(group)
    }
    return groups
  }

  private func tellUnresolved(_ module: String, _ evidence: [Evidence], in session: Session) {
    guard let first = evidence.first else { return }
    let more =
      evidence.count > 1 ? " (and \(Wording.count(evidence.count - 1, "more place", plural: "more places")))" : ""
    session.tell(
      Finding(
        .warning, at: first.location, "nothing proves what provides `\(module)`\(more)",
        remedy: "install it in the project's environment, or name that environment with --python"), common.color)
  }

  private func summarize(
    _ manifest: Manifest, _ project: Project, _ groups: Set<DependencyGroup>, time: Duration, in session: Session
  ) {
    let count = manifest.requirements(in: groups).count
    session.errors.line(
      "\(Wording.count(count, "requirement")) from \(Wording.count(project.filesRead, "file")) in \(Wording.time(time))"
    )
    let others = DependencyGroup.allCases.filter { !groups.contains($0) }.compactMap { group in
      let size = manifest.requirements(in: [group]).count
      return size > 0 ? "\(size) \(group.rawValue)" : nil
    }
    if !others.isEmpty { session.errors.line("other groups: \(others.joined(separator: ", ")) (--group)") }
  }
}

extension ScanReport.Pinning: ExpressibleByArgument {}
