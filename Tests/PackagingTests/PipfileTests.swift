import ConfigFormats
import Packaging
import Testing

@Suite struct PipfileTests {
  @Test func wholeFile() throws {
    let file = try Pipfile(
      bytes: Array(
        """
        [[source]]
        url = "https://pypi.org/simple"
        [packages]
        requests = "*"
        Django = {version=">=4", extras=["argon2"], sys_platform="== 'win32'", markers="python_version < '3.9'"}
        flask = "2.0"
        r = {git="https://h/r.git", ref="main", editable=true, subdirectory="s"}
        l = {path=".", editable=true}
        f = {file="https://h/f.zip"}
        s = {version="*", index="private"}
        bad = "hello there"
        worse = 1
        [dev-packages]
        pytest = "~=7.0"
        [docs]
        sphinx = ">=5, <6"
        [scripts]
        test = "pytest"
        [requires]
        python_version = "3.12"
        """.utf8))
    #expect(file.pythonVersion == "3.12")
    #expect(
      DeclaredText.lines(file.dependencies) == [
        "4:1 project requests",
        "5:1 project Django[argon2]>=4; python_version < \"3.9\" and sys_platform == \"win32\"",
        "6:1 project flask==2.0", "7:1 project r @ git+https://h/r.git@main#subdirectory=s",
        "8:1 project l from .", "9:1 project f @ https://h/f.zip", "10:1 project s",
        "14:1 group dev-packages pytest~=7.0", "16:1 group docs sphinx<6,>=5",
      ])
    #expect(
      file.problems.map(\.description) == [
        "11:7: `hello there` is no list of versions such as `>=1.2,<2`, and not `*`",
        "12:9: a package must have a version or a table, not an integer",
      ])
  }

  @Test(arguments: [
    ("packages = 1", "1:12: `packages` must be a table of packages, not an integer"),
    ("requires = 1", "1:12: `requires` must be a table, not an integer"),
    ("[packages]\n'a b' = '*'", "2:1: `a b` is no name of a package"),
    (
      "[packages]\na = {markers = 'x'}", "2:1: `a ; x` is no requirement: expected a marker variable or a quoted string"
    ),
  ])
  func explains(text: String, expected: String) throws {
    #expect(try Pipfile(bytes: Array(text.utf8)).problems.map(\.description) == [expected])
  }

  @Test func notTOML() { #expect(throws: ConfigError.self) { try Pipfile(bytes: [0x5B]) } }
}
