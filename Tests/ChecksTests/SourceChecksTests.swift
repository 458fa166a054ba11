import Testing

@Suite struct SourceSyntaxTests {
  @Test func theFirstPlaceThatPythonRefuses() async throws {
    let run = try await CheckRun("source-syntax", ["a.py": "x = 1\ndef f()\n    pass\n", "b.py": "y = 2\n"])
    #expect(run.findings == ["error a.py:2 a.py"])
  }

  @Test func silentWhereAllParse() async throws {
    #expect(try await CheckRun("source-syntax", ["a.py": "x = 1\n"]).findings == [])
  }

  @Test(arguments: [
    ("type X = int", [".python-version": "3.11\n"]), ("type X = int", ["runtime.txt": "python-3.11.4\n"]),
    ("type X = int", ["Pipfile": "[requires]\npython_version = \"3.11\"\n"]),
    ("type X = int", ["setup.cfg": "[options]\npython_requires = >=3.11\n"]),
    ("type X = int", ["Dockerfile": "FROM python:3.11-slim\nRUN pip install -r requirements.txt\n"]),
    ("type X = int", ["requirements.txt": "django==3.2.25\n"]),
    ("try: a\nexcept A, e: b", [:]), ("try: a\nexcept A, e: b", ["requirements.txt": "django==5.2.4\n"]),
    ("try: a\nexcept A, B: b", [".python-version": "3.13\n"]), ("print 'a'", [:]), ("X = 'C:\\Users'", [:]),
    ("# coding: nope", [:]),
  ])
  func refusedByTheProjectsPython(source: String, files: [String: String]) async throws {
    let run = try await CheckRun("source-syntax", files.merging(["a.py": source + "\n"]) { $1 })
    #expect(run.findings == ["error a.py:\(source.hasPrefix("try") ? 2 : 1) a.py"])
  }

  @Test(arguments: [
    ("type X = int", [:]), ("type X = int", [".python-version": "3.13\n"]), ("try: a\nexcept A, B: b", [:]),
    ("try: a\nexcept A, e: b", [".python-version": "3.14\n"]),
    (
      "type X = int",
      ["pyproject.toml": "[project]\nname = \"a\"\nrequires-python = \">=3.12\"\n", "runtime.txt": "python-3.11"]
    ),
  ])
  func readByTheProjectsPython(source: String, files: [String: String]) async throws {
    let run = try await CheckRun("source-syntax", files.merging(["a.py": source + "\n"]) { $1 })
    #expect(run.findings == [])
  }
}
