import Diagnostics
import Host
import PythonSource

/// `envtool dev tokens|tree FILE...` and `envtool dev packaging`, not shown in the help: for oracle tests, what the reader
/// makes of Python files, and `DevPackaging`.
enum DevCommand {
  /// For each file a line `# FILE`, then a line for every token or node as `PythonTokens.dump` and `PythonTree.dump` say.
  static func run(_ words: [String], in session: Session) throws -> Int32 {
    if words == ["packaging"] { return try DevPackaging.run(in: session) }
    guard let what = words.first, what == "tokens" || what == "tree", words.count > 1 else {
      throw CommandFailure(
        ExitStatus.usage,
        Finding(.error, "`envtool dev` takes `tokens` or `tree` and files, or `packaging`", remedy: nil))
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
}
