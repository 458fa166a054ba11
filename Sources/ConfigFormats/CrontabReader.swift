// Supported: five fields of time or `@daily` and its kin, a user in front of the command (`/etc/cron.d`), variables, comments.
// Unsupported: `%`, which begins the input of the command.

/// Finds the commands of a crontab.
///
/// Source: https://manpages.debian.org/stable/cron/crontab.5.en.html
package enum CrontabReader {
  package static func commands(in file: [UInt8]) -> [ProcessCommand] {
    var collector = CommandCollector(file, .crontab)
    for line in FileLines.ranges(of: file) {
      var start = FileLines.content(of: line, in: file)
      guard start < line.upperBound, file[start] != UInt8(ascii: "#") else { continue }
      let fields = file[start] == UInt8(ascii: "@") ? 1 : 5
      var isTime = true
      for _ in 0..<fields {
        let field = start..<(file[start..<line.upperBound].firstIndex(where: isBlank) ?? line.upperBound)
        isTime = isTime && fields == 1 || file[field].allSatisfy { "0123456789*/,-".utf8.contains($0) || isLetter($0) }
        start = FileLines.content(of: field.upperBound..<line.upperBound, in: file)
      }
      guard isTime, file[line].contains(where: isBlank), start < line.upperBound, !isAssignment(line, file) else {
        continue
      }
      take(ScriptText(file, start..<line.upperBound), &collector)
    }
    return collector.commands
  }

  private static let users: [StaticString] = ["root", "www-data", "nobody"]

  /// A first word that is a usual user, or has a path behind it, is no program: `cd` alone takes a path.
  private static func take(_ text: ScriptText, _ collector: inout CommandCollector) {
    let word = ShellWord(text.part(0..<(text.bytes.firstIndex(where: isBlank) ?? text.count)))
    let next = text.bytes[word.text.count...].firstIndex { !isBlank($0) } ?? text.count
    let isUser =
      users.contains(where: word.equals)
      || next < text.count && text.bytes[next] == UInt8(ascii: "/") && !text.bytes.starts(with: "/".utf8)
        && !word.equals("cd")
    collector.take(isUser ? text.part(next..<text.count) : text)
  }

  private static func isAssignment(_ line: Range<Int>, _ file: [UInt8]) -> Bool {
    let name = file[line].prefix(while: isShellNameByte)
    return name.endIndex < line.upperBound && file[name.endIndex...].first { $0 != 0x20 } == UInt8(ascii: "=")
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
