import Diagnostics
import Doctor
import Testing

/// A healthy project whose uWSGI is told to stop where it should.
private let healthy = [
  "mysite/settings.py": "DATABASES = {}\n",
  "mysite/wsgi.py": "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n",
]

private func project(_ ini: String, _ others: [String: String] = [:]) -> [String: String] {
  healthy.merging(["uwsgi.ini": ini]) { $1 }.merging(others) { $1 }
}

@Suite struct UWSGICommentTests {
  @Test(arguments: [
    ("[uwsgi]\nchdir = /srv # here\n", ["error uwsgi.ini:2 chdir"]),
    ("[uwsgi]\nhome=\"/srv/v\"\n", ["error uwsgi.ini:2 home"]),
    ("[uwsgi]\nlogto = %d/x.log ; log\n", ["error uwsgi.ini:2 logto"]),
    ("[uwsgi] # main\nmaster = true\n", ["error uwsgi.ini:1 [uwsgi]"]),
    ("[uwsgi]\r\ncallable = application # Django's\r\n", ["error uwsgi.ini:2 callable"]),
    ("[uwsgi]\nenv = DJANGO_SETTINGS_MODULE=\"mysite.settings\"\n", ["error uwsgi.ini:2 env"]),
    ("[uwsgi]\nenv = GREETING=\"hello\"\nenv = LANG=C.UTF-8\n", []),
    ("[uwsgi]\nlogfile-chmod = '644'\n", ["error uwsgi.ini:2 logfile-chmod"]),
    // A comment switches on what was switched off; quotes leave no number.
    (
      "[uwsgi]\nvacuum = false # keep\nprocesses = \"4\"\n",
      ["error uwsgi.ini:3 processes", "error uwsgi.ini:2 vacuum"]
    ),
    (
      "[uwsgi]\nbase = /srv # root\nlogto = %(base)/x.log\n", ["error uwsgi.ini:2 base", "error uwsgi.ini:3 logto"]
    ),
    // What uWSGI reads the same way, and what has a language of its own.
    ("[uwsgi]\nmaster = true # yes\nprocesses = 4 # four\nhttp-socket = :8000 # port\n", []),
    ("[uwsgi]\nlog-format = %(method) # %(uri)\nattach-daemon = ./x # y\nroute = ^/a b ; c\n", []),
    ("# a comment\n; another\n[uwsgi]\nchdir = /srv/a#b\nmine = x # unused\n", []),
    ("[other]\nchdir = /srv # here\n", []),
  ])
  func values(_ ini: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("uwsgi-comment", project(ini)).findings == expected)
  }

  @Test func secretsStayHidden() async throws {
    let ini = "[uwsgi]\nkey = s3cret # x\nset-ph = password=\"s3cret\" # y\nsqlite3 = 's3cret'\nx = %(key)\n"
    let run = try await CheckRun("uwsgi-comment", project(ini))
    #expect(run.findings.count == 5)
    #expect(!run.results.contains { "\($0.result)".contains("s3cret") })
  }

  @Test func theColumnIsThatOfTheSign() async throws {
    let run = try await CheckRun("uwsgi-comment", project("[uwsgi]\n  chdir = /srv # here\n"))
    #expect(run.results.map { $0.result.location?.column } == [16])
  }
}

@Suite struct UWSGIOptionTests {
  @Test(arguments: [
    ("[uwsgi]\ntheads = 2\n", ["warning uwsgi.ini:2 theads"]),
    ("[uwsgi]\nprocess = 2\n", ["warning uwsgi.ini:2 process"]),
    ("[uwsgi]\nwsgi_file = x.py\n", ["warning uwsgi.ini:2 wsgi_file"]),
    ("[uwsgi]\nProcname-prefix = x\n", ["warning uwsgi.ini:2 Procname-prefix"]),
    ("[uwsgi]\nchdir: /srv\n", ["warning uwsgi.ini:2 chdir"]),
    ("[uwsgi]\nini = :more\n[more]\nmax-request = 5\n", ["warning uwsgi.ini:4 max-request"]),
    ("[uwsgi]\nstrict = true\nmy-own = 1\n", ["warning uwsgi.ini:3 my-own"]),
    // Names of one's own.
    ("[uwsgi]\napp = a\nhost = b\nweb = c\nlog-path = d\ngroup = e\ndomain = f\n", []),
    ("[uwsgi]\nproject = mysite\ntheads = 2\nchdir = /srv/%(project)/%(theads)\n", []),
    ("[uwsgi]\nstrict = true\nset-ph = my-own=1\nset-placeholder = theads=2\nif-env = X\nthreads = 2\nendif =\n", []),
    ("[uwsgi]\ndeclare-option = theads=threads=$1\ntheads = 2\n", []),
    ("[uwsgi]\nstrict = true\nset = my-own=1\nmy-own = 2\n", ["warning uwsgi.ini:4 my-own"]),
    ("[tox]\ntheads = 2\n", []),
  ])
  func names(_ ini: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("uwsgi-option", project(ini)).findings == expected)
  }

  @Test(arguments: [
    ("uwsgi --http :8000 --modul mysite.wsgi --master", []),
    ("uwsgi --http :8000 --prcesses 4", ["warning Procfile:1 prcesses"]),
  ])
  func commandLines(_ command: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("uwsgi-option", ["Procfile": "web: \(command)\n"]).findings == expected)
  }
}

