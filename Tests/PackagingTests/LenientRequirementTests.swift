import Packaging
import Testing

@Suite struct LenientRequirementTests {
  /// What was written, what it is read as, and by how many fixes.
  @Test(arguments: [
    ("six", "six", 0), ("elasticsearch-dsl (>=7.2.0<8.0.0)", "elasticsearch-dsl<8.0.0,>=7.2.0", 1),
    ("py2>=1.0<2", "py2<2,>=1.0", 1), ("a !=~5.0,>=4.12", "a!=5.0.*,>=4.12", 1), ("torch (>= 1.9.*)", "torch>=1.9", 1),
    ("numpy (>=1.0,<2.*)", "numpy<2,>=1.0", 1), ("a ~=2.7.*", "a~=2.7", 1),
    ("pyzmq (>=2.7,!=3.0*,!=3.1*)", "pyzmq!=3.0.*,!=3.1.*,>=2.7", 1), ("foo>=1.0,", "foo>=1.0", 0),
    ("a (>=1,,<2)", "a<2,>=1", 1), ("a>dev", "a>0.dev0", 1), ("a>=9.0.0a1.0", "a>=9.0.0a1", 1),
    ("botocore>=1.3.0,<1.4.0',", "botocore<1.4.0,>=1.3.0", 2), ("a >= '2.7'", "a>=2.7", 1), ("a=>1", "a>=1", 1),
    ("a~=3", "a==3.*", 1), ("zope.interface (3.1)", "zope.interface==3.1.*", 1), ("a (1.0b2)", "a==1.0b2", 1),
    ("a[x] >=1.0<2; python_version < '3'", "a[x]<2,>=1.0; python_version < \"3\"", 1),
    ("a>=1; python_version > \"3.6'", "a>=1; python_version > \"3.6\"", 1),
  ]) func reads(text: String, expected: String, fixes: Int) throws {
    let found = try LenientRequirement(parsing: text)
    #expect(found.requirement.description == expected)
    #expect((found.fixes.count > 0) == (fixes > 0) || text.hasSuffix(","))
  }

  @Test(arguments: [
    "", ">=1", "a (1.0", "a >=x", "a @ https://h/a >=1<2 ;", "a b", "a[x", "a; python_version", "a (", "a ~=x.*", "-a",
  ]) func refuses(text: String) {
    #expect(throws: RequirementError.self) { try LenientRequirement(parsing: text) }
  }

  @Test(arguments: [
    (">=3.6.*", ">=3.6"), (">=3.6,", ">=3.6"), (">='3.6'", ">=3.6"),
    (">=2.7, !=3.0.*', !=3.1.*'", "!=3.0.*,!=3.1.*,>=2.7"),
    (">=2.7,!=3.0.*,<3.4.*", "!=3.0.*,<3.4,>=2.7"), (">=\"3.6\"", ">=3.6"), ("3.8", "==3.8.*"), ("~=3", "==3.*"),
    ("", ""),
    (">3.6 <4", "<4,>3.6"),
  ]) func specifiers(text: String, expected: String) {
    #expect(LenientRequirement.specifiers(text)?.specifiers.description == expected)
  }

  @Test(arguments: ["three", ">=", ">=3.x", "3.8\u{1B}", "==1.0.*.*"]) func refusesSpecifiers(text: String) {
    #expect(LenientRequirement.specifiers(text) == nil)
  }

  @Test func metadataSaysWhatWasReadAsWhat() throws {
    let text = "Name: a\nVersion: 1\nRequires-Python: >=3.6.*\nRequires-Dist: b >=1<2\nRequires-Dist: c\n"
    let metadata = try #require(CoreMetadata(bytes: Array(text.utf8)))
    #expect(metadata.warnings.isEmpty)
    #expect(
      metadata.notes == [
        "Requires-Python: >=3.6.* is read as >=3.6, by leaving out .* behind an order",
        "Requires-Dist: b >=1<2 is read as b<2,>=1, by putting a comma between conditions",
      ])
  }

  @Test func survivesEveryTruncation() {
    let bytes = Array("a-b[c,d] (>=1.0<2.*,!=~3,'4*',dev;) ; extra == \"x'".utf8)
    for end in bytes.indices { _ = try? LenientRequirement(parsing: String(decoding: bytes[..<end], as: UTF8.self)) }
    #expect(LenientRequirement.specifiers(String(repeating: ">=1<", count: 20_000)) == nil)
  }

  @Test func requirementsOfEggs() {
    let text = "six\n# no\nb>=1<2\n\n[x-Y]\nc\n[:python_version<'3']\nd\n[z:os_name=='nt']\ne @ https://h/e\nbad (\n"
    let found = EggRequirements(bytes: Array(text.utf8))
    #expect(
      found.requirements.map(\.description) == [
        "six", "b<2,>=1", "c; extra == \"x-y\"", "d; python_version < \"3\"",
        "e @ https://h/e ; os_name == \"nt\" and extra == \"z\"",
      ])
    #expect(found.extras == ["x-y", "z"] && found.warnings.count == 1)
  }

  @Test(arguments: [
    ("Metadata-Version: 2.1\nName: a\nVersion: 1\nx: y\n", true), ("Name: a\nVersion: 1", false),
    ("Name: a\nVersion: 1\n", false),
    ("Name: a\n\nVersion: 1\n", true), ("Name: a\nVersion: 1\n more\nz: y\n", true), ("", false),
  ]) func theBeginningOfAFile(text: String, isEnough: Bool) {
    let found = CoreMetadata.Identity(beginning: Array(text.utf8))
    #expect((found != nil) == isEnough)
    if isEnough { #expect(found?.name == "a") }
  }
}
