import Diagnostics
import Host
import Manifests
import Project

extension FreezeCommand {
  /// What the project asks for itself: --requirements, else the first manifest that declares some, else what scan finds.
  func roots(_ source: Source, in session: Session) throws -> [Root] {
    let request = DeclaredRoots.Request(
      files: requirements.map { SourcePath($0) }, standardInput: try standardInput(), extras: extras, groups: groups)
    let declared = try declaredRoots(of: source.folder, request, session.host)
    for finding in declared.findings { session.tell(finding, common.color) }
    return declared.sources.isEmpty ? try scannedRoots(source, in: session) : declared.roots
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
    do { return try Files.standardInput() } catch {
      throw CommandFailure(
        ExitStatus.usage, Finding(.error, error.description, remedy: "give requirements on standard input"))
    }
  }

  private func scannedRoots(_ source: Source, in session: Session) throws -> [Root] {
    let project = try project(at: path, in: session)
    if tellTroubles(of: project, in: session) {
      throw CommandFailure(
        ExitStatus.findings, Finding(.error, "a source could not be read, so the roots are not known"))
    }
    return Manifest(of: project, installed: source.installed, python: source.python).roots
  }
}
