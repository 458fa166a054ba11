import Doctor
import Testing

private let header = """
  import os
  from pathlib import Path
  BASE_DIR = Path(__file__).resolve().parent.parent
  INSTALLED_APPS = ['django.contrib.staticfiles', 'polls']
  TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'DIRS': [BASE_DIR / 'templates'], 'APP_DIRS': True}]
  STATIC_URL = 'static/'

  """

private func project(_ settings: String, _ files: [String: String] = [:]) -> [String: String] {
  ["mysite/settings.py": header + settings, "polls/__init__.py": ""].merging(files) { _, new in new }
}

@Suite struct StaticFileTests {
  @Test(arguments: [
    ("polls/style.css", [:], []),
    ("polls/logo.svg", [:], ["warning polls/logo.svg"]),
    ("polls/styel.css", [:], ["warning polls/styel.css"]),
    ("polls/none.css", [:], ["warning polls/none.css"]),
    ("polls/none.css", ["package.json": "{}"], []),
    ("polls/stlye.css", ["package.json": "{}"], ["warning polls/stlye.css"]),
    ("polls/none.css", [".gitignore": "polls/static/polls/none.css\n"], []),
    ("polls/none.css", ["polls/static/polls/none.scss": ""], []),
    ("polls/logo.svg", ["package.json": "{}"], ["warning polls/logo.svg"]),
    ("/polls/style.css?v=2", [:], []),
    ("admin/css/base.css", [:], []),
    ("vendor/x.js", [:], ["warning vendor/x.js"]),
    ("lib/a.js", [:], []),
    ("polls/", [:], []),
  ])
  func names(_ name: String, _ more: [String: String], _ expected: [String]) async throws {
    let files = [
      "templates/a.html": "{% load static %}\n{% static '\(name)' %}{% static name %}{# {% static 'polls/x' %} #}",
      "polls/static/polls/style.css": "", "polls/static/polls.logo.svg": "", "assets/a.js": "",
    ].merging(more) { _, new in new }
    let run = try await CheckRun(
      "static-file", project("STATICFILES_DIRS = [('lib', BASE_DIR / 'assets')]\n", files))
    #expect(run.findings == expected.map { $0.replacing(" ", with: " templates/a.html:2 ", maxReplacements: 1) })
  }

  @Test func whatCodeNames() async throws {
    let files = [
      "polls/static/polls/style.css": "",
      "polls/forms.py": """
      from django import forms
      from django.templatetags.static import static
      from elsewhere import static as other

      class Poll(forms.Form):
          class Media:
              css = {'all': ['polls/stlye.css', 'polls/style.css']}
              js = ('https://example.com/a.js', '/b.js')

      a, b = static('polls/lgoo.png'), other('polls/none.png')
      """,
    ]
    #expect(
      try await CheckRun("static-file", project("", files)).findings == [
        "warning polls/forms.py:10 polls/lgoo.png", "warning polls/forms.py:7 polls/stlye.css",
      ])
  }

  @Test func whatOtherAppsBringIsNotKnown() async throws {
    let files = ["templates/a.html": "{% load static %}{% static 'vendor/x.js' %}", "polls/static/polls/a.css": ""]
    #expect(try await CheckRun("static-file", project("INSTALLED_APPS += ['some_app']\n", files)).findings == [])
  }
}

@Suite struct StaticDirTests {
  @Test(arguments: [
    ("[BASE_DIR / 'static']", []),
    ("[BASE_DIR / 'statics']", ["warning mysite/settings.py:7 statics"]),
    ("(os.path.join(BASE_DIR, 'shared'),)", ["warning mysite/settings.py:7 shared"]),
    ("[('a', BASE_DIR / 'shared'), BASE_DIR / 'static']", ["warning mysite/settings.py:7 shared"]),
    ("[BASE_DIR / 'frontend' / 'dist']", []),
    ("(BASE_DIR / 'static')", ["warning mysite/settings.py:7 STATICFILES_DIRS"]),
    ("[os.environ.get('ASSETS', 'assets')]", ["unknown mysite/settings.py:7 STATICFILES_DIRS"]),
    ("other()", ["unknown mysite/settings.py:7 STATICFILES_DIRS"]),
  ])
  func folders(_ value: String, _ expected: [String]) async throws {
    let files = project("STATICFILES_DIRS = \(value)\n", ["static/a.css": "", ".gitignore": "dist/\n"])
    #expect(try await CheckRun("static-dir", files).findings == expected)
  }
}

