extension Specifier {
  /// Whether the version fulfils this condition; pre-releases are versions like all others here.
  ///
  /// `===` compares with the version's normal form.
  package func matches(_ candidate: Version) -> Bool {
    guard comparison != .identical, let version else { return matches(text: candidate.description) }
    switch comparison {
    case .identical: return matches(text: candidate.description)
    case .equal: return isEqual(candidate, version)
    case .notEqual: return !isEqual(candidate, version)
    case .lessOrEqual: return candidate.withoutLocal <= version
    case .greaterOrEqual: return candidate >= version
    case .less: return candidate < Specifier.exclusiveCeiling(version)
    case .greater: return Specifier.isBeyond(candidate, version)
    case .compatible:
      return candidate >= version && Specifier.hasPrefix(candidate, version.epoch, version.release.dropLast())
    }
  }

  /// The same for a version as somebody wrote it, which `===` compares letter by letter; text that is no version
  /// fulfils nothing else.
  package func matches(text: String) -> Bool {
    guard comparison == .identical else { return Version(text).map(matches) ?? false }
    return text.utf8.map(ASCII.lowercased) == versionText.utf8.map(ASCII.lowercased)
  }

  /// Whether the condition itself names a pre-release, which lets pre-releases in.
  package var namesPrerelease: Bool {
    comparison != .notEqual && !isPrefix && version?.isPrerelease == true
  }

  private func isEqual(_ candidate: Version, _ version: Version) -> Bool {
    if isPrefix { return Specifier.hasPrefix(candidate, version.epoch, version.release[...]) }
    return (version.localSegments.isEmpty ? candidate.withoutLocal : candidate) == version
  }

  private static func hasPrefix(_ candidate: Version, _ epoch: Int, _ prefix: ArraySlice<Int>) -> Bool {
    candidate.epoch == epoch
      && prefix.indices.allSatisfy { ($0 < candidate.release.count ? candidate.release[$0] : 0) == prefix[$0] }
  }

  /// `<1.0` leaves out the pre-releases of 1.0, unless it names one.
  private static func exclusiveCeiling(_ version: Version) -> Version {
    if version.isPrerelease { return version }
    return Version(epoch: version.epoch, release: version.release, pre: version.pre, post: version.post, dev: 0)
  }

  /// `>1.0` leaves out the post-releases and local versions of 1.0; `>1.0.post1` only the local versions.
  private static func isBeyond(_ candidate: Version, _ version: Version) -> Bool {
    guard candidate.withoutLocal > version else { return false }
    if version.dev != nil || version.post != nil { return true }
    let sameRelease =
      candidate.epoch == version.epoch && candidate.pre == version.pre
      && candidate.significantRelease.elementsEqual(version.significantRelease)
    return !(sameRelease && candidate.post != nil)
  }
}

extension Specifier: Hashable {
  /// Equal when the same versions fulfil them by form: `>=1.0` and `>= 1.0.0`, but `~=1.0` is not `~=1.0.0`.
  package static func == (left: Specifier, right: Specifier) -> Bool {
    guard left.comparison == right.comparison, left.isPrefix == right.isPrefix else { return false }
    if left.comparison == .identical { return left.versionText == right.versionText }
    return left.version == right.version && left.significantLength == right.significantLength
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(comparison)
    if comparison == .identical { hasher.combine(versionText) } else { hasher.combine(version) }
  }

  /// The number of release parts where it matters: behind `~=` and before `.*`.
  private var significantLength: Int {
    comparison == .compatible || isPrefix ? version?.release.count ?? 0 : 0
  }
}