@Suite struct UWSGIPathTests {
  @Test(arguments: [
    ("[uwsgi]\nchdir = %d\nwsgi-file = mysite/wsgi.py\nsocket = 127.0.0.1:3031\nlogto = x.log\n", []),
    ("[uwsgi]\nchdir = %d\nwsgi-file = wsgi.py\n", ["error uwsgi.ini:3 wsgi-file"]),
    ("[uwsgi]\nwsgi-file = mysite/wgsi.py # x\n", ["error uwsgi.ini:2 wsgi-file"]),
    ("[uwsgi]\nwsgi-file = wsgi.py\n", ["error uwsgi.ini:2 wsgi-file"]),
    ("[uwsgi]\ndaemonize = %(chdir)/logs/x.log\nchdir = %d\n", ["error uwsgi.ini:2 daemonize"]),
    ("[uwsgi]\nsocket = run/site.sock\n", ["error uwsgi.ini:2 socket"]),
    ("[uwsgi]\nini = base.ini\n", ["error uwsgi.ini:2 ini"]),
    ("[uwsgi]\nchdir = $(HOME)/site\nwsgi-file = mysite/wsgi.py\n", ["unknown uwsgi.ini:2 chdir"]),
    ("[uwsgi]\nchdir = /no/such/folder\nwsgi-file = mysite/wsgi.py\n", ["unknown uwsgi.ini:2 chdir"]),
    ("[uwsgi]\nmodule = mysit.wsgi\n", ["error uwsgi.ini:2 module"]),
    ("[uwsgi]\nmodule = project.wsgi:application\n", ["error uwsgi.ini:2 module"]),
    ("[uwsgi]\nmodule = project.wsgi:application\npythonpath = /srv\n", []),
    ("[uwsgi]\nmodule = mysite/wsgi.py\n", ["error uwsgi.ini:2 module"]),
    ("[uwsgi]\nmount = /a=mysite.wgsi:application\n", ["error uwsgi.ini:2 mount"]),
    ("[uwsgi]\nmount = /a=mysite/wsgi.py\n", []),
    ("[uwsgi]\nmodule = mysite.wsgy:application\n", ["error uwsgi.ini:2 module"]),
    ("[uwsgi]\nset-placeholder = site=mysit\nmodule = %(site).wsgi\n", ["error uwsgi.ini:3 module"]),
    ("[uwsgi]\nset-ph = site=mysite\nmodule = %(site).wsgi\n", []),
    ("[uwsgi]\nchdir = %dmysite\nmodule = mysite.wsgi\n", ["error uwsgi.ini:3 module"]),
    ("[uwsgi]\nchdir = %d\nmodule = mysite.wsgi\n", []),
    ("[uwsgi]\nmodule = mysite.wsgi:application\nif-env = X\nlogto = no/x\nendif =\n", []),
    ("[uwsgi]\nmodule = django.core.wsgi\nstats = 127.0.0.1:1717\ndaemonize = 10.0.0.1:1717\nlogger = syslog:x\n", []),
  ])
  func paths(_ ini: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("uwsgi-path", project(ini)).findings == expected)
  }

  @Test func aUnitMayStartItInTheFolder() async throws {
    let unit = "[Service]\nWorkingDirectory=/srv/site/mysite\nExecStart=/usr/bin/uwsgi --ini uwsgi.ini\n"
    let files = project("[uwsgi]\nwsgi-file = wsgi.py\n", ["web.service": unit])
    #expect(try await CheckRun("uwsgi-path", files).findings == ["unknown uwsgi.ini:2 wsgi-file"])
  }

  @Test func outsideTheProjectIsAnErrorForProduction() async throws {
    let files = project("[uwsgi]\nchdir = /no/such/folder\n")
    #expect(try await CheckRun("uwsgi-path", files, profile: .production).findings == ["error uwsgi.ini:2 chdir"])
    let image = files.merging(["Dockerfile": "FROM python:3.12\nWORKDIR /no/such/folder\n"]) { $1 }
    #expect(try await CheckRun("uwsgi-path", image, profile: .production).findings == ["unknown uwsgi.ini:2 chdir"])
  }
}

