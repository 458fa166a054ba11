import Testing

private let databases = """
  DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}, 'soda': {'ENGINE': 'x'}}
  DATABASE_ROUTERS = ['mysite.routers.Router']
  INSTALLED_APPS = ['django.contrib.auth', 'polls', 'storage']

  """

/// A project with two databases and a router; `more` comes on top.
private func project(_ more: [String: String]) -> [String: String] {
  [
    "mysite/settings.py": databases, "polls/__init__.py": "", "polls/models.py": "", "storage/__init__.py": "",
    "storage/models.py": "",
    "mysite/routers.py": """
    from django.conf import settings
    class Router:
        def db_for_read(self, model, **hints):
            return settings.APP_DATABASES.get(model._meta.app_label)
        def allow_migrate(self, db, app_label, model_name=None, **hints):
            return None
    """,
  ].merging(more) { $1 }
}

@Suite struct RouterPathTests {
  @Test(arguments: [
    ("['mysite.routers.Router']", []),
    ("['mysite.routers.Ruoter']", ["error mysite/settings.py:1 mysite.routers.Ruoter"]),
    ("('mysite.router.Router',)", ["error mysite/settings.py:1 mysite.router.Router"]),
    ("['Router']", ["error mysite/settings.py:1 Router"]),
    ("['mysite.routers']", ["error mysite/settings.py:1 mysite.routers"]),
    ("['mysit.routers.Router']", ["error mysite/settings.py:1 mysit.routers.Router"]),
    ("'mysite.routers.Router'", ["error mysite/settings.py:1 DATABASE_ROUTERS"]),
    ("['multidb.PinningReplicaRouter', 'django_replicated.router.ReplicationRouter']", []),
    ("['routers.Router']", ["error mysite/settings.py:1 routers.Router"]),
    ("['project.routers.Router']", ["error mysite/settings.py:1 project.routers.Router"]),
    ("['mysite/routers.Router']", ["error mysite/settings.py:1 mysite/routers.Router"]),
    ("['.routers.Router']", ["error mysite/settings.py:1 .routers.Router"]),
    ("[]", []),
    ("somewhere()", ["unknown mysite/settings.py:1 DATABASE_ROUTERS"]),
  ])
  func paths(_ value: String, _ expected: [String]) async throws {
    let files = project(["mysite/settings.py": "DATABASE_ROUTERS = \(value)\n"])
    #expect(try await CheckRun("router-path", files).findings == expected)
  }

  @Test(arguments: ["['mysite.routers.Router']", "'mysite.routers.Router'"])
  func underANameThatDjangoDoesNotRead(_ value: String) async throws {
    let files = project(["mysite/settings.py": "SITE_ID = 1\nDATABASE_ROUTER = \(value)\n"])
    #expect(try await CheckRun("router-path", files).findings == ["error mysite/settings.py:2 DATABASE_ROUTER"])
  }
}

