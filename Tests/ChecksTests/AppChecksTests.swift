import Doctor
import Testing

@Suite struct NameIdentifierTests {
  @Test(arguments: [
    ("'polls'", []),
    ("'news-feed'", ["error mysite/settings.py:1 news-feed"]),
    ("'class'", ["error mysite/settings.py:1 class"]),
    ("'apps.2polls'", ["error mysite/settings.py:1 2polls"]),
    ("'calendar'", ["error mysite/settings.py:1 calendar"]),
    ("'calendar.apps.CalendarConfig'", ["error mysite/settings.py:1 calendar"]),
    ("'email'", []),
    ("'mysite.email'", []),
    ("'redis'", ["error mysite/settings.py:1 redis"]),
    ("'celery'", []),
    ("'rest_framework'", ["error mysite/settings.py:1 rest_framework"]),
    ("'yaml'", []),
    ("'polls/'", []),
  ])
  func apps(_ entry: String, _ expected: [String]) async throws {
    let files = [
      "mysite/settings.py": "INSTALLED_APPS = [\(entry)]\n", "polls/__init__.py": "", "redis/__init__.py": "",
      "celery/__init__.py": "", "mysite/email/__init__.py": "", "rest_framework/__init__.py": "",
      "yaml/__init__.py": "",
      "requirements.txt": "redis==5.0.0\ndjangorestframework\n",
    ].merging(entry.contains("calendar") ? ["calendar/__init__.py": ""] : [:]) { $1 }
    #expect(try await CheckRun("name-identifier", files).findings == expected)
  }

  @Test func theProjectItself() async throws {
    let manage = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'my-site.settings')\n"
    let files = ["manage.py": manage, "my-site/settings.py": "INSTALLED_APPS = []\n", "my-site/__init__.py": ""]
    #expect(try await CheckRun("name-identifier", files).findings == ["error manage.py:2 my-site"])
  }

  @Test func whatManagePyNamesIsToldThere() async throws {
    let entry = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'class.settings')\n"
    let files = [
      "manage.py": "\n\(entry)", "class/settings.py": "X = 1\nINSTALLED_APPS = []\n", "class/asgi.py": entry,
    ]
    #expect(try await CheckRun("name-identifier", files).findings == ["error manage.py:3 class"])
  }

  @Test func aFolderCalledDjango() async throws {
    let files = [
      "mysite/settings.py": "INSTALLED_APPS = [\n'django.contrib.admin',\n'django']\nROOT_URLCONF = 'mysite.urls'\n",
      "django/__init__.py": "",
      "mysite/urls.py":
        "from django.contrib import admin\nfrom django.urls import path\nurlpatterns = [path('', admin.site.urls)]\n",
    ]
    #expect(try await CheckRun("name-identifier", files).findings == ["error mysite/settings.py:3 django"])
    #expect(try await CheckRun("app-resolves", files).findings == [])
    #expect(try await CheckRun("route-view", files).findings == [])
  }

  @Test(arguments: [
    ("random.py", ["error random.py random"]),
    ("logging/__init__.py", ["error logging logging"]),
    ("statistics.py", []),
    ("mysite/random.py", []),
    ("django.py", ["error django.py django"]),
  ])
  func modulesThatDjangoNeeds(_ path: String, _ expected: [String]) async throws {
    let files = ["mysite/settings.py": "INSTALLED_APPS = []\n", path: "X = 1\n"]
    #expect(try await CheckRun("name-identifier", files).findings == expected)
  }

  @Test(arguments: [
    ("statistics.py", "X = 1\n", ["error statistics.py statistics"]),
    ("celery.py", "from celery import Celery\n", ["error celery.py celery"]),
    ("celery.py", "X = 1\n", []), ("mysite/celery.py", "from celery import Celery\n", []),
    ("redis.py", "import redis\n", []),
  ])
  func modulesThatTheProjectNeeds(_ path: String, _ text: String, _ expected: [String]) async throws {
    let files = [
      "mysite/settings.py": "INSTALLED_APPS = ['django.contrib.auth']\n", path: text, "requirements.txt": "celery\n",
    ]
    #expect(try await CheckRun("name-identifier", files).findings == expected)
  }

  @Test(arguments: [
    ("our-polls", ["error polls/apps.py:4 our-polls"]), ("our_polls", []),
  ])
  func labels(_ label: String, _ expected: [String]) async throws {
    let text =
      "from django.apps import AppConfig\nclass PollsConfig(AppConfig):\n    name = 'polls'\n    label = '\(label)'\n"
    let files = ["mysite/settings.py": "INSTALLED_APPS = ['polls']\n", "polls/__init__.py": "", "polls/apps.py": text]
    #expect(try await CheckRun("name-identifier", files).findings == expected)
  }

  @Test func anAppThatNothingCanImport() async throws {
    let files = [
      "mysite/settings.py": "INSTALLED_APPS = []\n", "news-feed/__init__.py": "", "news-feed/apps.py": "",
      "news-feed/models.py": "", "demo-data/__init__.py": "",
    ]
    #expect(try await CheckRun("name-identifier", files).findings == ["error news-feed news-feed"])
  }
}

