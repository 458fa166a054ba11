import Packaging
import Testing

@Suite struct VersionRangesTests {
  static func ranges(_ text: String) throws -> VersionRanges { VersionRanges(try #require(SpecifierSet(text))) }

  /// Versions around all that the specifiers name, and others.
  static func versions(near specifiers: [String], _ random: inout RandomSource) -> [Version] {
    var texts = (0..<6).map { _ in random.version() }
    for specifier in specifiers {
      let base = specifier.drop { !$0.isNumber }.replacing(".*", with: "")
      let stem = String(base.prefix { $0 != "+" })
      let ends = ["", ".0", ".1", "a0", ".post0", ".post1", ".dev0", ".dev1", "rc9", "+a", "+0", ".post0.dev0"]
      texts += ends.map { stem + $0 }
      texts.append(String(base))
    }
    return texts.compactMap(Version.init)
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func agreesWithSpecifiers(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    for _ in 0..<60 {
      let texts = [random.specifier(), random.specifier()]
      let specifiers = try texts.map { try #require(Specifier($0), "\($0)") }
      let (left, right) = (VersionRanges(specifiers[0]), VersionRanges(specifiers[1]))
      for version in Self.versions(near: texts, &random) {
        let (inLeft, inRight) = (specifiers[0].matches(version), specifiers[1].matches(version))
        #expect(left.contains(version) == inLeft, "\(version) in \(texts[0])")
        #expect(left.complement.contains(version) == !inLeft, "\(version) not in \(texts[0])")
        #expect(left.union(right).contains(version) == (inLeft || inRight), "\(version) in \(texts)")
        #expect(left.intersection(right).contains(version) == (inLeft && inRight), "\(version) in \(texts)")
        #expect(left.subtracting(right).contains(version) == (inLeft && !inRight), "\(version) in \(texts)")
        if left.isDisjoint(with: right) { #expect(!(inLeft && inRight), "\(version) in \(texts)") }
        if left.isSubset(of: right) { #expect(!inLeft || inRight, "\(version) in \(texts)") }
      }
      #expect(left.complement.complement == left)
      #expect(left.union(right) == left.complement.intersection(right.complement).complement)
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func readsBackAsSpecifiers(seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 1...3, using: &random)).map { _ in random.specifier() }.joined(separator: ",")
      let ranges = try Self.ranges(text)
      guard let specifiers = ranges.specifiers else { continue }
      #expect(VersionRanges(specifiers) == ranges, "\(text) as \(specifiers)")
    }
  }

  @Test(arguments: [
    (">=1.0", ">=1"), (">1.0", ">1"), ("<2", "<2"), ("<=1.2", "<=1.2"), ("==1.2", "==1.2"), ("!=1.2", "!=1.2"),
    ("==1.2.*", "==1.2.*"), ("~=1.4.2", "<1.5,>=1.4.2"), (">=1,<2,!=1.5.*", "!=1.5.*,<2,>=1"), ("", ""),
    (">=1,>=2,<5,<4", "<4,>=2"), ("==1.2+l", "==1.2+l"), ("!=1.2+l", "!=1.2+l"), ("<1.2a1", "<1.2a1"),
    (">=1.2,!=1.2", ">=1.2.post0.dev0"), ("<=1.2.post1", "<1.2.post2"), ("<1!2", "<1!2"), ("==1.0.*", "==1.0.*"),
    (">=1.2.dev0,<1.3.dev0", "==1.2.*"), (">=1.2,<1.3", "<1.3,>=1.2"), ("<=1.2a1.post1", "<1.2a1.post2.dev0"),
  ])
  func says(text: String, expected: String) throws {
    #expect(try Self.ranges(text).specifiers?.description == expected)
  }

  @Test(arguments: [
    "<1,>=1", "==1.0,!=1.0", ">1.0,<1.0.post5", "<0.dev0", ">1.0.post1,<1.0.post2.dev0", ">1.0a1,<1.0a2.dev0",
    "==1.*,==2.*", ">1.0.dev0,<1.0.dev1", "~=1.0,<1.0", "<=1.0,>1.0",
  ])
  func empty(text: String) throws { #expect(try Self.ranges(text).isEmpty) }

  @Test(arguments: [
    ("<1", ">=1.0.dev0", true), ("==1.0", "<=1.0", true), (">1", ">=1", true), ("==1.2.*", "~=1.2", false),
    ("~=1.2.3", "==1.2.*", true), ("==1.2.*", "~=1.2.3", false), ("", ">=0.dev0", false), (">=1", ">1", false),
  ])
  func relations(left: String, right: String, expected: Bool) throws {
    let (left, right) = (try Self.ranges(left), try Self.ranges(right))
    let isRelated = left.isSubset(of: right) || (left.isDisjoint(with: right) && left.complement == right)
    #expect(isRelated == (expected || right.isAll))
  }

  @Test func everything() throws {
    #expect(try Self.ranges(">=0.dev0").isAll)
    #expect(VersionRanges.all.complement.isEmpty && VersionRanges.empty.specifiers == nil)
    #expect(try Self.ranges("<1").union(Self.ranges(">=1.dev0")).isAll)
    #expect(try !Self.ranges("<1").union(Self.ranges(">=1")).isAll)
    let only = VersionRanges(only: try #require(Version("1.0")))
    let (same, local) = (try #require(Version("1")), try #require(Version("1.0+a")))
    #expect(only.contains(same) && !only.contains(local))
  }
}
