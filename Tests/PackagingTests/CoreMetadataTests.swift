import Packaging
import Testing

@Suite struct CoreMetadataTests {
  static let sample = """
    Metadata-Version: 2.1
    Name: Flask_Thing
    Version: 1.0.POST1
    Summary: one
      Requires-Dist: not-a-header
    Requires-Python: >=3.8,
     <4
    requires-dist: Click >=8
    Requires-Dist: PyYAML (>=5.1) ; extra == 'YAML_Files'
    Requires-Dist: broken (1.0
    Provides-Extra: YAML_Files
    Requires-Dist: last

    Requires-Dist: body
    Name: other
    """

  @Test(arguments: ["\n", "\r\n"])
  func reads(lineEnd: String) throws {
    let text = Self.sample.replacing("\n", with: lineEnd)
    let metadata = try #require(CoreMetadata(bytes: Array(text.utf8)))
    #expect(metadata.name == "Flask_Thing")
    #expect(metadata.version == "1.0.POST1")
    #expect(metadata.requiresDist.map(\.description) == ["Click>=8", "PyYAML>=5.1; extra == \"yaml-files\"", "last"])
    #expect(metadata.providesExtra == ["yaml-files"])
    #expect(metadata.requiresPython == SpecifierSet(">=3.8,<4"))
    #expect(metadata.warnings == ["Requires-Dist: broken (1.0: column 9: expected a comma or ) behind a version"])
  }

  @Test func nothingWithoutNameOrVersion() {
    for text in ["", "\n", "N", "Name: a\n", "Version: 1\n", "\nName: a\nVersion: 1\n", "Name a\nVersion: 1\n"] {
      #expect(CoreMetadata(bytes: Array(text.utf8)) == nil, "\(text)")
    }
  }

  @Test func minimal() throws {
    let metadata = try #require(CoreMetadata(bytes: Array("\u{FEFF}NAME:a\nversion:\t1".utf8)))
    #expect(metadata.name == "a")
    #expect(metadata.version == "1")
    #expect(metadata.requiresDist.isEmpty && metadata.providesExtra.isEmpty && metadata.requiresPython == nil)
    #expect(metadata.warnings.isEmpty)
  }

  @Test func toleratesBytesThatAreNotUTF8() throws {
    let bytes = Array("Name: a\nAuthor: J\u{F6}rg ".utf8) + [0xF6, 0xFF] + Array("\nVersion: 1\nRequires-Dist: b".utf8)
    let metadata = try #require(CoreMetadata(bytes: bytes))
    #expect(metadata.requiresDist.map(\.name.normalized) == ["b"])
  }

  @Test func stopsAtALineThatIsNoHeader() throws {
    let text = "Name: a\nVersion: 1\nSummary: x\ny z\nRequires-Dist: b\n"
    let metadata = try #require(CoreMetadata(bytes: Array(text.utf8)))
    #expect(metadata.requiresDist.isEmpty)
    #expect(metadata.warnings == ["line 4 is no header, so what follows it was not read"])
  }

  @Test func badRequiresPythonIsAWarning() throws {
    let metadata = try #require(CoreMetadata(bytes: Array("Name: a\nVersion: 1\nRequires-Python: 3.8\u{1B}\n".utf8)))
    #expect(metadata.requiresPython == nil)
    #expect(metadata.warnings == ["Requires-Python: 3.8\\x1B is no version specifier"])
  }

  @Test func survivesEveryTruncation() {
    let bytes = Array(Self.sample.utf8)
    for end in bytes.indices {
      let metadata = CoreMetadata(bytes: Array(bytes[..<end]))
      #expect((metadata?.requiresDist.count ?? 0) <= 3)
    }
  }

  @Test func costsNothingBehindTheHeaders() throws {
    let text = "Name: a\nVersion: 1\n\n" + String(repeating: "Requires-Dist: b\n", count: 600_000)
    let bytes = Array(text.utf8)
    let elapsed = ContinuousClock().measure { #expect(CoreMetadata(bytes: bytes)?.requiresDist.isEmpty == true) }
    #expect(elapsed < .milliseconds(200))
  }
}