@Suite struct RouterAliasTests {
  @Test(arguments: [
    (
      databases + "APP_DATABASES = {\n'storage': 'defalut',\n'polls': 'soda'}\n", ["error mysite/settings.py:5 defalut"]
    ),
    (
      databases + "DATABASE_APPS_MAPPING = dict(storage='defalut', polls='soda')\n",
      ["error mysite/settings.py:4 defalut"]
    ),
    (
      databases
        + "DATABASES_APPS_MAPPING = {}\nDATABASES_APPS_MAPPING['polls'] = 'sodaa'\nDATABASES_APPS_MAPPING['storage'] = 'soda'\n",
      ["error mysite/settings.py:5 sodaa"]
    ),
    (databases + "DATABASE_APPS_MAPPING = {'soda': ['polls'], 'default': ['storage']}\n", []),
    (databases + "DATABASE_APPS_MAPPING = {'elsewhere_app': 'defalut'}\n", ["error mysite/settings.py:4 defalut"]),
    (databases + "APP_DATABASES = {'polls': 'reports'}\n", ["error mysite/settings.py:4 reports"]),
    (databases + "DATABASE_APPS_MAPPING = {'storage': 'default', 'polls': 'soda'}\n", []),
    (
      databases + "DATABASE_APPS_MAPPING = [{'polls': 'soda'}, {'storage': 'elsewhere'}]\n",
      ["error mysite/settings.py:4 elsewhere"]
    ),
    (
      databases.replacing("mysite.routers.Router", with: "activity_log.router.DatabaseAppsRouter")
        + "DATABASE_APPS_MAPPING = {'polls': 'soda', 'activity_log': 'logs'}\n", ["unknown mysite/settings.py:4 logs"]
    ),
    (databases + "SITE_MAPPING = {'storage': 'defalut', 'polls': 'soda'}\n", []),
    (databases + "APP_DATABASES = {'storage': 'storage_db'}\n", ["error mysite/settings.py:4 storage_db"]),
    (
      databases + "APP_DATABASES = {'storage': 'first',\n'polls': 'second'}\n",
      ["error mysite/settings.py:4 first", "error mysite/settings.py:5 second"]
    ),
    (
      databases + "import os\nAPP_DATABASES = {'storage': os.environ.get('S', 'storage_db')}\n",
      ["unknown mysite/settings.py:5 storage_db"]
    ),
    (databases + "DATABASE_ERROR_MAP = {'23505': 'duplicate', 'default': 'x'}\n", []),
    (databases + "DB_TYPES_MAP = {'text': 'default', 'int': 'number'}\n", []),
    (
      "import x\n" + databases + "DATABASES.update(x.more())\nAPP_DATABASES = {'polls': 'other', 'storage': 'soda'}\n",
      ["unknown mysite/settings.py:6 other"]
    ),
  ])
  func settings(_ settings: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("router-alias", project(["mysite/settings.py": settings])).findings == expected)
  }

  @Test(arguments: [
    (
      "        if model._meta.app_label == 'polls':\n            return 'sodaa'\n        return None\n",
      ["error mysite/routers.py:4 sodaa"]
    ),
    (
      "        return 'soda' if model._meta.app_label == 'polls' else 'defalut'\n",
      ["error mysite/routers.py:3 defalut"]
    ),
    ("        return 'soda'\n", []),
    ("        return self.mapping.get(model._meta.app_label, 'defalut')\n", ["error mysite/routers.py:3 defalut"]),
    (
      "        return self._choose(model)\n    def _choose(self, model):\n        return model.place or 'defalut'\n",
      ["error mysite/routers.py:5 defalut"]
    ),
    (
      "        return 'soda'\n    def allow_migrate(self, db, app_label, **hints):\n        return db == 'sodaa'\n",
      ["error mysite/routers.py:5 sodaa"]
    ),
    (
      "        return 'soda'\n    def allow_migrate(self, db, app_label, **hints):\n        return db == 'elsewhere'\n",
      []
    ),
    ("        return getattr(model, 'database', None)\n", []),
    (
      "        return self.mapping.get(model._meta.app_label)\n    mapping = {'polls': 'sodaa', 'storage': 'soda'}\n",
      ["error mysite/routers.py:4 sodaa"]
    ),
    ("        return self.name\n    name = 'storage'\n", ["error mysite/routers.py:4 storage"]),
    ("        return DB\nDB = 'other'\n", ["error mysite/routers.py:4 other"]),
    (
      "        return self.places[model._meta.app_label]\n    def __init__(self):\n        self.places = {'polls': 'other'}\n",
      ["error mysite/routers.py:5 other"]
    ),
    (
      "        place = 'default'\n        if model.old:\n            place = 'other'\n        return place\n",
      ["error mysite/routers.py:5 other"]
    ),
    ("        return random.choice(['default', 'replica'])\n", ["error mysite/routers.py:3 replica"]),
    ("        return pick(model)\ndef pick(model):\n    return 'other'\n", ["error mysite/routers.py:5 other"]),
    ("        return os.environ.get('PLACE', 'other')\n", []),
    (
      "        return 'other' if 'other' in settings.DATABASES else None\n", ["unknown mysite/routers.py:3 other"]
    ),
    (
      "        'Asks connections, settings.DATABASES.'\n        return 'other'\n", ["error mysite/routers.py:4 other"]
    ),
    (
      "        return 'soda'\n    def allow_migrate(self, db, app_label, **hints):\n        return db in ('storage', 'x')\n",
      ["error mysite/routers.py:5 storage"]
    ),
  ])
  func routers(_ body: String, _ expected: [String]) async throws {
    let files = project(["mysite/routers.py": "class Router:\n    def db_for_read(self, model, **hints):\n\(body)"])
    #expect(try await CheckRun("router-alias", files).findings == expected)
  }
}

