import Diagnostics
import Host
import Manifests
import Project
import PythonEnvironment
import Testing
import TestSupport

/// What the project's own manifests and locks prove.
@Suite struct DeclaredNamesTests {
  static func requirements(_ files: [String: String]) throws -> [String] {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    let root = SourcePath(folder.path)
    let host = Host(environment: [:], folder: root)
    let project = try Project(reading: root, host: host)
    let manifest = Manifest(
      of: project, installed: InstalledDistributions(), declared: DeclaredNames(of: project.tree, host: host))
    return manifest.requirements.map { "\($0.nameWithExtras) \($0.proof.rawValue) \($0.knownVersion ?? "-")" }
      + manifest.unresolved.map { "? \($0.module)" }
  }

  static let engine = "SECRET_KEY = 'x'\nDATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql'}}"

  @Test(arguments: [
    // A name alone proves nothing; the project's own manifest does.
    (["app.py": "import own_thing"], ["? own_thing"]),
    (["app.py": "import own_thing", "requirements.txt": "Own.Thing>=1\n"], ["own-thing declared -"]),
    (
      ["app.py": "import thing_of_ours", "requirements.txt": "django-thing-of-ours\n"],
      ["django-thing-of-ours declared -"]
    ),
    (["app.py": "import utils", "requirements.txt": "utils\n"], ["? utils"]),
    (
      [
        "app.py": "import own_thing",
        "uv.lock": "version = 1\n[[package]]\nname = \"own-thing\"\nversion = \"1.2\"\nsource = { registry = \"x\" }\n",
        "pyproject.toml": "[project]\nname = \"a\"\nversion = \"1\"\n",
      ], ["own-thing lock 1.2"]
    ),
    // Which of several the project has chosen.
    (["settings.py": engine], ["django table -", "psycopg table -"]),
    (["settings.py": engine, "requirements.txt": "psycopg2\n"], ["django table -", "psycopg2 declared -"]),
    (
      ["app.py": "import celery", "requirements.txt": "celery[redis,msgpack]\n"],
      ["celery[msgpack,redis] declared -"]
    ),
    (
      ["settings.py": "INSTALLED_APPS = []\nPASSWORD_HASHERS = ['django.contrib.auth.hashers.Argon2PasswordHasher']"],
      ["django[argon2] table -"]
    ),
  ])
  func proofs(files: [String: String], expected: [String]) throws {
    #expect(try Self.requirements(files) == expected)
  }
}
