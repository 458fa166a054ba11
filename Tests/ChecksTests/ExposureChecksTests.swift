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
      "ALLOWED_HOSTS = []\n", ["Procfile": "web: /srv/venv/bin/python3.12 -m gunicorn mysite.wsgi\n"],
      ["warning mysite/settings.py:3 ALLOWED_HOSTS"]
    ),
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

  @Test(arguments: ["None", "['']", "'example.com'"])
  func namesOfNoHost(_ value: String) async throws {
    let all = ["mysite/settings.py": header + "ALLOWED_HOSTS = \(value)\n"].merging(procfile) { _, new in new }
    #expect(try await CheckRun("hosts-exposed", all).findings == ["warning mysite/settings.py:3 ALLOWED_HOSTS"])
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
    ("DEBUG = bool(os.environ.get('DEBUG', 'False'))\n", ["warning mysite/settings.py:3 DEBUG"]),
    ("from decouple import config\nDEBUG = config('DEBUG', default='False')\n", ["warning mysite/settings.py:4 DEBUG"]),
    ("DEBUG = os.environ.get('DEBUG', True)\n", ["warning mysite/settings.py:3 DEBUG"]),
    ("DEBUG = os.environ.get('DEBUG', '')\n", ["unknown mysite/settings.py:3 DEBUG"]),
    ("DEBUG = 'RENDER' not in os.environ\n", ["unknown mysite/settings.py:3 DEBUG"]),
    ("LIVE = False\nDEBUG = not LIVE\n", ["warning mysite/settings.py:4 DEBUG"]),
    ("LIVE = False\nif 'X' in os.environ: LIVE = True\nDEBUG = not LIVE\n", ["unknown mysite/settings.py:5 DEBUG"]),
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

  private static func wsgi(_ name: String) -> String {
    "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings.\(name)')\n"
  }

  private static let servedDev = ["warning mysite/settings/dev.py:2 DEBUG"]

  @Test(arguments: [
    ("mysite/wsgi.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings.prod')\n", []),
    ("Dockerfile", "FROM python\nENV DJANGO_SETTINGS_MODULE=mysite.settings.prod\n", []),
    ("Dockerfile", "FROM python\nENV DJANGO_SETTINGS_MODULE=mysite.settings.gone\n", ["unknown DEBUG"]),
    // Nothing of the project names the others.
    ("mysite/wsgi.py", wsgi("dev"), ["warning mysite/settings/dev.py:2 DEBUG"]),
    ("mysite/wsgi.py", "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'mysite.settings.prod'\n", []),
    ("Procfile", "web: DJANGO_SETTINGS_MODULE=mysite.settings.dev gunicorn mysite.wsgi\n", servedDev),
    ("start.sh", "export DJANGO_SETTINGS_MODULE=mysite.settings.dev\nexec gunicorn mysite.wsgi\n", servedDev),
    ("uwsgi.ini", "[uwsgi]\nhttp = :80\nenv = DJANGO_SETTINGS_MODULE=mysite.settings.dev\n", servedDev),
    // What an image collects its files with is not what it serves.
    (
      "Dockerfile", "FROM python\nRUN DJANGO_SETTINGS_MODULE=mysite.settings.dev python manage.py x\n",
      ["unknown mysite/settings/dev.py:2 DEBUG"]
    ),
  ])
  func theSettingsThatAreServed(_ path: String, _ text: String, _ expected: [String]) async throws {
    let files = Self.split.merging(procfile) { _, new in new }.merging([path: text]) { _, new in new }
    #expect(try await CheckRun("debug-exposed", files).findings == expected)
  }

  @Test func aDocumentThatNamesOtherSettingsLeavesItOpen() async throws {
    let files = Self.split.merging(procfile) { _, new in new }.merging([
      "mysite/wsgi.py": Self.wsgi("dev"), "README.md": "export DJANGO_SETTINGS_MODULE=mysite.settings.prod\n",
    ]) { _, new in new }
    #expect(
      try await CheckRun("debug-exposed", files).findings == ["unknown mysite/settings/dev.py:2 DEBUG"])
  }

  @Test(arguments: [
    ("Dockerfile", "FROM python\nCMD [\"python\", \"manage.py\", \"runserver\", \"0.0.0.0:8000\"]\n", true),
    ("compose.yml", "services:\n  web:\n    command: python manage.py runserver 0.0.0.0:8000\n", true),
    ("run.sh", "python3 manage.py runserver 0:8000\n", true),
    ("Makefile", "serve:\n\tpython manage.py runserver 0.0.0.0:8000\n", true),
    ("compose.dev.yml", "services:\n  web:\n    command: python manage.py runserver 0.0.0.0:8000\n", false),
    ("compose/local/start.sh", "python manage.py runserver 0.0.0.0:8000\n", false),
    ("run.sh", "python manage.py runserver 127.0.0.1:8000\n", false),
    ("run.sh", "python manage.py runserver\n", false),
    (
      "k8s/web.yaml",
      "apiVersion: apps/v1\nkind: Deployment\nspec:\n  containers:\n  - command: [gunicorn, mysite.wsgi]\n", true
    ),
    ("apache.conf", "<VirtualHost *:80>\n  WSGIScriptAlias / /srv/mysite/wsgi.py\n", true),
  ])
  func signs(_ path: String, _ text: String, _ isSign: Bool) async throws {
    let files = ["mysite/settings.py": header + "DEBUG = True\n", path: text]
    #expect(
      try await CheckRun("debug-exposed", files).findings == (isSign ? ["warning mysite/settings.py:3 DEBUG"] : []))
  }

  @Test func runserverBesideOtherSettingsForServing() async throws {
    let image = "FROM python\nCMD python manage.py runserver 0.0.0.0:80\n"
    let script = "python manage.py runserver 0.0.0.0:80\n"
    for (path, text, expected) in [("Dockerfile", image, Self.servedDev), ("run.sh", script, [])] {
      let files = Self.split.merging([path: text, "mysite/wsgi.py": Self.wsgi("prod")]) { _, new in new }
      #expect(try await CheckRun("debug-exposed", files).findings == expected)
    }
  }
}
