import Diagnostics
import Foundation
import Host
import Packaging
import Project
import TestSupport
import Testing

/// A project that is scanned again and again, with a cache and without.
private final class CachedProject {
  let folder: TemporaryFolder
  let caches: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    caches = try TemporaryFolder()
    try write(".gitignore", "ignored/\n")
    try write("manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n")
    try write("site/settings.py", "import environ\nSECRET_KEY = 'x'\nINSTALLED_APPS = ['rest_framework']\n")
    try write("site/urls.py", "import site.views\nfrom app import thing\nimport yaml, requests\n")
    try write("site/views.py", "import broken (\nfrom PIL import Image\n")
    try write("app/__init__.py", "try:\n    import redis\nexcept ImportError:\n    redis = None\n")
    try write("app/thing.py", "import app\nURL = 'postgresql+asyncpg://host/x'\nimport sqlalchemy\n")
    try write("ignored/x.py", "import flask\n")
    try write("script.py", "# /// script\n# dependencies = [\"rich\"]\n# ///\nimport rich\n")
    try write("Procfile", "web: gunicorn site.wsgi\n")
    try write("bin/run", "#!/bin/sh\ncelery -A site worker\n")
    try write("pyproject.toml", "[project]\nname = \"site\"\n")
  }

  func write(_ name: String, _ text: String) throws { try folder.write(name, text) }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: folder.file(name)) }

  /// No file is too young: what changes does so after the clock's next tick.
  var cache: ScanCache? {
    ScanCache(
      host: Host(environment: ["XDG_CACHE_HOME": caches.path], folder: "/"), version: "test", settling: .zero)
  }

  func tick() { usleep(20_000) }

  /// What is shown of a scan.
  func scan(cached: Bool = true, rules: ProjectRules = ProjectRules()) throws -> [String] {
    let project = try Project(
      scanning: SourcePath(folder.path), rules: rules, cache: cached ? cache : nil)
    let evidence = project.evidence.map { item in
      "\(item.location) \(item.subject) \(item.names) \(item.kind) \(item.group) \(item.text)"
    }
    let needs = project.evidence.needs.map { "\($0)" }
    let findings = (project.partial + project.failures + project.notes).map(\.description)
    return evidence + needs + findings + project.localImports + ["\(project.filesRead) \(project.hasSettings)"]
  }

  /// The one file of the cache.
  var file: String? {
    get throws {
      let place = caches.file("envtool")
      return try FileManager.default.contentsOfDirectory(atPath: place).first.map { "\(place)/\($0)" }
    }
  }

  func expectSame(rules: ProjectRules = ProjectRules(), _ location: Testing.SourceLocation = #_sourceLocation) throws {
    tick()
    let plain = try scan(cached: false, rules: rules)
    #expect(try scan(rules: rules) == plain, sourceLocation: location)
    #expect(try scan(rules: rules) == plain, sourceLocation: location)
  }
}

