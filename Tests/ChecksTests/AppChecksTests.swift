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
  ])
  func apps(_ entry: String, _ expected: [String]) async throws {
    let files = [
      "mysite/settings.py": "INSTALLED_APPS = [\(entry)]\n", "calendar/__init__.py": "", "polls/__init__.py": "",
      "redis/__init__.py": "", "celery/__init__.py": "", "mysite/email/__init__.py": "",
      "requirements.txt": "redis==5.0.0\n",
    ]
    #expect(try await CheckRun("name-identifier", files).findings == expected)
  }

  @Test func theProjectItself() async throws {
    let manage = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'my-site.settings')\n"
    let files = ["manage.py": manage, "my-site/settings.py": "INSTALLED_APPS = []\n", "my-site/__init__.py": ""]
    #expect(try await CheckRun("name-identifier", files).findings == ["error manage.py:2 my-site"])
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
    ("'pols'", ["error pols"]),
    ("'django.contrib.admin', 'somewhere.else', 'news-feed'", []),
    ("*other", []),
  ])
  func entries(_ entries: String, _ expected: [String]) async throws {
    let files = [
      "mysite/settings.py": "from elsewhere import other\nINSTALLED_APPS = [\n\(entries)]\n", "polls/__init__.py": "",
      "polls/apps.py": "from django.apps import AppConfig\nclass PollsConfig(AppConfig):\n    name = 'polls'\n",
      "mysite/bare/models.py": "",
    ]
    #expect(
      try await CheckRun("app-resolves", files).findings
        == expected.map { $0.replacing(" ", with: " mysite/settings.py:3 ", maxReplacements: 1) })
  }
}

@Suite struct AppInstalledTests {
  private static let model = "from django.db import models\nclass Poll(models.Model):\n    pass\n"
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