@Suite struct AppResolvesTests {
  @Test(arguments: [
    ("'polls'", []),
    ("'polls.apps.PollsConfig'", []),
    ("'polls.apps.PollConfig'", ["error polls.apps.PollConfig"]),
    ("'polls.app.PollsConfig'", ["error polls.app.PollsConfig"]),
    ("'mysite.polls'", ["error mysite.polls"]),
    ("'mysite.bare'", []),
    ("'django.contrib.admin' 'polls'", ["error django.contrib.adminpolls"]),
    ("'rest_framework'\n 'polls'", ["error rest_frameworkpolls"]),
    ("'django.contrib' '.admin'", []),
    ("'inner'", ["error inner"]),
    ("'pols'", ["error pols"]),
    ("'polls/'", ["error polls/"]),
    ("'django.contrib.humanise'", ["error django.contrib.humanise"]),
    ("'django.contrib.admin', 'somewhere.else', 'news-feed'", []),
    ("*other", []),
  ])
  func entries(_ entries: String, _ expected: [String]) async throws {
    let files = [
      "mysite/settings.py": "from elsewhere import other\nINSTALLED_APPS = [\n\(entries)]\n", "polls/__init__.py": "",
      "polls/apps.py": "from django.apps import AppConfig\nclass PollsConfig(AppConfig):\n    name = 'polls'\n",
      "mysite/bare/models.py": "", "mysite/inner/__init__.py": "",
    ]
    #expect(
      try await CheckRun("app-resolves", files).findings
        == expected.map { $0.replacing(" ", with: " mysite/settings.py:3 ", maxReplacements: 1) })
  }
}

extension AppResolvesTests {
  @Test(arguments: [
    ("'poll'", "poll", ["write polls"]),
    ("'apps.pols'", "apps.pols", ["write apps.polls"]),
    ("'news_feed'", "news_feed", ["mv news-feed news_feed"]),
    ("'django.contrib.humanise.apps.X'", "django.contrib.humanise.apps.X", ["write django.contrib.humanize.apps.X"]),
  ])
  func remedies(_ entry: String, _ subject: String, _ expected: [String?]) async throws {
    let files = [
      "mysite/settings.py": "INSTALLED_APPS = [\(entry)]\n", "polls/__init__.py": "", "apps/__init__.py": "",
      "apps/polls/__init__.py": "", "news-feed/__init__.py": "", "requirements.txt": "django\n",
    ]
    let run = try await CheckRun("app-resolves", files)
    #expect(run.findings == ["error mysite/settings.py:1 \(subject)"])
    #expect(run.results.map(\.result.remedy) == expected)
  }

  @Test(arguments: [
    ("poll", ["error polls/apps.py:3 polls"]), ("polls", []), ("celery", []), ("mysite.polls", []),
  ])
  func configurations(_ name: String, _ expected: [String]) async throws {
    let text = "from django.apps import AppConfig\nclass PollsConfig(AppConfig):\n    name = '\(name)'\n"
    let files = [
      "mysite/settings.py": "INSTALLED_APPS = ['polls']\n", "polls/__init__.py": "", "polls/apps.py": text,
      "requirements.txt": "django\ncelery\n",
    ]
    #expect(try await CheckRun("app-resolves", files).findings == expected)
  }
}

