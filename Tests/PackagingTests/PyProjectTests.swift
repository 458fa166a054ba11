import ConfigFormats
import Packaging
import Testing

@Suite struct PyProjectTests {
  static func read(_ text: String) throws -> PyProject { try PyProject(bytes: Array(text.utf8)) }

  static func problems(_ text: String) throws -> [String] { try read(text).problems.map(\.description) }

  static let whole = """
    [build-system]
    requires = ["hatchling>=1"]
    [project]
    name = "My.App"
    version = "1.0"
    requires-python = ">=3.10"
    dynamic = ["readme"]
    dependencies = ["django >=4.2 ; python_version>'3.9'",
      # é
      'é'.x, "a @ https://h/a.zip"]
    [project.optional-dependencies]
    Web_x = ["uvicorn[standard]"]
    none = []
    [tool.uv]
    dev-dependencies = ["ruff"]
    [tool.uv.sources]
    Foo_bar = {path = "x"}
    """.replacing("'é'.x", with: "'e'")

  @Test func wholeFile() throws {
    let file = try Self.read(Self.whole)
    let project = try #require(file.project)
    #expect(file.problems.isEmpty)
    #expect(project.name?.normalized == "my-app")
    #expect(project.version == Version("1.0"))
    #expect(project.requiresPython?.description == ">=3.10")
    #expect(project.dynamic == ["readme"])
    #expect(project.extras == ["web-x", "none"])
    #expect(file.uvSources == ["foo-bar"])
    #expect(
      DeclaredText.lines(file.dependencies) == [
        "8:17 project django>=4.2; python_version > \"3.9\"", "10:3 project e", "10:8 project a @ https://h/a.zip",
        "12:10 extra web-x uvicorn[standard]", "15:21 group dev ruff", "2:13 build hatchling>=1",
      ])
  }

  @Test(arguments: [
    (
      "[project]\nname = 'a'\nversion = '1'\ndependencies = ['b', 'c >> 1', 'é']",
      [
        "4:26: `c >> 1` is no requirement: expected a version that fits the operator before it",
        "4:33: `é` is no requirement: expected a package name",
      ]
    ),
    (
      "[project]\nname = 'a'\nversion = '1'\ndependencies = [\"\\u0062 >>1\", 1]",
      [
        "4:17: `b >>1` is no requirement: expected a version that fits the operator before it",
        "4:31: a requirement must be a string, not an integer",
      ]
    ),
    ("[project]\nversion = '1'", ["1:1: [project] has no `name`"]),
    ("[project]\nname = 'a'", ["1:1: [project] has no `version`, and `dynamic` does not name it"]),
    (
      "[project]\nname = 'a-'\ndynamic = ['version', 'name']",
      [
        "2:8: `a-` is no name of a package: letters, digits, `.`, `-` and `_`, a letter or digit at both ends",
        "3:23: `name` is given in [project] and cannot be dynamic",
      ]
    ),
    (
      "[project]\nname = 'a'\nversion = 'one'\nrequires-python = '3.8'",
      [
        "3:11: `one` is no version of PEP 440", "4:19: `3.8` is no list of versions such as `>=3.10,<4`",
      ]
    ),
    (
      "[project]\nname = 1\nversion = true\ndependencies = 'a'",
      [
        "2:8: `name` must be a string, not an integer", "3:11: `version` must be a string, not a boolean",
        "4:16: `dependencies` must be an array, not a string",
      ]
    ),
    (
      "[project]\nname='a'\nversion='1'\n[project.optional-dependencies]\nA_b = []\na-B = []\nc = 'x'\n'' = []",
      [
        "6:1: the extra `a-b` is defined twice", "7:5: an extra must be an array, not a string",
        "8:1: `` is no name of an extra",
      ]
    ),
    (
      "project = 1\ntool = 2\nbuild-system = {}",
      [
        "1:11: `project` must be a table, not an integer", "2:8: `tool` must be a table, not an integer",
        "3:16: [build-system] has no `requires`",
      ]
    ),
  ])
  func explains(text: String, expected: [String]) throws { #expect(try Self.problems(text) == expected) }

  @Test func notTOML() {
    #expect(throws: ConfigError(line: 1, column: 4, message: "expected a value behind =, found the end of the file")) {
      try Self.read("a =")
    }
  }

  @Test func emptyAndTruncated() throws {
    #expect(try Self.read("").project == nil)
    let bytes = Array(Self.whole.utf8)
    for end in bytes.indices { _ = try? PyProject(bytes: Array(bytes[..<end])) }
  }
}
