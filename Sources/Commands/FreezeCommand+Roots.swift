import Diagnostics
import Host
import Manifests
import Packaging
import Project

extension FreezeCommand {
  /// What a lock is to answer.
  struct Request {
    let roots: [Root]
    var constraints: [Root] = []
    /// What the project is called; nil when nothing says it.
    var project: String?
    /// Where the roots stand, behind "for" in the summary.
    let origin: String
  }

  /// What the project asks for itself: --requirements, else the first manifest that declares some, else what scan finds.
  func request(_ source: Source, in session: Session) throws -> Request {
    let request = DeclaredRoots.Request(
      files: requirements.map { SourcePath($0) }, standardInput: try standardInput(), extras: extras, groups: groups)
    let declared = try declaredRoots(of: source.folder, request, session.host)
    for finding in declared.findings { session.tell(finding, common.color) }
    if declared.sources.isEmpty { return try scanned(source, in: session) }
    return Request(
      roots: declared.roots, constraints: declared.constraints, project: declared.project?.normalized,
      origin: declared.sources.map { $0 == "-" ? "standard input" : $0.description }.joined(separator: ", "))
  }

  private func declaredRoots(
    of folder: SourcePath, _ request: DeclaredRoots.Request, _ host: Host
  ) throws(CommandFailure) -> DeclaredRoots {
    do { return try DeclaredRoots(of: folder, request, host: host) } catch {
      throw CommandFailure(ExitStatus.usage, error)
    }
  }

  /// The bytes of standard input when `--requirements -` asks for them.
  private func standardInput() throws(CommandFailure) -> [UInt8] {
    guard requirements.contains("-") else { return [] }
    do { return try Files.standardInput(limit: 64 << 20) } catch {
      throw CommandFailure(
        ExitStatus.usage, Finding(.error, error.description, remedy: "give requirements on standard input"))
    }
  }

  private func scanned(_ source: Source, in session: Session) throws -> Request {
    let (project, names) = try projectAndNames(at: path, in: session)
    if tellTroubles(of: project, in: session) {
      throw CommandFailure(
        ExitStatus.findings, Finding(.error, "a source could not be read, so the roots are not known"))
    }
    let manifest = Manifest(
      of: project, installed: source.installed, declared: names,
      python: source.python)
    return Request(roots: manifest.roots, origin: "what the sources need")
  }
}
