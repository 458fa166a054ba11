import Checks
import Doctor
import Testing

/// What a check cannot tell it calls unknown, never right: for each check that reads files or asks the interpreter a project
/// in which it cannot know.
@Suite struct UnknownTests {
  /// Every setting comes from a library that is not followed.
  private static let hidden = [
    "mysite/settings.py": "from company import conf\n"
      + [
        "ALLOWED_HOSTS", "CACHES", "DATABASES", "DATABASE_ROUTERS", "DEBUG", "INSTALLED_APPS", "ROOT_URLCONF",
        "STATICFILES_DIRS", "STATIC_ROOT", "STATIC_URL", "TEMPLATES", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_SECURE",
      ].map { "\($0) = conf.get('\($0)')\n" }.joined(),
    "Procfile": "web: gunicorn -w 4 -b 0.0.0.0:80 mysite.wsgi\nrelease: python manage.py collectstatic\n",
    "mysite/wsgi.py": "",
  ]

  private static let python = "#!/bin/sh\necho '3.12.4'\n"

  private static let environment = [
    ".venv/pyvenv.cfg": "home = /\nversion = 3.12.4\n", ".venv/bin/python3": python,
    ".venv/lib/python3.12/site-packages/x.txt": "",
  ]

  private static func uwsgi(_ options: String, _ files: [String: String] = [:]) -> [String: String] {
    ["uwsgi.ini": "[uwsgi]\n\(options)\n"].merging(files) { $1 }
  }

  private static func settings(_ text: String, _ files: [String: String] = [:]) -> [String: String] {
    ["mysite/settings.py": text].merging(files) { $1 }
  }

  /// Where `hidden` is not enough.
  private static let projects: [String: [String: String]] = [
    "app-installed": settings(
      "from company import apps\nINSTALLED_APPS = ['polls', *apps]\nROOT_URLCONF = 'mysite.urls'\n",
      [
        "mysite/urls.py": "from django.urls import include, path\nurlpatterns = [path('s/', include('shop.urls'))]\n",
        "polls/__init__.py": "", "shop/__init__.py": "", "shop/urls.py": "urlpatterns = []\n",
        "shop/models.py": "from django.db import models\nclass Item(models.Model):\n    pass\n",
      ]),
    "cache-table": settings(
      "from company import table\nCACHES = {'default': {'BACKEND': 'django.core.cache.backends.db.DatabaseCache', 'LOCATION': table}}\n"
    ),
    "dependency-drift": environment.merging([
      ".venv/lib/python3.12/site-packages/django-5.x.dist-info/METADATA":
        "Metadata-Version: 2.1\nName: django\nVersion: 5.x\n", "requirements.txt": "django>=5\n",
    ]) { $1 },
    "dependency-missing": environment.merging(["a.py": "import company_tools\n"]) { $1 },
    "django-support": ["requirements.txt": "django==99.1\n"],
    "gunicorn-setting": ["gunicorn.conf.py": "from company.server import *\nbind = ':8000'\n"],
    "index-insecure": ["Dockerfile": "FROM python:3.12\nARG INDEX\nRUN pip install -i $INDEX django\n"],
    "interpreter-found": environment.merging([".venv/bin/python3": "#!/bin/sh\nexec sleep 9\n"]) { $1 },
    "package-init": ["polls/init.py": "def broken(\n", "polls/views.py": ""],
    "python-version": ["a.py": ""],
    "requirements-path": ["get.sh": "git clone https://example.com/y\ncd y\npip install -r theirs.txt\n"],
    "service-version": [
      "compose.yml": "services:\n  db:\n    image: postgres:${PG}\n", "requirements.txt": "django==5.2.1\n",
    ],
    "source-syntax": ["a.py": "# coding: idna\nx = 'ä'\n"],
    "sqlite-version": environment.merging([
      ".venv/bin/python3": "#!/bin/sh\necho '3.28.0'\n", "requirements.txt": "django>=5\n", "a.py": "import django\n",
    ]) { $1 },
    "static-file": settings(
      """
      from company import folders
      INSTALLED_APPS = ['django.contrib.staticfiles']
      TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'DIRS': ['templates']}]
      STATICFILES_DIRS = folders()
      """, ["templates/a.html": "{% load static %}{% static 'a.css' %}"]),
    "using-alias": settings(
      "from company import more\nDATABASES = {'default': {}, **more}\n",
      ["polls/views.py": "from .models import A\nA.objects.using('archive').all()\n"]),
    "uwsgi-callable": uwsgi("module = $(MODULE)"),
    "uwsgi-comment": uwsgi("ini = /etc/uwsgi/common.ini"),
    "uwsgi-home": uwsgi("home = $(VENV)"),
    "uwsgi-option": uwsgi("plugins = company\nstrict = true\ncompany-limit = 3"),
    "uwsgi-path": uwsgi("chdir = /srv/nowhere/at/all"),
    "uwsgi-safety": uwsgi("ini = /etc/uwsgi/common.ini\nmodule = mysite.wsgi"),
    "uwsgi-socket": uwsgi("socket = $(SOCKET)", ["nginx.conf": "location / { uwsgi_pass 127.0.0.1:3031; }\n"]),
    "uwsgi-user": uwsgi("uid = $(OWNER)"),
    "venv-broken": [".venv/pyvenv.cfg/x": "", ".venv/bin/python3": python],
    "venv-other": [
      ".venv": "elsewhere\n", "other/pyvenv.cfg": "home = /\nversion = 3.12.4\n", "other/bin/python3": python,
      "other/lib/python3.12/site-packages/x.txt": "",
    ],
  ]

  private static let checks = CheckCatalog.all.filter { check in
    [.static, .staticAndNetwork, .interpreter].contains(check.documentation.reach)
  }.map(\.id)

  @Test(arguments: checks)
  func cannotKnow(id: String) async throws {
    let run = try await CheckRun(
      id, Self.projects[id] ?? Self.hidden, environment: id == "venv-other" ? ["VIRTUAL_ENV": "other"] : [:])
    #expect(run.findings.contains { $0.hasPrefix("unknown ") }, "\(run.results.map(\.result))")
    #expect(run.results.allSatisfy { $0.result.status != .error && $0.result.status != .warning }, "\(run.findings)")
  }
}