@Suite struct UWSGICallableTests {
  @Test(arguments: [
    ("[uwsgi]\nwsgi-file = mysite/wsgi.py\n", []),
    ("[uwsgi]\nwsgi-file = mysite/wsgi.py\ncallable = application\n", []),
    ("[uwsgi]\nwsgi-file = mysite/wsgi.py\ncallable = app\n", ["error uwsgi.ini:3 callable"]),
    ("[uwsgi]\nwsgi-file = gone.py\ncallable = app\n", ["error uwsgi.ini:3 callable"]),
    ("[uwsgi]\nmodule = mysite.wsgi:app\n", ["error uwsgi.ini:2 module"]),
    ("[uwsgi]\nmodule = mysite.wsgi:make()\n", []),
    ("[uwsgi]\nmodule = mysite.wsgi:application()\n", ["error uwsgi.ini:2 module"]),
    ("[uwsgi]\nmodule = mysite.asgi:application\n", ["error uwsgi.ini:2 module"]),
    ("[uwsgi]\nmount = /a=mysite.wsgi:app\n", ["error uwsgi.ini:2 mount"]),
    ("[uwsgi]\nmount = /a=mysite.wsgi:application\nmount = /b=/srv/b.py\n", []),
    ("[uwsgi]\nwsgi-file = manage.py\n", ["error uwsgi.ini:2 wsgi-file"]),
    ("[uwsgi]\nwsgi-file = mysite/manage.py\n", []),
    ("[uwsgi]\nwsgi-file = flaskapp.py\ncallable = app\n", []),
    ("[uwsgi]\nmodule = flaskapp\n", ["error uwsgi.ini:2 module"]),
    ("[uwsgi]\nmodule = open\n", []),
    ("[uwsgi]\nmodule = $(MODULE)\ncallable = app\n", ["unknown uwsgi.ini:2 module"]),
    ("[uwsgi]\nwsgi-file = flaskapp.py\ncallable = $(NAME)\n", ["unknown uwsgi.ini:3 callable"]),
  ])
  func callables(_ ini: String, _ expected: [String]) async throws {
    let manage = """
      import os, sys
      os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")
      from django.core.management import execute_from_command_line
      execute_from_command_line(sys.argv)
      """
    let files = project(
      ini,
      [
        "mysite/asgi.py": "from django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n",
        "flaskapp.py": "app = object()\n", "open.py": "from flask import *\n", "manage.py": manage,
      ])
    #expect(try await CheckRun("uwsgi-callable", files).findings == expected)
  }

  @Test func commandLines() async throws {
    let files = healthy.merging([
      "Dockerfile": "FROM x\nCMD [\"uwsgi\", \"-w\", \"mysite.wsgi:app\", \"-s\", \":3031\"]\n"
    ]) { $1 }
    #expect(try await CheckRun("uwsgi-callable", files).findings == ["error Dockerfile:2 module"])
  }
}

@Suite struct UWSGIUserTests {
  @Test(arguments: [
    ("[uwsgi]\nuid = nosuchuser\ngid = nosuchgroup # x\n", ["error uwsgi.ini:3 gid", "error uwsgi.ini:2 uid"]),
    ("[uwsgi]\nuid = root\ngid = 1000\n", []),
    ("[uwsgi]\nuid = $(USER)\n", ["unknown uwsgi.ini:2 uid"]),
    ("[uwsgi]\nuid = ec2-user\n", ["unknown uwsgi.ini:2 uid"]),
    ("[uwsgi]\nuid = madehere\n", ["unknown uwsgi.ini:2 uid"]),
  ])
  func users(_ ini: String, _ expected: [String]) async throws {
    let files = project(ini, ["Dockerfile": "FROM x\nRUN useradd --system madehere\n"])
    #expect(try await CheckRun("uwsgi-user", files).findings == expected)
  }
}

@Suite struct UWSGIHomeTests {
  private static let environment = ["v/pyvenv.cfg": "home = /usr/bin\nversion = 3.11.2\n", "folder/x.txt": ""]