@Suite struct ScanCacheTests {
  /// Each change, one behind the other, with what it must bring.
  @Test func everyChangeShows() throws {
    let project = try CachedProject()
    var last: [String] = []
    func change(_ change: () throws -> Void, isSeen: Bool = true, _ location: SourceLocation = #_sourceLocation) throws
    {
      try change()
      try project.expectSame(location)
      let now = try project.scan()
      #expect((now != last) == isSeen, sourceLocation: location)
      last = now
    }
    try change {}
    try change({}, isSeen: false)
    try change { try project.write("site/urls.py", "import site.views\nimport yaml, httpx\n") }
    try change { try project.write("app/new.py", "import numpy\n") }
    try change { try project.write("numpy.py", "") }
    try change { try project.remove("numpy.py") }
    try change { try project.remove("app/new.py") }
    try change {
      try FileManager.default.moveItem(atPath: project.folder.file("app"), toPath: project.folder.file("web"))
    }
    try change({ utimes(project.folder.file("site/urls.py"), nil) }, isSeen: false)
    try change { try project.write("site/settings.py", "INSTALLED_APPS = ['corsheaders']\nSECRET_KEY = 'y'\n") }
    try change { try project.write("site/settings.py", "from .base import *\nINSTALLED_APPS += ['corsheaders']\n") }
    try change { try project.write("site/base.py", "INSTALLED_APPS = ['crispy_forms']\n") }
    try change { try project.write("Procfile", "web: uvicorn site.asgi\n") }
    try change { try project.write(".gitignore", "web/\n") }
    try change { try project.remove(".gitignore") }
    try change { try project.write("pyproject.toml", "[project]\nname = \"gunicorn\"\nscripts = {celery = \"a:b\"}\n") }
    try change { try project.write("site/views.py", "import django  # envtool: ignore\n") }
    try change { try project.write("script.py", "import attrs\n") }
    try change { try project.write("lib/pkg/manage.py", "import pkg2\n") }
    try change { try project.remove("lib") }
  }

  @Test func theOnlyImportOfALocalModuleGoes() throws {
    let project = try CachedProject()
    try project.expectSame()
    #expect(try project.scan().contains("app"))
    try project.write("site/urls.py", "import site.views\n")
    try project.write("app/thing.py", "\n")
    try project.expectSame()
    #expect(try !project.scan().contains("app"))
  }

  @Test func sameSizeAndTimeButOtherContent() throws {
    let project = try CachedProject()
    let path = project.folder.file("site/urls.py")
    try project.write("site/urls.py", "import yaml\n")
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: path)
    try project.expectSame()
    project.tick()
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.write(contentsOf: Data("import toml\n".utf8))
    try handle.close()
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: path)
    try project.expectSame()
    #expect(try project.scan().contains { $0.contains("toml") })
  }

  /// A file that may be written to again within one tick of the clock is never taken for unchanged.
  @Test func youngFilesAreReadAgain() throws {
    let project = try CachedProject()
    let host = Host(environment: ["XDG_CACHE_HOME": project.caches.path], folder: "/")
    let cache = try #require(ScanCache(host: host, version: "test", settling: .seconds(3600)))
    for module in ["yaml", "toml", "attr", "six1"] {
      try project.write("site/urls.py", "import \(module)\n")
      let found = try Project(scanning: SourcePath(project.folder.path), cache: cache)
      #expect(found.evidence.contains { $0.text == "import \(module)" })
    }
  }

  @Test func rulesCount() throws {
    let project = try CachedProject()
    try project.expectSame()
    var rules = ProjectRules()
    rules.local = ["yaml"]
    try project.expectSame(rules: rules)
    rules.exclude = IgnoreRules(Array("site/\n".utf8))
    try project.expectSame(rules: rules)
    rules.providers = ["google.cloud.x": []]
    try project.expectSame(rules: rules)
    try project.expectSame()
  }

  @Test func filesOutsideTheWalkCount() throws {
    let project = try CachedProject()
    try project.write("site/settings.py", "import environ, pathlib\nenv = environ.Env()\nenv.read_env('conf/x.env')\n")
    let settings = """
      import environ
      env = environ.Env()
      environ.Env.read_env('conf.env')
      INSTALLED_APPS = env.list('APPS')
      """
    try project.write("site/settings.py", settings)
    try project.expectSame()
    try project.write("conf.env", "APPS=rest_framework\n")
    try project.expectSame()
    try project.write("conf.env", "APPS=corsheaders\n")
    try project.expectSame()
    try project.write("tox.ini", "[pytest]\nDJANGO_SETTINGS_MODULE = app.conf\n")
    try project.write("app/conf.py", "INSTALLED_APPS = ['crispy_forms']\n")
    try project.expectSame()
  }

  @Test func environmentVariablesDoNotCount() throws {
    let project = try CachedProject()
    let settings = "import os\nINSTALLED_APPS = [os.environ.get('APP', 'rest_framework')]\nSECRET_KEY = 'x'\n"
    try project.write("site/settings.py", settings)
    func evidence(_ environment: [String: String]) throws -> [String] {
      let host = Host(environment: environment, folder: "/")
      return try Project(reading: SourcePath(project.folder.path), host: host).evidence.map(\.text)
    }
    #expect(try evidence(["APP": "corsheaders", "DJANGO_SETTINGS_MODULE": "app.thing"]) == evidence([:]))
  }

  /// At every offset of a small file of the cache: another byte, and now and then the end.
  @Test func damageIsFoundOut() throws {
    let folder = try TemporaryFolder()
    let caches = try TemporaryFolder()
    try folder.write("a.py", "import yaml\n")
    let host = Host(environment: ["XDG_CACHE_HOME": caches.path], folder: "/")
    let cache = try #require(ScanCache(host: host, version: "test", settling: .zero))
    func scan() throws -> [String] {
      try Project(scanning: SourcePath(folder.path), cache: cache).evidence.map(\.text)
    }
    usleep(20_000)
    #expect(try scan() == ["import yaml"])
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: caches.file("envtool")).first)
    let path = caches.file("envtool/\(name)")
    let good = Array(try Data(contentsOf: URL(filePath: path)))
    #expect(good.count > 200)
    for offset in good.indices {
      let bytes = offset % 5 == 0 ? Array(good[..<offset]) : good.replacing(offset, good[offset] ^ 0x41)
      try Data(bytes).write(to: URL(filePath: path))
      #expect(try scan() == ["import yaml"])
      #expect(Array(try Data(contentsOf: URL(filePath: path))) == good)
    }
  }

  /// What was written by another program counts for nothing, even when it is whole.
  @Test func otherProgramsCacheIsIgnored() throws {
    let project = try CachedProject()
    try project.expectSame()
    let path = try #require(try project.file)
    let before = try Data(contentsOf: URL(filePath: path))
    let host = Host(environment: ["XDG_CACHE_HOME": project.caches.path], folder: "/")
    let other = try #require(ScanCache(host: host, version: "other", settling: .zero))
    _ = try Project(scanning: SourcePath(project.folder.path), cache: other)
    #expect(try Data(contentsOf: URL(filePath: path)) != before)
  }

  @Test(arguments: [
    (["XDG_CACHE_HOME": "/a"], true), (["HOME": "/a"], true), ([:], false), (["XDG_CACHE_HOME": "a"], false),
    (["XDG_CACHE_HOME": "a", "HOME": "/a"], true), (["XDG_CACHE_HOME": "", "HOME": ""], false),
  ]) func places(_ environment: [String: String], _ isThere: Bool) {
    #expect((ScanCache(host: Host(environment: environment, folder: "/"), version: "test") != nil) == isThere)
  }

  @Test func aCacheThatCannotBeWrittenIsNone() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.py", "import yaml\n")
    let place = try folder.write("file")
    let cache = ScanCache(host: Host(environment: ["XDG_CACHE_HOME": place], folder: "/"), version: "test")
    #expect(try Project(scanning: SourcePath(folder.path), cache: cache).evidence.map(\.text) == ["import yaml"])
  }

  @Test func oldProjectsGo() throws {
    let caches = try TemporaryFolder()
    let host = Host(environment: ["XDG_CACHE_HOME": caches.path], folder: "/")
    let cache = try #require(ScanCache(host: host, version: "test"))
    try caches.write("envtool/scan-left.part-1", "x")
    try caches.write("envtool/other", "x")
    let old = Date(timeIntervalSince1970: 1e9)
    try FileManager.default.setAttributes(
      [.modificationDate: old], ofItemAtPath: caches.file("envtool/scan-left.part-1"))
    let folder = try TemporaryFolder()
    for number in 0..<80 {
      try folder.write("\(number)/a.py", "import yaml\n")
      _ = try Project(scanning: SourcePath(folder.file("\(number)")), cache: cache)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: caches.file("envtool"))
    #expect(names.filter { $0.hasPrefix("scan-") }.count == 64)
    #expect(!names.contains("scan-left.part-1"))
    #expect(names.contains("other"))
  }

  /// No value of a setting is kept, and nobody else can read what is.
  @Test func noSecretIsKept() throws {
    let project = try CachedProject()
    let settings = """
      SECRET_KEY = 'hunter2secret'
      DATABASE_URL = 'postgres://user:hunter2secret@host/db'
      CACHES = {'default': {'BACKEND': 'django_redis.cache.RedisCache', 'LOCATION': 'redis://:hunter2secret@h/1'}}
      """
    try project.write("site/settings.py", settings)
    try project.write("Procfile", "web: gunicorn -e PASSWORD=hunter2secret site.wsgi\n")
    try project.write("app/x.py", "import redis\nurl = 'redis://:hunter2secret@host'\n")
    try project.expectSame()
    let path = try #require(try project.file)
    #expect(try Data(contentsOf: URL(filePath: path)).range(of: Data("hunter2secret".utf8)) == nil)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func oneFileAloneNeedsNoCache() throws {
    let project = try CachedProject()
    let path = SourcePath(project.folder.file("site/urls.py"))
    for _ in 0..<2 {
      #expect(try Project(scanning: path, cache: project.cache).evidence.contains { $0.text == "import yaml" })
    }
    #expect(!FileManager.default.fileExists(atPath: project.caches.file("envtool")))
  }
}

extension [UInt8] {
  fileprivate func replacing(_ index: Int, _ byte: UInt8) -> [UInt8] {
    var copy = self
    copy[index] = byte
    return copy
  }
}
