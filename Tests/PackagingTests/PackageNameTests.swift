import Packaging
import Testing

@Suite struct PackageNameTests {
  @Test(arguments: [
    ("Django", "django"), ("Foo.....Bar", "foo-bar"), ("foo-_.bar", "foo-bar"), ("zope.interface", "zope-interface"),
    ("a", "a"), ("3to2", "3to2"), ("bencode.py", "bencode-py"),
  ])
  func normalises(raw: String, normalized: String) throws {
    #expect(try #require(PackageName(raw)).normalized == normalized)
  }

  @Test(arguments: ["", "-", "-foo", "foo-", "_foo", "foo_", ".foo", "foo bar", "foo/bar", "föö", "foo\n", "foo[bar]"])
  func refuses(raw: String) { #expect(PackageName(raw) == nil) }

  @Test func spellingsAreOneName() throws {
    let names = Set(["Flask_SQLAlchemy", "flask-sqlalchemy", "FLASK.SQLALCHEMY"].compactMap(PackageName.init))
    #expect(names.count == 1)
  }

  @Test func ordersByBytes() throws {
    let names = ["b", "a-b", "a0", "a"].compactMap(PackageName.init).sorted().map(\.normalized)
    #expect(names == ["a", "a-b", "a0", "b"])
  }
}
