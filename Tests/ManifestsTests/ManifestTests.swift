import Diagnostics
import Host
import Knowledge
import Manifests
import Packaging
import Project
import PythonEnvironment
import Testing
import TestSupport

@Suite struct ManifestTests {
  static func manifest(
    of root: SourcePath, installed: InstalledDistributions = InstalledDistributions(), python: Version? = nil
  ) throws -> Manifest {
    let project = try Project(reading: root, host: Host(environment: [:], folder: root))
    return Manifest(of: project, installed: installed, python: python)
  }

  static func manifest(
    _ source: String,
    installed: [(name: String, version: String, requires: [String], modules: [String])] = [], python: Version? = nil
  ) throws -> Manifest {
    let folder = try TemporaryFolder()
    try folder.write("app.py", source)
    let packages = try SitePackages(installed)
    // The metadata is read as long as the manifest is made.
    return try withExtendedLifetime(packages) {
      try manifest(of: SourcePath(folder.path), installed: packages.installed(), python: python)
    }
  }

  /// `name group proof kind,kind` of each requirement.
  static func lines(_ manifest: Manifest) -> [String] {
    manifest.requirements.map { entry in
      let kinds = Set(entry.evidence.map(\.kind.rawValue)).sorted().joined(separator: ",")
      return "\(entry.name) \(entry.group.rawValue) \(entry.proof.rawValue) \(kinds)"
    }
  }

  static let fixture: SourcePath = {
    var folder = SourcePath(#filePath)
    for _ in 0..<3 { folder = folder.parent }
    return folder.appending("fixtures/mysite")
  }()

  @Test func theFixture() throws {
    let manifest = try Self.manifest(of: Self.fixture)
    #expect(
      Self.lines(manifest) == [
        "django runtime table "
          + "auth-backend,cache-backend,database-engine,import,installed-app,middleware,setting,template-backend",
        "django-redis runtime table cache-backend", "pymemcache runtime table cache-backend",
        "pymysql runtime table database-engine,import", "uwsgi runtime table process",
      ])
    #expect(manifest.unresolved.isEmpty)
    #expect(manifest.roots.map(\.requirement.description) == manifest.requirements.map(\.name.normalized))
  }

  @Test(arguments: [
    ("import os, sys, asyncio, __future__, xml.etree", [], []),
    ("import yaml, PIL.Image, bs4", ["beautifulsoup4", "pillow", "pyyaml"], []),
    ("import no_such_module_anywhere", [], ["no_such_module_anywhere"]),
    ("import google", [], ["google"]),
    ("import google.cloud.storage", ["google-cloud-storage"], []),
  ])
  func byTheTable(source: String, names: [String], unresolved: [String]) throws {
    let manifest = try Self.manifest(source)
    #expect(manifest.requirements.map(\.name.normalized) == names)
    #expect(manifest.unresolved.map(\.module) == unresolved)
    #expect(manifest.requirements.allSatisfy { $0.proof == .table })
  }

  @Test func theEnvironmentGoesBeforeTheTable() throws {
    let manifest = try Self.manifest(
      "import yaml, own_module, same_name",
      installed: [("my-yaml", "2", [], ["yaml"]), ("own", "1", [], ["own_module"]), ("same-name", "1", [], ["other"])])
    #expect(Self.lines(manifest) == ["my-yaml runtime environment import", "own runtime environment import"])
    #expect(manifest.requirements.map(\.installedVersion) == ["2", "1"])
    // A distribution of that name is installed, and provides another module: that proves nothing.
    #expect(manifest.unresolved.map(\.module) == ["same_name"])
  }

  @Test func aSharedNamespaceProvesNothing() throws {
    let manifest = try Self.manifest(
      "import google.cloud.storage", installed: [("google-auth", "2", [], ["google"])])
    #expect(Self.lines(manifest) == ["google-cloud-storage runtime table import"])
  }

  @Test func alternatives() throws {
    let folder = try TemporaryFolder()
    try folder.write("settings.py", "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql'}}")
    let root = SourcePath(folder.path)
    func entry(_ name: String, _ installed: [(name: String, version: String, requires: [String], modules: [String])])
      throws -> RequirementEntry?
    {
      let packages = try SitePackages(installed)
      return try withExtendedLifetime(packages) {
        try Self.manifest(of: root, installed: packages.installed()).requirements.first { $0.name == PackageName(name) }
      }
    }
    #expect(try entry("psycopg", [])?.alternatives.map(\.normalized) == ["psycopg2-binary", "psycopg2"])
    let installed = try entry("psycopg2", [("psycopg2", "2.9", [], ["psycopg2"])])
    #expect(installed?.proof == .environment)
    #expect(installed?.alternatives.map(\.normalized) == ["psycopg", "psycopg2-binary"])
    try folder.write("other.py", "import psycopg2")
    let imported = try Self.manifest(of: root)
    #expect(imported.requirements.map(\.name.normalized).contains("psycopg") == false)
  }

  @Test func groupsAreTheMostBindingOfAllPlaces() throws {
    let folder = try TemporaryFolder()
    try folder.write("tests/test_a.py", "import yaml, requests")
    try folder.write("a.py", "import requests\ntry: import bs4\nexcept ImportError: pass\nif TYPE_CHECKING: import PIL")
    let manifest = try Self.manifest(of: SourcePath(folder.path))
    #expect(
      manifest.requirements.map { "\($0.name) \($0.group.rawValue)" } == [
        "beautifulsoup4 optional", "pillow typing", "pyyaml test", "requests runtime",
      ])
    #expect(manifest.requirements(in: [.test]).map(\.name.normalized) == ["pyyaml"])
    #expect(manifest.roots.map(\.origin) == ["a.py:1"])
  }
}