@Suite struct RouterAppTests {
  @Test(arguments: [
    ("{'polls': 'soda', 'archive': 'soda'}", ["warning mysite/settings.py:4 archive"]),
    ("{'polls': 'soda', 'storge': 'default'}", ["warning mysite/settings.py:4 storge"]),
    ("{'polls': 'soda', 'auth': 'default', 'storage': 'soda'}", []),
    ("{'soda': ('polls', 'archive')}", ["warning mysite/settings.py:4 archive"]),
    ("{'polls.question': 'soda'}", []),
    ("{'archive': 'soda'}", ["warning mysite/settings.py:4 archive"]),
    ("{'django.contrib.auth': 'soda'}", ["warning mysite/settings.py:4 django.contrib.auth"]),
  ])
  func mappings(_ value: String, _ expected: [String]) async throws {
    let files = project(["mysite/settings.py": databases + "APP_DATABASES = \(value)\n"])
    #expect(try await CheckRun("router-app", files).findings == expected)
  }

  @Test func aMappingThatIsAskedBySomethingElse() async throws {
    let router =
      "from django.conf import settings\nclass Router:\n    def db_for_read(self, model, **hints):\n"
      + "        return settings.APP_DATABASES.get(hints['region'])\n"
    let settings = databases + "APP_DATABASES = {'europe': 'soda', 'asia': 'default'}\n"
    let files = project(["mysite/settings.py": settings, "mysite/routers.py": router])
    #expect(try await CheckRun("router-app", files).findings == [])
  }

  @Test(arguments: [
    ("storage/models.py", "app_label = LABEL\nLABEL = 'polls'", ["warning storage/models.py:5 A"]),
    ("storage/models.py", "app_label = 'polls'\n        managed = False", ["warning storage/models.py:4 A"]),
    ("storage/models.py", "app_label = 'legacy'\n        managed = False", []),
    ("storage/models.py", "app_label = 'polls'\n        abstract = True", []),
    (
      "storage/models.py", "app_label = 'polls'\n        abstract = True\nclass B(A): pass",
      ["warning storage/models.py:4 A"]
    ),
    ("storage/models.py", "app_label = 'polls'", ["warning storage/models.py:4 A"]),
    ("storage/models/files.py", "app_label = \"polls\"", ["warning storage/models/files.py:4 A"]),
    ("storage/models.py", "app_label = 'storage'", []),
    ("storage/models.py", "app_label = 'polls'\n        proxy = True", []),
    ("storage/sub/models.py", "app_label = 'storage'", []),
    ("storage/tests/fakes.py", "app_label = 'polls'", []),
  ])
  func labels(_ path: String, _ line: String, _ expected: [String]) async throws {
    let text = "from django.db import models\nclass A(models.Model):\n    class Meta:\n        \(line)\n"
    #expect(try await CheckRun("router-app", project([path: text])).findings == expected)
  }

  @Test(arguments: [
    ("model._meta.app_label == 'archive'", ["warning mysite/routers.py:3 archive"]),
    ("model._meta.app_label in ('polls', 'storge')", ["warning mysite/routers.py:3 storge"]),
    ("model._meta.app_label in {'polls', 'auth', 'sessions', 'admin'}", []),
    ("model._meta.model_name == 'archive'", []),
    ("model._meta.app_label == 'django.contrib.auth'", ["warning mysite/routers.py:3 django.contrib.auth"]),
  ])
  func comparisons(_ condition: String, _ expected: [String]) async throws {
    let router =
      "class Router:\n    def db_for_read(self, model, **hints):\n        if \(condition):\n            return 'soda'\n"
    #expect(try await CheckRun("router-app", project(["mysite/routers.py": router])).findings == expected)
  }

