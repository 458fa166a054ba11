extension VersionKey {
  /// The first of all versions, `0.dev0`.
  static let first: VersionKey = {
    var writer = VersionKeyWriter()
    writer.append(0 as Int)
    writer.append(VersionSuffix.dev)
    writer.append(0 as Int)
    return writer.key
  }()

  /// The place behind the version and before its local versions, or before further segments of its label.
  var behindItself: VersionKey {
    var writer = VersionKeyWriter(self, count: byteCount)
    writer.append(UInt8(0))
    writer.append(UInt8(1))
    return writer.key
  }

  /// The count of bytes of the key of a version.
  private var byteCount: Int {
    var place = 0
    if self[0] == VersionKey.epochMark { place = end(ofNumberAt: 1) }
    while self[place] > VersionSuffix.post { place = end(ofNumberAt: place) }
    while true {
      let kind = self[place]
      place = kind == VersionSuffix.end ? place + 1 : end(ofNumberAt: place + 1)
      if kind == VersionSuffix.end || kind == VersionSuffix.dev { break }
    }
    while self[place] != 0 {
      if self[place] == 2 {
        place = end(ofNumberAt: place + 1)
      } else {
        while self[place] != 0 { place += 1 }
        place += 1
      }
    }
    return place
  }
}

extension Version {
  /// The first version behind this one and all its local versions: `1.0.post0.dev0` for 1.0, `1.0.dev2` for 1.0.dev1.
  var keyBehindLocals: VersionKey {
    let suffix = suffix
    if suffix.dev != nil { return key(withNext: VersionSuffix.dev, behind: nil) }
    if suffix.post != nil { return key(withNext: VersionSuffix.post, behind: VersionSuffix.dev) }
    return key(stem: Int(publicCount) - 1, [VersionSuffix.post, VersionSuffix.dev])
  }

  /// Where `>` begins: behind the version, its local versions and, unless it is one itself, its post-releases.
  var keyBehindPosts: VersionKey {
    let suffix = suffix
    if suffix.dev != nil || suffix.post != nil { return keyBehindLocals }
    if suffix.pre != nil {
      var writer = VersionKeyWriter(key, count: suffixPlace + 1)
      writer.append(successorOf: suffixPlace + 1, in: key)
      writer.append(VersionSuffix.dev)
      writer.append(0 as Int)
      return writer.key
    }
    var writer = VersionKeyWriter(key, count: Int(publicCount) - 1)
    writer.append(VersionSuffix.post)
    writer.append(UInt8.max)
    return writer.key
  }

  /// The first development release of this version, which is no development release itself.
  var keyOfFirstDevelopment: VersionKey { key(stem: Int(publicCount) - 1, [VersionSuffix.dev]) }

  /// The first version whose release is beyond all that begin with the first `count` numbers of this one:
  /// `1.3.dev0` for two numbers of 1.2.5.
  func key(behindRelease count: Int) -> VersionKey {
    var place = releasePlace
    var writer = VersionKeyWriter(key, count: place)
    for index in 0..<count {
      let isWritten = key[place] > VersionSuffix.post
      let isLast = index == count - 1
      if isLast, isWritten {
        writer.append(successorOf: place, in: key)
      } else if isWritten {
        for offset in place..<key.end(ofNumberAt: place) { writer.append(key[offset]) }
      } else {
        writer.append(isLast ? 1 : 0)
      }
      if isWritten { place = key.end(ofNumberAt: place) }
    }
    writer.append(VersionSuffix.dev)
    writer.append(0 as Int)
    return writer.key
  }

  private func key(stem: Int, _ kinds: [UInt8]) -> VersionKey {
    var writer = VersionKeyWriter(key, count: stem)
    for kind in kinds {
      writer.append(kind)
      writer.append(0 as Int)
    }
    return writer.key
  }

  /// The key up to its suffix of that kind with a number one larger, and a first suffix `behind` it.
  private func key(withNext kind: UInt8, behind: UInt8?) -> VersionKey {
    var place = suffixPlace
    while key[place] != kind { place = key.end(ofNumberAt: place + 1) }
    var writer = VersionKeyWriter(key, count: place + 1)
    writer.append(successorOf: place + 1, in: key)
    if let behind {
      writer.append(behind)
      writer.append(0 as Int)
    }
    return writer.key
  }
}
