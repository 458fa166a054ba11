import Diagnostics
import Knowledge
import Manifests
import Packaging
import Project

/// The requirements of a scan as a table for people, the unresolved modules below.
///
/// The widths come from the rows alone, so that a terminal of any width and a pipe get the same bytes. A name that is too
/// long for its column has a line of its own, and the rest of its row stands below in the usual columns.
package struct ScanTable: Sendable {
  /// Beyond this a name gets a line of its own: 80 columns then hold a place of 25 beside it.
  static let nameLimit = 28

  private struct Row {
    let name: String
    let group: String
    let proof: String
    let place: String
  }

  private let requirements: [Row]
  private let unresolved: [Row]

  /// `specifiers` are written behind the names, as in `ScanReport.requirements`.
  init(_ entries: [RequirementEntry], specifiers: [String], unresolved: [(module: String, evidence: EvidenceList)]) {
    requirements = zip(entries, specifiers).map { entry, specifier in
      Row(
        name: "\(entry.nameWithExtras)\(specifier)", group: entry.group.rawValue, proof: entry.proof.rawValue,
        place: Self.places(entry.evidence))
    }
    self.unresolved = unresolved.map { module, evidence in
      Row(
        name: Escaping.text(module), group: evidence.map(\.group).min()?.rawValue ?? "",
        proof: "none", place: Self.places(evidence))
    }
  }

  /// The first place, and how many follow: `mysite/settings.py:12 +3`.
  private static func places(_ evidence: EvidenceList) -> String {
    guard let first = evidence.first?.location else { return "" }
    let place = Escaping.text(Location(path: first.path, line: first.line).description)
    return evidence.count > 1 ? "\(place) +\(evidence.count - 1)" : place
  }

  /// The lines with their ends; empty when there is nothing to show.
  package func text(paint: Paint) -> String {
    let grid = Grid(requirements + unresolved)
    var text = ""
    if !requirements.isEmpty {
      text += grid.head("REQUIREMENT", paint)
      for row in requirements { text += grid.line(row, paint, nameColor: .bold) }
    }
    if !unresolved.isEmpty {
      if !text.isEmpty { text += "\n" }
      text += grid.head("UNRESOLVED", paint)
      for row in unresolved { text += grid.line(row, paint, nameColor: .yellow) }
    }
    return text
  }

  /// The widths that both parts share.
  private struct Grid {
    let name: Int
    let group: Int
    let proof: Int

    init(_ rows: [Row]) {
      name = rows.map(\.name.count).filter { $0 <= nameLimit }.reduce("REQUIREMENT".count, max)
      group = rows.map(\.group.count).reduce("GROUP".count, max)
      proof = rows.map(\.proof.count).reduce("PROOF".count, max)
    }

    func head(_ title: String, _ paint: Paint) -> String {
      let cells = [padded(title, name), padded("GROUP", group), padded("PROOF", proof), "NEEDED BY"]
      return paint(cells.joined(separator: "  "), .dim) + "\n"
    }

    func line(_ row: Row, _ paint: Paint, nameColor: Paint.Color) -> String {
      // The spaces stay outside of the colour.
      let fill = String(repeating: " ", count: max(0, name - row.name.count))
      let isLong = row.name.count > name
      let start = paint(row.name, nameColor) + (isLong ? "\n" + String(repeating: " ", count: name) : fill)
      return [start, padded(row.group, group), padded(row.proof, proof), row.place].joined(separator: "  ") + "\n"
    }

    private func padded(_ text: String, _ width: Int) -> String { Wording.padded(text, to: width) }
  }
}
