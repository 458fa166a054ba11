// Supported: `command` of `[program:x]`, `[fcgi-program:x]` and `[eventlistener:x]`; values that go on in indented lines.
// Unsupported: `%(...)s`, which stays as written, and files that `[include]` names.

/// Finds the commands of a configuration of supervisord.
///
/// Source: https://supervisord.org/configuration.html#program-x-section-values
package enum SupervisorReader {
  /// The commands, and whether there is a section that only supervisord reads, with the line of the first.
  package static func read(_ file: [UInt8]) -> (commands: [ProcessCommand], sectionLine: Int?) {
    var collector = CommandCollector(file, .supervisor)
    var sectionLine: Int?
    var isProgram = false
    var value: ScriptText?
    for (number, line) in zip(1..., FileLines.ranges(of: file)) {
      let start = FileLines.content(of: line, in: file)
      let content = start..<line.upperBound
      if start > line.lowerBound, value != nil, !content.isEmpty {
        value?.append(UInt8(ascii: " "), at: start)
        value?.append(file, start..<uncommented(content, from: start, in: file))
        continue
      }
      if let text = value { collector.take(text, .words) }
      value = nil
      if file[content].first == UInt8(ascii: "[") {
        let name = file[content].dropFirst().prefix { $0 != UInt8(ascii: "]") }
        isProgram = ["program:", "fcgi-program:", "eventlistener:"].contains { name.starts(with: $0.utf8) }
        if sectionLine == nil, isProgram || name.elementsEqual("supervisord".utf8) { sectionLine = number }
      } else if isProgram, let sign = file[content].firstIndex(of: UInt8(ascii: "=")) {
        let key = file[start..<sign].filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        if key.elementsEqual("command".utf8) {
          value = ScriptText(file, (sign + 1)..<uncommented(content, from: sign, in: file))
        }
      }
    }
    if let text = value { collector.take(text, .words) }
    return (collector.commands, sectionLine)
  }

  /// A comment begins at a semicolon behind a blank.
  private static func uncommented(_ content: Range<Int>, from start: Int, in file: [UInt8]) -> Int {
    var position = start
    while position < content.upperBound {
      if file[position] == UInt8(ascii: ";"), position > 0, file[position - 1] == UInt8(ascii: " ") { return position }
      position += 1
    }
    return content.upperBound
  }
}
