import Diagnostics
import Host
import Manifests
import Project

extension FreezeCommand {
  /// What the project asks for itself: --requirements, else the first manifest that declares some, else what scan finds.
  func roots(_ source: Source, in session: Session) throws -> [Root] {
    let files = requirements.map { SourcePath($0) }
    let declared: DeclaredRoots
    do {
      let input = files.contains("-") ? try Files.standardInput() : []
      let request = DeclaredRoots.Request(files: files, standardInput: input, extras: extras, groups: groups)
      declared = try DeclaredRoots(of: source.folder, request, host: session.host)
    } catch let error as FileError {
      throw CommandFailure(
        ExitStatus.usage, Finding(.error, error.description, remedy: "give requirements on standard input"))
    } catch let finding as Finding {
      throw CommandFailure(ExitStatus.usage, finding)
    }
    for finding in declared.findings { session.tell(finding, common.color) }
    return declared.sources.isEmpty ? try scannedRoots(source, in: session) : declared.roots
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
