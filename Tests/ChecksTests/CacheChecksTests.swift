import Doctor
import Testing

@Suite struct CacheDefaultTests {
  @Test(arguments: [
    ("CACHES = {\n  'defalut': {'BACKEND': 'x'},\n}\n", ["error mysite/settings.py:2 default"]),
    ("CACHES = {}\n", ["error mysite/settings.py:1 default"]),
    (
      "def redis(n):\n  return {'BACKEND': 'x'}\nCACHES = {\n  'defalut': redis(0),\n  'other': redis(1),\n}\n",
      ["error mysite/settings.py:4 default"]
    ),
    ("CACHES = {'default': {'BACKEND': 'x'}}\n", []),
    ("CACHES = dict(default={'BACKEND': 'x'}, other={})\n", []),
    ("INSTALLED_APPS = []\n", []),
    ("import somewhere\nCACHES = somewhere.caches()\n", ["unknown mysite/settings.py:2 CACHES"]),
    ("import somewhere\nCACHES = {'a': {}, **somewhere.more}\n", ["unknown mysite/settings.py:2 CACHES"]),
  ])
  func aliases(_ settings: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("cache-default", ["mysite/settings.py": settings]).findings == expected)
  }
}

/// CACHES with one alias, whose entries begin in line 3.
private func cache(_ backend: String, _ entries: String = "") -> String {
  let dotted = backend.contains("(") || backend.contains("_") || backend.hasPrefix("mysite")
  let name = dotted ? backend : "django.core.cache.backends.\(backend)"
  return "import os\nCACHES = {'default': {\n'BACKEND': '\(name)',\n\(entries)\n}}\n"
}

@Suite struct CacheBackendTests {
  @Test(arguments: [
    ("memcached.MemcachedCache", "django==5.2\n", ["error mysite/settings.py:3 default"]),
    ("memcached.MemcachedCache", "django~=4.1.0\n", ["error mysite/settings.py:3 default"]),
    ("memcached.MemcachedCache", "django>=3.2\n", ["error mysite/settings.py:3 default"]),
    ("memcached.MemcachedCache", "django==4.0\n", []),
    ("memcached.MemcachedCache", "django>=3.2,<4.1\n", []),
    ("memcached.MemcachedCache", "", ["unknown mysite/settings.py:3 default"]),
    ("memcached.PyMemcacheCache", "django==3.1\n", ["error mysite/settings.py:3 default"]),
    ("memcached.PyMemcacheCache", "django==3.2\n", []),
    ("redis.RedisCache", "django==3.2\n", ["error mysite/settings.py:3 default"]),
    ("redis.RedisCache", "django==4.0\n", []),
    ("locmem.LocMemCache", "", []),
    ("locmem.LocmemCache", "", ["error mysite/settings.py:3 default"]),
    ("redis.cache.RedisCache", "", ["error mysite/settings.py:3 default"]),
    ("django_redis.cache.RedisCache", "", []),
    ("django_redis.RedisCache", "", ["error mysite/settings.py:3 default"]),
    ("dango_redis.cache.RedisCache", "", ["error mysite/settings.py:3 default"]),
    ("django-redis.cache_.RedisCache", "", ["error mysite/settings.py:3 default"]),
    ("redis_cache.RedisCache", "", []),
    ("mysite.caches.Own", "", []),
    ("mysite.caches.Other", "", ["error mysite/settings.py:3 default"]),
    ("mysite.cashes.Own", "", ["error mysite/settings.py:3 default"]),
  ])
  func backends(_ backend: String, _ requirements: String, _ expected: [String]) async throws {
    let files = [
      "mysite/settings.py": cache(backend), "mysite/caches.py": "class Own: pass\n", "requirements.txt": requirements,
    ]
    #expect(try await CheckRun("cache-backend", files).findings == expected)
  }

  @Test func withoutBackend() async throws {
    let written = try await CheckRun("cache-backend", ["mysite/settings.py": "CACHES = {'default': {'TIMEOUT': 1}}\n"])
    #expect(written.findings == ["error mysite/settings.py:1 default"])
    let unknown = "import x\nCACHES = {'default': {'BACKEND': x.y}}\n"
    #expect(
      try await CheckRun("cache-backend", ["mysite/settings.py": unknown]).findings
        == ["unknown mysite/settings.py:2 default"])
  }
}