  @Test(arguments: [
    ("[uwsgi]\nhome = v\n", []),
    ("[uwsgi]\nplugins = python311\nvirtualenv = %d/v\n", []),
    ("[uwsgi]\nplugins = python312\nvirtualenv = %d/v\n", ["error uwsgi.ini:3 virtualenv"]),
    ("[uwsgi]\nvenv = folder\n", ["error uwsgi.ini:2 venv"]),
    ("[uwsgi]\nvenv = %d/gone\n", ["error uwsgi.ini:2 venv"]),
    ("[uwsgi]\nvenv = /no/such/venv\n", ["unknown uwsgi.ini:2 venv"]),
    ("[uwsgi]\nvenv = $(VIRTUAL_ENV)\n", ["unknown uwsgi.ini:2 venv"]),
  ])
  func homes(_ ini: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("uwsgi-home", project(ini, Self.environment)).findings == expected)
  }
}

@Suite struct UWSGISafetyTests {
  @Test(arguments: [
    ("[uwsgi]\nmodule = mysite.wsgi\n", ["warning uwsgi.ini:1 uwsgi"]),
    ("[uwsgi]\nmodule = mysite.wsgi\nneed-app = true\nstrict\ndie-on-term = 1\n", []),
    (
      "[uwsgi]\nmodule = mysite.wsgi\nneed-app = true\nstrict = true\ndie-on-term = false\n",
      ["warning uwsgi.ini:5 uwsgi"]
    ),
    ("[uwsgi]\nmodule = mysite.wsgi\nini = base.ini\n", ["unknown uwsgi.ini:1 uwsgi"]),
    ("[uwsgi]\nemperor = vassals\n", []),
  ])
  func options(_ ini: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("uwsgi-safety", project(ini)).findings == expected)
  }

  @Test func strictRefusesNamesOfOnesOwn() async throws {
    let run = try await CheckRun("uwsgi-safety", project("[uwsgi]\nprocs = 4\nmodule = a\nprocesses = %(procs)\n"))
    #expect(run.results.map { $0.result.remedy?.hasSuffix("set-placeholder = procs=VALUE") } == [true])
  }

  @Test func anotherSignalStopsItAsWell() async throws {
    let unit = "[Service]\nExecStart=/usr/bin/uwsgi --ini uwsgi.ini\nKillSignal=SIGQUIT\n"
    let files = project("[uwsgi]\nmodule = mysite.wsgi\nneed-app = 1\nstrict = 1\n", ["web.service": unit])
    #expect(try await CheckRun("uwsgi-safety", files).findings == [])
  }
}

@Suite struct UWSGISocketTests {
  private static let mistaken = ["warning nginx.conf:1 proxy_pass"]

  @Test(arguments: [
    ("socket = 127.0.0.1:8888", "proxy_pass http://127.0.0.1:8888;", Self.mistaken),
    ("socket = :8888", "proxy_pass http://localhost:8888/;", Self.mistaken),
    ("socket = /run/site.sock", "proxy_pass http://unix:/run/site.sock:/;", Self.mistaken),
    (
      "socket = :8888", "upstream site { server 127.0.0.1:8888; }\nlocation / { proxy_pass http://site; }",
      ["warning nginx.conf:2 proxy_pass"]
    ),
    ("http-socket = 127.0.0.1:8888", "uwsgi_pass 127.0.0.1:8888;", ["warning nginx.conf:1 uwsgi_pass"]),
    ("socket = 127.0.0.1:8888", "uwsgi_pass 127.0.0.1:8888;", []),
    ("socket = /run/site.sock", "uwsgi_pass unix:///run/site.sock;", []),
    ("http = :8888", "proxy_pass http://127.0.0.1:8888;", []),
    ("socket = :8888\nprotocol = http", "proxy_pass http://127.0.0.1:8888;", []),
    ("socket = :8888", "# proxy_pass http://127.0.0.1:8888;\nproxy_pass http://127.0.0.1:9999;", []),
    ("socket = :$(PORT)", "proxy_pass http://127.0.0.1:8888;", ["unknown uwsgi.ini:2 socket"]),
    ("socket = :$(PORT)", "listen 80;", []),
  ])
  func protocols(_ socket: String, _ nginx: String, _ expected: [String]) async throws {
    let files = project("[uwsgi]\n\(socket)\n", ["nginx.conf": "\(nginx)\n"])
    #expect(try await CheckRun("uwsgi-socket", files).findings == expected)
  }

