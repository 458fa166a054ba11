/// A series of Python releases such as 3.12: a value of `python_version`.
///
/// The versions of a series lie together, from `3.12.dev0` up to `3.13.dev0`, so that what is said about
/// `python_version` can be said about `python_full_version` and back.
struct PythonSeries: Hashable {
  let major: Int
  let minor: Int

  init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// The series that is written exactly like this: two numbers without leading zeros.
  init?(text: String) {
    guard let version = Version(text), version.releaseCount == 2 else { return nil }
    self.init(version.major, version.minor)
    if self.text != text || major == .max || minor == .max { return nil }
  }

  var text: String { "\(major).\(minor)" }

  /// Before the first version of the series.
  var key: VersionKey { Version(release: [major, minor]).keyOfFirstDevelopment }

  /// Every version of the series.
  var ranges: VersionRanges { VersionRanges(edges: [key, PythonSeries(major, minor + 1).key]) }

  /// The series that begins at an edge.
  init?(beginningAt key: VersionKey) {
    guard case .before(let version) = VersionEdge(key), version.epoch == 0, version.major < .max, version.minor < .max,
      PythonSeries(version.major, version.minor).key == key
    else { return nil }
    self.init(version.major, version.minor)
  }

  /// The first series whose value, as a version, is not before the edge; nil when none is, or numbers are too large.
  init?(notBefore edge: VersionKey) {
    guard edge[0] != VersionKey.epochMark else { return nil }
    let first = edge.number(at: 0)
    let second = edge.end(ofNumberAt: 0)
    let minor = edge[second] > VersionSuffix.post ? edge.number(at: second) : 0
    guard first < .max - 1, minor < .max - 1 else { return nil }
    let isBefore = Version(release: [first, minor]).key < edge
    self.init(first, isBefore ? minor + 1 : minor)
  }

  /// The versions of the series whose values, as versions, are within the set; nil when numbers are too large.
  static func ranges(_ values: VersionRanges) -> VersionRanges? {
    var edges: [VersionKey] = []
    for edge in values.edges where edge[0] != VersionKey.epochMark {
      guard let series = PythonSeries(notBefore: edge) else { return nil }
      let key = series.key
      if edges.last == key { edges.removeLast() } else { edges.append(key) }
    }
    return VersionRanges(edges: edges)
  }

  /// The versions of the series whose value stands somewhere in the text; nil when there are too many of them.
  static func ranges(within text: String) -> VersionRanges? {
    TextCursor.reading(text.utf8.span) { cursor in
      var found: Set<PythonSeries> = []
      for dot in 0..<cursor.count where cursor[dot] == UInt8(ascii: ".") {
        var start = dot
        while start > 0, dot - start < 6, ASCII.isDigit(cursor[start - 1]) {
          start -= 1
          var end = dot + 1
          while end - dot < 7, ASCII.isDigit(cursor[end]) {
            end += 1
            if let series = PythonSeries(text: cursor.text(start..<end)) { found.insert(series) }
          }
          if ASCII.isDigit(cursor[end]) { return nil }
        }
        if start > 0, ASCII.isDigit(cursor[start - 1]) { return nil }
        if found.count > 200 { return nil }
      }
      return found.reduce(VersionRanges.empty) { $0.union($1.ranges) }
    }
  }

  /// The versions of the series for whose value V the text fulfils `operation V`; nil when that is not known.
  static func ranges(_ text: String, _ version: Version?, _ operation: Specifier.Operator) -> VersionRanges? {
    if operation == .identical { return PythonSeries(text: text)?.ranges ?? .empty }
    guard let version else { return .empty }
    guard version.epoch == 0, version.major < .max - 1, version.minor < .max - 1 else { return nil }
    let own = PythonSeries(version.major, version.minor)
    let behind = PythonSeries(own.major, own.minor + 1)
    let value = Version(release: [own.major, own.minor])
    let upTo = { (series: PythonSeries?) in series.map { VersionRanges(edges: [$0.key]).complement } }
    switch operation {
    case .equal: return version.withoutLocal == value ? own.ranges : .empty
    case .notEqual: return version.withoutLocal == value ? own.ranges.complement : .all
    case .lessOrEqual: return PythonSeries(notBefore: version.withoutLocal.key).map { VersionRanges(edges: [$0.key]) }
    case .greaterOrEqual: return upTo(PythonSeries(notBefore: version.key.behindItself))
    case .less: return VersionRanges(edges: [behind.key])
    case .greater: return upTo(version.key < value.keyBehindPosts ? own : behind)
    case .compatible:
      return upTo(PythonSeries(notBefore: version.key.behindItself))?
        .intersection(VersionRanges(edges: [PythonSeries(own.major, 0).key]))
    case .identical: return nil
    }
  }
}
