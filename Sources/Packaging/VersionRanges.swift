/// A set of versions: disjoint intervals in ascending order.
///
/// `VersionRanges(Specifier(">=1.0")!)`. Every operation is exact: two sets hold the same versions exactly when they are
/// equal, because each end of an interval is written in one way only. Costs are linear in the count of intervals.
///
/// An end is a place between two versions, or before a version: that version's key, or a key that no version has.
/// Behind all local versions of V is the first post-release or development release that may follow; only behind V alone
/// (before its local versions) and behind all post-releases of a final V there is no first version.
package struct VersionRanges: Sendable, Hashable {
  /// Where the set begins and ends, by turns, ascending: a version is within when an odd count of edges is not beyond it.
  let edges: [VersionKey]

  init(edges: [VersionKey]) { self.edges = edges }

  /// No version.
  package static let empty = VersionRanges(edges: [])

  /// Every version.
  package static let all = VersionRanges(edges: [.first])

  /// Exactly this version, without its local versions.
  package init(only version: Version) { self.init(edges: [version.key, version.key.behindItself]) }

  /// The versions that fulfil a condition; pre-releases are versions like all others here.
  ///
  /// `===` counts as exactly the version that it names, whatever its spelling, and as none when it names no version.
  package init(_ specifier: Specifier) {
    guard let version = specifier.version else {
      self.init(edges: [])
      return
    }
    switch specifier.comparison {
    case .identical: self.init(only: version)
    case .equal: self = VersionRanges.equal(version, isPrefix: specifier.isPrefix)
    case .notEqual: self = VersionRanges.equal(version, isPrefix: specifier.isPrefix).complement
    case .lessOrEqual: self = VersionRanges.below(version.keyBehindLocals)
    case .greaterOrEqual: self.init(edges: [version.key])
    case .less: self = VersionRanges.below(version.isPrerelease ? version.key : version.keyOfFirstDevelopment)
    case .greater: self.init(edges: [version.keyBehindPosts])
    case .compatible:
      let end = version.key(behindRelease: Int(version.releaseCount) - 1)
      self = VersionRanges(edges: [version.key, end])
    }
  }

  /// The versions that fulfil every condition.
  package init(_ specifiers: SpecifierSet) {
    self = specifiers.specifiers.reduce(.all) { $0.intersection(VersionRanges($1)) }
  }

  private static func equal(_ version: Version, isPrefix: Bool) -> VersionRanges {
    if isPrefix {
      return VersionRanges(
        edges: [version.keyOfFirstDevelopment, version.key(behindRelease: Int(version.releaseCount))])
    }
    return VersionRanges(edges: [version.key, version.hasLocal ? version.key.behindItself : version.keyBehindLocals])
  }

  private static func below(_ end: VersionKey) -> VersionRanges {
    VersionRanges(edges: end <= .first ? [] : [.first, end])
  }

  package var isEmpty: Bool { edges.isEmpty }

  /// Whether every version is within.
  package var isAll: Bool { edges == [.first] }

  package func contains(_ version: Version) -> Bool { contains(version.key) }

  func contains(_ key: VersionKey) -> Bool {
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] <= key { low = middle + 1 } else { high = middle }
    }
    return low % 2 == 1
  }
}

extension VersionRanges {
  /// Every version that is not within.
  package var complement: VersionRanges {
    VersionRanges(edges: edges.first == .first ? Array(edges.dropFirst()) : [.first] + edges)
  }

  package func union(_ other: VersionRanges) -> VersionRanges { merged(other) { $0 || $1 } }

  package func intersection(_ other: VersionRanges) -> VersionRanges { merged(other) { $0 && $1 } }

  package func subtracting(_ other: VersionRanges) -> VersionRanges { merged(other) { $0 && !$1 } }

  /// Whether no version is within both.
  package func isDisjoint(with other: VersionRanges) -> Bool { intersection(other).isEmpty }

  /// Whether every version of this set is within the other.
  package func isSubset(of other: VersionRanges) -> Bool { subtracting(other).isEmpty }

  /// The versions for which `isWithin` holds of being in this set and being in the other.
  private func merged(_ other: VersionRanges, _ isWithin: (Bool, Bool) -> Bool) -> VersionRanges {
    var result: [VersionKey] = []
    var (mine, theirs, inside) = (0, 0, false)
    while mine < edges.count || theirs < other.edges.count {
      let edge: VersionKey
      if theirs == other.edges.count || (mine < edges.count && edges[mine] <= other.edges[theirs]) {
        edge = edges[mine]
      } else {
        edge = other.edges[theirs]
      }
      if mine < edges.count, edges[mine] == edge { mine += 1 }
      if theirs < other.edges.count, other.edges[theirs] == edge { theirs += 1 }
      if isWithin(mine % 2 == 1, theirs % 2 == 1) != inside {
        inside.toggle()
        result.append(edge)
      }
    }
    return VersionRanges(edges: result)
  }
}
