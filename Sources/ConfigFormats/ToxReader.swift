// Supported: `commands`, `commands_pre` and `commands_post` of every section, one command a line, `\` at the end of a line, `-` and
// `!` in front of a command, conditions in front of one (`py312: pytest`).
// Unsupported: `{[section]key}`, which stays as written.

/// Finds the commands of a tox.ini.
///
/// Source: https://tox.wiki/en/latest/config.html#commands
package enum ToxReader {
  package static func commands(in file: [UInt8]) -> [ProcessCommand] {
    var collector = CommandCollector(file, .testRunner)
    var isCommands = false
    var text = ScriptText()
    for line in FileLines.ranges(of: file) {
      var start = FileLines.content(of: line, in: file)
      guard start < line.upperBound, file[start] != UInt8(ascii: "#"), file[start] != UInt8(ascii: ";") else {
        continue
      }
      if start == line.lowerBound {
        let key = file[line].prefix { isShellNameByte($0) }
        isCommands = ["commands", "commands_pre", "commands_post"].contains { key.elementsEqual($0.utf8) }
        guard let sign = file[line].firstIndex(of: UInt8(ascii: "=")) else {
          isCommands = false
          continue
        }
        start = FileLines.content(of: (sign + 1)..<line.upperBound, in: file)
      }
      guard isCommands else { continue }
      if text.isEmpty { start = command(from: start, in: line, of: file) }
      let isContinued = FileLines.isContinued(line, in: file)
      text.append(file, start..<max(start, isContinued ? line.upperBound - 1 : line.upperBound))
      if isContinued {
        text.append(UInt8(ascii: " "), at: line.upperBound)
        continue
      }
      collector.take(text, .words)
      text = ScriptText()
    }
    return collector.commands
  }

  /// Behind what may stand in front of a command.
  private static func command(from start: Int, in line: Range<Int>, of file: [UInt8]) -> Int {
    var start = start
    let condition = file[start..<line.upperBound].prefix { isShellNameByte($0) || "-,{}.! ".utf8.contains($0) }
    if condition.endIndex + 1 < line.upperBound, file[condition.endIndex] == UInt8(ascii: ":"),
      file[condition.endIndex + 1] == UInt8(ascii: " ")
    {
      start = condition.endIndex + 1
    }
    while start < line.upperBound, " \t-!".utf8.contains(file[start]) { start += 1 }
    return start
  }
}
