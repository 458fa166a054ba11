import Testing

@Suite struct SourceSyntaxTests {
  @Test func theFirstPlaceThatPythonRefuses() async throws {
    let run = try await CheckRun("source-syntax", ["a.py": "x = 1\ndef f()\n    pass\n", "b.py": "y = 2\n"])
    #expect(run.findings == ["error a.py:2 a.py"])
  }

  @Test func silentWhereAllParse() async throws {
    #expect(try await CheckRun("source-syntax", ["a.py": "x = 1\n"]).findings == [])
  }
}
