/// Conditions on `python_version`, and on `python_full_version` where that does not do, for a set of Pythons.
struct PythonConditions {
  private let ranges: VersionRanges

  init(_ ranges: VersionRanges) { self.ranges = ranges }

  /// The shorter one of: everything between two ends but for holes; one interval or another. Nil when no marker says it.
  var expression: Marker.Expression? {
    let edges = ranges.edges
    if edges.isEmpty { return .any([]) }
    let alternatives: [Marker.Expression?] = [withHoles, byIntervals]
    return alternatives.compactMap { $0 }.min { $0.comparisonCount < $1.comparisonCount }
  }

  private var withHoles: Marker.Expression? {
    let edges = ranges.edges
    let upper = edges.count % 2 == 0 ? edges.last : nil
    if edges.count <= 2 { return nil }
    guard let begin = interval(edges[0], nil), let end = interval(.first, upper) else { return nil }
    var parts = begin
    for hole in stride(from: 1, to: edges.count - 1, by: 2) {
      guard let inside = interval(edges[hole], edges[hole + 1]), inside.count == 1,
        let flipped = inside[0].flipped(), inside[0].relation == .version(.equal)
      else { return nil }
      parts.append(flipped)
    }
    return .joined((parts + end).map(Marker.Expression.comparison), areAll: true)
  }

  private var byIntervals: Marker.Expression? {
    var parts: [Marker.Expression] = []
    for start in stride(from: 0, to: ranges.edges.count, by: 2) {
      let upper = start + 1 < ranges.edges.count ? ranges.edges[start + 1] : nil
      guard let comparisons = interval(ranges.edges[start], upper) else { return nil }
      parts.append(.joined(comparisons.map(Marker.Expression.comparison), areAll: true))
    }
    return .joined(parts, areAll: false)
  }

  private func interval(_ lower: VersionKey, _ upper: VersionKey?) -> [Marker.Comparison]? {
    let (first, end) = (PythonSeries(beginningAt: lower), upper.flatMap(PythonSeries.init(beginningAt:)))
    if let first, let end {
      if end == PythonSeries(first.major, first.minor + 1) {
        return [Marker.Comparison(.pythonVersion, .equal, first.text)]
      }
    } else if let equal = VersionRanges.conditions(from: lower, to: upper, withoutPosts: true), equal.count == 1,
      equal[0].comparison == .equal
    {
      return [Marker.Comparison(.pythonFullVersion, equal[0])]
    }
    var result: [Marker.Comparison] = []
    if let first {
      if lower != .first { result.append(Marker.Comparison(.pythonVersion, .greaterOrEqual, first.bound)) }
    } else {
      guard let begin = VersionRanges.conditions(from: lower, to: nil, withoutPosts: true) else { return nil }
      result += begin.map { Marker.Comparison(.pythonFullVersion, $0) }
    }
    guard let upper else { return result }
    if let end { return result + [Marker.Comparison(.pythonVersion, .less, end.bound)] }
    guard let rest = VersionRanges.conditions(from: .first, to: upper, withoutPosts: true) else { return nil }
    return result + rest.map { Marker.Comparison(.pythonFullVersion, $0) }
  }
}

extension PythonSeries {
  /// As one writes it behind `<` and `>=`: `3` for 3.0.
  fileprivate var bound: String { minor == 0 ? String(major) : text }
}
