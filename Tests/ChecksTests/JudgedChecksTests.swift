import Doctor
import Testing

/// What the environment decides is neither an error nor passed over.
struct JudgedChecksTests {
  private static let head = "import os, sys, platform\n"
  private static let cacheHead = "django.core.cache.backends."

  @Test(arguments: [
    ("database-name", "{'ENGINE': 'django.db.backends.postgresql', 'NAME': os.environ.get('N')}", "unknown"),
    ("database-name", "{'ENGINE': 'django.db.backends.postgresql', 'NAME': os.environ.get('N', '')}", "unknown"),
    ("database-engine", "{'ENGINE': os.environ.get('E'), 'NAME': 'x'}", "unknown"),
    ("database-engine", "{'ENGINE': os.environ.get('E', 'django.db.backends.sqlite'), 'NAME': 'x'}", "error"),
    (
      "database-engine",
      "{'ENGINE': 'django.db.backends.sqlite' if os.environ.get('E') == 'dev' else 'django.db.backends.mysql'}", "error"
    ),
    (
      "database-name",
      "{'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x' if sys.platform == 'win32' else '/tmp/x.db'}", nil
    ),
    (
      "database-name", "{'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x' if 'test' in sys.argv else '/tmp/x.db'}",
      nil
    ),
    (
      "database-sqlite-path",
      "{'ENGINE': 'django.db.backends.sqlite3', 'NAME': os.path.expandvars('$DATA_DIR/db.sqlite3')}", "unknown"
    ),
  ])
  func databases(_ id: String, _ database: String, _ expected: String?) async throws {
    let run = try await CheckRun(
      id, ["mysite/settings.py": "\(Self.head)DATABASES = {'default':\n\(database)}\n"])
    #expect(run.findings == (expected.map { ["\($0) mysite/settings.py:3 default"] } ?? []))
  }

  @Test(arguments: [
    ("redis.RedisCache", "os.environ.get('L')", "unknown"), ("redis.RedisCache", "[os.environ.get('L')]", "unknown"),
    ("redis.RedisCache", "os.environ.get('L', '')", "unknown"),
    ("redis.RedisCache", "f\"{os.environ.get('L')}\"", "unknown"),
    ("redis.RedisCache", "'h:1' if os.environ.get('L') else 'redis://h:1'", "error"),
    ("filebased.FileBasedCache", "'c:/foo' if platform.system() == 'Windows' else '/var/tmp'", nil),
    ("filebased.FileBasedCache", "os.environ.get('L', '')", "unknown"),
  ])
  func caches(_ backend: String, _ location: String, _ expected: String?) async throws {
    let cache = "{'BACKEND': '\(Self.cacheHead)\(backend)', 'LOCATION':\n\(location)}"
    let run = try await CheckRun(
      "cache-location", ["mysite/settings.py": "\(Self.head)CACHES = {'default': \(cache)}\n"])
    #expect(run.findings == (expected.map { ["\($0) mysite/settings.py:3 default"] } ?? []))
  }

  @Test(arguments: [
    "os.environ.get('DJANGO_ENV') == 'production'", "'PRODUCTION' in os.environ", "'test' in sys.argv",
    "os.path.exists('/etc/production')",
  ])
  func branches(_ condition: String) async throws {
    let settings = """
      \(Self.head)if \(condition):
        CACHES = {
          'defalut': {'BACKEND': 'x'}}
      else:
        CACHES = {'default': {'BACKEND': 'x'}}
      """
    #expect(
      try await CheckRun("cache-default", ["mysite/settings.py": settings]).findings == [
        "error mysite/settings.py:4 default"
      ])
  }

  @Test func whatIsSetIsKnown() async throws {
    let settings = "\(Self.head)DATABASES = {'default': {'ENGINE': os.environ.get('E'), 'NAME': 'x'}}\n"
    let run = try await CheckRun(
      "database-engine", ["mysite/settings.py": settings], environment: ["E": "django.db.backends.mysql"])
    #expect(run.findings == [])
  }

  @Test func testsHaveDatabasesOfTheirOwn() async throws {
    let settings = """
      \(Self.head)DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': '/tmp/x.db'}}
      if 'test' in sys.argv:
        DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'test'}}
      elif os.environ.get('DEMO'):
        DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'demo'}}
      """
    #expect(
      try await CheckRun("database-name", ["mysite/settings.py": settings]).findings == [
        "warning mysite/settings.py:6 default"
      ])
  }
}
