extension VersionRanges {
  /// Conditions that exactly these versions fulfil, or nil when no list of conditions says so (`>=1,<2` or `>=3`, or
  /// a part of the local versions of one version). For no version there is none.
  package var specifiers: SpecifierSet? { conditions().map { SpecifierSet($0) } }

  /// The conditions, in ascending order of their versions.
  ///
  /// With `withoutPosts`, nothing is asked about post-releases: the first version behind V that counts is the first
  /// behind its post-releases, and `>V` begins there.
  func conditions(withoutPosts: Bool = false) -> [Specifier]? {
    guard let first = edges.first, let last = edges.last else { return nil }
    let upper = edges.count % 2 == 0 ? last : nil
    if edges.count <= 2 { return VersionRanges.conditions(from: first, to: upper, withoutPosts: withoutPosts) }
    guard var result = VersionRanges.conditions(from: first, to: nil, withoutPosts: withoutPosts) else { return nil }
    for hole in stride(from: 1, to: edges.count - 1, by: 2) {
      let inside = VersionRanges.conditions(from: edges[hole], to: edges[hole + 1], withoutPosts: withoutPosts)
      guard let inside, inside.count == 1, let only = inside.first, only.comparison == .equal else { return nil }
      result.append(Specifier(.notEqual, only.version, isPrefix: only.isPrefix, text: only.versionText))
    }
    if let upper {
      guard let end = VersionRanges.conditions(from: .first, to: upper, withoutPosts: withoutPosts) else { return nil }
      result += end
    }
    return result
  }

  /// The conditions for one interval.
  static func conditions(from lower: VersionKey, to upper: VersionKey?, withoutPosts: Bool) -> [Specifier]? {
    if let upper, let equal = equality(lower, upper) { return [equal] }
    var result: [Specifier] = []
    if lower != .first {
      switch VersionEdge(lower) {
      case .before(let version): result.append(beginning(version, withoutPosts: withoutPosts))
      case .behindPosts(let version): result.append(Specifier(.greater, version))
      case .behindItself: return nil
      }
    }
    guard let upper else { return result }
    guard let end = ending(upper) else { return nil }
    return result + end
  }

  private static func beginning(_ version: Version, withoutPosts: Bool) -> Specifier {
    if withoutPosts, let (base, isPost) = version.base, isPost { return Specifier(.greater, base) }
    return Specifier(.greaterOrEqual, version)
  }

  /// `==V` or `==V.*` for the interval that it means.
  private static func equality(_ lower: VersionKey, _ upper: VersionKey) -> Specifier? {
    guard case .before(let first) = VersionEdge(lower) else { return nil }
    if upper == (first.hasLocal ? lower.behindItself : first.keyBehindLocals) { return Specifier(.equal, first) }
    guard case .before(let end) = VersionEdge(upper), end.dev == 0, let last = end.release.last, last > 0, last < .max
    else { return nil }
    let prefix = Version(epoch: end.epoch, release: end.release.dropLast() + [last - 1])
    guard prefix.keyOfFirstDevelopment == lower, prefix.key(behindRelease: Int(prefix.releaseCount)) == upper else {
      return nil
    }
    return Specifier(.equal, prefix, isPrefix: true, text: "\(prefix).*")
  }

  /// The conditions for everything before an edge.
  private static func ending(_ upper: VersionKey) -> [Specifier]? {
    guard case .before(let version) = VersionEdge(upper), !version.hasLocal else { return nil }
    if let (base, isPost) = version.base { return [Specifier(isPost ? .lessOrEqual : .less, base)] }
    if version.isPrerelease { return [Specifier(.less, version)] }
    return [Specifier(.lessOrEqual, version), Specifier(.notEqual, version)]
  }
}

extension Version {
  init(epoch: Int, release: [Int]) {
    var writer = VersionKeyWriter()
    if epoch > 0 {
      writer.append(VersionKey.epochMark)
      writer.append(epoch)
    }
    writer.append(max(release.first ?? 0, 0))
    for number in release.dropFirst() { writer.appendRelease(max(number, 0)) }
    writer.append(VersionSuffix.end)
    self.init(key: writer.key, releaseCount: max(release.count, 1), publicCount: writer.count)
  }

  /// For a version that is the first of a kind, what it follows: 1.0 and true for `1.0.post0.dev0`, which is the first
  /// behind 1.0; 1.0 and false for `1.0.dev0`, before which `<1.0` ends.
  var base: (version: Version, isPost: Bool)? {
    let suffix = suffix
    guard suffix.dev == 0 else { return nil }
    var place = suffixPlace
    var last = place
    while key[place] != VersionSuffix.dev {
      last = place
      place = key.end(ofNumberAt: place + 1)
    }
    if key[last] == VersionSuffix.dev {
      return (Version(stem: key, count: last, releaseCount: Int(releaseCount)), false)
    }
    guard key[last] == VersionSuffix.post else { return nil }
    if suffix.post == 0 { return (Version(stem: key, count: last, releaseCount: Int(releaseCount)), true) }
    if suffix.pre != nil { return nil }
    return (Version(stem: key, count: place, releaseCount: Int(releaseCount)), false)
  }

  private init(stem key: VersionKey, count: Int, releaseCount: Int) {
    var writer = VersionKeyWriter(key, count: count)
    writer.append(VersionSuffix.end)
    self.init(key: writer.key, releaseCount: releaseCount, publicCount: writer.count)
  }
}
