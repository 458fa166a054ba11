import Diagnostics
import Knowledge
import Manifests
import Packaging
import PythonEnvironment
import Testing
import TestSupport

/// Which of several distributions a module is, by the project's framework, its environment and its Python.
@Suite struct ModuleResolutionTests {
  @Test(arguments: [
    ("import ninja", ["ninja"]), ("import ninja, django", ["django", "django-ninja"]),
    (
      "from django.conf import settings\nimport captcha, haystack",
      ["django", "django-haystack", "django-simple-captcha"]
    ),
    ("import flask, captcha, haystack", ["captcha", "flask", "haystack-ai"]),
    ("import fastapi, ratelimit", ["fastapi", "ratelimit"]),
    ("import django.urls, flask, ratelimit", ["django", "django-ratelimit", "flask"]),
    ("import flask, notifications", ["flask"]),
    ("import django, notifications", ["django", "django-notifications-hq"]),
  ])
  func theFrameworkDecides(source: String, names: [String]) throws {
    #expect(try ManifestTests.manifest(source).requirements.map(\.name.normalized) == names)
  }

  @Test func settingsAloneMakeADjangoProject() throws {
    let folder = try TemporaryFolder()
    try folder.write("settings.py", "INSTALLED_APPS = ['captcha']\nDATABASES = {}\nROOT_URLCONF = 'urls'\n")
    let manifest = try ManifestTests.manifest(of: SourcePath(folder.path))
    #expect(manifest.requirements.map(\.name.normalized) == ["django-simple-captcha"])
  }

  /// A module, which distributions are installed, each with its top-level modules, and what the import then needs.
  static let installations: [(String, [(String, String)], [String], Proof)] = [
    ("airflow.providers.amazon.aws", [("apache-airflow", "airflow")], ["apache-airflow-providers-amazon"], Proof.table),
    (
      "airflow.providers.amazon.aws", [("apache-airflow", "airflow"), ("apache-airflow-providers-amazon", "airflow")],
      ["apache-airflow-providers-amazon"], .environment
    ),
    (
      "airflow.models", [("apache-airflow-providers-amazon", "airflow"), ("apache-airflow", "airflow")],
      ["apache-airflow"], .environment
    ),
    ("google.cloud.storage", [("google-auth", "google")], ["google-cloud-storage"], .table),
    ("paste.deploy", [("paste", "paste")], ["pastedeploy"], .table),
    ("cv2", [("opencv-python-headless", "cv2"), ("my-opencv", "cv2")], ["opencv-python-headless"], .environment),
    ("yaml", [("my-yaml", "yaml")], ["my-yaml"], .environment),
    ("ninja.NinjaAPI", [("ninja", "ninja")], ["django-ninja"], .table),
    ("ninja.NinjaAPI", [("ninja-fork", "ninja")], ["ninja-fork"], .environment),
    ("utils.text", [("my-utils", "utils")], ["my-utils"], .environment),
  ]

  @Test(arguments: installations)
  func resolves(module: String, installed: [(String, String)], names: [String], proof: Proof) throws {
    let packages = try SitePackages(installed.map { ($0.0, "1", [], [$0.1]) })
    try withExtendedLifetime(packages) {
      let found = try #require(ModuleResolver(installed: packages.installed()).resolve(module))
      #expect(found.candidates.map(\.normalized) == names)
      #expect(found.proof == proof)
    }
  }

  @Test func aSharedNamespaceResolvesToNothing() {
    let resolver = ModuleResolver(installed: InstalledDistributions())
    for module in ["google", "zope.nothing", "airflow.providers", "settings", "tests.utils"] {
      #expect(resolver.resolve(module) == nil, "\(module)")
    }
  }

  @Test(arguments: [
    (
      "google.cloud", ["storage", "bigquery", "nothing"],
      ["google.cloud.storage", "google.cloud.bigquery", "google.cloud"]
    ),
    ("google.cloud.storage", ["Client", "Blob"], ["google.cloud.storage"]), ("yaml", [], ["yaml"]),
    ("ninja", ["NinjaAPI", "Schema"], ["ninja.NinjaAPI", "ninja.Schema"]), ("ninja", ["*"], ["ninja"]),
  ])
  func namesOfAnImport(module: String, names: [String], modules: [String]) {
    #expect(ModuleResolver.modules(of: module, importing: names) == modules)
  }

  /// The standard library is that of the project's Python, or of any when that is not known.
  static let pythons: [(String, String?, [String], [String])] = [
    ("distutils", "3.11", [], []), ("distutils", "3.12.1", ["setuptools"], []), ("distutils", nil, [], []),
    ("asyncore", "3.11", [], []), ("asyncore", "3.12", ["pyasyncore"], []), ("tomllib", "3.11", [], []),
    ("tomllib", "3.10", [], ["tomllib"]), ("tomli", "3.12", ["tomli"], []), ("urllib2", "3.12", [], ["urllib2"]),
    ("urllib2", "2.7.18", [], []), ("commands", "3.9", [], ["commands"]), ("enum", "2.7", ["enum34"], []),
    ("dataclasses", "3.6.15", ["dataclasses"], []), ("cgi", "3.13", ["legacy-cgi"], []), ("cgi", "3.12", [], []),
  ]

  @Test(arguments: pythons)
  func thePythonDecides(module: String, python: String?, names: [String], unresolved: [String]) throws {
    let manifest = try ManifestTests.manifest("import \(module)", python: python.flatMap { Version($0) })
    #expect(manifest.requirements.map(\.name.normalized) == names)
    #expect(manifest.unresolved.map(\.module) == unresolved)
  }

  @Test func namesOfOnesOwnStayUnresolved() throws {
    let manifest = try ManifestTests.manifest("import local_settings, utils.text\nfrom config import x\nimport search")
    #expect(manifest.requirements.isEmpty)
    #expect(manifest.unresolved.map(\.module) == ["config", "local_settings", "search", "utils"])
  }
}
