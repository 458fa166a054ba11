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
        }
      return "\(item.location) \(subject) \(item.kind.rawValue) \(item.group.rawValue)"
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
        "site/settings.py:6:36 mysqlclient|pymysql database-engine runtime",
        "site/settings.py:6:81 mssql database-engine runtime",
        "site/settings.py:7:32 psqlextra.backend database-engine runtime",
        "site/settings.py:8:34 django_redis.cache.RedisCache cache-backend runtime",
      ])
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
  ])
  func oneFile(name: String, text: String, expected: [String]) throws {
    #expect(try Self.evidence([name: text]) == expected)
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