extension StaticDirTests {
  @Test func aTreeWithoutAnyAsset() async throws {
    let names = (1...5).map { "{% static 'a\($0).css' %}" }.joined()
    let files = project("STATICFILES_DIRS = [BASE_DIR / 'static']\n", ["templates/a.html": "{% load static %}\(names)"])
    #expect(try await CheckRun("static-dir", files).findings == ["unknown mysite/settings.py:7 static"])
  }
}

@Suite struct StaticURLTests {
  @Test(arguments: [
    ("STATIC_URL = '/static'\n", ["error mysite/settings.py:7 STATIC_URL"]),
    ("STATIC_URL = '/static/'\nMEDIA_URL = ''\n", []),
    ("MEDIA_URL = 'media'\n", ["error mysite/settings.py:7 MEDIA_URL"]),
    ("STATIC_URL = 'https://cdn.example.com' + '/s'\n", ["error mysite/settings.py:7 STATIC_URL"]),
    ("STATIC_URL = None\n", []),
    ("import other\nSTATIC_URL = other.url()\n", ["unknown mysite/settings.py:8 STATIC_URL"]),
    ("STATIC_URL = f'https://{os.environ[\"B\"]}.example.com/s'\n", ["error mysite/settings.py:7 STATIC_URL"]),
    ("P = 'static'\nSTATIC_URL = f'https://{os.environ[\"B\"]}/{P}'\n", ["error mysite/settings.py:8 STATIC_URL"]),
    ("STATIC_URL = f'https://{os.environ[\"B\"]}/'\n", ["unknown mysite/settings.py:7 STATIC_URL"]),
    ("STATIC_URL = '%s/static' % os.environ['CDN']\n", ["error mysite/settings.py:7 STATIC_URL"]),
    ("STATIC_URL = 'https://%s' % os.environ['CDN']\n", ["unknown mysite/settings.py:7 STATIC_URL"]),
    ("del STATIC_URL\n", ["error mysite/settings.py STATIC_URL"]),
  ])
  func slash(_ settings: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("static-url", project(settings)).findings == expected)
  }
}

/// What wsgi.py names is judged beside the settings of manage.py.
@Suite struct ServedStaticTests {
  @Test(arguments: [
    ("static-url", "STATIC_URL = '/static'", ["error config/prod.py:2 STATIC_URL"]),
    ("static-dir", "STATICFILES_DIRS = [BASE_DIR / 'shared']", ["warning config/prod.py:2 shared"]),
    ("app-resolves", "INSTALLED_APPS += ['config.gone']", ["error config/prod.py:2 config.gone"]),
    ("static-url", "DEBUG = False", []),
  ])
  func settings(_ id: String, _ line: String, _ expected: [String]) async throws {
    let files = [
      "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.dev')\n",
      "config/__init__.py": "", "config/base.py": header.replacing(", 'polls'", with: ""),
      "config/dev.py": "from .base import *\n", "config/prod.py": "from .base import *\n\(line)\n",
      "config/wsgi.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.prod')\n",
      "static/a.css": "",
    ]
    #expect(try await CheckRun(id, files).findings == expected)
  }
}

@Suite struct StaticRootTests {
  private static let procfile = ["Procfile": "web: gunicorn mysite.wsgi\n"]

