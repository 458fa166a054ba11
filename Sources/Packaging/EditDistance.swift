/// How far two spellings lie apart.
package enum EditDistance {
  /// Insertions, deletions and replacements of bytes that lead from one to the other; takes |left| * |right| steps.
  package static func between(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let replaced = diagonal + (byte == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }

  /// The candidate that is fewest edits away from `text`, when that is no more than a third of its length.
  package static func closest(to text: String, among candidates: [String]) -> String? {
    let typed = Array(text.lowercased().utf8.prefix(256))
    let ranked = candidates.map { ($0, between(typed, Array($0.lowercased().utf8))) }
    guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(1, (best.0.utf8.count + 2) / 3) else { return nil }
    return best.0
  }
}