@Suite struct CacheClientTests {
  @Test(arguments: [
    ("django_redis.cache.RedisCache", "django==5.2\n", ["error mysite/settings.py:3 default"]),
    ("django_redis.cache.RedisCache", "django==5.2\ndjango-redis\n", []),
    ("redis.RedisCache", "django==5.2\n", ["error mysite/settings.py:3 default"]),
    ("redis.RedisCache", "django==5.2\nredis\n", []),
    ("redis.RedisCache", "django==5.2\ncelery[redis]\n", []),
    ("redis.RedisCache", "django==5.2\ndjango-rq\n", []),
    ("redis.RedisCache", "django==5.2\nrq-scheduler\n", []),
    ("redis.RedisCache", "django==5.2\nhiredis\n", ["error mysite/settings.py:3 default"]),
    ("redis.RedisCache", "django==5.2\npytest-redis\n", ["unknown mysite/settings.py:3 default"]),
    ("memcached.PyMemcacheCache", "django==5.2\npython-memcached\n", ["error mysite/settings.py:3 default"]),
    ("memcached.PyLibMCCache", "django==5.2\npylibmc==1.6\n", []),
    ("memcached.MemcachedCache", "django==3.2\n", ["error mysite/settings.py:3 default"]),
    ("memcached.MemcachedCache", "django==5.2\n", []),
    ("locmem.LocMemCache", "django==5.2\n", []),
    ("mysite.caches.Own", "django==5.2\n", []),
    ("redis.RedisCache", "", ["unknown mysite/settings.py:3 default"]),
  ])
  func clients(_ backend: String, _ requirements: String, _ expected: [String]) async throws {
    let files = ["mysite/settings.py": cache(backend), "mysite/caches.py": "", "requirements.txt": requirements]
    #expect(try await CheckRun("cache-client", files).findings == expected)
  }

  @Test func condaHasRedisUnderAnotherName() async throws {
    let files = [
      "mysite/settings.py": cache("redis.RedisCache"),
      "environment.yml": "dependencies:\n  - django=5.2\n  - redis-py\n",
    ]
    #expect(try await CheckRun("cache-client", files).findings == [])
  }
}

@Suite struct CacheLocationTests {
  @Test(arguments: [
    ("memcached.PyMemcacheCache", "'LOCATION': '127.0.0.1:11211'", []),
    ("memcached.PyMemcacheCache", "'LOCATION': ['127.0.0.1:11211', 'unix:/tmp/m.sock', '/tmp/m.sock']", []),
    ("memcached.PyMemcacheCache", "'LOCATION': '127.0.0.1:112l1'", ["error mysite/settings.py:4 default"]),
    ("memcached.PyMemcacheCache", "'LOCATION': 'redis://127.0.0.1'", ["error mysite/settings.py:4 default"]),
    ("memcached.PyMemcacheCache", "'TIMEOUT': 1", ["error mysite/settings.py:2 default"]),
    ("memcached.PyMemcacheCache", "'LOCATION': os.environ['M']", ["unknown mysite/settings.py:4 default"]),
    ("memcached.MemcachedCache", "'LOCATION': '/tmp/m.sock'", ["error mysite/settings.py:4 default"]),
    ("memcached.MemcachedCache", "'LOCATION': 'unix:/tmp/m.sock'", []),
    ("memcached.PyLibMCCache", "'LOCATION': 'unix:/tmp/m.sock'", ["error mysite/settings.py:4 default"]),
    ("memcached.PyLibMCCache", "'LOCATION': '/tmp/m.sock'", []),
    ("redis.RedisCache", "'LOCATION': 'redis://127.0.0.1:6379/1'", []),
    ("redis.RedisCache", "'LOCATION': '127.0.0.1:6379'", ["error mysite/settings.py:4 default"]),
    (
      "django_redis.cache.RedisCache", "'LOCATION': ['redis://a:6379/1', 'a:6379']",
      ["error mysite/settings.py:4 default"]
    ),
    ("django_redis.cache.RedisCache", "'LOCATION': 'redis://a:63x9/1'", ["error mysite/settings.py:4 default"]),
    (
      "django_redis.cache.RedisCache",
      "'LOCATION': 'a:1',\n'OPTIONS': {'CLIENT_CLASS': 'django_redis.client.HerdClient'}", []
    ),
    ("redis.RedisCache", "'LOCATION': 'redis://127.0.0.1:6379:1'", ["error mysite/settings.py:4 default"]),
    ("redis.RedisCache", "'LOCATION': ['redis://[::1]:6379/0', 'rediss://:a:b@c/1', 'unix:///tmp/r.sock']", []),
    ("filebased.FileBasedCache", "'LOCATION': 'c:/foo/bar'", ["warning mysite/settings.py:4 default"]),
    ("filebased.FileBasedCache", "'LOCATION': 'cache'", ["warning mysite/settings.py:4 default"]),
    ("filebased.FileBasedCache", "'LOCATION': '/var/tmp/django_cache'", []),
    ("filebased.FileBasedCache", "'LOCATION': '/dev/null'", ["error mysite/settings.py:4 default"]),
    ("filebased.FileBasedCache", "'LOCATION': '/dev/null/cache'", ["error mysite/settings.py:4 default"]),
    ("filebased.FileBasedCache", "'TIMEOUT': 1", ["error mysite/settings.py:2 default"]),
    ("locmem.LocMemCache", "'LOCATION': 'snow flake'", []),
  ])
  func locations(_ backend: String, _ entries: String, _ expected: [String]) async throws {
    let files = ["mysite/settings.py": cache(backend, entries), "requirements.txt": "django==3.1\n"]
    #expect(try await CheckRun("cache-location", files).findings == expected)
  }

