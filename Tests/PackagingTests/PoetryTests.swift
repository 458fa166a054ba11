import ConfigFormats
import Packaging
import Testing

@Suite struct PoetryTests {
  static func read(_ text: String) throws -> PyProject { try PyProject(bytes: Array(text.utf8)) }

  /// Computed with `poetry.core.factory.Factory.create_dependency(...).to_pep_508()` of poetry-core 2.5, as sorted here.
  @Test(arguments: [
    ("^1.2.3", "<2.0.0,>=1.2.3"), ("^1.2", "<2.0,>=1.2"), ("^1", "<2,>=1"), ("^0.2.3", "<0.3.0,>=0.2.3"),
    ("^0.0.3", "<0.0.4,>=0.0.3"), ("^0.0", "<0.1,>=0.0"), ("^0", "<1,>=0"), ("^0.0.0", "<0.0.1,>=0.0.0"),
    ("~1.2.3", "<1.3.0,>=1.2.3"), ("~1.2", "<1.3,>=1.2"), ("~1", "<2,>=1"), ("*", ""), ("x", ""), ("1.*", "==1.*"),
    ("1.2.*", "==1.2.*"), ("1.2.3", "==1.2.3"), (">=1.2,<2", "<2,>=1.2"), (">1 <2", "<2,>1"), ("=1.2", "==1.2"),
    ("^1.2.3rc1", "<2.0.0,>=1.2.3rc1"), ("^1.2.3.4", "<2.0.0.0,>=1.2.3.4"), ("~1.2.3.4", "<1.3.0.0,>=1.2.3.4"),
    ("!=1.2.3", "!=1.2.3"), ("!=1.2.*", "!=1.2.*"), ("~=1.2.3", "<1.3.0,>=1.2.3"), ("~=1", "<2,>=1"),
    ("^1.0.post1", "<2.0,>=1.0.post1"), ("~1.2.dev1", "<1.3,>=1.2.dev1"), ("v1.2", "==1.2"), ("^v1.2", "<2.0,>=1.2"),
    (">=1.2.*", ">=1.2"), ("^1.2,!=1.3", "!=1.3,<2.0,>=1.2"), ("^ 1.2", "<2.0,>=1.2"), ("^1!1.2", "<1!2.0,>=1!1.2"),
    (">=1.0,", ">=1.0"), ("^1.0 || ^2.0", "<3.0,>=1.0"), (">=1,<2 | >=2", ">=1"), ("^1 || *", ""),
  ])
  func constraints(text: String, expected: String) throws {
    let file = try Self.read("[tool.poetry.dependencies]\na = \"\(text)\"")
    #expect(file.problems.isEmpty)
    #expect(try #require(file.project?.dependencies.first).requirement.specifiers.description == expected)
  }

  @Test(arguments: [
    ("latest", 1), ("", 1), ("1.2 - 2.0", 5), ("1.x", 1), ("^1.2.*", 2), ("^1,,é", 5), ("<>1", 2), ("^1 ||", 6),
    ("^9223372036854775807", 2),
  ])
  func refusedConstraints(text: String, column: Int) throws {
    let file = try Self.read("[tool.poetry.dependencies]\na = '\(text)'")
    let problem = try #require(file.problems.first)
    #expect(problem.message.hasPrefix("`\(text)` is no constraint of Poetry: expected"))
    #expect((problem.line, problem.column) == (2, 5 + column))
    #expect(file.dependencies.isEmpty)
  }

