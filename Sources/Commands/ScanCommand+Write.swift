import Diagnostics
import Host
import Manifests
import Packaging
import Project
import Reporting

extension ScanCommand {
  /// `--write`: adds to a manifest what it lacks, and tells what that is.
  func edit(_ requirements: [RequirementEntry], of project: Project, in session: Session) throws {
    var file: SourcePath?
    if case .value(let name) = write { file = SourcePath(name) }
    let update: ManifestUpdate
    do {
      update = try ManifestUpdate(
        ManifestUpdate.Request(file: file, style: isPinChosen ? pin : nil, isForced: isForced), of: project,
        adding: requirements, host: session.host)
    } catch {
      throw CommandFailure(ExitStatus.usage, error)
    }
    for finding in update.findings where !common.quiet { session.tell(finding, common.color) }
    if update.additions.isEmpty {
      if !common.quiet { session.errors.line("\(update.shownPath) declares all of it: nothing was written") }
      return
    }
    do { try Files.write(update.bytes, to: update.path) } catch {
      throw Finding(
        .error, "cannot write \(update.shownPath): \(error.reason)", remedy: "the file is as it was")
    }
    if common.quiet { return }
    for addition in update.additions {
      let why = [addition.location.map { Location(path: $0.path, line: $0.line).description }, addition.list]
        .compactMap(\.self).joined(separator: "; ")
      session.errors.line("  + \(Escaping.text(addition.text)) (\(Escaping.text(why)))")
    }
    session.errors.line("\(Wording.count(update.additions.count, "requirement")) added to \(update.shownPath)")
  }
}
