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

  /// Around the places where a number takes more bytes of the key.
  @Test func ordersLargeNumbers() throws {
    let numbers = [
      "0", "1", "199", "200", "201", "455", "456", "10439", "10440", "10441", "65536", "16787655", "134228167",
      "134228168", "134228169", "999999999", "1000000000", "9223372036854775807", "9223372036854775808",
      "99999999999999999999", "100000000000000000000", String(repeating: "9", count: 400),
    ]
    let forms = ["N", "1.N", "1.0.N.2", "1aN", "1.postN", "1.devN", "1+N", "N!1", "1.2.3.4.5.N"]
    for form in forms {
      let versions = try numbers.map { try #require(Version(form.replacing("N", with: $0))) }
      for (low, left) in versions.enumerated() {
        #expect(left.description == (form == "N!1" && low == 0 ? "1" : form.replacing("N", with: numbers[low])))
        for (high, right) in versions.enumerated() { #expect((left < right) == (low < high), "\(left) < \(right)") }
      }
    }
  }

  @Test func numbersOfAnyLength() {
    #expect(Version("9223372036854775807")?.release == [Int.max])
    #expect(Version("9223372036854775808")?.release == [Int.max])
    #expect(Version("9223372036854775808")?.description == "9223372036854775808")
    #expect(Version("1.00000000000000000000000")?.release == [1, 0])
    #expect(Version("1.0a99999999999999999999")?.pre?.number == Int.max)
    #expect(Version("1.0+00099999999999999999999")?.local == "99999999999999999999")
    let long = String(repeating: "1.0.", count: 100_000) + "1"
    #expect(Version(long)?.release.count == 200_001)
  }

  @Test func isSmall() { #expect(MemoryLayout<Version>.size == 24) }

  @Test(arguments: ["\u{A0}1.0\u{2003}", "1.0\u{85}", "\u{1C}1.0", "1.0\u{3000}\u{2029}"])
  func whiteSpaceBeyondASCII(text: String) { #expect(Version(text)?.description == "1.0") }

  @Test func readsBytes() {
    let bytes = Array("Version: 1.0rc1\n".utf8)
    let slice = bytes[9...]
    let version = Version(parsing: slice.span)
    #expect(version?.description == "1.0rc1")
    for bytes in [[0xFF], [0x31, 0xC2], [0xC2, 0x31], [0xE2, 0x80], [0x31, 0x80], [0x31, 0], []] as [[UInt8]] {
      let version = Version(parsing: bytes.span)
      #expect(version == nil)
    }
  }

  @Test func madeFromNumbers() {
    #expect(Version(release: [3, 12]).description == "3.12")
    #expect(Version(release: []).description == "0")
    #expect(Version(release: [1, -1]).description == "1.0")
  }
}
