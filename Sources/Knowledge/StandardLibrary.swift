/// The modules that every installation of Python brings.
package enum StandardLibrary {
  /// Whether the top-level module belongs to that version's standard library; with nil, to any version's since 2.7.
  ///
  /// Versions before 2.7 count as 2.7, versions after the newest known as that one. `__main__`, `__future__` and the
  /// modules of Windows and macOS belong to it.
  package static func contains(_ module: String, python: (major: Int, minor: Int)?) -> Bool {
    guard let python else { return table.hasKey(module) }
    guard let ranges = table.fields(of: module) else { return false }
    if ranges.isEmpty { return true }
    let version = min(max((python.major, python.minor), (2, 7)), newest)
    return ranges.split(separator: ",").contains { range in
      let ends = range.split(separator: "-", omittingEmptySubsequences: false)
      guard let first = ends.first.flatMap(pair) else { return false }
      guard ends.count > 1 else { return version == first }
      return version >= first && version <= (pair(ends[1]) ?? newest)
    }
  }

  /// Whether every version since 2.7 has the top-level module.
  package static func isInEveryVersion(_ module: String) -> Bool { table.fields(of: module)?.isEmpty == true }

  /// The first minor version of Python 3 from which on every version has the top-level module, 0 for one that was always
  /// there; nil when the newest lacks it.
  package static func firstMinor(with module: String) -> Int? {
    guard contains(module, python: newest) else { return nil }
    var minor = newest.1
    while minor > 0, contains(module, python: (3, minor - 1)) { minor -= 1 }
    return minor
  }

  static let table = FactTable(Facts.stdlib)
  private static let newest = (3, 15)

  private static func pair(_ text: Substring) -> (Int, Int)? {
    let parts = text.split(separator: ".").compactMap { Int($0) }
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }

  private static func min(_ left: (Int, Int), _ right: (Int, Int)) -> (Int, Int) { left < right ? left : right }

  private static func max(_ left: (Int, Int), _ right: (Int, Int)) -> (Int, Int) { left > right ? left : right }
}
