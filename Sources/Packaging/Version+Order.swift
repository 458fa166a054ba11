extension Version: Comparable {
  package static func == (left: Version, right: Version) -> Bool { left.compare(to: right) == 0 }

  package static func < (left: Version, right: Version) -> Bool { left.compare(to: right) < 0 }

  /// Negative, 0 or positive, as this version comes before, is, or comes after `other`.
  func compare(to other: Version) -> Int {
    if epoch != other.epoch { return epoch < other.epoch ? -1 : 1 }
    for index in 0..<max(release.count, other.release.count) {
      let mine = index < release.count ? release[index] : 0
      let theirs = index < other.release.count ? other.release[index] : 0
      if mine != theirs { return mine < theirs ? -1 : 1 }
    }
    let (mine, theirs) = (suffixKey, other.suffixKey)
    if mine != theirs { return mine < theirs ? -1 : 1 }
    return compareLocal(to: other)
  }

  /// Where a version stands within its release: a development release before every pre-release, a post-release after
  /// the release, and a development release of any of them before it.
  private var suffixKey: (Int, Int, Int, Int) {
    let phase = if let pre { pre.phase.rawValue } else if post == nil && dev != nil { -1 } else { 3 }
    return (phase, pre?.number ?? 0, post ?? -1, dev ?? Int.max)
  }

  private func compareLocal(to other: Version) -> Int {
    for (mine, theirs) in zip(localSegments, other.localSegments) where mine != theirs {
      switch (mine, theirs) {
      case (.number(let mine), .number(let theirs)): return mine < theirs ? -1 : 1
      case (.text(let mine), .text(let theirs)):
        return mine.utf8.lexicographicallyPrecedes(theirs.utf8) ? -1 : 1
      case (.text, .number): return -1
      case (.number, .text): return 1
      }
    }
    return localSegments.count - other.localSegments.count
  }
}

extension Version: Hashable {
  package func hash(into hasher: inout Hasher) {
    hasher.combine(epoch)
    hasher.combine(significantRelease)
    hasher.combine(pre)
    hasher.combine(post)
    hasher.combine(dev)
    hasher.combine(localSegments)
  }
}
