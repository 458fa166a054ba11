/// An end of an interval of `VersionRanges`, as one would say it.
enum VersionEdge {
  /// Before this version.
  case before(Version)
  /// Behind this version and before its local versions, or before further segments of its label.
  case behindItself(Version)
  /// Behind this final version, its local versions and its post-releases.
  case behindPosts(Version)

  init(_ key: VersionKey) {
    var place = key[0] == VersionKey.epochMark ? key.end(ofNumberAt: 1) : 0
    var releaseCount = 0
    while key[place] > VersionSuffix.post {
      place = key.end(ofNumberAt: place)
      releaseCount += 1
    }
    while key[place] != VersionSuffix.end {
      let kind = key[place]
      if kind == VersionSuffix.post, key[place + 1] == .max {
        var writer = VersionKeyWriter(key, count: place)
        writer.append(VersionSuffix.end)
        self = .behindPosts(Version(key: writer.key, releaseCount: releaseCount, publicCount: writer.count))
        return
      }
      place = key.end(ofNumberAt: place + 1)
      if kind == VersionSuffix.dev { break }
    }
    // The label of a development release never begins with that byte.
    if key[place] == VersionSuffix.end { place += 1 }
    let publicCount = place
    while key[place] != 0 {
      if key[place] == 2 {
        place = key.end(ofNumberAt: place + 1)
      } else {
        while key[place] != 0 { place += 1 }
        place += 1
      }
    }
    if key[place + 1] == 0 {
      self = .before(Version(key: key, releaseCount: releaseCount, publicCount: publicCount))
    } else {
      self = .behindItself(
        Version(key: key.prefix(place), releaseCount: releaseCount, publicCount: publicCount))
    }
  }
}
