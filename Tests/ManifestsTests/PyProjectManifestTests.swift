import Diagnostics
import Host
import Manifests
import Testing
import TestSupport

@Suite struct PyProjectManifestTests {
  static let head = "[project]\nname = \"Me\"\nversion = \"1\"\n"

  static func lines(_ files: [String: String], _ request: DeclaredRoots.Request = .init()) throws -> [String] {
    DeclaringFolder.lines(try DeclaringFolder(files).read(request))
  }

  @Test func project() throws {
    let text =
      Self.head
      + "dependencies = [\n  \"a>=1\",\n  \"b @ https://u:p@h/b.zip\",\n]\n[project.optional-dependencies]\nx = [\"c\"]\nall = [\"me[x]\", \"d\"]\n[dependency-groups]\ndev = [\"e\", {include-group = \"test\"}]\ntest = [\"f\"]\n"
    let base = ["pyproject.toml:5 a>=1 (pyproject.toml)", "pyproject.toml:6 b @ https://h/b.zip (pyproject.toml)"]
    #expect(try Self.lines(["pyproject.toml": text]) == base)
    #expect(
      try Self.lines(["pyproject.toml": text], .init(extras: ["All"], groups: ["dev"])) == base
        + [
          "pyproject.toml:9 c (pyproject.toml (extra x))", "pyproject.toml:10 d (pyproject.toml (extra all))",
          "pyproject.toml:12 e (pyproject.toml (group dev))", "pyproject.toml:13 f (pyproject.toml (group dev))",
        ])
    let folder = try DeclaringFolder(["pyproject.toml": text])
    #expect(
      folder.failure(.init(extras: ["al"]))
        == "pyproject.toml: there is no extra al | did you mean all? it has all, x")
    #expect(
      folder.failure(.init(groups: ["tests"]))
        == "pyproject.toml: there is no group tests | did you mean test? it has dev, test")
  }

  @Test func poetry() throws {
    let text =
      "[tool.poetry]\nname = \"me\"\n[tool.poetry.dependencies]\npython = \"^3.10\"\na = \"^1.2\"\nb = {path = \"./b\", extras = [\"y\"]}\nc = {version = \"*\", optional = true}\n[tool.poetry.extras]\nx = [\"c\"]\n[tool.poetry.group.dev.dependencies]\nd = \"*\"\n"
    #expect(
      try Self.lines(["pyproject.toml": text]) == [
        "pyproject.toml:5 a<2.0,>=1.2 (pyproject.toml)", "pyproject.toml:6 b[y] (pyproject.toml)",
      ])
    #expect(
      try Self.lines(["pyproject.toml": text], .init(extras: ["x"], groups: ["dev"])).suffix(2) == [
        "pyproject.toml:7 c (pyproject.toml (extra x))", "pyproject.toml:11 d (pyproject.toml (group dev))",
      ])
    let folder = try DeclaringFolder(["pyproject.toml": text])
    #expect(try folder.read().roots.map(\.source) == [.index, .path(folder.host.folder.appending("b"))])
  }

  @Test func pipfile() throws {
    let text = "[packages]\na = \"*\"\nb = {git = \"https://u:p@h/b.git\", ref = \"v1\"}\n[dev-packages]\nc = \">=1\"\n"
    #expect(
      try Self.lines(["Pipfile": text]) == ["Pipfile:2 a (Pipfile)", "Pipfile:3 b @ git+https://h/b.git@v1 (Pipfile)"])
    #expect(
      try Self.lines(["Pipfile": text], .init(groups: ["dev-packages"])).last
        == "Pipfile:5 c>=1 (Pipfile (group dev-packages))")
  }

  @Test(
    arguments: [
      (["pyproject.toml": head + "dependencies = [\"a\"]", "requirements.in": "b"], "pyproject.toml"),
      (["pyproject.toml": head + "dependencies = []", "requirements.in": "b"], "requirements.in"),
      (["pyproject.toml": "[tool.ruff]", "requirements.txt": "b"], "requirements.txt"),
      (["pyproject.toml": head + "[tool.poetry.dependencies]\na = \"*\""], "pyproject.toml"),
      (["requirements.txt": "b", "Pipfile": "[packages]\na = \"*\""], "requirements.txt"),
      (["requirements.txt": "b==1", "Pipfile": "[packages]\na = \"*\""], "Pipfile"),
      (["Pipfile": "[packages]", "setup.cfg": "[options]\ninstall_requires = a"], "setup.cfg"),
      (
        [
          "pyproject.toml": "[project]\nname = \"x\"\nversion = \"1\"\ndynamic = [\"dependencies\"]",
          "setup.py": "setup(install_requires=['a'])",
        ], "setup.py"
      ),
    ] as [([String: String], String)])
  func theManifest(files: [String: String], expected: String) throws {
    #expect(try DeclaringFolder(files).read().sources.map(\.description) == [expected])
  }

  @Test func groupsAloneAreEvidenceWhenAskedFor() throws {
    let files = ["pyproject.toml": "[dependency-groups]\ndev = [\"a\"]", "requirements.txt": "b"]
    #expect(try Self.lines(files) == ["requirements.txt:1 b (-r requirements.txt)"])
    #expect(try Self.lines(files, .init(groups: ["dev"])) == ["pyproject.toml:2 a (pyproject.toml (group dev))"])
  }

  @Test func filesOfSetuptools() throws {
    let files = [
      "pyproject.toml": Self.head
        + "dynamic = [\"dependencies\", \"optional-dependencies\"]\n[tool.setuptools.dynamic]\ndependencies = {file = [\"base.txt\"]}\noptional-dependencies.x = {file = \"x.txt\"}\n",
      "base.txt": "a==1", "x.txt": "b",
    ]
    #expect(try Self.lines(files, .init(extras: ["x"])) == ["base.txt:1 a==1 (-r base.txt)", "x.txt:1 b (-r x.txt)"])
  }

  @Test func whatTheBuildGivesIsTold() throws {
    let declared = try DeclaringFolder(["pyproject.toml": Self.head + "dynamic = [\"dependencies\"]"]).read()
    #expect(declared.sources.isEmpty)
    #expect(
      declared.findings.map { "\($0)" } == [
        "pyproject.toml: the build gives the dependencies, so they are not known from here"
      ])
  }

  @Test(arguments: [
    ("x", "pyproject.toml:1:2: "),
    (head + "dependencies = [\"a\", \"b=1\"]", "pyproject.toml:4:24: `b=1` is no requirement"),
    (head + "dependencies = [\"b @ https://u:s3cret@h x\"]", "pyproject.toml:4:"),
    ("[dependency-groups]\na = [{include-group = \"b\"}]", "pyproject.toml:2:"),
  ])
  func refuses(text: String, expected: String) throws {
    let failure = try DeclaringFolder(["pyproject.toml": text]).failure() ?? ""
    #expect(failure.hasPrefix(expected), "\(failure)")
    #expect(!failure.contains("s3cret"))
    #expect(failure.hasSuffix("| correct it, or name the requirements: --requirements FILE"))
  }

  @Test func theNameOfALocalProject() throws {
    let folder = try DeclaringFolder([
      "in.txt": "-e ./a\n./b", "a/pyproject.toml": Self.head, "b/pyproject.toml": "[tool.poetry]\nname = \"Be.e\"\n",
      "a/setup.cfg": "[metadata]\nname = other",
    ])
    #expect(try folder.read(.init(files: ["in.txt"])).roots.map { "\($0.requirement)" } == ["me", "be-e"])
  }
}
