package import Diagnostics
package import Manifests

/// The differences between a lock and its environment, for people: what to take out, what to put in, and why.
package struct LockComparisonReport: Sendable {
  private struct Row {
    let sign: String
    let requirement: String
    let reason: String
  }

  let file: SourcePath
  let comparison: LockComparison
  private let rows: [Row]

  /// `file` is the lock's path.
  package init(_ comparison: LockComparison, file: SourcePath) {
    self.file = file
    self.comparison = comparison
    rows = comparison.differences.flatMap(Self.rows)
  }

  private static func rows(_ difference: LockComparison.Difference) -> [Row] {
    switch difference {
    case .missing(let pin):
      return [Row(sign: "+", requirement: pin.requirement, reason: neededBy(pin))]
    case .superfluous(let pin):
      return [Row(sign: "-", requirement: pin.shown, reason: "\(line(pin)): nothing needs it")]
    case .differs(let locked, let pin, let unfit):
      let reason = unfit.map { "\(line(locked)): \($0.origin) asks for \($0.wanted)" }
      return [
        Row(sign: "-", requirement: locked.shown, reason: reason ?? "\(line(locked)): not what is installed"),
        Row(sign: "+", requirement: pin.requirement, reason: "installed, \(neededBy(pin))"),
      ]
    case .invalid(let pin, let reason):
      return [Row(sign: "!", requirement: pin.shown, reason: "\(line(pin)): \(reason)")]
    case .unknown(let finding):
      return [Row(sign: "?", requirement: "", reason: Escaping.text(finding.description))]
    }
  }

  private static func line(_ pin: LockedPin) -> String {
    pin.location.line.map { "line \($0)" } ?? Escaping.text(pin.location.path.description)
  }

  private static func neededBy(_ pin: Pin) -> String {
    let via = pin.via
    guard let first = via.first else { return "nothing asks for it" }
    let more = via.count - 1
    return "needed by \(Escaping.text(first))" + (more > 0 ? " and \(Wording.count(more, "other"))" : "")
  }

  /// The lines with their ends; empty when nothing differs. A long requirement pushes its reason to the right.
  package func text(paint: Paint) -> String {
    if rows.isEmpty { return "" }
    let width = rows.map(\.requirement.count).filter { $0 <= 40 }.max() ?? 0
    return rows.reduce(paint(file.description, .bold) + "\n") { text, row in
      let color: Paint.Color =
        switch row.sign {
        case "+": .green
        case "-": .red
        default: .yellow
        }
      let cells = row.requirement.isEmpty ? row.reason : Wording.padded(row.requirement, to: width) + "  " + row.reason
      return text + "  \(paint(row.sign, color)) \(cells)\n"
    }
  }
}

extension LockedPin {
  fileprivate var shown: String { Escaping.text(text) }
}
