import Packaging
import Testing

@Suite struct VersionTests {
  @Test(arguments: [
    ("1.0", "1.0"), ("v1.0", "1.0"), (" 1.0\n", "1.0"), ("01.002.0", "1.2.0"), ("1!2.0", "1!2.0"), ("0!1", "1"),
    ("1.0-ALPHA.1", "1.0a1"), ("1.0a", "1.0a0"), ("1.0.beta_2", "1.0b2"), ("1.0c3", "1.0rc3"),
    ("1.0preview4", "1.0rc4"),
    ("1.0pre", "1.0rc0"), ("1.0-1", "1.0.post1"), ("1.0.REV2", "1.0.post2"), ("1.0r", "1.0.post0"),
    ("1.0post-3", "1.0.post3"), ("1.0-dev", "1.0.dev0"), ("1.0a.", "1.0a0"), ("1.0a-.dev1", "1.0a0.dev1"),
    ("1.0a--1", "1.0a0.post1"), ("1.0rc1.post2.dev3+Ubuntu_1-B", "1.0rc1.post2.dev3+ubuntu.1.b"),
    ("1.0+001.a01", "1.0+1.a01"), ("20240101120000", "20240101120000"),
  ])
  func normalises(text: String, normal: String) throws {
    let version = try #require(Version(text))
    #expect(version.description == normal)
    #expect(Version(normal)?.description == normal)
  }

  @Test(arguments: [
    "", "v", "french toast", "1.", ".1", "1..0", "1.0+", "1.0+a+", "1.0+_foo", "1.0++", "1.0+a..b", "1 .0", "1.0x",
    "1!",
    "!1", "1.0a1b2", "1.0.dev1.post1", "1.0.post1a1", "٠.١", "1.0+İ", "1.0poſt1", "-1", "1.0 2.0",
  ])
  func refuses(text: String) { #expect(Version(text) == nil) }

  /// In PEP 440's order, each before the next.
  static let ascending = [
    "0.dev0", "0", "0.0.1", "0.9", "1.dev456", "1.0a1.dev1", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12",
    "1.0b1.dev456",
    "1.0b2", "1.0b2.post345.dev456", "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7",
    "1.0+5",
    "1.0+5.0", "1.0+10", "1.0.post456.dev34", "1.0.post456", "1.0.1", "1.1.dev1", "1.10", "9999", "1!0.1",
  ]

  @Test func orders() throws {
    let versions = try Self.ascending.map { try #require(Version($0)) }
    for (low, left) in versions.enumerated() {
      for (high, right) in versions.enumerated() {
        #expect((left < right) == (low < high), "\(left) < \(right)")
        #expect((left == right) == (low == high), "\(left) == \(right)")
      }
    }
  }

  @Test(arguments: [
    ("1.0", "1"), ("1.0.0", "1"), ("0", "0.0"), ("1.0a0", "1.0a"), ("1.0+A.b", "1+a_b"), ("1.0-0", "1.post"),
  ])
  func equalWhenTheSame(left: String, right: String) throws {
    let (left, right) = (try #require(Version(left)), try #require(Version(right)))
    #expect(left == right)
    #expect(left.hashValue == right.hashValue)
    #expect(!(left < right) && !(right < left))
  }

  @Test func parts() throws {
    let version = try #require(Version("1!5.2rc1.post2.dev3+local.4"))
    #expect(version.epoch == 1)
    #expect(version.release == [5, 2])
    #expect((version.major, version.minor, version.patch) == (5, 2, 0))
    #expect(version.pre == Version("1rc1")?.pre)
    #expect(version.pre?.phase == .candidate)
    #expect(version.post == 2)
    #expect(version.dev == 3)
    #expect(version.local == "local.4")
    #expect(version.isPrerelease && version.isPostrelease)
    #expect(version.withoutLocal.description == "1!5.2rc1.post2.dev3")
    #expect(Version("1.0.post1")?.isPrerelease == false)
    #expect(Version("1.0.dev1")?.isPrerelease == true)
    #expect(Version("1.0")?.local == nil)
  }

  @Test func numbersThatDoNotFitAreNoVersion() {
    #expect(Version("9223372036854775807")?.release == [Int.max])
    #expect(Version("9223372036854775808") == nil)
    #expect(Version("1.0a99999999999999999999") == nil)
    #expect(Version("1.0+00099999999999999999999")?.local == "99999999999999999999")
  }

  @Test func madeFromNumbers() {
    #expect(Version(release: [3, 12]).description == "3.12")
    #expect(Version(release: []).description == "0")
    #expect(Version(release: [1, -1]).description == "1.0")
  }
}