  @Test func passwordsAreNotShown() async throws {
    for address in ["user:s3cret-Pass@a:6379", "a:6379?password=s3cret-Pass", "redis://:s3cret-Pass@a:63x9/0"] {
      let settings = cache("redis.RedisCache", "'LOCATION': '\(address)'")
      let run = try await CheckRun("cache-location", ["mysite/settings.py": settings])
      #expect(run.results.allSatisfy { !"\($0.result)".contains("s3cret") })
    }
  }

  @Test func pylibmcTakesThePrefixSinceDjango32() async throws {
    let settings = cache("memcached.PyLibMCCache", "'LOCATION': 'unix:/tmp/m.sock'")
    for (django, expected) in [("3.2", []), ("1.11.29", ["error mysite/settings.py:4 default"])] {
      let files = ["mysite/settings.py": settings, "requirements.txt": "django==\(django)\n"]
      #expect(try await CheckRun("cache-location", files).findings == expected)
    }
  }
}

@Suite struct CacheOptionsTests {
  @Test(arguments: [
    ("locmem.LocMemCache", "'TIMEOUT': '1 hour'", ["warning mysite/settings.py:4 default"]),
    ("locmem.LocMemCache", "'TIMEOUT': 60 * 60", []),
    ("locmem.LocMemCache", "'TIMEOUT': '5000', 'OPTIONS': {'MAX_ENTRIES': ' 1000 '}", []),
    ("locmem.LocMemCache", "'TIMEOUT': None", []),
    ("locmem.LocMemCache", "'TIMEOUT': 'None'", ["warning mysite/settings.py:4 default"]),
    (
      "locmem.LocMemCache", "'TIMEOUT': __import__('datetime').timedelta(hours=1)",
      ["warning mysite/settings.py:4 default"]
    ),
    ("locmem.LocMemCache", "'TIMEOUT': timedelta(hours=1)", ["warning mysite/settings.py:4 default"]),
    ("locmem.LocMemCache", "'TIMEOUT': timedelta(hours=1).total_seconds()", ["unknown mysite/settings.py:4 default"]),
    ("locmem.LocMemCache", "'timeout': 'soon'", ["warning mysite/settings.py:4 default"]),
    ("locmem.LocMemCache", "'TIMEOUT': [60]", ["warning mysite/settings.py:4 default"]),
    (
      "locmem.LocMemCache", "'OPTIONS': {\n'MAX_ENTRIES': 'many',\n'CULL_FREQUENCY': '1/3'}",
      ["warning mysite/settings.py:5 default", "warning mysite/settings.py:6 default"]
    ),
    ("locmem.LocMemCache", "'MAX_ENTRIES': 1000", ["warning mysite/settings.py:4 default"]),
    ("locmem.LocMemCache", "'OPTIONS': {'TIMEOUT': 60}", ["warning mysite/settings.py:4 default"]),
    ("locmem.LocMemCache", "'TIMOUT': 60", ["warning mysite/settings.py:4 default"]),
    ("locmem.LocMemCache", "'OPTIONS': {'MAX_ENTRYS': 60}", ["warning mysite/settings.py:4 default"]),
    ("redis.RedisCache", "'OPTIONS': {'db': '1', 'pool_class': 'redis.BlockingConnectionPool'}", []),
    (
      "django_redis.cache.RedisCache", "'TIMEOUT': '1h', 'REVERSE_KEY_FUNCTION': 'a.b'",
      ["warning mysite/settings.py:4 default"]
    ),
    ("locmem.LocMemCache", "'TIMEOUT': os.environ['T']", ["unknown mysite/settings.py:4 default"]),
  ])
  func options(_ backend: String, _ entries: String, _ expected: [String]) async throws {
    let run = try await CheckRun("cache-options", ["mysite/settings.py": cache(backend, entries)])
    #expect(run.findings == expected)
  }
}

