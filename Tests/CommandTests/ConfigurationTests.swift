import Foundation
import TestSupport
import Testing

/// Options from variables and files, and what a configuration says of modules and files.
@Suite struct ConfigurationTests {
  private func project(_ configuration: String, file: String = "pyproject.toml") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("app/x.py", "import redis\nimport secretlib\nimport inhouse.util\nimport foo.bar\n")
    try folder.write("generated/y.py", "import celery\n")
    try folder.write(file, configuration)
    return folder
  }

  @Test func keysOfPyProject() async throws {
    let folder = try project(
      """
      [tool.envtool]
      ignore = ["secretlib"]
      exclude = ["/generated/"]
      local = ["inhouse"]
      [tool.envtool.map]
      foo.bar = "Foo_Bar"
      [tool.envtool.scan]
      format = "table"
      """)
    let run = try await EnvtoolRun(["scan", folder.path])
    #expect(run.status == 0)
    #expect(
      run.output == """
        REQUIREMENT  GROUP    PROOF     NEEDED BY
        foo-bar      runtime  declared  app/x.py:4
        redis        runtime  table     app/x.py:1

        """)
    #expect(run.errors.hasPrefix("2 requirements from 2 files"))
  }

  @Test func aFileOfItsOwnHasTheSameKeys() async throws {
    let folder = try project(
      "ignore = ['redis', 'inhouse']\nexclude = ['app']\nscan.pin = 'none'\n", file: "envtool.toml")
    #expect(try await EnvtoolRun(["scan", folder.path]).output == "celery\n")
  }

  @Test func theRulesOfScanHoldForFreezeToo() async throws {
    let folder = try project(
      "[scan]\nignore = ['redis', 'celery', 'secretlib', 'inhouse', 'foo']\n", file: "envtool.toml")
    let run = try await EnvtoolRun(["freeze", folder.path, "--python", "/nowhere"])
    #expect(!run.errors.contains("redis"))
  }

  /// Option, variable, configuration, default.
  @Test func theStrongestSourceCounts() async throws {
    let folder = try project("scan.format = 'table'\nquiet = true\n", file: "envtool.toml")
    let table = try await EnvtoolRun(["scan", folder.path])
    #expect(table.output.hasPrefix("REQUIREMENT"))
    #expect(table.errors.isEmpty)
    let variables = ["ENVTOOL_FORMAT": "json", "ENVTOOL_QUIET": "no"]
    let json = try await EnvtoolRun(["scan", folder.path], variables: variables)
    #expect(json.output.hasPrefix("{"))
    #expect(!json.errors.isEmpty)
    let given = try await EnvtoolRun(["scan", folder.path, "--format", "requirements"], variables: variables)
    #expect(given.output == "celery\nredis\n")
  }

  @Test func theNearestFileUpToTheRepositoryCounts() async throws {
    let folder = try project("scan.format = 'table'\nexclude = ['/app/sub/z.py']\n", file: "envtool.toml")
    try folder.write("app/sub/z.py", "import flask\n")
    try folder.write("app/sub/w.py", "import flask\n")
    // Without a repository nothing above the project is looked at.
    #expect(try await EnvtoolRun(["scan", "app"], in: folder.path).output == "flask\nredis\n")
    try folder.write(".git/HEAD", "ref: refs/heads/main\n")
    let run = try await EnvtoolRun(["scan", "app"], in: folder.path)
    #expect(run.output.contains("flask        runtime  table  sub/w.py:1\n"))
    try folder.write("app/envtool.toml", "")
    #expect(try await EnvtoolRun(["scan", "app"], in: folder.path).output == "flask\nredis\n")
  }

  /// Paths start at the file's folder, wherever envtool is started.
  @Test func pathsStartAtTheFile() async throws {
    let folder = try project("python = 'no/such/python'\n", file: "envtool.toml")
    let run = try await EnvtoolRun(["scan", folder.path])
    #expect(run.status == 2)
    #expect(run.errors.contains("\(folder.path)/no/such/python"))
  }

  static let wrong: [(configuration: String, error: String, hint: String)] = [
    ("formt = 'json'\n", "1:1: unknown key: formt", "did you mean format, below [scan]?"),
    ("ignores = []\n", "1:1: unknown key: ignores", "did you mean ignore?"),
    ("jobs = 1\n[scan]\n groop = ['test']\n", "3:2: unknown key: groop in [scan]", "did you mean group?"),
    ("group = ['test']\n", "1:1: unknown key: group", "put it below [scan] or [freeze]"),
    (
      "scan.group = 'test'\n", "1:14: `group` must be an array of strings, not a string",
      "for example: group = [\"test\"]"
    ),
    (
      "scan.group = ['tests']\n",
      "1:15: `group` takes runtime, optional, typing, test, dev, build or all, not tests", "did you mean test?"
    ),
    ("doctor.fail-on = 'eror'\n", "1:18: `fail-on` takes error, warning or unknown, not eror", "did you mean error?"),
    ("quiet = 'yes'\n", "1:9: `quiet` must be a boolean, not a string", "for example: quiet = true"),
    ("jobs = 'x'\n", "1:8: `jobs` must be a number, not a string", "for example: jobs = 5"),
    ("jobs = 0\n", "1:8: `jobs` takes a whole number from 1, not 0", ""),
    ("scan = 1\n", "1:8: `scan` must be a table, not an integer", "for example: [scan]"),
    ("scan.write = true\n", "1:6: unknown key: write in [scan]", "it says what a run does"),
    ("ignore = 'x'\n", "1:10: `ignore` must be an array of strings, not a string", "for example: ignore = [\"x\"]"),
    ("ignore = [1]\n", "1:11: `ignore` must be an array of strings, not an integer", "for example: ignore = [\"...\"]"),
    ("local = ['a-b']\n", "1:10: `a-b` is no name of a module", "package.module"),
    ("exclude = ['# x']\n", "1:12: `# x` matches nothing", "as a line of .gitignore"),
    ("map = {x = 'a b'}\n", "1:12: `a b` is no name of a distribution", "write the name alone"),
    ("map = {x = []}\n", "1:12: `x` is mapped to no distribution", "use `ignore`"),
    ("map = ['x']\n", "1:7: `map` must be a table, not an array", "for example: map"),
    ("x = [\n", "2:1: expected a value or ] in an array, found the end of the file", "correct the file"),
  ]

  @Test(arguments: wrong) func whatIsWrongIsNamedByItsPlace(_ configuration: String, _ error: String, _ hint: String)
    async throws
  {
    let folder = try project(configuration, file: "envtool.toml")
    let run = try await EnvtoolRun(["scan", folder.path])
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix("error: envtool.toml:\(error)"), "\(run.errors)")
    #expect(hint.isEmpty || run.errors.contains("hint: ") && run.errors.contains(hint), "\(run.errors)")
  }

  @Test func twoConfigurationsAreAnError() async throws {
    let folder = try project("[tool.envtool]\n")
    try folder.write("envtool.toml", "")
    let run = try await EnvtoolRun(["scan", folder.path])
    #expect(run.status == 2)
    #expect(
      run.errors == "error: envtool.toml: pyproject.toml holds [tool.envtool], too\n  hint: keep one of the two\n")
  }

  @Test func aBrokenPyProjectWithoutOursIsNotOurs() async throws {
    let folder = try project("[tool.black\n")
    #expect(try await EnvtoolRun(["scan", folder.path]).status == 0)
  }

  @Test(arguments: [
    ("ENVTOOL_FORMAT", "jsn", 2, "ENVTOOL_FORMAT takes requirements, table, json, pyproject, sarif or github, not jsn"),
    ("ENVTOOL_OFFLINE", "maybe", 2, "ENVTOOL_OFFLINE takes 1 or 0, not maybe"),
    ("ENVTOOL_JOBS", "0", 2, "ENVTOOL_JOBS takes a whole number from 1, not 0"),
    ("ENVTOOL_FRMAT", "json", 0, "did you mean ENVTOOL_FORMAT?"),
    ("ENVTOOL_WRITE", "1", 0, "ENVTOOL_WRITE is no option"),
    ("ENVTOOL_STOP_TIMEOUT", "never", 0, "2 requirements"),
    ("ENVTOOL_FORMAT", "", 0, "2 requirements"),
    ("ENVTOOL_GROUP", "test,dev", 0, "0 requirements"),
  ]) func variables(_ name: String, _ value: String, _ status: Int32, _ errors: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("x.py", "import redis\nimport celery\n")
    let run = try await EnvtoolRun(["scan", folder.path], variables: [name: value])
    #expect(run.status == status)
    #expect(run.errors.contains(errors), "\(run.errors)")
  }
}