@Suite struct AppInstalledTests {
  private static let model = "from django.db import models\nclass Poll(models.Model):\n    pass\n"
  private static let abstract = model.replacing("Poll", with: "Base").replacing(
    "pass", with: "class Meta: abstract = True")
  private static let routed =
    "from django.urls import include, path\nurlpatterns = [path('p', include('polls.urls'))]\n"

  @Test(arguments: [
    ("[]", routed, ["polls/models.py": model], ["warning mysite/settings.py:2 polls"]),
    ("['polls']", routed, ["polls/models.py": model], []),
    ("['polls.apps.PollsConfig']", routed, ["polls/models.py": model], []),
    ("[]", routed, ["polls/models.py": "# Nothing yet.\n"], []),
    ("[]", routed, ["polls/models.py": model.replacing("pass", with: "class Meta: abstract = True")], []),
    ("[]", routed, ["polls/templates/polls/index.html": ""], ["warning mysite/settings.py:2 polls"]),
    ("[]", routed, ["polls/static/polls/a.css": ""], ["warning mysite/settings.py:2 polls"]),
    ("[]", routed, ["polls/templatetags/tags.py": ""], ["warning mysite/settings.py:2 polls"]),
    ("[]", "urlpatterns = []\n", ["polls/models.py": model], []),
    ("[] + other()", routed, ["polls/models.py": model], ["unknown mysite/settings.py:2 polls"]),
    ("[]\nif X:\n  INSTALLED_APPS += ['polls']", routed, ["polls/models.py": model], []),
    (
      "[]", "from django.urls import path\nfrom polls import views\nurlpatterns = [path('', views.index)]\n",
      ["polls/models.py": model, "polls/views.py": "def index(request): pass\n"], ["warning mysite/settings.py:2 polls"]
    ),
    (
      "[]", "urlpatterns = []\n", ["polls/models.py": model, "mysite/views.py": "from polls.models import Poll\n"],
      ["warning mysite/settings.py:2 polls"]
    ),
    (
      "[]\nAUTH_USER_MODEL = 'polls.User'", "urlpatterns = []\n",
      ["polls/models.py": "from django.contrib.auth.models import AbstractUser\nclass User(AbstractUser): pass\n"],
      ["warning mysite/settings.py:2 polls"]
    ),
    (
      "['shop']", "urlpatterns = []\n",
      [
        "polls/models.py": model, "shop/__init__.py": "",
        "shop/models.py":
          "from django.db import models\nclass A(models.Model):\n  p = models.ForeignKey('polls.Poll')\n",
      ], ["warning mysite/settings.py:2 polls"]
    ),
    (
      "[]", routed,
      ["polls/models.py": "from mysite.base import Base\nclass Poll(Base): pass\n", "mysite/base.py": abstract],
      ["warning mysite/settings.py:2 polls"]
    ),
    ("['pols']", routed, ["polls/models.py": model], []),
    (
      "[]\nDATABASE_APPS_MAPPING = {'polls': 'default'}", "urlpatterns = []\n", ["polls/models.py": model],
      ["warning mysite/settings.py:2 polls"]
    ),
  ])
  func used(_ apps: String, _ routes: String, _ more: [String: String], _ expected: [String]) async throws {
    let files = [
      "mysite/settings.py": "ROOT_URLCONF = 'mysite.urls'\nINSTALLED_APPS = \(apps)\n", "mysite/urls.py": routes,
      "polls/__init__.py": "", "polls/urls.py": "urlpatterns = []\n",
      "polls/apps.py": "from django.apps import AppConfig\nclass PollsConfig(AppConfig):\n    name = 'polls'\n",
    ].merging(more) { _, new in new }
    #expect(try await CheckRun("app-installed", files).findings == expected)
  }
}
