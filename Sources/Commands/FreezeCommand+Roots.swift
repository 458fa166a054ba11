import Diagnostics
import Host
import Manifests
import Project

extension FreezeCommand {
  /// What the project asks for itself: --requirements, else the first manifest that declares some, else what scan finds.
  func roots(_ source: Source, in session: Session) throws -> [Root] {
    let named = requirements.map { SourcePath($0) }
    let start = named.isEmpty ? source.folder : session.host.folder
    let files = named.isEmpty ? DeclaredRoots.manifest(in: source.folder).map { [$0] } ?? [] : named
    if files.isEmpty { return try scannedRoots(source, in: session) }
    do {
      let declared = try DeclaredRoots(files: files, in: start)
      for finding in declared.findings { session.tell(finding, common.color) }
      return declared.roots
    } catch {
      throw CommandFailure(ExitStatus.usage, error)
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
