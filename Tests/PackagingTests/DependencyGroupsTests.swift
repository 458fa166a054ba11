import ConfigFormats
import Packaging
import Testing

@Suite struct DependencyGroupsTests {
  static func read(_ text: String) throws -> PyProject {
    try PyProject(bytes: Array("[dependency-groups]\n\(text)".utf8))
  }

  @Test func includes() throws {
    let file = try Self.read(
      """
      Test = ["pytest", {include-group = "Typing_x"}, "coverage"]
      typing-x = ["mypy"]
      dev = [{include-group = "TEST"}, {include-group = "typing.X"}, "ruff"]
      empty = []
      """)
    #expect(file.problems.isEmpty)
    #expect(
      DeclaredText.lines(file.groups.dependencies(of: "DEV")) == [
        "2:9 group dev pytest", "3:13 group dev mypy", "2:49 group dev coverage", "4:64 group dev ruff",
      ])
    #expect(file.groups.dependencies(of: "empty").isEmpty)
    #expect(file.groups.dependencies(of: "none").isEmpty)
    #expect(file.groups["test"]?.writtenName == "Test")
    #expect(file.groups.groups.map(\.name) == ["test", "typing-x", "dev", "empty"])
  }

  @Test(arguments: [
    ("a = [{include-group = 'b'}]", ["2:23: `a` includes `b`, a group that does not exist"]),
    ("a = [{include-group = 'A'}]", ["2:23: the group includes itself: a -> a"]),
    (
      "a = [{include-group = 'b'}]\nb = [{include-group = 'c'}]\nc = [{include-group = 'b'}]",
      ["4:23: the group includes itself: b -> c -> b"]
    ),
    ("a = []\nA = []", ["3:1: the group `A` is defined twice: line 2 has it first"]),
    ("'a b' = []", ["2:1: `a b` is no name of a dependency group"]),
    ("a = 'b'", ["2:5: a dependency group must be an array, not a string"]),
    (
      "a = [{include-group = 'b', x = 1}]",
      [
        "2:6: a table in a dependency group must be {include-group = \"name\"}"
      ]
    ),
    (
      "a = [{path = 'b'}, 1, 'b c']",
      [
        "2:6: a table in a dependency group must be {include-group = \"name\"}",
        "2:20: a requirement must be a string, not an integer",
        "2:26: `b c` is no requirement: expected a version operator, ; or the end",
      ]
    ),
  ])
  func explains(text: String, expected: [String]) throws {
    #expect(try Self.read(text).problems.map(\.description) == expected)
  }

  @Test func longChains() throws {
    let count = 5000
    let chain = (0..<count).map {
      "g\($0) = ['p\($0)', {include-group = 'g\($0 + 1)'}, {include-group = 'g\($0 + 1)'}]"
    }
    let file = try Self.read(chain.joined(separator: "\n") + "\ng\(count) = [{include-group = 'g0'}]")
    #expect(file.problems.count == 1)
    #expect(file.groups.dependencies(of: "g0").count == count)
  }
}
