import Diagnostics
import Manifests

extension FreezeCommand {
  func lockedFile(_ source: Source, in session: Session) throws -> (SourcePath, [LockedPin]) {
    throw CommandFailure(ExitStatus.usage, Finding(.error, "--check is not there yet"))
  }
}
