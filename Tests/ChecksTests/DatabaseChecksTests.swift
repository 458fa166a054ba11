import Doctor
import Testing

/// DATABASES with one alias, whose entries begin in line 4.
func database(_ entries: String) -> String {
  "import os\nfrom pathlib import Path\nDATABASES = {'default': {\n\(entries)\n}}\n"
}

@Suite struct DatabaseDefaultTests {
  @Test(arguments: [
    ("DATABASES = {\n  'defualt': {'ENGINE': 'x'},\n}\n", ["error mysite/settings.py:2 default"]),
    ("DATABASES = dict(main={'ENGINE': 'x'})\n", ["error mysite/settings.py:1 default"]),
    ("DATABASES = {}\n", []),
    ("DATABASES = {'default': {}, 'other': {'ENGINE': 'x'}}\n", []),
    ("DATABASES = {}\nDATABASES['default'] = {'ENGINE': 'x'}\n", []),
    ("import somewhere\nDATABASES = {'a': {}, **somewhere.more}\n", ["unknown mysite/settings.py:2 DATABASES"]),
    ("import somewhere\nDATABASES = somewhere.all()\n", ["unknown mysite/settings.py:2 DATABASES"]),
  ])
  func aliases(_ settings: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("database-default", ["mysite/settings.py": settings]).findings == expected)
  }
}

@Suite struct DatabaseEngineTests {
  @Test(arguments: [
    ("'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x'", []),
    ("'ENGINE': 'django.db.backends.postgresql_psycopg2', 'NAME': 'x'", []),
    ("'ENGINE': 'django.contrib.gis.db.backends.postgis', 'NAME': 'x'", []),
    ("'ENGINE': 'mssql', 'NAME': 'x'", []),
    ("'ENGINE': 'sqlite3', 'NAME': 'x'", ["error mysite/settings.py:4 default"]),
    ("'ENGINE': 'mysql.connector.django', 'NAME': 'x'", []),
    ("'ENGINE': 'django.db.backends.sqlite', 'NAME': 'x'", ["error mysite/settings.py:4 default"]),
    ("'NAME': 'x',\n'ENGINE': 'django.db.backends.'", ["error mysite/settings.py:5 default"]),
    ("'ENGINE': 'django.db.backend.sqlite3', 'NAME': 'x'", ["error mysite/settings.py:4 default"]),
    ("'ENGINE': 'django.db.backends.sqlite3.', 'NAME': 'x'", ["error mysite/settings.py:4 default"]),
    ("'ENGINE': 'djnago.db.backends.mysql', 'NAME': 'x'", ["error mysite/settings.py:4 default"]),
    ("'ENGINE': 'mysql.connector.djangos', 'NAME': 'x'", ["error mysite/settings.py:4 default"]),
    ("'ENGINE': 'snowflake_backend.db', 'NAME': 'x'", []),
    ("'ENGINE': 'mysite.engine', 'NAME': 'x'", []),
    ("'ENGINE': 'mysite.engines', 'NAME': 'x'", ["error mysite/settings.py:4 default"]),
    ("'ENGINE': 'mysite.halfway', 'NAME': 'x'", ["error mysite/settings.py:4 default"]),
    ("'NAME': 'x'", ["error mysite/settings.py:3 default"]),
    ("'CONN_MAX_AGE': 60", ["unknown mysite/settings.py:3 default"]),
    ("", []),
    ("'ENGINE': somewhere.engine(), 'NAME': 'x'", ["unknown mysite/settings.py:4 default"]),
    (
      "'ENGINE': 'django.db.backends.mysqll' if somewhere.flag() else 'django.db.backends.mysql', 'NAME': 'x'",
      ["error mysite/settings.py:4 default"]
    ),
  ])
  func engines(_ entries: String, _ expected: [String]) async throws {
    let files = [
      "mysite/settings.py": "import somewhere\n" + database(entries).dropFirst("import os\n".count),
      "mysite/engine/__init__.py": "", "mysite/engine/base.py": "class DatabaseWrapper: pass\n",
      "mysite/halfway/__init__.py": "",
    ]
    #expect(try await CheckRun("database-engine", files).findings == expected)
  }

