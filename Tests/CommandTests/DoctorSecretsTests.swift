import Foundation
import TestSupport
import Testing

/// Secrets stand in every place where a project can hold one, and in no output.
///
/// Each is a word that no encoding changes, with a tail that quotes and URLs do.
@Suite struct DoctorSecretsTests {
  private static let word = "Pl4ntedZq"

  /// Secrets in the places of each file, numbered so that a failure names its place.
  private struct Planted {
    private(set) var count = 0

    private mutating func next() -> String {
      count += 1
      return "\(DoctorSecretsTests.word)\(count)"
    }

    /// As a literal of Python, JSON or YAML.
    mutating func quoted() -> String { "\"\(next())'/+é&\\\\%7E\"" }

    /// As a part of a URL.
    mutating func encoded() -> String { "\(next())%27%2F%2B%C3%A9%26" }

    /// As a word of a shell.
    mutating func plain() -> String { next() }
  }

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    var planted = Planted()
    try folder.write("manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_.settings')\n")
    try folder.write("site_/__init__.py")
    try folder.write("site_/urls.py", "from django.urls import path\nurlpatterns = [path('/x', None)]\n")
    try folder.write("site_/settings.py", Self.settings(&planted))
    try folder.write("polls/__init__.py")
    try folder.write(
      "polls/models.py",
      "from django.conf import settings\nraise ValueError(settings.SECRET_KEY, repr(settings.DATABASES))\n")
    for (path, text) in Self.otherFiles(&planted) { try folder.write(path, text) }
    #expect(planted.count > 50)
  }

  private static func settings(_ secret: inout Planted) -> String {
    """
    import os, dj_database_url, environ
    env = environ.Env()
    ROOT_URLCONF = "site_.urls"
    DEBUG = True
    ALLOWED_HOSTS = []
    INSTALLED_APPS = ["polls", "nothere", "my-app"]
    MIDDLEWARE = []
    SECRET_KEY = \(secret.quoted())
    SECRET_KEY_FALLBACKS = [\(secret.quoted())]
    DATABASES = {
        "defalut": {"ENGINE": "django.db.backends.mysq", "NAME": "/a/b", "USER": "root", "PASSWORD": \(secret.quoted()),
                    "HOST": "127.0.0.1", "PORT": "1", "OPTIONS": {"passwd": \(secret.quoted()), "ssl": {"key": \(secret.quoted())}}},
        "pg": {"ENGINE": "django.db.backends.postgresql", "HOST": "postgres://u:\(secret.encoded())@127.0.0.1", "NAME": "x"},
        "port": {"ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "PORT": "1/\(secret.encoded())@x", "PASSWORD": "x"},
        "parsed": dj_database_url.parse("mysql://u:\(secret.encoded())@127.0.0.1:1/x"),
        "file": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/no/such/folder/x?password=\(secret.encoded())"},
        "default": env.db("DATABASE_URL", default="postgres://u:\(secret.encoded())@127.0.0.1:1/x"),
        "variable": {"ENGINE": "django.db.backends.mysql", "NAME": "x", "HOST": "127.0.0.1", "PORT": "1",
                     "PASSWORD": os.environ["DB_PASSWORD"]},
    }
    DATABASES["late"] = {"ENGINE": "django.db.backends.oracle", "PASSWORD": \(secret.quoted())}
    DATABASES["late"]["PASSWORD"] += \(secret.quoted())
    password = \(secret.quoted())
    DATABASES["made"] = {"ENGINE": "django.db.backends.postgresql", "HOST": f"postgresql://u:{password}@127.0.0.1:1/x"}
    CACHES = {
        "defalut": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://:\(secret.encoded())@127.0.0.1:1/99"},
        "list": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": ["redis://u:\(secret.encoded())@127.0.0.1:1", "redis//:\(secret.encoded())@127.0.0.1"],
                 "OPTIONS": {"PASSWORD": \(secret.quoted()), "CLIENT_CLASS": "django_redis.client.DefaultClient"}},
        "memcached": {"BACKEND": "django.core.cache.backends.memcached.MemcachedCache", "LOCATION": "u:\(secret.encoded())@127.0.0.1:1",
                      "OPTIONS": {"username": "u", "password": \(secret.quoted())}},
        "file": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "redis://:\(secret.encoded())@x/c"},
        "table": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "amqp://u:\(secret.encoded())@x"},
        "unknown": {"BACKEND": "redis://u:\(secret.encoded())@x", "LOCATION": "x"},
    }
    DATABASE_ROUTERS = ["site_.routers.None_"]
    DATABASE_APPS_MAPPING = {"polls": "postgres://u:\(secret.encoded())@x"}
    CELERY_BROKER_URL = "amqp://u:\(secret.encoded())@127.0.0.1//"
    BROKER_URL = "sqs://u:\(secret.encoded())@"
    EMAIL_HOST_PASSWORD = \(secret.quoted())
    EMAIL_URL = "smtp://u:\(secret.encoded())@x"
    AWS_SECRET_ACCESS_KEY = \(secret.quoted())
    SENTRY_DSN = "https://\(secret.encoded())@example.org/1"
    STORAGES = {"default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"secret_key": \(secret.quoted()), "access_key": \(secret.quoted())}}}
    LOGGING = {"handlers": {"x": {"class": "logging.handlers.HTTPHandler", "credentials": ["u", \(secret.quoted())]}}}
    STATIC_URL = "https://u:\(secret.encoded())@example.org/static"
    STATICFILES_DIRS = ["https://u:\(secret.encoded())@example.org/x"]
    STATIC_ROOT = "s3://u:\(secret.encoded())@x"
    TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": ["http://u:\(secret.encoded())@x"]}]
    API_TOKEN = (\(secret.quoted()), \(secret.quoted()))
    SESSION_ENGINE = "redis://u:\(secret.encoded())@x"

    """
  }

  private static func otherFiles(_ secret: inout Planted) -> [String: String] {
    [
      ".env": "DB_PASSWORD=\(secret.plain())\nDATABASE_URL=postgres://u:\(secret.encoded())@127.0.0.1:1/x\n",
      "uwsgi.ini": """
      [uwsgi]
      chdir = %d/none  # of ours
      env = DB_PASSWORD=\(secret.plain())  # the password
      set-ph = password=\(secret.plain())
      pyrgv = --password \(secret.plain())
      wsgi-file = manage.py
      stats-password = \(secret.plain()) # \(secret.plain())
      static-map = /x=http://u:\(secret.encoded())@x
      socket = /tmp/x.sock
      """,
      "Procfile": "web: DB_PASSWORD=\(secret.plain()) gunicorn --wokers 3 --env X_TOKEN=\(secret.plain()) site_.wsgi\n",
      "gunicorn.conf.py":
        "bind = '0.0.0.0:80'\nwokers = 3\nraw_env = ['PASSWORD=\(secret.plain())']\nstatsd_host = 'u:\(secret.encoded())@x'\n",
      "compose.yml": """
      services:
        db:
          image: postgres:9.4
          environment:
            POSTGRES_PASSWORD: \(secret.quoted())
          command: postgres -c password=\(secret.plain())
        cache:
          image: redis:2
          command: redis-server --requirepass \(secret.plain())
      """,
      "requirements.txt":
        "--extra-index-url http://u:\(secret.encoded())@127.0.0.1:1/simple\n--trusted-host 127.0.0.1\n-r none.txt\n"
        + "django==4.2\nx @ https://u:\(secret.encoded())@example.org/x-1.0-py3-none-any.whl\n",
      "install.sh":
        "pip install -i http://u:\(secret.encoded())@127.0.0.1:1/simple --trusted-host u:\(secret.encoded())@x -r requriements.txt\n"
        + "mysql -u root -p\(secret.plain()) x\n",
      "pip.conf": "[global]\nindex-url = http://u:\(secret.encoded())@127.0.0.1:1/simple\ntrusted-host = 127.0.0.1\n",
      "pyproject.toml":
        "[[tool.uv.index]]\nurl = \"http://u:\(secret.encoded())@127.0.0.1:1/simple\"\n[[tool.poetry.source]]\nname = \"x\"\nurl = \"http://u:\(secret.encoded())@x/\"\n",
      "nginx.conf":
        "server { location / { uwsgi_pass unix:///tmp/x.sock; proxy_pass http://u:\(secret.encoded())@127.0.0.1:1; } }\n",
      ".envtool/checks/a.toml": "[[check]]\nid = \"x\"\nsetting = \"API_TOKEN\"\nequals = \"x\"\n",
    ]
  }

  private func expectNothing(_ arguments: [String], variables: [String: String] = [:]) async throws {
    let known = ["DB_PASSWORD": "\(Self.word)0'/+", "X_API_KEY": "\(Self.word)00", "ENVTOOL_JOBS": "2"]
    let run = try await EnvtoolRun(
      ["doctor", "--timeout", "1"] + arguments, in: folder.path, variables: known.merging(variables) { $1 })
    #expect(run.status == 1, "\(arguments): \(run.errors)")
    for (name, text) in [("stdout", run.output), ("stderr", run.errors)] {
      let lines = text.split(separator: "\n").filter { $0.contains(Self.word) }
      #expect(lines.isEmpty, "\(arguments) \(name): \(lines.joined(separator: "\n"))")
    }
  }

  @Test(arguments: ["text", "json", "sarif", "junit", "github"])
  func inNoFormat(_ format: String) async throws {
    try await expectNothing(["--format", format, "--verbose", "--fail-on", "unknown"])
    try await expectNothing(["--format", format, "--profile", "production", "--static"])
  }

  @Test func inNoEdit() async throws { try await expectNothing(["--static", "--fix"]) }

  @Test func notWhereAllChecksCrashed() async throws {
    let list = try await EnvtoolRun(["doctor", "--list"])
    let ids = list.output.split(separator: "\n").map { $0.prefix { $0 != " " } }
    try await expectNothing(
      ["--static", "--fail-on", "unknown", "--verbose"],
      variables: ["_ENVTOOL_CRASHED_CHECKS": ids.joined(separator: ",")])
  }

  @Test(.enabled(if: TestEnvironment.holds("django-"), "needs Django in ENVTOOL_TEST_ENVIRONMENT"))
  func notWhenTheProjectIsImported() async throws {
    let python = try #require(TestEnvironment.python)
    // Without what the environment lacks.
    let settings = try String(contentsOfFile: folder.file("site_/settings.py"), encoding: .utf8)
    let lines = settings.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("environ.Env") && !$0.contains("env.db") && !$0.contains("dj_database_url.parse") }
    try folder.write(
      "site_/settings.py",
      lines.joined(separator: "\n").replacing("import os, dj_database_url, environ", with: "import os"))
    try await expectNothing(["--live", "--python", "\(python)", "--fail-on", "unknown"])
  }
}
