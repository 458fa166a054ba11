import Packaging
import Testing

@Suite struct RequirementTests {
  @Test(arguments: [
    ("requests", "requests"), ("  Django >= 4.2 , < 5 ", "Django<5,>=4.2"), ("a[]", "a"), ("a [ b , C ]", "a[C,b]"),
    ("a (>=1,<2)", "a<2,>=1"), ("a()", "a"), ("a>=1,", "a>=1"), ("a===x", "a===x"),
    ("a;os_name=='posix'", "a; os_name == \"posix\""),
    ("a[x]@ https://h/p.zip#sha256=1;not-a-marker", "a[x] @ https://h/p.zip#sha256=1;not-a-marker"),
    ("a @ git+ssh://git@h/p.git ; python_version<'3'", "a @ git+ssh://git@h/p.git ; python_version < \"3\""),
    ("zope.interface==5.*", "zope.interface==5.*"),
    ("foo_>=1", "foo_>=1"), ("a[b_]", "a[b_]"), ("a===x,>=1", "a===x,>=1"), ("a===x,,>=1", "a===x,>=1"),
    ("a(===x)", "a===x"),
    ("a>=\u{A0}1.0", "a>=1.0"), ("a ~=1.0po\u{17F}t1", "a~=1.0po\u{17F}t1"), ("a (>=1,)", "a>=1"),
    ("a @ u;v", "a @ u;v"),
    ("a[b]>=1;(extra=='D_e')", "a[b]>=1; extra == \"d-e\""),
  ])
  func reads(text: String, normal: String) throws {
    #expect(try Requirement(parsing: text).description == normal)
    #expect(try Requirement(parsing: normal) == Requirement(parsing: text))
  }

  @Test(arguments: [
    ("", 1, "a package name"), ("  ==1", 3, "a package name"), ("_a", 1, "a package name"),
    ("a-", 2, "a letter or digit at a name's end"), ("a[b", 4, "a comma or ] behind an extra"),
    ("a[b c]", 5, "a comma or ] behind an extra"), ("a[b,]", 5, "the name of an extra"),
    ("a[,]", 3, "the name of an extra"), ("a (>=1", 7, "a comma or ) behind a version"),
    ("a>=x", 4, "a version that fits the operator before it"),
    ("a>=1.*", 4, "a version that fits the operator before it"),
    ("a 1.0", 3, "a version operator, ; or the end"), ("a>=1 b", 6, "a comma, ; or the end"),
    ("a @ ", 5, "a URL behind @"), ("a @ u b", 7, "; behind the URL, or the end"),
    ("a; os_name", 11, "one of <=, <, !=, ==, >=, >, ~=, ===, in, not in"),
    ("a; é == 'x'", 4, "a marker variable or a quoted string"),
    ("a; os_name == 'é' or", 21, "a marker variable or a quoted string"),
    ("a @ é ; x", 9, "a marker variable or a quoted string"),
    ("a; os_name == 'x", 15, "a string that Python can read"), ("a # b", 3, "a version operator, ; or the end"),
    ("foo-_.", 6, "a letter or digit at a name's end"), ("a===x, >=1", 8, "a comma, ; or the end"),
    ("a===x,y", 7, "a version that fits the operator before it"),
    ("a>=1.0\u{A0}", 4, "a version that fits the operator before it"),
    ("-r base.txt", 1, "a package name"), ("a\n", 2, "a version operator, ; or the end"),
  ])
  func refuses(text: String, column: Int, expected: String) {
    #expect(throws: RequirementError(column: column, expected: expected)) { try Requirement(parsing: text) }
  }

  @Test func keepsBothSpellings() throws {
    let requirement = try Requirement(parsing: "My.Package[Extra_One,extra-one,B]==1.0")
    #expect(requirement.name.normalized == "my-package")
    #expect(requirement.writtenName == "My.Package")
    #expect(requirement.extras == ["b", "extra-one"])
    #expect(requirement.writtenExtras == ["B", "Extra_One", "extra-one"])
    #expect(requirement == (try Requirement(parsing: "my-package[b,extra_one]==1")))
    #expect(requirement.hashValue == (try Requirement(parsing: "my-package[b,extra_one]==1")).hashValue)
  }

  @Test func madeByProgram() throws {
    let name = try #require(PackageName("Django"))
    let requirement = Requirement(
      name: name, extras: ["Argon2"], specifiers: try #require(SpecifierSet("==5.2")),
      marker: try Marker(parsing: "os_name == 'posix'"))
    #expect(requirement.description == "django[argon2]==5.2; os_name == \"posix\"")
  }

  /// No text may crash the parser, and what it accepts must read back as the same.
  @Test func survivesEveryTruncation() throws {
    let text = "Foo.Bar[a,b] (>=1.0rc1,!=2.*) ; (python_version < '3.11' or os_name != \"nt\") and extra == 'x'"
    for end in text.indices {
      guard let requirement = try? Requirement(parsing: String(text[..<end])) else { continue }
      #expect(try Requirement(parsing: requirement.description) == requirement)
    }
  }
}
