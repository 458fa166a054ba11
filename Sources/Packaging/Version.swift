/// A version of a distribution: `[N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]`.
///
/// Two versions are equal when they are the same version, not when they are spelt alike: `1.0 == 1.0.0`. The order is
/// that of PEP 440: `1.0.dev1 < 1.0a1 < 1.0rc1 < 1.0 < 1.0+local < 1.0.post1`. Numbers may have any length; a property
/// of type Int gives Int.max for one that does not fit, the order and the text stay exact.
/// 24 bytes; versions in common use need no storage beyond.
/// Source: https://packaging.python.org/en/latest/specifications/version-specifiers/
package struct Version: Sendable {
  /// The kind of a pre-release, in order.
  package enum Phase: Int, Sendable {
    case alpha
    case beta
    case candidate
  }

  /// `a1`, `b2` or `rc3`.
  package struct PreRelease: Hashable, Sendable {
    package let phase: Phase
    package let number: Int
  }

  let key: VersionKey
  /// The count of numbers in the release as written, trailing zeros included.
  let releaseCount: UInt32
  /// The count of the key's bytes before the local label.
  let publicCount: UInt32

  init(key: VersionKey, releaseCount: Int, publicCount: Int) {
    self.key = key
    self.releaseCount = UInt32(truncatingIfNeeded: releaseCount)
    self.publicCount = UInt32(truncatingIfNeeded: publicCount)
  }

  /// A final release such as `3.12.1`; an empty list means 0, a negative number counts as 0.
  package init(release: [Int]) {
    self.init(epoch: 0, release: release)
  }

  /// 0 when none is written.
  package var epoch: Int { key[0] == VersionKey.epochMark ? key.number(at: 1) : 0 }

  /// The numbers as written, trailing zeros included; at least one.
  package var release: [Int] {
    var numbers: [Int] = []
    var place = releasePlace
    while key[place] > VersionSuffix.post {
      numbers.append(key.number(at: place))
      place = key.end(ofNumberAt: place)
    }
    numbers.append(contentsOf: repeatElement(0, count: max(Int(releaseCount) - numbers.count, 0)))
    return numbers
  }

  package var pre: PreRelease? { suffix.pre }
  package var post: Int? { suffix.post }
  package var dev: Int? { suffix.dev }

  /// A pre-release or a development release: not to be chosen unless asked for.
  package var isPrerelease: Bool {
    let place = suffixPlace
    if key[place] != VersionSuffix.post { return key[place] < VersionSuffix.end }
    return key[key.end(ofNumberAt: place + 1)] == VersionSuffix.dev
  }

  package var isPostrelease: Bool { post != nil }

  /// The label behind `+` in normal form, or nil.
  package var local: String? { hasLocal ? String(decoding: localText, as: UTF8.self) : nil }

  /// The version without its local label.
  package var withoutLocal: Version {
    if !hasLocal { return self }
    return Version(
      key: key.prefix(Int(publicCount)), releaseCount: Int(releaseCount), publicCount: Int(publicCount))
  }

  /// The first, second and third number of the release; 0 where there is none.
  package var major: Int { releaseNumber(0) }
  package var minor: Int { releaseNumber(1) }
  package var patch: Int { releaseNumber(2) }
}

extension Version: Comparable, Hashable {
  @inline(__always)
  package static func == (left: Version, right: Version) -> Bool { left.key == right.key }

  @inline(__always)
  package static func < (left: Version, right: Version) -> Bool { left.key < right.key }

  package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