  @Test func theNameThatIsMeant() async throws {
    for (engine, meant) in [
      ("backends.mariadb", "mysql"), ("backends.psycopg2", "postgresql"), ("backends.SQLite3", "sqlite3"),
      ("backend.mysql", "mysql"), ("bakends.sqlite3", "sqlite3"), ("backends.postgresql.", "postgresql"),
    ] {
      let settings = database("'ENGINE': 'django.db.\(engine)', 'NAME': 'x'")
      let run = try await CheckRun("database-engine", ["mysite/settings.py": settings])
      #expect(run.results.map(\.result.remedy) == ["did you mean 'django.db.backends.\(meant)'?"])
    }
  }
}

@Suite struct DatabaseNameTests {
  @Test(arguments: [
    (
      "'ENGINE': 'django.db.backends.mysql',\n'NAME': Path(__file__).parent / 'db'",
      ["warning mysite/settings.py:5 default"]
    ),
    (
      "'ENGINE': 'django.db.backends.postgresql', 'NAME': os.path.join('/srv', 'db')",
      ["warning mysite/settings.py:4 default"]
    ),
    ("'ENGINE': 'django.db.backends.mysql', 'NAME': 'db.sqlite3'", ["warning mysite/settings.py:4 default"]),
    ("'ENGINE': 'django.db.backends.mysql', 'NAME': 'soda'", []),
    ("'ENGINE': 'django.db.backends.mysql', 'NAME': './soda'", ["warning mysite/settings.py:4 default"]),
    ("'ENGINE': 'django.db.backends.mysql', 'NAME': 'C:\\\\data\\\\soda'", ["warning mysite/settings.py:4 default"]),
    ("'ENGINE': 'django.db.backends.mysql', 'NAME': 'mysql://u@h/db'", ["warning mysite/settings.py:4 default"]),
    ("'ENGINE': 'django.db.backends.postgresql', 'NAME': 'postgres://u@h/db'", []),
    ("'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'soda'", ["warning mysite/settings.py:4 default"]),
    ("'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'db.sqlite3'", []),
    ("'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'", []),
    ("'ENGINE': 'django.db.backends.sqlite3', 'NAME': Path('soda')", []),
    ("'ENGINE': 'django.db.backends.sqlite3'", ["warning mysite/settings.py:3 default"]),
    ("'ENGINE': 'django.db.backends.postgresql', 'USER': 'x'", ["warning mysite/settings.py:3 default"]),
    ("'ENGINE': 'django.db.backends.postgresql', 'OPTIONS': {'service': 'x'}", []),
    ("'ENGINE': 'django.db.backends.mysql', 'NAME': os.environ['DB']", ["unknown mysite/settings.py:4 default"]),
    ("'ENGINE': 'django.db.backends.oracle', 'NAME': 'host:1521/service.db'", []),
  ])
  func names(_ entries: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("database-name", ["mysite/settings.py": database(entries)]).findings == expected)
  }
}

@Suite struct DatabaseSQLitePathTests {
  @Test(arguments: [
    ("'NAME': Path(__file__).parent.parent / 'data' / 'db.sqlite3'", ["error mysite/settings.py:4 default"]),
    (
      "'NAME': os.path.join(os.path.dirname(os.path.dirname(__file__)), 'var', 'db.sqlite3')",
      ["error mysite/settings.py:4 default"]
    ),
    ("'NAME': 'data/db.sqlite3'", ["error mysite/settings.py:4 default"]),
    ("'NAME': Path(__file__).parent.parent / 'mysite'", ["error mysite/settings.py:4 default"]),
    ("'NAME': 'c:/data/db.sqlite3'", ["error mysite/settings.py:4 default"]),
    ("'NAME': 'C:\\\\data\\\\db.sqlite3'", ["warning mysite/settings.py:4 default"]),
    ("'NAME': '/no/such/folder/db.sqlite3'", ["error mysite/settings.py:4 default"]),
    ("'NAME': os.environ.get('DB', '/no/such/folder/db.sqlite3')", ["unknown mysite/settings.py:4 default"]),
    ("'NAME': os.environ['DB']", ["unknown mysite/settings.py:4 default"]),
    ("'NAME': Path(__file__).parent.parent / 'db.sqlite3'", []),
    ("'NAME': ':memory:'", []),
    ("'NAME': 'file:memorydb?mode=memory&cache=shared'", []),
    ("'NAME': 'db.sqlite3'", []),
  ])
  func paths(_ entries: String, _ expected: [String]) async throws {
    let settings = database("'ENGINE': 'django.db.backends.sqlite3', \(entries)")
    #expect(try await CheckRun("database-sqlite-path", ["mysite/settings.py": settings]).findings == expected)
  }

