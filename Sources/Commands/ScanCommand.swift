import Diagnostics
import Host
import Manifests
import Packaging
import Project
import PythonEnvironment
import Reporting
import Synchronization

/// `envtool scan`
struct ScanCommand: Subcommand {
  enum Format: String, CaseIterable {
    case requirements
    case table
    case json
    case pyproject
    case sarif
    case github

    /// Whether what stays unresolved is part of the data.
    var listsUnresolved: Bool { self == .sarif || self == .github }
  }

  let path: String
  let format: Format
  let group: [String]
  let pin: ScanReport.Pinning
  /// Whether `pin` was chosen by anybody.
  let isPinChosen: Bool
  let imports: Bool
  let check: OptionalValue
  let strict: Bool
  let output: String?
  let write: OptionalValue
  let isForced: Bool
  let common: CommonOptions

  func run(in session: Session) throws -> Int32 {
    if imports { return try listImports(in: session) }
    if check != .notGiven, write == .notGiven { return try compare(in: session) }
    let start = ContinuousClock.now
    let groups = selectedGroups
    let (project, names) = try projectAndNames(at: path, in: session)
    let (environment, installed) = try common.environment(for: project.root, in: session)
    let manifest = Manifest(
      of: project, installed: installed, declared: names,
      python: environment?.interpreter.version)
    let report = ScanReport(manifest, of: project, groups: groups, pinning: pin)
    if write == .notGiven {
      try session.give(text(of: report, in: session), to: output)
    } else {
      try edit(manifest.requirements(in: groups), of: project, in: session)
    }
    let isLost = tellTroubles(of: project, in: session)
    let unresolved = manifest.unresolved(in: groups)
    if !common.quiet, !format.listsUnresolved { tellUnresolved(unresolved, python: manifest.python, in: session) }
    if !common.quiet { summarize(manifest, project, groups, time: .now - start, in: session) }
    session.keepUntilEnd(project)
    let isIncomplete = strict && !(unresolved.isEmpty && project.partial.isEmpty)
    let status = isLost || isIncomplete ? ExitStatus.findings : ExitStatus.fine
    // What was written is there now.
    return check == .notGiven ? status : max(status, try compare(in: session))
  }

  private func text(of report: ScanReport, in session: Session) -> String {
    switch format {
    case .requirements: report.requirements
    // A file gets no colours unless they are asked for.
    case .table: report.table.text(paint: output == nil ? session.paint(session.output, common.color) : filePaint)
    case .json: report.json.text + "\n"
    case .sarif: SARIFReport(report.rows, toolVersion: VersionCommand.number).json.text + "\n"
    case .github: AnnotationReport(report.rows).text
    case .pyproject: report.pyproject
    }
  }

  private var filePaint: Paint { Paint(isOn: common.color == .always) }

  private func listImports(in session: Session) throws -> Int32 {
    let tree: ProjectTree
    do {
      tree = try ProjectTree(
        walking: session.host.absolute(SourcePath(path)), jobs: common.threads, rules: common.rules)
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
    return failures.contains { $0.severity == .error } ? ExitStatus.findings : ExitStatus.fine
  }

  private var selectedGroups: Set<DependencyGroup> {
    Set(group.contains("all") ? DependencyGroup.allCases : group.compactMap { DependencyGroup(rawValue: $0) })
  }

  func tellUnresolved<List: Collection<Evidence>>(
    _ unresolved: [(module: String, evidence: List)], python: Version?, in session: Session
  ) {
    if format == .table {
      // It lists them itself.
      if unresolved.isEmpty { return }
      let count = Wording.count(unresolved.count, "module")
      session.errors.line("\(count) unresolved (--format requirements tells the way out of each)")
      return
    }
    for (module, evidence) in unresolved {
      let more = evidence.count - 1
      let further = more > 0 ? " (and \(Wording.count(more, "more place", plural: "more places")))" : ""
      let reason = UnresolvedReason(of: module, python: python)
      session.tell(
        Finding(.warning, at: evidence.first?.location, "\(reason.message(module))\(further)", remedy: reason.remedy),
        common.color)
    }
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
