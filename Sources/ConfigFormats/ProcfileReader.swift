// Supported: `name: command` on a line of its own, comment lines that begin with `#`.
// Unsupported: commands over several lines, which no runner of Procfiles takes.

/// Finds the commands of a Procfile.
///
/// Source: https://devcenter.heroku.com/articles/procfile
package enum ProcfileReader {
  package static func commands(in file: [UInt8]) -> [ProcessCommand] {
    var collector = CommandCollector(file, .procfile)
    for line in FileLines.ranges(of: file) {
      let name = file[line].prefix { isShellNameByte($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
      guard !name.isEmpty, name.endIndex < line.upperBound, file[name.endIndex] == UInt8(ascii: ":") else { continue }
      collector.take(ScriptText(file, (name.endIndex + 1)..<line.upperBound))
    }
    return collector.commands
  }
}