@Suite struct CacheTableTests {
  @Test(arguments: [
    ("'TIMEOUT': 1", ["error mysite/settings.py:2 default"]),
    ("'LOCATION': 'cache_table'", ["error mysite/settings.py:4 default"]),
    ("'LOCATION': os.environ['T']", ["unknown mysite/settings.py:4 default"]),
  ])
  func tables(_ entries: String, _ expected: [String]) async throws {
    let databases = "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'db.sqlite3'}}\n"
    let files = ["mysite/settings.py": cache("db.DatabaseCache", entries) + databases]
    #expect(try await CheckRun("cache-table", files).findings == expected)
  }

  @Test func serversAreNotAsked() async throws {
    let databases = "DATABASES = {'default': {'ENGINE': 'django.db.backends.mysql', 'NAME': 'x'}}\n"
    let files = ["mysite/settings.py": cache("db.DatabaseCache", "'LOCATION': 't'") + databases]
    #expect(try await CheckRun("cache-table", files).findings == ["unknown mysite/settings.py:4 default"])
  }
}

@Suite struct CacheSharedTests {
  private static let sessions = "SESSION_ENGINE = 'django.contrib.sessions.backends.cache'\n"

  @Test(arguments: [
    (cache("locmem.LocMemCache"), ["uwsgi.ini": "[uwsgi]\nprocesses = 4\n"], ["warning mysite/settings.py:3 default"]),
    (
      cache("locmem.LocMemCache") + sessions, ["gunicorn.conf.py": "workers = 3\n"],
      ["warning mysite/settings.py:3 default"]
    ),
    (
      cache("locmem.LocMemCache"),
      ["gunicorn.conf.py": "import multiprocessing\nworkers = multiprocessing.cpu_count() * 2 + 1\n"],
      ["warning mysite/settings.py:3 default"]
    ),
    (
      cache("locmem.LocMemCache"), ["Procfile": "web: gunicorn mysite.wsgi --workers=4\n"],
      ["warning mysite/settings.py:3 default"]
    ),
    (
      "import os\n" + sessions, ["Procfile": "web: gunicorn mysite.wsgi -w 4\n"],
      ["warning mysite/settings.py:2 default"]
    ),
    (
      cache("locmem.LocMemCache"), ["gunicorn.conf.py": "import os\nworkers = (os.cpu_count() or 1) * 2 + 1\n"],
      ["warning mysite/settings.py:3 default"]
    ),
    (
      cache("locmem.LocMemCache"),
      ["etc/web.py": "NUM = 4\nworkers = NUM\n", "Procfile": "web: gunicorn -c etc/web.py mysite.wsgi\n"],
      ["warning mysite/settings.py:3 default"]
    ),
    (
      cache("locmem.LocMemCache"), ["Dockerfile": "ENV WEB_CONCURRENCY=4\nCMD [\"gunicorn\", \"mysite.wsgi\"]\n"],
      ["warning mysite/settings.py:3 default"]
    ),
    (
      cache("locmem.LocMemCache"),
      ["Dockerfile": "ENV GUNICORN_CMD_ARGS=\"--workers=4\"\nCMD [\"gunicorn\", \"mysite.wsgi\"]\n"],
      ["warning mysite/settings.py:3 default"]
    ),
    (
      cache("locmem.LocMemCache"),
      [
        "docker-compose.yml":
          "services:\n  web:\n    command: gunicorn mysite.wsgi\n    deploy:\n      replicas: 3\n  other:\n    image: x\n"
      ],
      ["warning mysite/settings.py:3 default"]
    ),
    (
      cache("locmem.LocMemCache"),
      [
        "docker-compose.yml":
          "services:\n  web:\n    command: gunicorn mysite.wsgi\n  other:\n    image: x\n    deploy:\n      replicas: 3\n"
      ],
      []
    ),
    (
      cache("locmem.LocMemCache"), ["uwsgi.json": "{\"uwsgi\": {\"processes\": 4}}\n"],
      ["warning mysite/settings.py:3 default"]
    ),
    (
      cache("locmem.LocMemCache"), ["apache.conf": "WSGIDaemonProcess mysite processes=4 threads=15\n"],
      ["warning mysite/settings.py:3 default"]
    ),
    (cache("locmem.LocMemCache"), ["uwsgi.ini": "[uwsgi]\np = 4\n"], []),
    (cache("locmem.LocMemCache"), ["uwsgi.ini": "[uwsgi]\nprocesses = 1\n"], []),
    (cache("locmem.LocMemCache"), [:], []),
    (cache("dummy.DummyCache"), ["uwsgi.ini": "[uwsgi]\nprocesses = 4\n"], []),
    (cache("filebased.FileBasedCache", "'LOCATION': '/tmp/c'"), ["uwsgi.ini": "[uwsgi]\nprocesses = 4\n"], []),
    (
      cache("locmem.LocMemCache"),
      [
        "uwsgi.ini": "[uwsgi]\nprocesses = 4\n",
        "mysite/settings_production.py": "from .settings import *\nSECRET_KEY = 1\n" + cache("redis.RedisCache"),
      ],
      []
    ),
    ("import x\nCACHES = x.y()\n", ["uwsgi.ini": "[uwsgi]\nprocesses = 4\n"], ["unknown mysite/settings.py:2 CACHES"]),
  ])
  func workers(_ settings: String, _ more: [String: String], _ expected: [String]) async throws {
    let files = ["mysite/settings.py": settings].merging(more) { $1 }
    #expect(try await CheckRun("cache-shared", files).findings == expected)
  }

