import ConfigFormats
import Diagnostics
import Doctor
import Host
import Project
import Reporting

extension DoctorCommand {
  /// Shows what checks can mend by themselves as a diff on stderr, and with `--yes` makes the edits: each file whole or not at
  /// all, and only files of the project.
  func fix(_ results: [TimedResult], in project: Project, _ session: Session) throws {
    var edits: [SourcePath: [TextEdit]] = [:]
    for timed in results where timed.isFinding {
      guard let fix = timed.result.fix, !fix.path.isAbsolute else { continue }
      for edit in fix.edits where edits[fix.path]?.contains(edit) != true { edits[fix.path, default: []].append(edit) }
    }
    if edits.isEmpty {
      session.errors.line("nothing to fix: no finding has an edit of its own")
      return
    }
    let paint = session.paint(session.errors, common.color)
    for (path, edits) in edits.sorted(by: { $0.key < $1.key }) {
      let file = project.root.appending(path)
      let old = try Files.read(file)
      let new: [UInt8]
      do throws(TextEdit.Conflict) { new = try TextEdit.apply(edits, to: old) } catch {
        session.tell(Finding(.warning, at: Location(path: path), "two fixes change the same text; neither was made"))
        continue
      }
      session.errors.write(LineDifference(old: old, new: new, path: path).text(paint: paint))
      guard makesFixes else { continue }
      // The checks read the file a while ago.
      guard try Files.read(file) == old else {
        session.tell(Finding(.warning, at: Location(path: path), "changed meanwhile, so it was left as it is"))
        continue
      }
      try Files.write(new, to: file)
    }
    let count = Wording.count(edits.count, "file")
    session.errors.line(makesFixes ? "fixed \(count)" : "\(count) to fix: `envtool doctor --fix --yes` makes the edits")
  }
}
