/// A version of a distribution: `[N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]`.
///
/// Two versions are equal when they are the same version, not when they are spelt alike: `1.0 == 1.0.0`. The order is
/// that of PEP 440: `1.0.dev1 < 1.0a1 < 1.0rc1 < 1.0 < 1.0+local < 1.0.post1`.
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

  /// A part of the local version label; digits compare as a number and come after letters.
  enum LocalSegment: Hashable, Sendable {
    case text(String)
    case number(Int)
  }

  /// 0 when none is written.
  package let epoch: Int
  /// The numbers as written, trailing zeros included; at least one.
  package let release: [Int]
  package let pre: PreRelease?
  package let post: Int?
  package let dev: Int?
  let localSegments: [LocalSegment]

  init(
    epoch: Int, release: [Int], pre: PreRelease? = nil, post: Int? = nil, dev: Int? = nil,
    localSegments: [LocalSegment] = []
  ) {
    self.epoch = epoch
    self.release = release
    self.pre = pre
    self.post = post
    self.dev = dev
    self.localSegments = localSegments
  }

  /// A final release such as `3.12.1`; an empty list means 0, a negative number counts as 0.
  package init(release: [Int]) {
    self.init(epoch: 0, release: release.isEmpty ? [0] : release.map { max($0, 0) })
  }

  /// A pre-release or a development release: not to be chosen unless asked for.
  package var isPrerelease: Bool { pre != nil || dev != nil }

  package var isPostrelease: Bool { post != nil }

  /// The label behind `+` in normal form, or nil.
  package var local: String? { localSegments.isEmpty ? nil : localText }

  /// The version without its local label.
  package var withoutLocal: Version {
    localSegments.isEmpty ? self : Version(epoch: epoch, release: release, pre: pre, post: post, dev: dev)
  }

  /// The first, second and third number of the release; 0 where there is none.
  package var major: Int { release.first ?? 0 }
  package var minor: Int { release.count > 1 ? release[1] : 0 }
  package var patch: Int { release.count > 2 ? release[2] : 0 }

  /// The release without its trailing zeros, by which versions are equal.
  var significantRelease: ArraySlice<Int> {
    let last = release.lastIndex { $0 != 0 } ?? -1
    return release[...last]
  }

  private var localText: String {
    localSegments.map { segment in
      switch segment {
      case .text(let text): text
      case .number(let number): String(number)
      }
    }.joined(separator: ".")
  }
}

extension Version: CustomStringConvertible {
  /// The normal form: `1.0a1.post2.dev3+local.4`, with an epoch only when it is not 0.
  package var description: String {
    var text = epoch == 0 ? "" : "\(epoch)!"
    text += release.map(String.init).joined(separator: ".")
    if let pre {
      text += ["a", "b", "rc"][pre.phase.rawValue] + String(pre.number)
    }
    if let post { text += ".post\(post)" }
    if let dev { text += ".dev\(dev)" }
    return localSegments.isEmpty ? text : "\(text)+\(localText)"
  }
}
