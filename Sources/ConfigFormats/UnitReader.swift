// Supported: every `Exec...=` of a unit, with its prefixes (`-`, `@`, `+`, `!`, `:`, `|`) and `\` at the end of a line.
// Unsupported: specifiers, and lists of commands by `;`, which systemd takes for Type=oneshot alone.

/// Finds the commands of a systemd unit, or of a template of one.
///
/// Source: https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
package enum UnitReader {
  package static func commands(in file: [UInt8]) -> [ProcessCommand] {
    var collector = CommandCollector(file, .unit)
    let lines = FileLines.ranges(of: file)
    var index = 0
    while index < lines.count {
      let line = lines[index]
      index += 1
      let start = FileLines.content(of: line, in: file)
      guard file[start..<line.upperBound].starts(with: "Exec".utf8),
        let sign = file[line].firstIndex(of: UInt8(ascii: "="))
      else { continue }
      var last = line
      while FileLines.isContinued(last, in: file), index < lines.count {
        last = lines[index]
        index += 1
      }
      let value = (sign + 1)..<last.upperBound
      let content = file[value].firstIndex { !" \t-@+!:|".utf8.contains($0) } ?? value.upperBound
      collector.take(ScriptText(file, content..<value.upperBound), .words)
    }
    return collector.commands
  }
}