  @Test func gunicornMayListenThereInstead() async throws {
    let files = project(
      "[uwsgi]\nsocket = 127.0.0.1:8001\n",
      ["nginx.conf": "proxy_pass http://127.0.0.1:8001;\n", "gunicorn.py": "bind = '127.0.0.1:8001'\n"])
    #expect(try await CheckRun("uwsgi-socket", files).findings == [])
  }
}

@Suite struct GunicornSettingTests {
  @Test(arguments: [
    ("bind = ':8000'\nwokers = 3\n", ["warning gunicorn.conf.py:2 wokers"]),
    ("bind = ':8000'\npreload = True\n", ["warning gunicorn.conf.py:2 preload"]),
    ("def on_startin(server):\n    pass\n", ["warning gunicorn.conf.py:1 on_startin"]),
    ("if True:\n    worker_clas = 'sync'\n", ["warning gunicorn.conf.py:2 worker_clas"]),
    ("worker_class = 'gevnt'\n", ["warning gunicorn.conf.py:1 gevnt"]),
    ("worker_class = 'gevent'\n", ["warning gunicorn.conf.py:1 gevent"]),
    ("worker_class = 'uvicorn.workers.UvicornWorker'\n", ["warning gunicorn.conf.py:1 uvicorn"]),
    ("import os\nworker = 3\nworkers = worker + 1\nLIMIT = 3\n_bnd = 1\n", []),
    ("WORKERS = 3\n", ["warning gunicorn.conf.py:1 WORKERS"]),
    ("WORKERS = 3\nworkers = WORKERS\n", []),
    ("errorlog = '-'\nlog_file = 'x'\n", []),
    ("workers = 3\nwokers = 3\n", ["warning gunicorn.conf.py:2 wokers"]),
    (
      "# wokers\nwokers, timeout = 3, 30\nwokers = 4\n",
      ["warning gunicorn.conf.py:2 wokers", "warning gunicorn.conf.py:3 wokers"]
    ),
    ("wokers = 3\nprint(wokers)\n", []),
    ("import os\nworker_class = os.environ['X']\n", []),
    ("worker_class = 'gthread'\nworkers = 3\nwhatever = 1\n", []),
  ])
  func files(_ text: String, _ expected: [String]) async throws {
    let files = ["gunicorn.conf.py": text, "requirements.txt": "gunicorn\n"]
    #expect(try await CheckRun("gunicorn-setting", files).findings == expected)
  }

  @Test(arguments: [
    ("gunicorn --wokers 3 app:app", ["warning Procfile:1 --wokers"]),
    ("python -m gunicorn -k gevent app:app", ["warning Procfile:1 gevent"]),
    ("gunicorn --worker-class=gevnt app:app", ["warning Procfile:1 gevnt"]),
    ("gunicorn --worker 3 app:app", ["warning Procfile:1 --worker"]),
    ("gunicorn --timeo 3 -w 4 --worker-class $CLASS --bind :8000 app:app", []),
    ("gunicorn -c deploy/settings.py app:app", ["warning deploy/settings.py:1 wokers"]),
  ])
  func commandLines(_ command: String, _ expected: [String]) async throws {
    let files = [
      "Procfile": "web: \(command)\n", "requirements.txt": "gunicorn\n", "deploy/settings.py": "wokers = 3\n",
    ]
    #expect(try await CheckRun("gunicorn-setting", files).findings == expected)
  }

  @Test func withoutManifestsNothingIsKnownOfWorkers() async throws {
    #expect(try await CheckRun("gunicorn-setting", ["gunicorn.conf.py": "worker_class = 'gevent'\n"]).findings == [])
  }
}

extension GunicornSettingTests {
  @Test(arguments: [
    (
      "web.service", "[Service]\nExecStart=/srv/v/bin/gunicorn \\\n  --bind :80 \\\n  --wokers 3 app:app\n",
      ["warning web.service:4 --wokers"]
    ),
    (
      "compose.yml", "services:\n  web:\n    environment:\n      GUNICORN_CMD_ARGS: \"--bind=:80 --wokers=3\"\n",
      ["warning compose.yml:4 --wokers"]
    ),
    ("Dockerfile", "FROM x\nENV GUNICORN_CMD_ARGS=\"--workers=3\"\n", []),
  ])
  func options(_ path: String, _ text: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("gunicorn-setting", [path: text]).findings == expected)
  }
}

@Suite struct ServiceVersionTests {
  private static func compose(_ image: String) -> String { "services:\n  db:\n    image: \(image)\n" }

