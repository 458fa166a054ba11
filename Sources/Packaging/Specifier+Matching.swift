extension Specifier {
  /// Whether the version fulfils this condition; pre-releases are versions like all others here.
  ///
  /// `===` compares with the version's normal form.
  package func matches(_ candidate: Version) -> Bool {
    guard comparison != .identical else { return matches(text: candidate.description) }
    guard let version else { return false }
    switch comparison {
    case .identical: return matches(text: candidate.description)
    case .equal: return isEqual(candidate, version)
    case .notEqual: return !isEqual(candidate, version)
    case .lessOrEqual: return candidate <= version || candidate.isLocal(of: version)
    case .greaterOrEqual: return candidate >= version
    case .less: return candidate < version && !Specifier.isEarly(candidate, version)
    case .greater: return candidate > version && !Specifier.isLate(candidate, version)
    case .compatible:
      return candidate >= version && candidate.hasRelease(of: version, count: Int(version.releaseCount) - 1)
    }
  }

  /// The same for a version as somebody wrote it, which `===` compares without regard to case; text that is no version
  /// fulfils nothing else.
  package func matches(text: String) -> Bool {
    TextCursor.reading(text.utf8.span) { cursor in matches(cursor) }
  }

  /// The same for the whole text of a cursor.
  func matches(_ text: TextCursor) -> Bool {
    guard comparison == .identical else { return Version(exactly: text.trimmed()).map(matches) ?? false }
    let wanted = versionText
    return TextCursor.reading(wanted.utf8.span) { cursor in
      if text.isEqual(to: cursor) { return true }
      if text.allSatisfy({ $0 < 0x80 }), text.count != cursor.count { return false }
      return text.text.lowercased().utf8.elementsEqual(wanted.lowercased().utf8)
    }
  }

  /// Whether the condition itself names a pre-release, which lets pre-releases in.
  package var namesPrerelease: Bool {
    comparison != .notEqual && !isPrefix && version?.isPrerelease == true
  }

  private func isEqual(_ candidate: Version, _ version: Version) -> Bool {
    if isPrefix { return candidate.hasRelease(of: version, count: Int(version.releaseCount)) }
    return candidate == version || (!version.hasLocal && candidate.isLocal(of: version))
  }

  /// Whether `<` leaves the candidate out although it comes before: a pre-release of a version that is none itself.
  private static func isEarly(_ candidate: Version, _ version: Version) -> Bool {
    if version.isPrerelease { return false }
    let stem = Int(version.publicCount) - 1
    return candidate.key.begins(like: version.key, count: stem) && candidate.key[stem] < VersionSuffix.end
  }

  /// Whether `>` leaves the candidate out although it comes behind: a local version, or a post-release of a version
  /// that is neither post-release nor development release.
  private static func isLate(_ candidate: Version, _ version: Version) -> Bool {
    if candidate.isLocal(of: version) { return true }
    let suffix = version.suffix
    if suffix.dev != nil || suffix.post != nil { return false }
    let stem = Int(version.publicCount) - 1
    return candidate.key.begins(like: version.key, count: stem) && candidate.key[stem] == VersionSuffix.post
  }
}

extension Version {
  /// Whether this is the other version, which has no local label, with or without a label.
  func isLocal(of other: Version) -> Bool {
    publicCount == other.publicCount && key.begins(like: other.key, count: Int(publicCount))
  }

  /// Whether epoch and the first `count` numbers of the release are those of the other version; numbers that are not
  /// written are 0.
  func hasRelease(of other: Version, count: Int) -> Bool {
    var (mine, theirs) = (releasePlace, other.releasePlace)
    if mine != theirs || !key.begins(like: other.key, count: mine) { return false }
    for _ in 0..<count {
      let (here, there) = (key[mine] > VersionSuffix.post, other.key[theirs] > VersionSuffix.post)
      if !here && !there { return true }
      let (myEnd, theirEnd) = (key.end(ofNumberAt: mine), other.key.end(ofNumberAt: theirs))
      if here && there {
        guard myEnd - mine == theirEnd - theirs, (mine..<myEnd).allSatisfy({ key[$0] == other.key[theirs + $0 - mine] })
        else { return false }
        (mine, theirs) = (myEnd, theirEnd)
      } else if here {
        if key[mine] != 6 { return false }
        mine = myEnd
      } else {
        if other.key[theirs] != 6 { return false }
        theirs = theirEnd
      }
    }
    return true
  }
}
