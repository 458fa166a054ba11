import Packaging
import Testing

@Suite struct SpecifierTests {
  @Test(arguments: [
    // text, normal form
    ("", ""), (" >= 1.0 , <2", "<2,>=1.0"), ("==1.*,", "==1.*"), ("~=1.4.2", "~=1.4.2"), ("!= 1.0.*", "!=1.0.*"),
    ("===anything at all".replacing(" ", with: "_"), "===anything_at_all"), ("==1.0+Local.1", "==1.0+Local.1"),
    (">=1.0,>=1.0.0", ">=1.0"), ("<=v1.0-ALPHA", "<=v1.0-ALPHA"), ("===", "==="),
    ("==\u{A0}1.0,\u{2003}", "==1.0"), ("~=1.2.3po\u{17F}t1", "~=1.2.3po\u{17F}t1"),
    ("~=1.0prev\u{131}ew", "~=1.0prev\u{131}ew"),
    ("<2,<=1,>0", "<2,<=1,>0"), ("==1.*,==1.0.*,==1.*", "==1.*,==1.0.*"),
  ])
  func reads(text: String, normal: String) throws {
    #expect(try #require(SpecifierSet(text)).description == normal)
  }

  @Test(arguments: [
    "1.0", "=1.0", "=>1.0", "~=1", "~=1.0+local", ">=1.0.*", "<1.0+local", ">=", "==", "==1.0a1.*", "==1.0.dev1.*",
    "==1.0+l.*", "!=1.0.post1.*", "~=1.0.*", "==1.0 2.0", "===a;b", "===a)", ">=1.0;", "==1.*.5", "== .*", "latest",
    "==1.0po\u{17F}t1", ">=1.0prev\u{131}ew", "~=1po\u{17F}t1", "~=1.0\u{212A}", "===a\u{A0}b", "=", "<",
    ">=1.0.\u{2003}*",
  ])
  func refuses(text: String) { #expect(SpecifierSet(text) == nil) }

  @Test(arguments: [
    // specifiers, versions within, versions outside
    ("", "0 1.0a1 1!9+l", ""),
    (">=1.0", "1.0 1.0+l 1.0.post1 2 1!0", "0.9 1.0rc1 1.0.dev0"),
    ("<=1.0", "1.0 1.0+l 0.9 1.0rc1", "1.0.post1 1.0.1 1!0"),
    (">1.0", "1.0.1 1.1.dev1 2", "1.0 1.0+l 1.0.post1 1.0.0.post1 1.0rc1"),
    (">1.0.post1", "1.0.post2 1.1", "1.0.post1 1.0.post1+l 1.0"),
    (">1.0a1", "1.0a2 1.0a2.dev1 1.0b1 1.0", "1.0a1 1.0a1+l 1.0a1.post1"),
    (">1.0.dev1", "1.0.dev2 1.0a1 1.0", "1.0.dev1 1.0.dev1+l"),
    ("<1.0", "0.9 0.9.post1", "1.0 1.0a1 1.0.dev0 1.0+l"),
    ("<1.0rc1", "1.0a1 1.0.dev0 0.9", "1.0rc1 1.0"),
    ("<1.0.post1", "1.0 1.0a1", "1.0.post1 1.0.post1.dev0"),
    ("<=1.0a1", "1.0a1+l", "1.0a1.post1"), ("~=1.0.0", "1.0.5 1.0+l", "1.1 1.1.dev0"),
    ("~=1.2.3po\u{17F}t1", "", "1.2.3 1.2.4"),
    ("==1.0.0.*", "1 1.0.0.7", "1.0.1 1.1"), ("===\u{C9}a", "\u{E9}A", "e"),
    ("==1.0", "1.0 1 1.0.0 1.0+l v1.0", "1.0.1 1.0a1 1.0.post1 1!1.0"),
    ("==1.0+l", "1.0+l 1.0+L", "1.0 1.0+m"),
    ("!=1.0", "1.0.1 1.0a1", "1.0 1.0+l 1"),
    ("!=1.0+l", "1.0 1.0+m", "1.0+l"),
    ("==1.2.*", "1.2 1.2.0 1.2.9 1.2.dev1 1.2a1 1.2.post1 1.2.3+l", "1.3 1.3.dev0 1 1!1.2"),
    ("==1.0.*", "1 1.0.5", "1.1"),
    ("!=1.2.*", "1.3.dev0 1.1", "1.2 1.2.5rc1"),
    ("~=1.4.2", "1.4.2 1.4.2+l 1.4.9 1.4.3.dev1 1.4.2.post1", "1.4.1 1.5 1.5.dev0 1.4.2rc1"),
    ("~=1.4", "1.4 1.9", "2.0 2.0.dev0 1.3"),
    ("~=2.2.post3", "2.2.post3 2.3", "2.2 3.0"),
    ("~=1!1.0", "1!1.5", "1.5 2!1.0"),
    ("===1.0", "1.0", "1.0.0 1"),
    ("===Foobar", "foobar FOOBAR", "1.0"),
    (">=1.0,<2.0,!=1.5.*", "1.0 1.4 1.6", "1.5.1 2.0 2.0a1 0.9"),
    (">=1", "", "not-a-version"),
  ])
  func contains(text: String, within: String, outside: String) throws {
    let specifiers = try #require(SpecifierSet(text))
    for version in within.split(separator: " ").map(String.init) {
      #expect(specifiers.contains(text: version, prereleases: true), "\(version) within \(text)")
    }
    for version in outside.split(separator: " ").map(String.init) {
      #expect(!specifiers.contains(text: version, prereleases: true), "\(version) outside \(text)")
    }
  }

  @Test(arguments: [
    (">=1.0", "2.0a1", false), (">=1.0", "2.0", true), (">=1.0a1", "2.0a1", true), ("!=1.0a1", "2.0a1", false),
    ("", "1.0.dev1", false), ("==1.0a1", "1.0a1", true), (">=1.0", "1.0.post1", true),
    (">=1.0,<3.0.dev0", "2.0rc1", true),
  ])
  func prereleasesOnlyWhenNamed(text: String, version: String, expected: Bool) throws {
    let version = try #require(Version(version))
    #expect(try #require(SpecifierSet(text)).contains(version, prereleases: false) == expected)
  }

  @Test func equality() throws {
    #expect(SpecifierSet(">=1.0,<2") == SpecifierSet("< 2.0 , >= 1"))
    #expect(SpecifierSet(">=1.0,<2").hashValue == SpecifierSet("< 2.0 , >= 1").hashValue)
    #expect(SpecifierSet("~=1.0") != SpecifierSet("~=1.0.0"))
    #expect(SpecifierSet("==1.*") != SpecifierSet("==1.0.*"))
    #expect(SpecifierSet("==1.*") != SpecifierSet("==1"))
    #expect(SpecifierSet("===1.0") != SpecifierSet("===1"))
  }

  @Test func pins() throws {
    #expect(SpecifierSet("==1.2.3")?.pinnedVersion == Version("1.2.3"))
    #expect(SpecifierSet("===1.2.3")?.pinnedVersion == Version("1.2.3"))
    for text in ["", "==1.2.*", ">=1", "==1,==2", "===x"] { #expect(SpecifierSet(text)?.pinnedVersion == nil) }
    let version = try #require(Version("1.2"))
    #expect(SpecifierSet([Specifier(.equal, version)]).description == "==1.2")
  }
}
