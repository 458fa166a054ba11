package import ConfigFormats

// Supported: UTF-8 with or without a byte order mark, ASCII and Latin-1; every line end; files without a final line end.
// Unsupported: UTF-16 and UTF-32, which are refused.
// A new line goes between those that are there when all names of the file, or those of its section, are in order; else
// behind the section's last. Indented comments below a line (`# via ...`) belong to it. A section ends at an empty line or
// at one with a comment; one whose comments speak of tests, development or the like is not taken when there is another.

/// Adds lines to a requirements file without changing anything that stands there.
package struct RequirementsFileEditor: Sendable {
  package private(set) var text: GrowingText

  /// A requirement with a name, by its place.
  private struct Line {
    let name: String
    /// The first and last of its physical lines, comments that belong to it included; 0-based.
    var lines: ClosedRange<Int>
    let section: Int
  }

  package init(_ bytes: [UInt8]) throws(EditRefusal) {
    for mark: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF], [0, 0, 0xFE, 0xFF]] where bytes.starts(with: mark) {
      throw EditRefusal("a file in UTF-16 or UTF-32 is not edited", remedy: "save it as UTF-8")
    }
    text = GrowingText(bytes)
    if let problem = RequirementsFile(bytes).problems.first(where: \.isError) { throw EditRefusal(problem) }
  }

  /// Adds requirements, sorted by name. Without a style it is that of most lines, `fallback` where there are none.
  package mutating func add(
    _ requirements: [AddedRequirement], style: VersionStyle?, fallback: VersionStyle
  ) throws(EditRefusal) -> [String] {
    let old = RequirementsFile(text.bytes)
    let style = style ?? VersionStyle.usual(of: Self.requirements(of: old)) ?? fallback
    let texts = requirements.map { $0.text(style) }
    var edited = text
    edited.insert(insertions(of: zip(requirements, texts).map { ($0.0.name.normalized, $0.1) }, old))
    let new = RequirementsFile(edited.bytes)
    guard Self.texts(of: new) == (Self.texts(of: old) + texts).sorted(), new.problems.count == old.problems.count else {
      throw .unsure
    }
    text = edited
    return texts
  }

  private static func requirements(of file: RequirementsFile) -> [Requirement] {
    file.entries.compactMap { entry in
      guard case .requirement(let line) = entry.content, line.source == .index else { return nil }
      return line.requirement
    }
  }

  private static func texts(of file: RequirementsFile) -> [String] { file.entries.map(\.text.revealed).sorted() }

  // MARK: - Places

  private func insertions(
    of requirements: [(name: String, text: String)], _ file: RequirementsFile
  ) -> [(offset: Int, text: String)] {
    let physical = PhysicalLines(text.bytes)
    let all = lines(of: file, physical)
    let isSorted = zip(all, all.dropFirst()).allSatisfy { !$1.name.utf8.lexicographicallyPrecedes($0.name.utf8) }
    let section = isSorted ? nil : chosenSection(all, physical)
    let known = all.filter { section == nil || $0.section == section }
    let slots = SortedPlace.slots(for: requirements.map(\.name), among: known.map(\.name)) { $0 }
    return Set(slots).sorted().map { slot in
      let texts = zip(requirements, slots).filter { $0.1 == slot }.map(\.0.text)
      if slot == 0, let first = known.first {
        return (physical.start(of: first.lines.lowerBound), texts.map { $0 + text.lineEnd }.joined())
      }
      // Behind everything when nothing is there to go by.
      return physical.below(slot == 0 ? physical.count - 1 : known[slot - 1].lines.upperBound, texts, text.lineEnd)
    }
  }

  private func lines(of file: RequirementsFile, _ physical: PhysicalLines) -> [Line] {
    var lines: [Line] = []
    var section = 0
    var number = 0
    for entry in file.entries {
      while number < entry.line - 1, number < physical.count {
        if physical.endsSection(number) { section += 1 }
        number += 1
      }
      number = max(number, entry.lastLine)
      guard case .requirement(let line) = entry.content, let name = line.requirement?.name else { continue }
      var last = entry.lastLine - 1
      while physical.isIndentedComment(last + 1) { last += 1 }
      lines.append(Line(name: name.normalized, lines: (entry.line - 1)...max(entry.line - 1, last), section: section))
    }
    return lines
  }

  /// The last section that is not headed as one for people who work on the project.
  private func chosenSection(_ lines: [Line], _ physical: PhysicalLines) -> Int? {
    let sections = lines.reduce(into: [Int]()) { if $0.last != $1.section { $0.append($1.section) } }
    let usual = sections.last { section in
      guard let first = lines.first(where: { $0.section == section }) else { return false }
      return !physical.isHeadedForDevelopment(first.lines.lowerBound)
    }
    return usual ?? sections.last
  }
}