  @Test func foldersOfContainersAndOfTheSettingsThemselves() async throws {
    let container = database("'ENGINE': 'django.db.backends.sqlite3', 'NAME': '/no/such/folder/db.sqlite3'")
    let files = ["mysite/settings.py": container, "Dockerfile": "FROM python:3.12\n"]
    #expect(try await CheckRun("database-sqlite-path", files).findings == ["unknown mysite/settings.py:4 default"])
    let deployed = try await CheckRun("database-sqlite-path", files, profile: .production)
    #expect(deployed.findings == ["error mysite/settings.py:4 default"])
    let made =
      "import os\nos.makedirs('data', exist_ok=True)\n"
      + "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'data/db.sqlite3'}}\n"
    let run = try await CheckRun("database-sqlite-path", ["mysite/settings.py": made])
    #expect(run.findings == ["unknown mysite/settings.py:3 default"])
  }
}

@Suite struct DatabaseSecretTests {
  private static let written = database(
    "'ENGINE': 'django.db.backends.mysql', 'NAME': 'x', 'USER': 'root',\n'PASSWORD': 's3cret-Pass'")

  @Test(arguments: [
    (["mysite/settings.py": written], ["warning mysite/settings.py:5 default"]),
    (["mysite/settings.py": "from .base import *\n", "mysite/base.py": written], ["warning mysite/base.py:5 default"]),
    (["mysite/settings.py": "from .test_base import *\n", "mysite/test_base.py": written], []),
    (
      [
        "mysite/settings.py": "from .local_settings import *\n", "mysite/local_settings.py": written,
        ".gitignore": "local_settings.py\n",
      ], []
    ),
    (
      [
        "mysite/settings.py": database(
          "'ENGINE': 'django.db.backends.mysql', 'PASSWORD': os.environ.get('DB_PASSWORD', 'x1')")
      ],
      []
    ),
    (
      [
        "mysite/settings.py": database(
          "'ENGINE': 'django.db.backends.mysql', 'PASSWORD': os.environ.get('DB_PASSWORD') or 's3cret-Pass'")
      ],
      []
    ),
    (["mysite/settings.py": database("'ENGINE': 'django.db.backends.mysql', 'PASSWORD': ''")], []),
    (
      ["mysite/settings.py": database("'ENGINE': 'django.db.backends.mysql', 'PASSWORD': 123456")],
      ["warning mysite/settings.py:4 default"]
    ),
    (
      [
        "mysite/settings.py": "try:\n    P = os.environ['P']\nexcept KeyError:\n    P = 'x1'\n"
          + database("'ENGINE': 'django.db.backends.mysql', 'PASSWORD': P")
      ],
      []
    ),
    (["manage.py": "'example.settings'", "example/settings.py": written], ["warning example/settings.py:5 default"]),
    (["example/manage.py": "'site.settings'", "example/site/settings.py": written], []),
    (["mysite/settings.py": database("'ENGINE': 'django.db.backends.mysql', 'PASSWORD': '<password>'")], []),
    (
      ["mysite/settings.py": database("'ENGINE': 'django.db.backends.mysql', 'OPTIONS': {'passwd': 's3cret-Pass'}")],
      ["warning mysite/settings.py:4 default"]
    ),
    (
      [
        "mysite/settings.py":
          "import dj_database_url\nDATABASES = {'default': dj_database_url.parse('mysql://root:s3cret-Pass@h/x')}\n"
      ],
      ["warning mysite/settings.py:2 default"]
    ),
    (
      [
        "mysite/settings.py":
          "import dj_database_url\nDATABASES = {'default': dj_database_url.config(default='mysql://root:s3cret-Pass@h/x')}\n"
      ],
      []
    ),
    (
      [
        "mysite/settings.py":
          "DEBUG = True\nif DEBUG:\n    DATABASES = {'default': {}}\nelse:\n    DATABASES = {'default': {\n"
          + "        'ENGINE': 'django.db.backends.mysql', 'PASSWORD': 's3cret-Pass'}}\n"
      ],
      ["warning mysite/settings.py:6 default"]
    ),
    (
      [
        "mysite/settings.py": "DATABASES = {'default': {'ENGINE': 'django.db.backends.mysql'}}\n"
          + "DATABASES['default']['PASSWORD'] = 's3cret-Pass'\n"
      ],
      ["warning mysite/settings.py:2 default"]
    ),
  ])
  func passwords(_ files: [String: String], _ expected: [String]) async throws {
    let run = try await CheckRun("database-secret", files)
    #expect(run.findings == expected)
    #expect(run.results.allSatisfy { !$0.result.message.contains("s3cret") })
  }

