package import ConfigFormats
internal import Diagnostics

/// Adds lines to `install_requires` of a setup.cfg without changing anything that stands there.
///
/// Unsupported: a setup.cfg without `[options]`, requirements in files that `file:` names, and lists on one line.
package struct SetupConfigurationEditor: Sendable {
  package private(set) var text: GrowingText

  package init(_ bytes: [UInt8]) throws(EditRefusal) {
    text = GrowingText(bytes)
    if let problem = SetupConfiguration(String(decoding: bytes, as: UTF8.self)).problems.first {
      throw EditRefusal("setup.cfg cannot be read as it stands", line: problem.line, remedy: "correct the file first")
    }
  }

  /// Adds requirements, sorted by name; their texts as they now stand. Without a style it is that of most of the others.
  package mutating func add(
    _ requirements: [AddedRequirement], style: VersionStyle?
  ) throws(EditRefusal) -> [String] {
    let old = try lines(of: text.bytes)
    let known = old.compactMap { try? Requirement(parsing: $0.text) }
    let style = style ?? VersionStyle.usual(of: known) ?? .minimum
    let texts = requirements.map { $0.text(style) }
    var edited = text
    edited.insert(try insertions(of: requirements, texts, among: old))
    guard try lines(of: edited.bytes).map(\.text).sorted() == (old.map(\.text) + texts).sorted() else { throw .unsure }
    text = edited
    return texts
  }

  private func lines(of bytes: [UInt8]) throws(EditRefusal) -> [ConfigParserFile.Line] {
    switch SetupConfiguration(String(decoding: bytes, as: UTF8.self)).requirements {
    case .texts(let lines): return lines
    case .files(let names, let place):
      let file = names.first ?? "requirements.txt"
      throw EditRefusal(
        "install_requires takes its lines from \(Escaping.text(file))", line: place.line, column: place.column,
        remedy: "edit that file: --write=\(Escaping.text(file))")
    }
  }

  private func insertions(
    of requirements: [AddedRequirement], _ texts: [String], among old: [ConfigParserFile.Line]
  ) throws(EditRefusal) -> [(offset: Int, text: String)] {
    let file = ConfigParserFile(String(decoding: text.bytes, as: UTF8.self))
    let key = file.entry("options", "install_requires") ?? file.entry("options", "install-requires")
    guard let entry = key ?? file.entries.last(where: { $0.section == "options" }), let first = entry.lines.first,
      let last = entry.lines.last
    else {
      throw EditRefusal(
        "there is no [options] to take install_requires", remedy: "name another file: --write=requirements.txt")
    }
    guard key != nil else {
      let lines = texts.map { "\(text.lineEnd)    \($0)" }.joined()
      return [(stop(of: last.line), "\(text.lineEnd)install_requires =\(lines)")]
    }
    let names = old.map { line in (try? Requirement(parsing: line.text))?.name.normalized }
    // Above a requirement on the key's own line there is no place.
    let isBelowKey = old.first.map { $0.line > first.line } ?? true
    var slots = SortedPlace.slots(for: requirements.map(\.name.normalized), among: names) { $0 }
    if !isBelowKey { slots = slots.map { max(1, $0) } }
    let indent = old.first { $0.line > first.line }.map { text.indentation(of: start(of: $0.line)) } ?? "    "
    return Set(slots).sorted().map { slot in
      let lines = zip(texts, slots).filter { $0.1 == slot }.map { "\(text.lineEnd)\(indent)\($0.0)" }.joined()
      return (stop(of: slot == 0 ? first.line : old[slot - 1].line), lines)
    }
  }

  /// Where a line, from 1, begins.
  private func start(of line: Int) -> Int {
    var offset = 0
    for _ in 1..<max(1, line) {
      let stop = text.lineStop(of: offset)
      offset = text.bytes[stop...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.bytes.count
    }
    return offset
  }

  private func stop(of line: Int) -> Int { text.lineStop(of: start(of: line)) }
}
