import Diagnostics
import Host
import Knowledge
import Packaging
import Project
import Testing
import TestSupport

@Suite struct EvidenceTests {
  static func evidence(_ files: [String: String]) throws -> [String] {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    let root = SourcePath(folder.path)
    return try Project(reading: root, host: Host(environment: [:], folder: root)).evidence.map { item in
      let subject =
        switch item.subject {
        case .module(let name): name
        case .distribution(let names): names.map(\.normalized).joined(separator: "|")
        case .rule(let rule): "<\(Self.text(of: rule))>"
        }
      return "\(item.location) \(subject) \(item.kind.rawValue) \(item.group.rawValue)"
    }
  }

  private static func text(of rule: RuleKey) -> String {
    switch rule {
    case .backend(let name), .value(let name), .name(let name), .word(let name), .scheme(let name): name
    }
  }

  @Test func stringsOfSettings() throws {
    let settings = """
      SECRET_KEY = "x"
      INSTALLED_APPS = ["django.contrib.auth", "polls"]
      if DEBUG:
          INSTALLED_APPS += ["debug_toolbar"]
      MIDDLEWARE = ("corsheaders.middleware.CorsMiddleware",)
      DATABASES = {"default": {"ENGINE": "django.db.backends.mysql"}, "o": {"ENGINE": "mssql"}}
      DATABASES["late"] = {"ENGINE": "psqlextra.backend"}
      CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache"}}
      """
    let files = ["site/settings.py": settings, "polls/__init__.py": "", "polls/apps.py": ""]
    let found = try Self.evidence(files)
    #expect(
      found == [
        "site/settings.py:2:19 django.contrib.auth installed-app runtime",
        "site/settings.py:4:24 debug_toolbar installed-app runtime",
        "site/settings.py:5:15 corsheaders.middleware.CorsMiddleware middleware runtime",
        "site/settings.py:6:36 django.db.backends.mysql database-engine runtime",
        "site/settings.py:6:36 <django.db.backends.mysql> database-engine runtime",
        "site/settings.py:6:81 mssql database-engine runtime",
        "site/settings.py:7:32 psqlextra.backend database-engine runtime",
        "site/settings.py:7:32 <psqlextra.backend> database-engine runtime",
        "site/settings.py:8:34 django_redis.cache.RedisCache cache-backend runtime",
      ])
  }

  /// What production.py adds to base.py shows by nothing in it that it is Django's.
  @Test func settingsThatTakeAllNames() throws {
    let files = [
      "p/__init__.py": "", "p/conf/__init__.py": "", "p/conf/base.py": "INSTALLED_APPS = ['base_app']",
      "p/settings/__init__.py": "", "p/settings/middle.py": "from p.conf.base import *",
      "p/settings/production.py":
        "from .middle import *\nCACHES = {'default': {'BACKEND': 'django_redis.cache.RedisCache'}}",
      // Neither of them has anything of Django's.
      "tools/game_settings.py": "CACHES = {'default': {'BACKEND': 'game.cache.Cache'}}",
      "tools/more_settings.py": "from tools.game_settings import *\nEMAIL_BACKEND = 'game.mail.Backend'",
      // Modules of which some names are taken are no settings, whatever they take from others.
      "p/settings/other.py": "from .middle import *\nfrom p.helpers import choose",
      "p/helpers.py": "from p.words import *\ndef choose(x): return x", "p/words.py": "WORDS = 'a.words.Class'",
    ]
    #expect(
      try Self.evidence(files) == [
        "p/conf/base.py:1:19 base_app installed-app runtime",
        "p/settings/production.py:2:34 django_redis.cache.RedisCache cache-backend runtime",
      ])
  }

  @Test func settingsThatAClassComputes() throws {
    let settings = """
      class Base(Settings):
          @property
          def INSTALLED_APPS(self):
              apps = ["django.contrib.auth", "rest_framework"]
              if self.USES_STRIPE:
                  apps.append("djstripe")
              return apps
          def ignored(self): return ["not_an_app"]
      """
    #expect(
      try Self.evidence(["site/settings/base.py": settings]) == [
        "site/settings/base.py:4:17 django.contrib.auth installed-app runtime",
        "site/settings/base.py:4:40 rest_framework installed-app runtime",
        "site/settings/base.py:6:25 djstripe installed-app runtime",
      ])
  }

  /// What takes too long ends, is told of, and leaves something for what stands behind it.
  @Test func settingsWithoutEnd() throws {
    let settings = """
      INSTALLED_APPS = ["first_app"]
      while True: INSTALLED_APPS.append("x")
      L = [a + b + c for a in range(1000) for b in range(1000) for c in range(1000)]
      def f(n): return f(n - 1) + f(n - 2) if n > 1 else 1
      F = f(60)
      D = {i: {j: j for j in range(10000)} for i in range(10000)}
      CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache"}}
      """
    let folder = try TemporaryFolder()
    try folder.write("settings.py", settings)
    let project = try Project(scanning: SourcePath(folder.path))
    #expect(project.evidence.contains { $0.text == "first_app" })
    #expect(project.evidence.contains { $0.text == "django_redis.cache.RedisCache" })
    #expect(
      project.notes.map(\.description) == ["settings.py: line 2 of settings.py takes more steps than are followed"])
  }

  @Test func aRequirementInCodeKeepsItsSecrets() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "m.py", "import pkg_resources\npkg_resources.require('celery @ https://user:pass@example.org/celery.whl')\n")
    let project = try Project(scanning: SourcePath(folder.path))
    #expect(project.evidence.map(\.text) == ["import pkg_resources", "celery"])
  }

  @Test func codeWithoutEnd() throws {
    let folder = try TemporaryFolder()
    let cell = "{\"cell_type\": \"code\", \"source\": [\"import requests\\n\"]}"
    let cells = repeatElement(cell, count: 80_000).joined(separator: ",")
    try folder.write("a.ipynb", "{\"cells\": [\(cells)], \"nbformat\": 4}")
    try folder.write("b.pyx", String(repeating: "cimport numpy\n", count: 20_000))
    let project = try Project(scanning: SourcePath(folder.path))
    #expect(project.evidence.count < 80_000)
    #expect(
      project.notes.map(\.message) == [
        "holds more than 1 MiB of code, so its last cells were not read",
        "holds more than 10,000 imports, so its last ones were not read",
      ])
  }

  /// A file called like a module of the standard library is meant only where scripts start.
  @Test func namesOfTheStandardLibrary() throws {
    let settings = "from secrets import APPS\nfrom abc import OTHERS\nINSTALLED_APPS = APPS\nMIDDLEWARE = OTHERS"
    let files = [
      "manage.py": "", "settings.py": settings, "secrets.py": "APPS = ['first']", "lib/abc.py": "OTHERS = ['a.b.C']",
      "lib/x/__init__.py": "",
    ]
    #expect(try Self.evidence(files) == ["secrets.py:1:9 first installed-app runtime"])
  }

  @Test(arguments: [
    ("uwsgi.ini", "[uwsgi]\nhttp = :8000", ["uwsgi.ini:1:1 uwsgi process runtime"]),
    ("deploy/my_uwsgi.ini", "; x\r\n[uwsgi]\r\n", ["deploy/my_uwsgi.ini:2:1 uwsgi process runtime"]),
    ("tox.ini", "[tox]\nuwsgi = 1", []),
    ("settings.py", "INSTALLED = ['a']", []),
    ("tests/test_a.py", "import a", ["tests/test_a.py:1:1 a import test"]),
    ("docs/conf.py", "import a", ["docs/conf.py:1:1 a import dev"]),
    ("setup.py", "import a", ["setup.py:1:1 a import build"]),
    ("m.py", "try: import a\nexcept ImportError: pass", ["m.py:1:6 a import optional"]),
    ("m.py", "if TYPE_CHECKING: import a", ["m.py:1:19 a import typing"]),
    ("m.py", "importlib.import_module('a.b')", ["m.py:1:1 a.b dynamic-import runtime"]),
    ("m.py", "from . import a", []),
    (".ci/release.py", "import a", [".ci/release.py:1:1 a import dev"]),
    (
      "m.py", "import pkg_resources\npkg_resources.require('Celery[redis]>=5')\npkg_resources.require('m')",
      ["m.py:1:1 pkg_resources import runtime", "m.py:2:15 celery dynamic-import runtime"]
    ),
    ("e2e_tests/a.py", "import a", ["e2e_tests/a.py:1:1 a import test"]),
    // What serves old versions of Python alone.
    (
      "m.py", "try:\n  import tomllib\nexcept ImportError:\n  import tomli as tomllib",
      ["m.py:2:3 tomllib import optional", "m.py:4:3 tomli import optional"]
    ),
    (
      "m.py", "if sys.version_info >= (3, 11):\n  import tomllib\nelse:\n  import tomli as tomllib",
      ["m.py:2:3 tomllib import runtime", "m.py:4:3 tomli import runtime"]
    ),
    (
      "m.py", "try:\n  from typing import Self\nexcept ImportError:\n  from typing_extensions import Self",
      ["m.py:2:3 typing import optional", "m.py:4:3 typing_extensions import optional"]
    ),
    (
      "m.py", "try:\n  import ujson as json\nexcept ImportError:\n  import simplejson as json",
      ["m.py:2:3 ujson import optional", "m.py:4:3 simplejson import optional"]
    ),
    // What names, words and URLs say beside the modules.
    (
      "m.py", "from fastapi import FastAPI, Form",
      ["m.py:1:1 fastapi import runtime", "m.py:1:1 <fastapi.Form> import runtime"]
    ),
    (
      "m.py", "import starlette.testclient",
      ["m.py:1:1 starlette.testclient import runtime", "m.py:1:1 <starlette.testclient> import runtime"]
    ),
    (
      "m.py", "from django.db import models\n# models.ImageField\nMyImageField = 1\nphoto = models.ImageField()",
      ["m.py:1:1 django.db import runtime", "m.py:4:16 <django ImageField> model-field runtime"]
    ),
    ("m.py", "photo = models.ImageField()", []),
    (
      "urls.py", "from django.urls import include\npath('p/', include ( 'push.urls' )), include(x), include('own.x')",
      [
        "urls.py:1:1 django.urls import runtime", "urls.py:2:12 push.urls dynamic-import runtime",
        "urls.py:2:50 own.x dynamic-import runtime",
      ]
    ),
    (
      "m.py", "a = 'redis://:secret@h'; b = \"postgresql+psycopg2://h\"; c = 'http://h' # 'redis://x'",
      ["m.py:1:6 <redis> url-scheme runtime", "m.py:1:31 <postgresql+psycopg2> url-scheme runtime"]
    ),
    ("m.py", "see redis://host, 'foo://x'", []),
    ("m.py", "url.startswith('redis://')", []),
  ])
  func oneFile(name: String, text: String, expected: [String]) throws {
    #expect(try Self.evidence([name: text]) == expected)
  }

  @Test(arguments: [
    ("PASSWORD_HASHERS = ['a.Argon', 'b.Bcrypt']", ["1:21 a.Argon password-hasher"]),
    (
      "STORAGES = {'default': {'BACKEND': 'storages.backends.s3.S3Storage'}}",
      ["1:36 storages.backends.s3.S3Storage storage-backend", "1:36 <storages.backends.s3> storage-backend"]
    ),
    ("REST_FRAMEWORK = {'A': {'B': ['x.y.z']}}", ["1:31 x.y.z setting"]),
    (
      "CELERY_BROKER_URL = 'redis://:secret@h'",
      ["1:21 <redis> url-scheme", "1:21 <CELERY_BROKER_URL=redis://> url-scheme"]
    ),
    ("CELERY_RESULT_BACKEND = 'django-db'", ["1:25 <CELERY_RESULT_BACKEND=django-db> setting"]),
    ("OPTIONAL_APPS = ['a']", ["1:18 a installed-app"]),
    ("ANY = ['a.b.Class', 'app.Model', 'host.name', 'a.W340', 'Www.example.Com', 'x']", ["1:8 a.b.Class setting"]),
    ("CACHES = {'default': {'LOCATION': 'redis://h'}}", []),
    ("lower = ['a.b.Class']", []), ("API_TOKEN = 'mfa.part.Signature'", []),
    ("DATABASES = {'a': {'ENGINE': 'mssql'}}", ["1:30 mssql database-engine"]),
    ("STATIC_STORAGE = 'cache'", []),
  ])
  func oneSetting(text: String, expected: [String]) throws {
    let found = try Self.evidence(["settings.py": text + "\nINSTALLED_APPS = []"])
    #expect(
      found.map { $0.split(separator: ":", maxSplits: 1)[1].split(separator: " ").dropLast().joined(separator: " ") }
        == expected)
    if text.hasPrefix("OPTIONAL") { #expect(found[0].hasSuffix(" optional")) }
  }

  @Test func theSettingsThatManagePyNames() throws {
    let folder = try TemporaryFolder()
    try folder.write("manage.py", "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings.local')")
    try folder.write("site/__init__.py")
    try folder.write("site/settings/__init__.py")
    for name in ["base", "local"] { try folder.write("site/settings/\(name).py", "SECRET_KEY = '\(name)'") }
    let root = SourcePath(folder.path)
    func named(_ environment: [String: String]) throws -> [String?] {
      let project = try Project(reading: root, host: Host(environment: environment, folder: root))
      return [project.settings?.module, project.settings?.values["SECRET_KEY"]?.text, project.managePath?.name]
    }
    #expect(try named([:]) == ["site.settings.local", "local", "manage.py"])
    #expect(try named(["DJANGO_SETTINGS_MODULE": "site.settings.base"]) == ["site.settings.base", "base", "manage.py"])
  }
}