  @Test func anErrorInProduction() async throws {
    let run = try await CheckRun("database-secret", ["mysite/settings.py": Self.written], profile: .production)
    #expect(run.findings == ["error mysite/settings.py:5 default"])
  }
}

@Suite struct DatabaseMigrationsTests {
  private static let model = "from django.db import models\n\n\nclass A(models.Model):\n    pass\n"
  private static let settled = [
    "mysite/settings.py": "INSTALLED_APPS = ['django.contrib.auth', 'polls', 'storage']\n", "polls/__init__.py": "",
    "polls/models.py": model, "polls/migrations/__init__.py": "", "polls/migrations/0001_initial.py": "",
    "storage/__init__.py": "", "storage/models.py": model, "storage/migrations/__init__.py": "",
    "storage/migrations/0001_initial.py": "",
  ]

  @Test(
    arguments: [
      ([], [:], []),
      (["storage/migrations/__init__.py"], [:], ["warning storage/migrations storage"]),
      (
        ["storage/migrations/__init__.py", "storage/migrations/0001_initial.py"], [:],
        ["warning storage/models.py:4 storage"]
      ),
      (["storage/migrations/0001_initial.py"], [:], ["warning storage/models.py:4 storage"]),
      (
        ["storage/migrations/__init__.py", "storage/migrations/0001_initial.py"],
        [
          "storage/models.py":
            "from django.db import models\nclass A(models.Model):\n    class Meta:\n        abstract = True\n"
        ], []
      ),
      (
        ["storage/migrations/__init__.py", "storage/migrations/0001_initial.py"],
        ["mysite/settings.py": "INSTALLED_APPS = ['polls', 'storage']\nMIGRATION_MODULES = {'storage': None}\n"], []
      ),
      (
        ["storage/migrations/__init__.py", "storage/migrations/0001_initial.py"],
        ["mysite/settings.py": "import x\nINSTALLED_APPS = ['polls', 'storage']\nMIGRATION_MODULES = x.y()\n"],
        ["unknown mysite/settings.py:3 migrations"]
      ),
      (
        [
          "storage/migrations/__init__.py", "storage/migrations/0001_initial.py", "polls/migrations/__init__.py",
          "polls/migrations/0001_initial.py",
        ], [:], []
      ),
      (
        ["storage/migrations/0001_initial.py"],
        [".gitignore": "storage/migrations/0*.py\n", "storage/migrations/0001_x.py": ""], []
      ),
    ] as [([String], [String: String], [String])])
  func apps(_ removed: [String], _ more: [String: String], _ expected: [String]) async throws {
    var files = Self.settled
    for path in removed { files[path] = nil }
    #expect(try await CheckRun("database-migrations", files.merging(more) { $1 }).findings == expected)
  }
}
