/// "Did you mean".
package enum Suggestion {
  /// The candidate that is fewest edits away, when that is no more than a third of its length; the first of equals.
  package static func closest(to text: String, among candidates: [String]) -> String? {
    let typed = Array(text.lowercased().utf8)
    let ranked = candidates.map { ($0, distance(typed, Array($0.lowercased().utf8))) }
    guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(1, (best.0.utf8.count + 2) / 3) else { return nil }
    return best.0
  }

  /// The one candidate that is a single slip away: one edit from a short name, two from one of eight letters or more. For
  /// names that may as well be meant.
  package static func slip(of text: String, among candidates: [String]) -> String? {
    let typed = Array(text.lowercased().utf8)
    let limit = typed.count < 8 ? 1 : 2
    let near = candidates.filter { abs($0.utf8.count - typed.count) <= limit }
    return near.map { ($0, distance(typed, Array($0.lowercased().utf8))) }.filter { (1...limit).contains($0.1) }
      .min { $0.1 < $1.1 }?.0
  }

  /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other (optimal string
  /// alignment).
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var rows = [Array(0...right.count)]
    for (i, a) in left.enumerated() {
      var row = [i + 1]
      for (j, b) in right.enumerated() {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a == b ? 0 : 1))
        if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { best = min(best, rows[i - 1][j - 1] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