  /// The same way; poetry-core sorts nothing and writes `python_version == "3"` for `3`.
  @Test(arguments: [
    (#"{version = "^1", python = "^3.8"}"#, #"a<2,>=1; python_version >= "3.8" and python_version < "4.0""#),
    (
      #"{version = "1", python = "2.7 || ^3.6"}"#,
      #"a==1; python_version == "2.7" or python_version >= "3.6" and python_version < "4.0""#
    ),
    (#"{version = "1", python = ">3.6"}"#, #"a==1; python_full_version > "3.6.0""#),
    (#"{version = "1", python = "<=3.10"}"#, #"a==1; python_full_version <= "3.10.0""#),
    (#"{version = "1", python = "3.8.*"}"#, #"a==1; python_version == "3.8""#),
    (#"{version = "1", python = ">=3.8.1"}"#, #"a==1; python_full_version >= "3.8.1""#),
    (#"{version = "1", python = "!=3.8"}"#, #"a==1; python_full_version != "3.8.0""#),
    (#"{version = "1", python = "*"}"#, "a==1"), (#"{version = "1", python = "<3"}"#, #"a==1; python_version < "3""#),
    (#"{version = "*", platform = "linux"}"#, #"a; sys_platform == "linux""#),
    (#"{platform = "linux || !=win32"}"#, #"a; sys_platform == "linux" or sys_platform != "win32""#),
    (
      #"{python = "<3.9", markers = "sys_platform == 'win32' or os_name == 'nt'"}"#,
      #"a; (sys_platform == "win32" or os_name == "nt") and python_version < "3.9""#
    ),
    (#"{version = "1", extras = ["B_c", "a"]}"#, "a[B_c,a]==1"),
    (
      #"{git = "https://h/r.git", branch = "main", subdirectory = "s"}"#,
      "a @ git+https://h/r.git@main#subdirectory=s"
    ),
    (#"{git = "git@github.com:u/r.git", rev = "abc"}"#, "a @ git+ssh://git@github.com/u/r.git@abc"),
    (#"{git = "ssh://git@h/u/r.git", tag = "v1"}"#, "a @ git+ssh://git@h/u/r.git@v1"),
    (#"{url = "https://h/x.zip", subdirectory = "s"}"#, "a @ https://h/x.zip#subdirectory=s"),
    (#"{path = "../a", develop = true, extras = ["x"]}"#, "a[x] from ../a"), (#"{file = "a.whl"}"#, "a from a.whl"),
  ])
  func tables(text: String, expected: String) throws {
    let file = try Self.read("[tool.poetry.dependencies]\na = \(text)")
    #expect(file.problems.isEmpty)
    #expect(DeclaredText.lines(file.dependencies) == ["2:1 project \(expected)"])
  }

  @Test func wholeFile() throws {
    let file = try Self.read(
      """
      [tool.poetry]
      name = "X"
      version = "0.1"
      [tool.poetry.dependencies]
      python = "^3.8"
      A_b = "^1.2.3"
      b = {version = "1", optional = true}
      c = [{version = "^1", python = "<3.9"}, {version = "^2", python = ">=3.9"}]
      d = {version = "1", optional = true}
      [tool.poetry.extras]
      Web = ["B", "a-b"]
      all = ["b"]
      [tool.poetry.dev-dependencies]
      pytest = "7.*"
      [tool.poetry.group.docs]
      optional = true
      include-groups = ["dev"]
      [tool.poetry.group.docs.dependencies]
      sphinx = ">=5,<6"
      """)
    let project = try #require(file.project)
    #expect(file.problems.isEmpty)
    #expect(project.name?.normalized == "x")
    #expect(project.version == Version("0.1"))
    #expect(project.requiresPython?.description == "<4.0,>=3.8")
    #expect(project.extras == ["web", "all"])
    #expect(
      DeclaredText.lines(file.dependencies) == [
        "6:1 project A_b<2.0.0,>=1.2.3", "7:1 extra web b==1", "7:1 extra all b==1",
        "8:6 project c<2,>=1; python_version < \"3.9\"", "8:41 project c<3,>=2; python_version >= \"3.9\"",
        "19:1 group docs sphinx<6,>=5", "14:1 group dev pytest==7.*",
      ])
    #expect(
      DeclaredText.lines(file.groups.dependencies(of: "docs")) == [
        "19:1 group docs sphinx<6,>=5", "14:1 group docs pytest==7.*",
      ])
  }

  @Test func besideProject() throws {
    let start = "[project]\nname = 'a'\nversion = '1'\n"
    let poetry = "[tool.poetry.dependencies]\nb = {version = '^1', source = 'private'}\n"
    #expect(
      DeclaredText.lines(try Self.read(start + "dependencies = ['b>1']\n" + poetry).dependencies) == [
        "4:17 project b>1"
      ])
    #expect(
      DeclaredText.lines(try Self.read(start + "dynamic = ['dependencies']\n" + poetry).dependencies)
        == ["6:1 project b<2,>=1"])
  }

  @Test(arguments: [
    ("a = 1", "2:5: a dependency must be a string or a table, not an integer"),
    ("'a b' = '1'", "2:1: `a b` is no name of a package"),
    ("a = '^1 || ^3'", "2:5: `^1 || ^3` leaves gaps, which no requirement of PEP 508 can say"),
    ("a = {version = 1}", "2:16: `version` must be a string, not an integer"),
    ("a = {markers = 'x'}", "2:5: `a ; x` is no requirement: expected a marker variable or a quoted string"),
    ("python = '^2.7 || ^3.6'", "2:10: `^2.7 || ^3.6` leaves gaps, which `requires-python` cannot say"),
  ])
  func explains(text: String, expected: String) throws {
    #expect(try Self.read("[tool.poetry.dependencies]\n\(text)").problems.map(\.description).first == expected)
  }
}
