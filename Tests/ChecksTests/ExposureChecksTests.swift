import Doctor
import Testing

private let procfile = ["Procfile": "web: gunicorn mysite.wsgi\n"]
private let header = "import os\nINSTALLED_APPS = []\n"

@Suite struct HostsExposedTests {
  @Test(arguments: [
    ("ALLOWED_HOSTS = []\n", procfile, ["warning mysite/settings.py:3 ALLOWED_HOSTS"]),
    ("", procfile, ["warning mysite/settings.py ALLOWED_HOSTS"]),
    ("ALLOWED_HOSTS = []\n", [:], []),
    ("ALLOWED_HOSTS = ['example.com']\n", procfile, []),
    (
      "ALLOWED_HOSTS = []\nif 'X' in os.environ:\n  ALLOWED_HOSTS = ['a']\n", procfile,
      [
        "unknown mysite/settings.py:3 ALLOWED_HOSTS"
      ]
    ),
    ("ALLOWED_HOSTS = os.environ['HOSTS'].split(',')\n", procfile, ["unknown mysite/settings.py:3 ALLOWED_HOSTS"]),
    ("ALLOWED_HOSTS = []\n", ["Procfile.dev": "web: gunicorn mysite.wsgi\n"], []),
    (
      "ALLOWED_HOSTS = ()\n", ["Procfile": "web: python manage.py runserver 0.0.0.0:80\n"],
      [
        "warning mysite/settings.py:3 ALLOWED_HOSTS"
      ]
    ),
    ("ALLOWED_HOSTS = []\n", ["site.ini": "[uwsgi]\nhttp = :8000\n"], ["warning mysite/settings.py:3 ALLOWED_HOSTS"]),
    ("ALLOWED_HOSTS = []\n", ["site.ini": "[uwsgi]\nsocket = 127.0.0.1:8000\n"], []),
    (
      "ALLOWED_HOSTS = []\n", ["site.ini": "[uwsgi]\nsocket = 127.0.0.1:8000\n", "nginx.conf": "uwsgi_pass x;\n"],
      ["warning mysite/settings.py:3 ALLOWED_HOSTS"]
    ),
    (
      "ALLOWED_HOSTS = []\n", ["gunicorn.conf.py": "bind = '0.0.0.0:8000'\n"],
      [
        "warning mysite/settings.py:3 ALLOWED_HOSTS"
      ]
    ),
  ])
  func hosts(_ settings: String, _ files: [String: String], _ expected: [String]) async throws {
    let all = ["mysite/settings.py": header + settings].merging(files) { _, new in new }
    #expect(try await CheckRun("hosts-exposed", all).findings == expected)
  }

  @Test func underProductionItIsAnError() async throws {
    let run = try await CheckRun(
      "hosts-exposed", ["mysite/settings.py": header + "ALLOWED_HOSTS = []\n"], profile: .production)
    #expect(run.findings == ["error mysite/settings.py:3 ALLOWED_HOSTS"])
  }
}

@Suite struct DebugExposedTests {
  @Test(arguments: [
    ("DEBUG = True\n", ["warning mysite/settings.py:3 DEBUG"]),
    ("DEBUG = 1\n", ["warning mysite/settings.py:3 DEBUG"]),
    ("DEBUG = 'False'\n", ["warning mysite/settings.py:3 DEBUG"]),
    ("DEBUG = False\n", []),
    ("", []),
    ("DEBUG = os.environ.get('DEBUG', 'yes') == 'yes'\n", ["unknown mysite/settings.py:3 DEBUG"]),
    ("DEBUG = bool(os.environ.get('DEBUG', '1'))\n", ["unknown mysite/settings.py:3 DEBUG"]),
    ("DEBUG = True\nfrom .local import *\n", ["unknown mysite/settings.py:3 DEBUG"]),
    ("DEBUG = True\ntry:\n  from .local import *\nexcept ImportError: pass\n", ["unknown mysite/settings.py:3 DEBUG"]),
  ])
  func debug(_ settings: String, _ expected: [String]) async throws {
    let files = ["mysite/settings.py": header + settings].merging(procfile) { _, new in new }
    #expect(try await CheckRun("debug-exposed", files).findings == expected)
  }

  private static let split = [
    "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings.dev')\n",
    "mysite/__init__.py": "", "mysite/settings/__init__.py": "",
    "mysite/settings/dev.py": "INSTALLED_APPS = []\nDEBUG = True\n",
    "mysite/settings/prod.py": "INSTALLED_APPS = []\nDEBUG = False\n",
  ]

  @Test(arguments: [
    ("mysite/wsgi.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings.prod')\n", []),
    ("Dockerfile", "FROM python\nENV DJANGO_SETTINGS_MODULE=mysite.settings.prod\n", []),
    ("Dockerfile", "FROM python\nENV DJANGO_SETTINGS_MODULE=mysite.settings.gone\n", ["unknown DEBUG"]),
    // What is named for development may not be what is served.
    (
      "mysite/wsgi.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings.dev')\n",
      [
        "unknown mysite/settings/dev.py:2 DEBUG"
      ]
    ),
  ])
  func theSettingsThatAreServed(_ path: String, _ text: String, _ expected: [String]) async throws {
    let files = Self.split.merging(procfile) { _, new in new }.merging([path: text]) { _, new in new }
    #expect(try await CheckRun("debug-exposed", files).findings == expected)
  }
}
