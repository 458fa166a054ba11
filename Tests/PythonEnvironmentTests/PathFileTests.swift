import Diagnostics
@testable import PythonEnvironment
import Testing

@Suite struct PathFileTests {
  @Test(arguments: [
    ("", []), ("a", ["a"]), ("a\nb\r\nc", ["a", "b", "c"]), ("\u{FEFF}a", ["a"]), ("# a\n#b\n \n\t\n", []),
    ("import a\nimport\ta\nimportant\nimport", ["important", "import"]), (" a b \t", [" a b"]), ("\u{FEFF}", []),
  ]) func places(text: String, expected: [String]) {
    #expect(PathFile(bytes: Array(text.utf8)).places.map(\.description) == expected)
  }

  @Test func bytesThatAreNotUTF8() {
    #expect(PathFile(bytes: [0x2F, 0xFF, 0x0A, 0xEF, 0xBB]).places.map(\.bytes) == [[0x2F, 0xFF], [0xEF, 0xBB]])
  }

  @Test(arguments: [
    ("Foo_Bar-1.0.dist-info", "Foo_Bar", MetadataEntry.WrittenVersion.valid("1.0")),
    ("a-01.0.dist-info", "a", .valid("1.0")), ("a-1.0A1.dist-info", "a", .valid("1.0a1")),
    ("a-0.10.dist-info", "a", .valid("0.10")), ("a-1..0.dist-info", "a", .invalid), ("a-.dist-info", "a", .none),
    ("a.dist-info", "a", .none), ("a-1.0-py3.11.egg-info", "a", .valid("1.0")), ("a-1.0a1.egg-info", "a", .replaced),
    (".dist-info", "", .none), ("-1.dist-info", "", .valid("1")),
    ("a-99999999999999999999.dist-info", "a", .valid("99999999999999999999")),
  ]) func entries(name: String, expected: String, version: MetadataEntry.WrittenVersion) throws {
    let entry = Array(name.utf8).withUnsafeBufferPointer { MetadataEntry($0) }
    #expect(entry?.name == expected)
    #expect(entry?.version == version)
  }

  @Test(arguments: ["", "o", "a.egg", "dist-info", "a.dist-infos", "aegg-info", "METADATA"])
  func whatIsNoMetadata(name: String) {
    #expect(Array(name.utf8).withUnsafeBufferPointer { MetadataEntry($0) } == nil)
  }
}