  @Test(arguments: [
    ("postgres:13-alpine", "django==5.2.1", ["warning compose.yml:3 postgres:13-alpine"]),
    ("\"postgis/postgis:11-3.0\"", "django~=5.2.0", ["warning compose.yml:3 postgis/postgis:11-3.0"]),
    ("timescale/timescaledb:2.9.1-pg12", "django==5.2.1", ["warning compose.yml:3 timescale/timescaledb:2.9.1-pg12"]),
    ("mysql:5.7", "django==5.2.1", ["warning compose.yml:3 mysql:5.7"]),
    ("mariadb:10.3", "django==5.2.1", ["warning compose.yml:3 mariadb:10.3"]),
    // The newest 8.0 is 8.0.11 or later; the oldest Django that is allowed counts.
    ("mysql:8.0", "django==5.2.1", []),
    ("postgres:13", "django>=4.2", []),
    ("postgres:13", "django", []),
    ("postgres", "django==5.2.1", []),
    ("postgres:${PG:-9}", "django==5.2.1", ["warning compose.yml:3 postgres:${PG:-9}"]),
    ("postgres:${PG:-17}", "django==5.2.1", []),
    ("postgres:${PG}", "django==5.2.1", ["unknown compose.yml:3 postgres:${PG}"]),
    ("redis:3", "django==5.2.1", []),
  ])
  func images(_ image: String, _ django: String, _ expected: [String]) async throws {
    let files = ["compose.yml": Self.compose(image), "requirements.txt": "\(django)\n"]
    #expect(try await CheckRun("service-version", files).findings == expected)
  }

  @Test func pipelines() async throws {
    let files = [
      ".github/workflows/ci.yml": "jobs:\n  t:\n    services:\n      p:\n        image: postgres:10\n",
      ".gitlab-ci.yml": "t:\n  image: python:3.12\n  services:\n    - postgres:12\n    - name: mariadb:10.3\n",
      "requirements.txt": "django==5.2.1\n",
    ]
    #expect(
      try await CheckRun("service-version", files).findings == [
        "warning .gitlab-ci.yml:5 mariadb:10.3", "warning .github/workflows/ci.yml:5 postgres:10",
        "warning .gitlab-ci.yml:4 postgres:12",
      ])
  }

  @Test func aServerThatTheSettingsDoNotUse() async throws {
    let settings = "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x'}}\n"
    let files = [
      "mysite/settings.py": settings, "compose.yml": Self.compose("postgres:9.6"),
      "requirements.txt": "django==5.2.1\n",
    ]
    #expect(try await CheckRun("service-version", files).findings == [])
  }
}

@Suite struct PortFreeTests {
  @Test(arguments: [
    ("gunicorn.conf.py", "bind = ['0.0.0.0:8000']\n", ["error gunicorn.conf.py:1 0.0.0.0:8000"]),
    ("uwsgi.ini", "[uwsgi]\nhttp = :8000\n", ["error uwsgi.ini:2 0.0.0.0:8000"]),
    ("Procfile", "web: python manage.py runserver 8000\n", ["error Procfile:1 127.0.0.1:8000"]),
    ("Procfile", "web: gunicorn -b [::1]:8000 x\n", ["error Procfile:1 [::1]:8000"]),
    ("mysite/settings.py", "DATABASES = {}\n", ["error 127.0.0.1:8000"]),
    ("Procfile", "web: gunicorn -b :9000 -b :$PORT x\n", []),
    ("Dockerfile", "FROM x\nCMD gunicorn -b :8000 x\n", []),
  ])
  func addresses(_ path: String, _ text: String, _ expected: [String]) async throws {
    let run = try await CheckRun("port-free", [path: text]) { _, port in
      port == 8000 ? .inUse(holder: "pid 7", folder: "/srv/other") : .free
    }
    #expect(run.findings == expected)
  }

  @Test func whatIsNotKnown() async throws {
    let files = ["gunicorn.conf.py": "bind = ':8000'\n"]
    let unseen = try await CheckRun("port-free", files) { _, _ in .inUse(holder: nil, folder: nil) }
    #expect(unseen.findings == ["unknown gunicorn.conf.py:1 0.0.0.0:8000"])
    let refused = try await CheckRun("port-free", files) { _, _ in .refused("no permission", remedy: nil) }
    #expect(refused.findings == ["unknown gunicorn.conf.py:1 0.0.0.0:8000"])
    #expect(try await CheckRun("port-free", files).results.map(\.result.status) == [.skipped])
  }
}