  @Test(arguments: [
    ("model._meta.app_label == 'library'", ["warning mysite/routers.py:3 library"]),
    (
      "model._meta.app_label == 'library.apps.LibraryConfig'",
      ["warning mysite/routers.py:3 library.apps.LibraryConfig"]
    ),
    ("model._meta.app_label == 'books'", []),
  ])
  func aLabelThatIsNotThePackagesName(_ condition: String, _ expected: [String]) async throws {
    let router =
      "class Router:\n    def db_for_read(self, model, **hints):\n        if \(condition):\n            return 'soda'\n"
    let files = project([
      "mysite/settings.py": databases + "INSTALLED_APPS += ['library.apps.LibraryConfig']\n",
      "library/__init__.py": "", "mysite/routers.py": router,
      "library/apps.py":
        "from django.apps import AppConfig\nclass LibraryConfig(AppConfig):\n    name = 'library'\n    label = 'books'\n",
    ])
    let run = try await CheckRun("router-app", files)
    #expect(run.findings == expected)
    if !expected.isEmpty { #expect(run.results.map(\.result.remedy) == ["write 'books'"]) }
  }

  @Test func appsThatAreNotKnown() async throws {
    let settings =
      databases + "import x\nINSTALLED_APPS += x.more()\nAPP_DATABASES = {'polls': 'soda', 'archive': 'soda'}\n"
    let run = try await CheckRun("router-app", project(["mysite/settings.py": settings]))
    #expect(run.findings == ["unknown mysite/settings.py:6 archive"])
  }
}

@Suite struct RouterObsoleteTests {
  @Test(arguments: [
    ("def allow_syncdb(self, db, model):\n        return None", ["warning mysite/routers.py:2 Router"]),
    ("@staticmethod\n    def allow_syncdb(db, model):\n        return None", ["warning mysite/routers.py:3 Router"]),
    ("def allow_migrate(self, db, model):\n        return None", ["warning mysite/routers.py:2 Router"]),
    ("def allow_migrate(self, db, app_label):\n        return None", ["warning mysite/routers.py:2 Router"]),
    ("def allow_migrate(self, db, app_label, model_name=None, **hints):\n        return None", []),
    ("def allow_migrate(self, db, *args, **hints):\n        return None", []),
    (
      "def allow_migrate(self, db, app_label, model_name, **hints):\n        return None",
      ["warning mysite/routers.py:2 Router"]
    ),
    (
      "def allow_migrate(self, db, app_label, model, **hints):\n        return None",
      ["warning mysite/routers.py:2 Router"]
    ),
    ("def allow_migrate(self, db, app_label, model_name=None):\n        pass", ["warning mysite/routers.py:2 Router"]),
    ("def allow_migrate(self, db, model, **hints):\n        pass", ["warning mysite/routers.py:2 Router"]),
    ("def allow_migrate(self, db, app_label, model_name=None, model=None):\n        pass", []),
    ("allow_syncdb = lambda self, db, model: True", ["warning mysite/routers.py:2 Router"]),
    ("if True:\n        def allow_syncdb(self, db, model): pass", ["warning mysite/routers.py:3 Router"]),
    (
      "pass\nclass Base:\n    def allow_syncdb(self, db, model): pass\nclass Other(Base):\n    def db_for_read(self, m): pass",
      ["warning mysite/routers.py:4 Base"]
    ),
  ])
  func methods(_ text: String, _ expected: [String]) async throws {
    let files = project(["mysite/routers.py": "class Router:\n    \(text)\n"])
    #expect(try await CheckRun("router-obsolete", files).findings == expected)
  }