  @Test(arguments: [
    ("", [:], []),
    ("", procfile, ["warning mysite/settings.py STATIC_ROOT"]),
    ("STATIC_ROOT = BASE_DIR / 'out'\n", procfile, []),
    ("STATIC_ROOT = None\n", procfile, ["warning mysite/settings.py:7 STATIC_ROOT"]),
    ("STATICFILES_STORAGE = 'storages.backends.s3boto3.S3Boto3Storage'\n", procfile, []),
    (
      "STATICFILES_DIRS = [BASE_DIR / 'a']\nSTATIC_ROOT = BASE_DIR / 'a'\n", [:],
      [
        "warning mysite/settings.py:8 STATIC_ROOT"
      ]
    ),
    (
      "STATICFILES_DIRS = [BASE_DIR / 'a']\nSTATIC_ROOT = BASE_DIR / 'a' / 'b'\n", [:],
      [
        "warning mysite/settings.py:8 STATIC_ROOT"
      ]
    ),
    ("STATICFILES_DIRS = [BASE_DIR / 'a']\nSTATIC_ROOT = BASE_DIR / 'ab'\n", [:], []),
    (
      "try:\n  from .local import *\nexcept ImportError:\n  pass\n", procfile,
      ["unknown mysite/settings.py STATIC_ROOT"]
    ),
  ])
  func root(_ settings: String, _ files: [String: String], _ expected: [String]) async throws {
    #expect(try await CheckRun("static-root", project(settings, files)).findings == expected)
  }

  @Test(arguments: ["python manage.py collectstatic --noinput", "python manage.py collectstatic --dry-run"])
  func whatATaskCollects(_ command: String) async throws {
    let files = ["Makefile": "deploy:\n\t\(command)\n"]
    let expected = command.hasSuffix("run") ? [] : ["warning mysite/settings.py STATIC_ROOT"]
    #expect(try await CheckRun("static-root", project("", files)).findings == expected)
    let other = files.merging(["mysite/other.py": "INSTALLED_APPS = []\nSTATIC_ROOT = '/srv/static'\n"]) { $1 }
    #expect(try await CheckRun("static-root", project("", other)).findings == [])
  }

  @Test func aProgramOfSupervisord() async throws {
    let text = "[program:site]\ncommand=gunicorn mysite.wsgi -b 127.0.0.1:8000\n"
    let run = try await CheckRun("static-root", project("", ["supervisord.conf": text]))
    #expect(run.findings == ["warning mysite/settings.py STATIC_ROOT"])
  }

  @Test func underProductionItIsAnError() async throws {
    let run = try await CheckRun("static-root", project(""), profile: .production)
    #expect(run.findings == ["error mysite/settings.py STATIC_ROOT"])
  }
}

@Suite struct StaticfilesAppTests {
  @Test(arguments: [
    ("", []),
    ("INSTALLED_APPS = ['polls']\n", ["warning mysite/settings.py:7 django.contrib.staticfiles"]),
    ("INSTALLED_APPS = ['django.contrib.staticfiles.apps.StaticFilesConfig', 'polls']\n", []),
    ("INSTALLED_APPS = ['polls.apps.Files']\n", []),
    ("INSTALLED_APPS = ['elsewhere']\n", []),
    (
      "INSTALLED_APPS = []\nTEMPLATES[0]['DIRS'] = [BASE_DIR / 'pages']\n",
      [
        "warning mysite/settings.py:7 django.contrib.staticfiles"
      ]
    ),
    ("import other\nINSTALLED_APPS = ['polls'] + other.apps\n", ["unknown mysite/settings.py:8 INSTALLED_APPS"]),
    (
      "INSTALLED_APPS = []\nSTATICFILES_DIRS = [BASE_DIR / 'polls']\n",
      [
        "warning mysite/settings.py:7 django.contrib.staticfiles"
      ]
    ),
  ])
  func installed(_ settings: String, _ expected: [String]) async throws {
    let files = [
      "polls/static/polls/a.css": "", "pages/a.html": "{% load static %}{% static 'a' %}",
      "polls/apps.py":
        "from django.contrib.staticfiles.apps import StaticFilesConfig\nclass Files(StaticFilesConfig): pass\n",
    ]
    #expect(try await CheckRun("staticfiles-app", project(settings, files)).findings == expected)
  }
}
