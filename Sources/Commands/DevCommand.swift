import Checks
import Diagnostics
import Doctor
import Host
import Project
import PythonSource
import Reporting

/// `envtool dev tokens|tree FILE...`, `envtool dev packaging`, `envtool dev walk FOLDER` and `envtool dev checks`, not shown in
/// the help: for oracle tests, what the reader makes of Python files, and `DevPackaging`; to compare times with, a walk that
/// asks for the state of every file; the catalogue for checks/README.md.
enum DevCommand {
  /// For each file a line `# FILE`, then a line for every token or node as `PythonTokens.dump` and `PythonTree.dump` say.
  static func run(_ words: [String], in session: Session) throws -> Int32 {
    if words == ["packaging"] { return try DevPackaging.run(in: session) }
    if words == ["checks"] {
      session.output.write(CheckCatalogText.markdown(of: CheckCatalog.everything.map(\.documentation)))
      return ExitStatus.fine
    }
    if words.first == "walk", words.count == 2 { return try walk(SourcePath(words[1]), in: session) }
    guard let what = words.first, what == "tokens" || what == "tree", words.count > 1 else {
      throw CommandFailure(
        ExitStatus.usage,
        Finding(
          .error, "`envtool dev` takes `tokens` or `tree` and files, `packaging`, `checks`, or `walk PATH`", remedy: nil
        ))
    }
    for name in words.dropFirst() {
      let bytes: [UInt8]
      do { bytes = try Files.read(session.host.absolute(SourcePath(name))) } catch {
        throw CommandFailure(ExitStatus.usage, Finding(.error, "\(error)", remedy: nil))
      }
      session.output.write("# \(name)\n")
      session.output.write(what == "tree" ? PythonTree(bytes).dump() : PythonTokens(bytes).dump())
    }
    return ExitStatus.fine
  }

  /// The least that a scan of an unchanged project can do.
  private static func walk(_ path: SourcePath, in session: Session) throws -> Int32 {
    let tree: ProjectTree
    do {
      tree = try ProjectTree(walking: session.host.absolute(path), jobs: Concurrently.cores, isStamping: true)
    } catch { throw CommandFailure(ExitStatus.usage, error) }
    session.output.write("\(tree.totalSize ?? 0) bytes\n")
    return ExitStatus.fine
  }
}
