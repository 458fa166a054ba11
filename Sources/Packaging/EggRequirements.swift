// Supported: requires.txt of an egg-info folder: a requirement a line, `[extra]`, `[:marker]` and `[extra:marker]` before
//   those that are needed only then; comments and empty lines.
// Unsupported: -
// Grammar: (line | "[" extra? (":" marker)? "]")*

internal import Diagnostics

/// What a distribution needs, in the form that setuptools wrote beside a PKG-INFO which did not say it.
///
/// Source: https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html#requires-txt
package struct EggRequirements: Sendable {
  /// With the markers of their sections, in the order of the file.
  package private(set) var requirements: [Requirement] = []
  /// Normalised, in the order of the file.
  package private(set) var extras: [String] = []
  /// What could not be read, a sentence each without a final full stop.
  package private(set) var warnings: [String] = []

  package init(bytes: [UInt8]) {
    var condition = ""
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let content = ASCII.trimmed(line)
      guard let first = content.first, first != UInt8(ascii: "#") else { continue }
      let text = String(decoding: content, as: UTF8.self)
      if first == UInt8(ascii: "["), content.last == UInt8(ascii: "]") {
        condition = enter(String(text.dropFirst().dropLast()))
      } else {
        add(text, condition)
      }
    }
  }

  /// The marker of a section.
  private mutating func enter(_ section: String) -> String {
    let colon = section.firstIndex(of: ":")
    let extra = PackageName.normalize(String(section[..<(colon ?? section.endIndex)]))
    let marker = colon.map { String(section[section.index(after: $0)...]) } ?? ""
    if extra.isEmpty { return marker }
    if !extras.contains(extra) { extras.append(extra) }
    let condition = "extra == '\(extra)'"
    return marker.isEmpty ? condition : "(\(marker)) and \(condition)"
  }

  private mutating func add(_ line: String, _ condition: String) {
    // The URL of a requirement ends at a blank.
    let text = condition.isEmpty ? line : "\(line)\(line.contains("@") ? " " : ""); \(condition)"
    do throws(RequirementError) { requirements.append(try LenientRequirement(parsing: text).requirement) } catch {
      warnings.append("Requires-Dist: \(Escaping.text(line)) in requires.txt: \(error)")
    }
  }
}