  @Test func anOldDjangoCallsIt() async throws {
    let router = "class Router:\n    def allow_syncdb(self, db, model):\n        return None\n"
    let files = project(["mysite/routers.py": router, "requirements.txt": "django==1.6.1\n"])
    #expect(try await CheckRun("router-obsolete", files).findings == [])
  }
}

@Suite struct UsingAliasTests {
  @Test(arguments: [
    ("from .models import A\nA.objects.using('storage').all()\n", ["error storage/views.py:2 storage"]),
    (
      "from .models import A\nA.objects.filter(\n    x=1\n).using(\n    \"sodaa\")\n",
      ["error storage/views.py:5 sodaa"]
    ),
    (
      "from django.db import transaction\nwith transaction.atomic(using='sodaa'):\n    pass\n",
      ["error storage/views.py:2 sodaa"]
    ),
    (
      "from django.db import transaction\n@transaction.atomic('sodaa')\ndef f(): pass\n",
      ["error storage/views.py:2 sodaa"]
    ),
    ("def f(a):\n    a.save(using='sodaa')\n", ["error storage/views.py:2 sodaa"]),
    ("from django.db import connections\nc = connections['sodaa'].cursor()\n", ["error storage/views.py:2 sodaa"]),
    (
      "from django.test import TestCase\nclass T(TestCase):\n    databases = {'default', 'sodaa'}\n",
      ["error storage/views.py:3 sodaa"]
    ),
    (
      "from django.core.management import call_command\ncall_command('migrate', database='sodaa')\n",
      ["error storage/views.py:2 sodaa"]
    ),
    ("from django.test import TestCase\nclass T(TestCase):\n    databases = '__all__'\n", []),
    ("from .models import A\nA.objects.using('soda').all()\nA.objects.using(alias).all()\n", []),
    ("from haystack.query import SearchQuerySet\nSearchQuerySet().using('storage')\n", []),
    ("from .models import A\nDB = 'sodaa'\nA.objects.using(DB)\n", ["error storage/views.py:2 sodaa"]),
    (
      "from .models import A\ndef f():\n    db = 'sodaa'\n    return A.objects.using(db)\n",
      ["error storage/views.py:3 sodaa"]
    ),
    ("from .models import A\ndef f(db='x'):\n    return A.objects.using(db)\n", ["error storage/views.py:2 x"]),
    (
      "from .models import A\nclass V:\n    db = 'x'\n    def get(self):\n        return A.objects.using(self.db)\n",
      ["error storage/views.py:3 x"]
    ),
    ("from django.db import connections as c\nc['x'].cursor()\n", ["error storage/views.py:2 x"]),
    ("from django import db\ndb.connections['x']\n", ["error storage/views.py:2 x"]),
    ("from django.db import transaction\ntransaction.commit('x')\n", ["error storage/views.py:2 x"]),
    ("def f(obj):\n    obj._state.db = 'x'\n", ["error storage/views.py:2 x"]),
    ("from .models import A\nA.objects.raw('select 1', using='x')\n", ["error storage/views.py:2 x"]),
    (
      "from django.core.management import call_command\ncall_command('migrate', '--database=x')\n",
      ["error storage/views.py:2 x"]
    ),
    (
      "from django.core.management import call_command\ncall_command('flush', '--database', 'x')\n",
      ["error storage/views.py:2 x"]
    ),
    ("from django.core.management import call_command\ncall_command('mine', database='x')\n", []),
    (
      "import pytest\n@pytest.mark.django_db(databases=['default', 'x'])\ndef test(): pass\n",
      ["error storage/views.py:2 x"]
    ),
    (
      "from django.test import TestCase\nclass T(TestCase):\n    databases = frozenset(['default', 'x'])\n",
      ["error storage/views.py:3 x"]
    ),
    (
      "from .models import A\nimport elasticsearch\n# DATABASES\nA.objects.using('x')\n",
      ["error storage/views.py:4 x"]
    ),
    (
      "from django.conf import settings\nprint(settings.DATABASES)\nA.objects.using('x')\n",
      ["error storage/views.py:3 x"]
    ),
    ("def f(s):\n    s.save(using='pandas')\n", []),
    ("class Tool:\n    def using(self, a): pass\nTool().using('x')\n", []),
    ("from engines import make\nmake().delete(using='soft')\n", []),
    ("from .models import A\ndef f(db='all'):\n    return A if db == 'all' else A.objects.using(db)\n", []),
    ("from elasticsearch_dsl import connections\nconnections['x']\n", []),
    ("from django.shortcuts import render\nrender(r, 't.html', using='jinja2')\n", []),
    ("from django.conf import settings\nif 'x' in settings.DATABASES:\n    A.objects.using('x')\n", []),
  ])
  func code(_ text: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("using-alias", project(["storage/views.py": text])).findings == expected)
  }

  @Test func aliasesOfOtherSettingsAndOfUnknownOnes() async throws {
    let view = "from .models import A\nA.objects.using('replica').all()\n"
    let production = "from .settings import *\nDATABASES['replica'] = {'ENGINE': 'x'}\n"
    let files = project(["storage/views.py": view, "mysite/settings_production.py": production])
    #expect(try await CheckRun("using-alias", files).findings == [])
    let defined = "from django.db import connections\nconnections.databases['replica'] = {}\n"
    #expect(try await CheckRun("using-alias", project(["storage/views.py": view, "a.py": defined])).findings == [])
    let open = project([
      "storage/views.py": view, "mysite/settings.py": databases + "import x\nDATABASES.update(x.y())\n",
    ])
    #expect(try await CheckRun("using-alias", open).findings == ["unknown storage/views.py:2 replica"])
  }
}
