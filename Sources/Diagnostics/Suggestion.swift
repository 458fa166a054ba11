/// "Did you mean".
package enum Suggestion {
  /// The candidate that is fewest edits away, when that is no more than a third of its length; the first of equals.
  package static func closest(to text: String, among candidates: [String]) -> String? {
    let typed = Array(text.lowercased().utf8)
    let ranked = candidates.map { ($0, distance(typed, Array($0.lowercased().utf8))) }
    guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(1, (best.0.utf8.count + 2) / 3) else { return nil }
    return best.0
  }

  /// The one candidate that is a slip away: one edit from a short name, two from one of nine letters or more, and none that
  /// makes another beginning or only adds a digit. For names that may as well be meant.
  package static func slip(of text: String, among candidates: [String]) -> String? {
    let typed = Array(text.lowercased().utf8)
    let limit = typed.count < 9 ? 1 : 2
    let ranked = candidates.compactMap { candidate -> (String, Int)? in
      let other = Array(candidate.lowercased().utf8)
      let isSwapped = typed.prefix(2).reversed().elementsEqual(other.prefix(2))
      guard abs(other.count - typed.count) <= limit, typed.first == other.first || isSwapped,
        !(other.dropLast().elementsEqual(typed) && other.last.map { $0 &- 0x30 < 10 } == true)
      else { return nil }
      let edits = distance(typed, other)
      return (1...limit).contains(edits) ? (candidate, edits) : nil
    }
    return ranked.min { $0.1 < $1.1 }?.0
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
