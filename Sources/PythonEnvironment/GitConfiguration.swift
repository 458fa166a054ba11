// Supported: sections, subsections in quotes, values with quotes, escapes, comments and continued lines.
// Unsupported: include and includeIf, which would lead out of the repository; values without `=`.
// Grammar: ("[" name ("\"" subsection "\"")? "]" | key "=" value)*

import Diagnostics

/// The remotes in the configuration of a Git repository.
///
/// Source: https://git-scm.com/docs/git-config#_configuration_file
struct GitConfiguration {
  /// The URL of `origin`, else that of the first remote; nil when there is none.
  let remote: String?

  init(bytes: [UInt8]) {
    var first: String?
    var origin: String?
    var section: String?
    for line in Self.lines(of: bytes) {
      let content = line.drop { $0 == 0x20 || $0 == 0x09 }
      if content.first == UInt8(ascii: "[") {
        section = Self.remoteName(inHeader: content)
        continue
      }
      guard let section, let equals = content.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let key = String(decoding: content[..<equals], as: UTF8.self).lowercased().prefix { $0 != " " && $0 != "\t" }
      guard key == "url" else { continue }
      // What stands behind a blank is lost to pip, too.
      let url = String(Self.value(content[(equals + 1)...]).prefix { $0 != " " })
      if first == nil { first = url }
      if section == "origin", origin == nil { origin = url }
    }
    remote = origin ?? first
  }

  /// The lines, those that end with a backslash joined with the next.
  private static func lines(of bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var continues = false
    for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      var line = Array(part.last == 0x0D ? part.dropLast() : part)
      let backslashes = line.reversed().prefix { $0 == UInt8(ascii: "\\") }.count
      let goesOn = backslashes % 2 == 1
      if goesOn { line.removeLast() }
      if continues, !lines.isEmpty { lines[lines.count - 1] += line } else { lines.append(line) }
      continues = goesOn
    }
    return lines
  }

  /// `origin` of `[remote "origin"]`; nil for other sections.
  private static func remoteName(inHeader line: ArraySlice<UInt8>) -> String? {
    let inside = String(decoding: line.dropFirst().prefix { $0 != UInt8(ascii: "]") }, as: UTF8.self)
    guard inside.lowercased().hasPrefix("remote") else { return nil }
    let rest = inside.dropFirst(6).drop { $0 == " " || $0 == "\t" }
    if rest.first == "." { return rest.dropFirst().lowercased() }
    guard rest.first == "\"", rest.last == "\"", rest.count > 1 else { return nil }
    return String(rest.dropFirst().dropLast())
  }

  private static func value(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    /// What of `result` stays when only blanks follow.
    var kept = 0
    var isQuoted = false
    var rest = bytes.drop { $0 == 0x20 || $0 == 0x09 }
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\\"):
        guard let escaped = rest.popFirst() else { break }
        result.append(escaped == UInt8(ascii: "n") ? 0x0A : escaped == UInt8(ascii: "t") ? 0x09 : escaped)
        kept = result.count
      case UInt8(ascii: "#"), UInt8(ascii: ";"):
        if !isQuoted { return String(decoding: result[..<kept], as: UTF8.self) }
        fallthrough
      default:
        result.append(byte)
        if isQuoted || byte != 0x20 && byte != 0x09 { kept = result.count }
      }
    }
    return String(decoding: result[..<kept], as: UTF8.self)
  }
}
