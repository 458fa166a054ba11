/// Where new entries of a list go: into the order of the list where it has one, else behind it.
package enum SortedPlace {
  /// For each of `new` the number of old entries that come before it.
  ///
  /// `old` has nil for entries without a name, which order nothing. A list is in order when its names ascend by the bytes
  /// of `normalize`, or by their own.
  package static func slots(
    for new: [String], among old: [String?], normalize: (String) -> String
  ) -> [Int] {
    for isNormal in [true, false] {
      func form(_ name: String) -> String { isNormal ? normalize(name) : name }
      let keys = old.enumerated().compactMap { index, name in name.map { (index: index, key: form($0)) } }
      let isSorted = zip(keys, keys.dropFirst()).allSatisfy { !precedes($1.key, $0.key) }
      guard isSorted, let first = keys.first else { continue }
      return new.map { name in
        let key = form(name)
        return keys.last { !precedes(key, $0.key) }.map { $0.index + 1 } ?? first.index
      }
    }
    return new.map { _ in old.count }
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
