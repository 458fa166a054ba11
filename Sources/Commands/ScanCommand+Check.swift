import Diagnostics
import Host
import Manifests
import Packaging
import Project
import PythonEnvironment
import Reporting

extension ScanCommand {
  /// Compares what the sources need with what the manifests declare; the report is the data.
  func compare(in session: Session) throws -> Int32 {
    let (project, names) = try projectAndNames(at: path, in: session)
    let (environment, installed) = try common.environment(for: project.root, in: session)
    let manifest = Manifest(
      of: project, installed: installed, declared: names,
      python: environment?.interpreter.version)
    let declared = try declaredDependencies(of: project, in: session)
    if !common.quiet { for finding in declared.findings { session.tell(finding, common.color) } }
    let markers = environment?.markerEnvironment(machine: Machine.name)
    let comparison = DeclarationComparison(
      of: manifest, with: declared, DependencyGraph(locks: declared.locks, installed: installed, markers: markers),
      installed: installed, markers: markers, below: project.root
    ).leavingOutIgnored(by: project.rules, in: project.root)
    let report = DeclarationReport(comparison, files: declared.files, of: project)
    try session.give(text(of: report, in: session), to: output)
    let isLost = tellTroubles(of: project, in: session)
    if !common.quiet {
      if !format.listsUnresolved { tellUnresolved(comparison.unresolved, python: manifest.python, in: session) }
      summarize(comparison, declared, in: session)
    }
    let isIncomplete = strict && !(comparison.unresolved.isEmpty && project.partial.isEmpty)
    return isLost || isIncomplete || comparison.isFailure ? ExitStatus.findings : ExitStatus.fine
  }

  private func declaredDependencies(of project: Project, in session: Session) throws -> DeclaredDependencies {
    let folders = project.tree.projectFolders
    guard case .value(let name) = check else {
      return DeclaredDependencies(of: project.root, folders: folders, host: session.host)
    }
    do {
      return try DeclaredDependencies(
        in: SourcePath(name), of: project.root, folders: folders, host: session.host)
    } catch {
      throw CommandFailure(ExitStatus.usage, error)
    }
  }

  private func text(of report: DeclarationReport, in session: Session) -> String {
    let paint = output == nil ? session.paint(session.output, common.color) : Paint(isOn: common.color == .always)
    return switch format {
    case .requirements, .pyproject: report.text(paint: paint)
    case .table: report.table(paint: paint)
    case .json: report.json.text + "\n"
    case .sarif: SARIFReport(report.rows, toolVersion: VersionCommand.number).json.text + "\n"
    case .github: AnnotationReport(report.rows).text
    }
  }

  private func summarize(_ comparison: DeclarationComparison, _ declared: DeclaredDependencies, in session: Session) {
    let names = declared.files.map(\.description)
    let shown = names.count > 3 ? "\(names.count) manifests" : names.joined(separator: ", ")
    let counts = DeclarationComparison.Kind.allCases.compactMap { kind in
      comparison.count(kind) > 0 ? "\(comparison.count(kind)) \(kind.rawValue)" : nil
    }
    if names.isEmpty {
      session.errors.line("no manifest is there: nothing is declared")
    } else {
      let verdict = counts.isEmpty ? "fits the sources" : "does not fit the sources"
      let plural = counts.isEmpty ? "fit the sources" : "do not fit the sources"
      session.errors.line(
        "\(shown) \(names.count == 1 ? verdict : plural): \(comparison.declaredCount) declared, \(comparison.neededCount) needed"
          + (counts.isEmpty ? "" : "; \(counts.joined(separator: ", "))"))
    }
    // The first of each kind that counts is enough to go on with; --format table has them all.
    for kind in [DeclarationComparison.Kind.missing, .unused] {
      if let first = comparison.differences.first(where: { $0.kind == kind }) {
        session.hint(first.remedy, common.color)
      }
    }
  }
}
