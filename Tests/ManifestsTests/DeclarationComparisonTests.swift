import Diagnostics
import Host
import Manifests
import Packaging
import Project
import PythonEnvironment
import Testing
import TestSupport

@Suite struct DeclarationComparisonTests {
  /// `kind name place` of every difference.
  static func compare(_ files: [String: String], _ installed: SitePackages? = nil) throws -> [String] {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    let root = SourcePath(folder.path)
    let host = Host(environment: [:], folder: root)
    let project = try Project(reading: root, host: host)
    let distributions = try installed?.installed() ?? InstalledDistributions()
    let markers = try installed?.environment()?.markerEnvironment(machine: "x86_64")
    let declared = DeclaredDependencies(of: root, folders: project.tree.projectFolders, host: host)
    let comparison = DeclarationComparison(
      of: Manifest(of: project, installed: distributions, declared: DeclaredNames(declared)), with: declared,
      DependencyGraph(locks: declared.locks, installed: distributions, markers: markers), installed: distributions,
      markers: markers, below: root)
    return comparison.differences.map { "\($0.kind.rawValue) \($0.name) \($0.location)" }
  }

  @Test(
    arguments: [
      // What is needed.
      (["a.py": "import requests", "requirements.txt": "requests"], []),
      (["a.py": "import requests", "requirements.txt": ""], ["missing requests a.py:1:1"]),
      (
        ["a.py": "import requests", "requirements.txt": "urllib3"],
        ["missing requests a.py:1:1", "unused urllib3 requirements.txt:1:1"]
      ),
      (
        ["a.py": "import urllib3", "requirements.txt": "requests\nboto3", "b.py": "import requests, boto3"],
        ["transitive urllib3 a.py:1:1"]
      ),
      (["a.py": "try:\n  import requests\nexcept ImportError: pass", "requirements.txt": ""], []),
      (["tests/test_a.py": "import requests", "requirements.txt": ""], []),
      (
        ["tests/test_a.py": "import requests, pytest", "requirements.txt": "", "test-requirements.txt": "pytest"],
        ["missing requests tests/test_a.py:1:1"]
      ),
      (["a.py": "import requests", "requirements.txt": "", "c.txt": "requests"], ["missing requests a.py:1:1"]),
      (
        ["a.py": "import requests", "requirements.txt": "-c c.txt", "c.txt": "requests<3"],
        ["missing requests a.py:1:1"]
      ),
      (["a.py": "import requests", "environment.yml": "dependencies:\n  - requests"], []),
      (["a.py": "import requests", "requirements.txt": "", "Dockerfile": "RUN pip install requests"], []),
      (["a.py": "import requests", "pyproject.toml": "[project]\nname='requests'\nversion='1'"], []),
      (
        [
          "settings.py": "INSTALLED_APPS = []\nPASSWORD_HASHERS = ['django.contrib.auth.hashers.Argon2PasswordHasher']",
          "requirements.txt": "django\nargon2-cffi",
        ], []
      ),
      // Tools that only commands start come from elsewhere, too.
      (["Makefile": "release:\n\ttwine upload x", "requirements.txt": "", "dev-requirements.txt": "pytest"], []),
      // An app that no settings install is asked for first.
      (
        ["urls.py": "from django.urls import include\nif a: x = include('taggit.urls')", "requirements.txt": "django"],
        []
      ),
      (
        [
          "urls.py": "from django.urls import include\nimport taggit\ninclude('taggit.urls')",
          "requirements.txt": "django",
        ],
        ["missing django-taggit urls.py:2:1"]
      ),
      // One for another.
      (["a.py": "import wpadmin", "requirements.txt": "ours-wpadmin"], []),
      (["a.py": "import psycopg2", "requirements.txt": "psycopg2-binary"], []),
      (["a.py": "import redis", "requirements.txt": "celery[redis]", "b.py": "import celery"], []),
      (["a.py": "import boto3", "requirements.txt": "django-storages[s3]", "b.py": "import storages"], []),
      // Purposes.
      (
        ["a.py": "import requests", "test-requirements.txt": "requests"],
        ["misplaced requests test-requirements.txt:1:1"]
      ),
      (["a.py": "import requests", "requirements.txt": "requests", "dev-requirements.txt": "requests"], []),
      (["dev/a.py": "import requests", "dev-requirements.txt": "requests"], []),
      (
        ["test_a.py": "import requests", "requirements.txt": "requests", "test-requirements.txt": "pytest"],
        ["misplaced requests requirements.txt:1:1"]
      ),
      // What is not unused.
      (["a.py": "", "requirements.txt": "six"], ["unused six requirements.txt:1:1"]),
      (["a.py": "x = 'six.moves'", "requirements.txt": "six"], []),
      (["a.py": "# six\n'''Take six of them.'''", "requirements.txt": "six"], ["unused six requirements.txt:1:1"]),
      (["a.py": "run('six --help')", "requirements.txt": "six"], []),
      (["a.py": "", "Procfile": "web: six", "requirements.txt": "six"], []),
      (["a.py": "", "setup.cfg": "[six]\nx = y", "requirements.txt": "six"], []),
      (["a.py": "", "pyproject.toml": "[tool.six]\nx = 1", "requirements.txt": "six"], []),
      (
        ["a.py": "", "pyproject.toml": "[project]\nname = 'x'\nversion = '1'\ndependencies = ['six']"],
        ["unused six pyproject.toml:4:18"]
      ),
      (["a.py": "", "requirements.txt": "six; sys_platform == 'win32'"], []),
      (["a.py": "", "dev-requirements.txt": "six"], []),
      (["a.py": "", "project_template/requirements.txt": "six"], []),
      (["a.py": "from sentry_sdk.integrations.aiohttp import A", "requirements.txt": "sentry-sdk\naiohttp"], []),
      (["a.py": "", "requirements.txt": "pytest-cov\ntypes-six\nsetuptools"], []),
      (["a.py": "import django", "requirements.txt": "django\npsycopg2\nsqlparse"], []),
      (["a.py": "import somewhere_else", "requirements.txt": "no-such-thing"], []),
      (["a.py": "import no_such_thing", "requirements.txt": "no-such-thing"], []),
      (
        ["a.py": "import django", "requirements.txt": "asgiref==3\ndjango==5\nsix==1\nsqlparse==0.5"],
        []
      ),
      (
        [
          "a.py": "import django", "requirements.txt": "# autogenerated by pip-compile\ndjango==5\nsix==1",
          "requirements.in": "django",
        ],
        []
      ),
    ] as [([String: String], [String])])
  func finds(files: [String: String], expected: [String]) throws { #expect(try Self.compare(files) == expected) }

  /// What serves instead of a newer standard library is needed where the project runs on a Python without it.
  @Test(
    arguments: [
      (">=3.9", ["missing tomli a.py:4:3"]), (">=3.11", []), (">=3.8,<3.10", ["missing tomli a.py:4:3"]), (nil, []),
    ] as [(String?, [String])])
  func backports(python: String?, expected: [String]) throws {
    let requires = python.map { "requires-python = '\($0)'\n" } ?? ""
    let files = [
      "a.py": "if sys.version_info >= (3, 11):\n  import tomllib\nelse:\n  import tomli\n",
      "b.py": "try:\n  import json\nexcept ImportError:\n  import simplejson\n",
      "pyproject.toml": "[project]\nname = 'x'\nversion = '1'\n\(requires)dependencies = []\n",
    ]
    #expect(try Self.compare(files) == expected)
  }

  @Test func anEnvironmentKnowsMore() throws {
    let packages = try SitePackages([
      ("host", "1", ["brought", "asked; extra == 'more'", "other; extra == 'further'"], ["hosting"]),
      ("brought", "1", [], ["bringing"]), ("asked", "1", [], ["asking"]), ("other", "1", [], ["othering"]),
    ])
    let sources = ["a.py": "import hosting, bringing, asking, othering"]
    #expect(
      try Self.compare(sources.merging(["requirements.txt": "host[more]"]) { $1 }, packages) == [
        "transitive brought a.py:1:1", "missing other a.py:1:1",
      ])
    // What is pinned for another one's sake has its purpose, and so has what another one looks for by itself.
    #expect(
      try Self.compare(["a.py": "import hosting", "requirements.txt": "host\nbrought\nother"], packages) == [])
  }

  @Test func everyKindOnceInItsOrder() throws {
    let lock = "[[package]]\nname = 'requests'\nversion = '2'\ndependencies = ['urllib3']\n"
    let files = [
      "b.py": "import urllib3\nimport yaml\nimport requests\n", "a.py": "import httpx",
      "requirements.txt": "requests\nsix\n", "dev-requirements.txt": "httpx", "pdm.lock": lock,
    ]
    #expect(
      try Self.compare(files) == [
        "transitive urllib3 b.py:1:1", "missing pyyaml b.py:2:1", "misplaced httpx dev-requirements.txt:1:1",
        "unused six requirements.txt:2:1",
      ])
  }
}
