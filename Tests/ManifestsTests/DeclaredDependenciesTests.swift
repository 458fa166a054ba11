import Diagnostics
import Host
import Manifests
import Packaging
import Testing
import TestSupport

@Suite struct DeclaredDependenciesTests {
  static func read(_ files: [String: String], folders: [SourcePath] = []) throws -> DeclaredDependencies {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    let root = SourcePath(folder.path)
    return DeclaredDependencies(of: root, folders: folders, host: Host(environment: [:], folder: root))
  }

  /// `place requirement role`
  static func lines(_ declared: DeclaredDependencies) -> [String] {
    declared.entries.map { entry in
      let name = entry.role.name.map { " \($0)" } ?? ""
      return "\(entry.location) \(entry.requirement) \(entry.role.kind.rawValue)\(name)\(entry.isConda ? " conda" : "")"
    }
  }

  @Test func pyproject() throws {
    let text = """
      [build-system]
      requires = ["hatchling"]
      [project]
      name = "Own"
      version = "1"
      dependencies = ["django>=5", 'Redis[hiredis]', "own[x]"]
      [project.optional-dependencies]
      x = ["celery"]
      test = ["pytest"]
      [dependency-groups]
      docs = ["sphinx", {include-group = "else"}]
      else = ["rich"]
      [tool.uv]
      dev-dependencies = ["ruff"]
      [tool.pdm.dev-dependencies]
      lint = ["flake8", "-e file:///x"]
      [tool.hatch.envs.scripts]
      dependencies = ["click"]
      """
    let declared = try Self.read(["pyproject.toml": text])
    #expect(
      Self.lines(declared) == [
        "pyproject.toml:2:14 hatchling build", "pyproject.toml:6:18 django>=5 runtime",
        "pyproject.toml:6:31 Redis[hiredis] runtime", "pyproject.toml:8:7 celery optional x",
        "pyproject.toml:9:10 pytest test test", "pyproject.toml:11:10 sphinx docs docs",
        "pyproject.toml:12:10 rich optional else", "pyproject.toml:14:22 ruff dev dev",
        "pyproject.toml:16:10 flake8 dev lint", "pyproject.toml:18:18 click dev scripts",
      ])
    #expect(declared.projects.map(\.normalized) == ["own"])
    #expect(declared.findings.isEmpty)
  }

  @Test func poetry() throws {
    let text = """
      [tool.poetry]
      name = "own"
      [tool.poetry.dependencies]
      python = "^3.10"
      django = "^5"
      redis = {version = "*", optional = true}
      [tool.poetry.group.test.dependencies]
      "pytest" = "*"
      [tool.poetry.dev-dependencies]
      black = "*"
      [tool.poetry.extras]
      cache = ["redis"]
      """
    #expect(
      Self.lines(try Self.read(["pyproject.toml": text])) == [
        "pyproject.toml:5:1 django<6,>=5 runtime", "pyproject.toml:6:1 redis optional cache",
        "pyproject.toml:8:2 pytest test test", "pyproject.toml:10:1 black dev dev",
      ])
  }

  @Test func requirementsFiles() throws {
    let declared = try Self.read([
      "requirements.txt": "-r requirements/base.txt\n-c limits.txt\nflask",
      "requirements/base.txt": "  django\n-e git+https://example.invalid/x#egg=egg-name",
      "requirements/test.txt": "-r base.txt\npytest",
      "requirements/notes.txt": "This is no list of requirements.",
      "dev-requirements.in": "black\n-r sub/more.txt", "sub/more.txt": "isort", "limits.txt": "django<6",
      "docs/requirements.txt": "sphinx", "reqs.txt": "attrs", "other.txt": "nothing", "deps/run.txt": "celery",
    ])
    #expect(
      Self.lines(declared) == [
        "deps/run.txt:1:1 celery runtime", "dev-requirements.in:1:1 black dev", "docs/requirements.txt:1:1 sphinx docs",
        "limits.txt:1:1 django<6 constraint", "reqs.txt:1:1 attrs runtime", "requirements.txt:3:1 flask runtime",
        "requirements/base.txt:1:3 django runtime",
        "requirements/base.txt:2:1 egg-name @ git+https://example.invalid/x#egg=egg-name runtime",
        "requirements/test.txt:2:1 pytest test", "sub/more.txt:1:1 isort dev",
      ])
    #expect(declared.findings.isEmpty)
  }

  @Test func otherManifests() throws {
    let declared = try Self.read([
      "Pipfile": "[packages]\ndjango = '*'\n[dev-packages]\nblack = '*'\n",
      "setup.cfg":
        "[metadata]\nname = own\n[options]\ninstall_requires =\n  six\ntests_require = mock\nsetup_requires = wheel\n"
        + "[options.extras_require]\ndocs = sphinx\n",
      "setup.py":
        "setup(install_requires=['a'], tests_require=['b'], setup_requires='c', extras_require={'x': ['d'], ':os_name == \"nt\"': ['e']})",
      "tox.ini":
        "[testenv]\ndeps =\n  pytest  # why\n  py38: mock>=2\n  -r{toxinidir}/extra.txt\n  {[base]deps}\n[testenv:docs]\ndeps = sphinx",
      "extra.txt": "coverage",
      "environment.yml":
        "name: x\ndependencies:\n  - python=3.12\n  - conda-forge::numpy>=1  # c\n  - pip:\n    - 'requests>=2'\n  - scipy\nchannels:\n  - a",
    ])
    #expect(
      Self.lines(declared) == [
        "Pipfile:2:1 django runtime", "Pipfile:4:1 black dev dev-packages", "environment.yml:4:18 numpy runtime conda",
        "environment.yml:6:8 requests>=2 runtime", "environment.yml:7:5 scipy runtime conda",
        "extra.txt:1:1 coverage test", "setup.cfg:5:3 six runtime", "setup.cfg:6:17 mock test",
        "setup.cfg:7:18 wheel build", "setup.cfg:9:8 sphinx docs docs", "setup.py:1:26 a runtime",
        "setup.py:1:47 b test", "setup.py:1:68 c build", "setup.py:1:95 d optional x",
        "setup.py:1:122 e; os_name == \"nt\" runtime", "tox.ini:3:3 pytest test", "tox.ini:4:9 mock>=2 test",
        "tox.ini:8:8 sphinx docs docs",
      ])
  }

  @Test func pixi() throws {
    let tables = """
      [PREFIXdependencies]
      python = "*"
      numpy = ">=1"
      [PREFIXhost-dependencies]
      cmake = "*"
      [PREFIXpypi-dependencies]
      celery = { version = "*", extras = ["redis"] }
      [PREFIXfeature.test.pypi-dependencies]
      "pytest" = "*"
      """
    for (file, prefix) in [("pixi.toml", ""), ("pyproject.toml", "tool.pixi.")] {
      #expect(
        Self.lines(try Self.read([file: tables.replacing("PREFIX", with: prefix)])) == [
          "\(file):3:1 numpy runtime conda", "\(file):5:1 cmake build conda", "\(file):7:1 celery[redis] runtime",
          "\(file):9:2 pytest test test",
        ])
    }
  }

  @Test func nestedProjects() throws {
    let files = [
      "backend/requirements.txt": "django", "backend/tests/requirements.txt": "pytest",
      "tests/sample/pyproject.toml": "[project]\nname='s'\nversion='1'\ndependencies=['x']",
      "elsewhere/requirements.txt": "unseen",
    ]
    let declared = try Self.read(files, folders: ["backend", "tests/sample"])
    #expect(
      Self.lines(declared) == [
        "backend/requirements.txt:1:1 django runtime", "backend/tests/requirements.txt:1:1 pytest test",
        "tests/sample/pyproject.toml:4:16 x test",
      ])
  }

  @Test func dynamicFields() throws {
    let text = """
      [project]
      name = "own"
      version = "1"
      dynamic = ["dependencies", "optional-dependencies"]
      [tool.setuptools.dynamic]
      dependencies = {file = ["main.list"]}
      optional-dependencies = {test = {file = "more.list"}}
      """
    #expect(
      Self.lines(try Self.read(["pyproject.toml": text, "main.list": "a", "more.list": "b"])) == [
        "main.list:1:1 a runtime", "more.list:1:1 b test test",
      ])
  }

  @Test func locks() throws {
    let declared = try Self.read([
      "uv.lock": """
      version = 1
      [[package]]
      name = "own"
      source = { virtual = "." }
      dependencies = [{ name = "a" }]
      [[package]]
      name = "a"
      version = "1"
      source = { registry = "x" }
      dependencies = [{ name = "b", extra = ["c"] }]
      [package.optional-dependencies]
      e = [{ name = "d" }]
      """,
      "poetry.lock": """
      [[package]]
      name = "a"
      version = "1"
      [package.dependencies]
      b = {version = ">=1", optional = true}
      c = "*"
      [package.extras]
      x = ["b (>=1)"]
      """,
      "pdm.lock":
        "[[package]]\nname='a'\nversion='1'\ndependencies=['b>=1; os_name==\"nt\"']\n[[package]]\nname='a'\nextras=['z']\ndependencies=['a==1','c']",
      "Pipfile.lock": "{\"_meta\":{},\"default\":{\"a\":{\"version\":\"==1\"}}}",
      "requirements.txt":
        "# This file is autogenerated by pip-compile\na==1\n    # via -r requirements.in\nb==2  # via a\nc==3\n    # via\n    #   a\n    #   b\n",
      "requirements.in": "a",
    ])
    let lines = declared.locks.map { lock in
      let shown = lock.distributions.map { distribution in
        let needs = distribution.needs.map { need in
          "\(need.name)\(need.extras)\(need.forExtra.map { " for \($0)" } ?? "")"
        }
        return "\(distribution.line) \(distribution.name) \(distribution.version ?? "-") \(needs)"
      }
      return "\(lock.path) \(shown)"
    }
    #expect(
      lines == [
        #"Pipfile.lock ["1 a 1 []"]"#,
        #"pdm.lock ["1 a 1 [\"b[]\", \"c[] for z\"]"]"#,
        #"poetry.lock ["1 a 1 [\"c[]\", \"b[] for x\"]"]"#,
        #"requirements.txt ["2 a 1 [\"b[]\", \"c[]\"]", "4 b 2 [\"c[]\"]", "5 c 3 []"]"#,
        #"uv.lock ["6 a 1 [\"b[\\\"c\\\"]\", \"d[] for e\"]"]"#,
      ])
    #expect(Self.lines(declared) == ["requirements.in:1:1 a runtime"])
    #expect(declared.projects.map(\.normalized) == ["own"])
  }

  @Test func brokenManifestsAreFindings() throws {
    let declared = try Self.read([
      "pyproject.toml": "[project\n", "Pipfile": "[packages]\ndjango = '*'\nx = 1\n",
      "requirements.txt": "a=1\nb\n-r gone.txt\n",
      "setup.py": "setup(install_requires=read())", "uv.lock": "[", "setup.cfg": "[options]\ninstall_requires = c=1",
    ])
    #expect(Self.lines(declared) == ["Pipfile:2:1 django runtime", "requirements.txt:2:1 b runtime"])
    #expect(declared.findings.allSatisfy { $0.severity == .warning })
    #expect(
      declared.findings.compactMap { $0.location?.path.description } == [
        "Pipfile", "pyproject.toml", "requirements.txt", "requirements.txt", "setup.cfg", "setup.py", "uv.lock",
      ])
  }

  @Test func oneManifestAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("requirements.txt", "a")
    try folder.write("list", "b\n-r requirements.txt")
    try folder.write("pyproject.toml", "[project]\nname='own'\nversion='1'\ndependencies=['c']")
    let root = SourcePath(folder.path)
    let host = Host(environment: [:], folder: root)
    let declared = try DeclaredDependencies(in: "list", of: root, folders: [], host: host)
    #expect(Self.lines(declared) == ["list:1:1 b runtime", "requirements.txt:1:1 a runtime"])
    #expect(declared.projects.map(\.normalized) == ["own"])
    #expect(throws: Finding.self) { try DeclaredDependencies(in: "gone", of: root, folders: [], host: host) }
  }
}
