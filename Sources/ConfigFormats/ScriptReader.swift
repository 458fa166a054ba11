/// Finds the commands of a shell script; see ShellReader for what it reads.
package enum ScriptReader {
  package static func commands(in file: [UInt8]) -> [ProcessCommand] {
    var collector = CommandCollector(file, .script)
    let start = file.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    collector.take(ScriptText(file, start..<file.count))
    return collector.commands
  }

  /// The commands of one line, as a notebook's `!` gives it to a shell.
  package static func commands(inLine line: [UInt8]) -> [[String]] {
    var unwrapper = CommandUnwrapper()
    unwrapper.take(ScriptText(line, 0..<line.count))
    return unwrapper.commands.map { $0.map(\.string) }
  }
}