  @Test func anErrorInProduction() async throws {
    let files = ["mysite/settings.py": cache("locmem.LocMemCache"), "uwsgi.ini": "[uwsgi]\nworkers = 2\n"]
    let run = try await CheckRun("cache-shared", files, profile: .production)
    #expect(run.findings == ["error mysite/settings.py:3 default"])
  }
}

/// Settings that wsgi.py or a process file names are judged beside those of manage.py.
@Suite struct ServedSettingsTests {
  private static let files = [
    "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings.dev')\n",
    "config/__init__.py": "", "config/settings/__init__.py": "",
    "config/settings/base.py": "INSTALLED_APPS = []\n",
    "config/settings/dev.py": "from .base import *\nCACHES = {'default': {'BACKEND': 'x'}}\n",
    "config/settings/prod.py": "from .base import *\nCACHES = {\n  'defalut': {'BACKEND': 'x'},\n}\n",
  ]
  private static let finding = ["error config/settings/prod.py:3 default"]

  @Test(arguments: [
    ("config/wsgi.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings.prod')\n"),
    (
      "Dockerfile",
      "FROM python:3.13\nENV DJANGO_SETTINGS_MODULE=config.settings.prod\nCMD [\"gunicorn\", \"config.wsgi\"]\n"
    ),
    ("Procfile", "web: DJANGO_SETTINGS_MODULE=config.settings.prod gunicorn config.wsgi\n"),
  ])
  func areJudged(_ path: String, _ text: String) async throws {
    #expect(try await CheckRun("cache-default", Self.files.merging([path: text]) { $1 }).findings == Self.finding)
  }

  @Test func othersAreNot() async throws {
    #expect(try await CheckRun("cache-default", Self.files).findings == [])
  }

  @Test func noneButTheChosenOnes() async throws {
    let files = Self.files.merging([
      "config/wsgi.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings.prod')\n"
    ]) { $1 }
    let chosen = ["DJANGO_SETTINGS_MODULE": "config.settings.dev"]
    #expect(try await CheckRun("cache-default", files, environment: chosen).findings == [])
  }
}
