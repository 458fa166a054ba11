import Diagnostics
import Doctor
import Testing

/// An environment beside the project: an interpreter that answers each question with `answer`, and what is installed.
private func environment(
  _ python: String = "3.12.4", at folder: String = ".venv", answer: String = "3.12.4", installed: [String: String] = [:]
) -> [String: String] {
  let minor = python.split(separator: ".").prefix(2).joined(separator: ".")
  let site = "\(folder)/lib/python\(minor)/site-packages"
  var files = [
    "\(folder)/pyvenv.cfg": "home = /\nversion = \(python)\n",
    "\(folder)/bin/python3": "#!/bin/sh\necho '\(answer)'\n", "\(site)/readme.txt": "",
  ]
  for (name, version) in installed {
    files["\(site)/\(name)-\(version).dist-info/METADATA"] =
      "Metadata-Version: 2.1\nName: \(name)\nVersion: \(version)\n"
  }
  return files
}

private func with(_ files: [String: String], _ others: [String: String]) -> [String: String] {
  files.merging(others) { $1 }
}

@Suite struct InterpreterFoundTests {
  @Test func anInterpreterThatAnswers() async throws {
    #expect(try await CheckRun("interpreter-found", environment()).findings == [])
  }

  @Test(arguments: [
    ("#!/bin/sh\nexit 1\n", "error .venv/bin/python3 .venv"), ("#!/bin/sh\nexec sleep 9\n", "unknown .venv"),
  ])
  func oneThatDoesNot(_ script: String, _ expected: String) async throws {
    let files = with(environment(), [".venv/bin/python3": script])
    #expect(try await CheckRun("interpreter-found", files).findings == [expected])
  }

  @Test func none() async throws {
    #expect(try await CheckRun("interpreter-found", ["a.py": ""]).findings == ["error python3"])
  }
}

@Suite struct PythonVersionTests {
  private static let project = "[project]\nname = \"x\"\nversion = \"1\"\nrequires-python = \">=3.12\"\n"

  @Test(arguments: [
    ("3.12.4", "django==5.2.1", []),
    ("3.9.1", "", ["error pyproject.toml:4 .venv"]),
    ("3.13.0", "django==4.0.1", ["error requirements.txt:1 .venv"]),
    ("3.12.1", "django==4.1.2", ["warning requirements.txt:1 .venv"]),
    ("3.12.1", "django>=4.1", []),
    ("3.15.0", "django<6", ["warning requirements.txt:1 .venv"]),
  ])
  func interpreter(_ python: String, _ django: String, _ expected: [String]) async throws {
    let files = ["pyproject.toml": Self.project, "requirements.txt": "\(django)\n"]
    #expect(try await CheckRun("python-version", with(environment(python), files)).findings == expected)
  }

  @Test(arguments: [
    ([".python-version": "3.9\n"], ["error .python-version:1 .python-version"]),
    ([".python-version": "# ours\r\n\r\n3.9\r\n"], ["error .python-version:3 .python-version"]),
    ([".python-version": "3.12\n"], []),
    (["runtime.txt": "python-3.10.2\n"], ["error runtime.txt:1 runtime.txt"]),
    (
      ["Dockerfile": "FROM --platform=x docker.io/python:3.8-slim AS b\nRUN pip install -r requirements.txt\n"],
      ["error Dockerfile:1 python:3.8-slim"]
    ),
    (["Dockerfile": "FROM python:3\nFROM python:${V}\nFROM python:latest\nCOPY requirements.txt .\n"], []),
    (["Pipfile": "[requires]\npython_version = \"3.11\"\n"], ["error Pipfile:2 Pipfile"]),
    (["pyproject.toml": "[tool.poetry.dependencies]\npython = \"^3.13\"\n"], ["error pyproject.toml:2 .venv"]),
    (["pyproject.toml": "", "setup.cfg": "[options]\npython_requires = <3.12\n"], ["error setup.cfg:2 .venv"]),
  ])
  func declared(_ files: [String: String], _ expected: [String]) async throws {
    let all = with(with(environment(), ["pyproject.toml": Self.project]), files)
    #expect(try await CheckRun("python-version", all).findings == expected)
  }

  @Test func withoutInterpreter() async throws {
    #expect(try await CheckRun("python-version", ["a.py": ""]).findings == ["unknown python3"])
  }
}

@Suite struct VenvBrokenTests {
  @Test(arguments: [
    (environment(), []),
    (
      with(environment(), [".venv/pyvenv.cfg": "home = /no/such/bin\nversion = 3.12.4\n"]),
      ["error .venv/pyvenv.cfg:1 .venv"]
    ),
    (["venv/pyvenv.cfg": "home = /\n", "venv/bin/activate": ""], ["error venv/bin venv"]),
    (["venv/bin/activate": "VIRTUAL_ENV=/x\n"], ["error venv venv"]),
    (["venv/bin/activate": "", "venv/lib/python3.6/orig-prefix.txt": "/usr"], []),
    (
      with(environment(), [".venv/bin/activate": "# x\nexport VIRTUAL_ENV='/srv/old/.venv'\n"]),
      ["error .venv/bin/activate:2 .venv"]
    ),
    (
      with(
        environment(),
        [".venv/bin/activate": "VIRTUAL_ENV=$(cygpath x)\nif [ \"/x\" = \"$VIRTUAL_ENV\" ]; then :; fi\n"]), []
    ),
    (with(environment(), [".venv/bin/pip": "#!/srv/old/.venv/bin/python3\n"]), ["error .venv/bin/pip:1 .venv"]),
    (["env/readme.txt": "no environment"], []),
  ])
  func environments(_ files: [String: String], _ expected: [String]) async throws {
    #expect(try await CheckRun("venv-broken", files).findings == expected)
  }

  @Test(arguments: [("python3.11", ["error .venv/pyvenv.cfg:2 .venv"]), ("python3.12", []), ("python3", [])])
  func anotherPythonThanTheOneItWasMadeWith(_ name: String, _ expected: [String]) async throws {
    let files = [
      "system/\(name)": "#!/bin/sh\n", ".venv/bin/python": "->../../system/\(name)",
      ".venv/pyvenv.cfg": "home = /\nversion = 3.12.3\n", ".venv/lib/python3.12/site-packages/": "",
    ]
    #expect(try await CheckRun("venv-broken", files).findings == expected)
  }

  @Test func anInterpreterThatLeadsNowhere() async throws {
    let files = with(environment(), [".venv/bin/python": "->python3", ".venv/bin/python3": "->/no/such/python3.8"])
    let run = try await CheckRun("venv-broken", files)
    #expect(run.findings == ["error .venv/bin/python .venv"])
    #expect(run.results[0].result.message == ".venv/bin/python leads to /no/such/python3.8, which is not there")
  }

  @Test func aVariableThatNamesNothing() async throws {
    let run = try await CheckRun("venv-broken", ["a.py": ""], environment: ["VIRTUAL_ENV": "/no/such/venv"])
    #expect(run.findings == ["error VIRTUAL_ENV"])
  }
}

@Suite struct VenvOtherTests {
  private static let two = with(environment(), environment(at: "other"))

  @Test(arguments: [
    (Self.two, "other", ["warning .venv other"]), (Self.two, ".venv", []),
    (environment(at: "other"), "other", []), (Self.two, "nowhere", []),
  ])
  func active(_ files: [String: String], _ name: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("venv-other", files, environment: ["VIRTUAL_ENV": name]).findings == expected)
  }
}

@Suite struct DjangoSupportTests {
  // 2026-04-30 and 2026-05-01
  private static let april = "1777550000"
  private static let may = "1777600000"

  @Test(arguments: [
    ("django==4.2.1", Self.april, []), ("django==4.2.1", Self.may, ["warning requirements.txt:1 django"]),
    ("Django==2.1.15", Self.may, ["warning requirements.txt:1 django"]),
    ("django==1.11.29", Self.may, ["warning requirements.txt:1 django"]),
    ("django<2", Self.may, ["warning requirements.txt:1 django"]),
    ("django~=1.11.0", Self.may, ["warning requirements.txt:1 django"]),
    (
      "django==3.2.25; python_version<'3.8'\ndjango==4.1.13; python_version>='3.8'", Self.may,
      ["warning requirements.txt:2 django"]
    ),
    ("django==3.2.25; python_version<'3.8'\ndjango==5.2.1; python_version>='3.8'", Self.may, []),
    ("django>=3.2,<4.3", Self.may, ["warning requirements.txt:1 django"]), ("django>=3.2", Self.may, []),
    ("django", Self.may, []), ("django==99.1", Self.may, ["unknown django"]), ("flask==1.0", Self.may, []),
  ])
  func series(_ requirement: String, _ date: String, _ expected: [String]) async throws {
    let run = try await CheckRun(
      "django-support", ["requirements.txt": "\(requirement)\n"], environment: ["SOURCE_DATE_EPOCH": date])
    #expect(run.findings == expected)
  }

  private static let lock = "version = 1\n[[package]]\nname = \"django\"\nversion = \"2.1.15\"\n"

  @Test(arguments: [
    (["Dockerfile": "FROM x\nRUN pip install django==2.1.15 gunicorn\n"], ["warning Dockerfile:2 django"]),
    (["install.sh": "pip install 'Django<2.2'\n"], ["warning install.sh:1 django"]),
    (["install.sh": "pip install 'Django>=2.2'\npip install django\n"], []),
    (["install.sh": "pip install 'Django<2.2'\n", "requirements.txt": "django==5.2.1\n"], []),
    (
      [
        "uv.lock": Self.lock,
        "pyproject.toml": "[project]\nname = \"x\"\nversion = \"1\"\ndependencies = [\"django\"]\n",
      ], ["warning uv.lock:2 django"]
    ),
    (["uv.lock": Self.lock, "requirements.txt": "django<3\n"], ["warning requirements.txt:1 django"]),
  ])
  func elsewhere(_ files: [String: String], _ expected: [String]) async throws {
    let run = try await CheckRun("django-support", files, environment: ["SOURCE_DATE_EPOCH": Self.may])
    #expect(run.findings == expected)
  }

  @Test func whatIsInstalledCounts() async throws {
    let files = with(environment(installed: ["Django": "4.2.1"]), ["requirements.txt": "flask\ndjango>=4.2\n"])
    let run = try await CheckRun("django-support", files, environment: ["SOURCE_DATE_EPOCH": Self.may])
    #expect(run.findings == ["warning requirements.txt:2 django"])
  }
}

@Suite struct DependencyDriftTests {
  private static let installed = environment(installed: ["django": "5.1.4", "attrs": "23.1.0"])

  @Test(arguments: [
    (["requirements.txt": "attrs\ndjango==5.2.1\n"], ["warning requirements.txt:2 django"]),
    (["requirements.txt": "django>=5.1,<5.2\n"], []),
    (["requirements.txt": "django==5.2.1; python_version < '3.8'\n"], []),
    (["requirements.txt": "django @ https://example.com/django.zip\nnothere==1\n"], []),
    (
      ["requirements.txt": "django==5.2.1\n", "setup.cfg": "[options]\ninstall_requires =\n  django>=3\n"],
      ["warning requirements.txt:1 django"]
    ),
    // Files for several versions side by side.
    (["requirements/django52.txt": "django==5.2.1\n", "requirements/django51.txt": "django~=5.1.0\n"], []),
    (["uv.lock": "version = 1\n[[package]]\nname = \"attrs\"\nversion = \"24.1.0\"\n"], ["warning uv.lock:2 attrs"]),
    (["uv.lock": "version = 1\n[[package]]\nname = \"attrs\"\nversion = \"23.1\"\n"], []),
  ])
  func versions(_ files: [String: String], _ expected: [String]) async throws {
    #expect(try await CheckRun("dependency-drift", with(Self.installed, files)).findings == expected)
  }

  @Test func withoutEnvironmentItIsSkipped() async throws {
    let run = try await CheckRun("dependency-drift", ["requirements.txt": "django==5.2.1\n"])
    #expect(run.results.map(\.result.status) == [.skipped])
  }
}

@Suite struct IndexInsecureTests {
  @Test(arguments: [
    ("install.sh", "pip install -i http://m.example/simple x\n", ["warning install.sh:1 m.example"]),
    ("install.sh", "sudo python3 -m pip install --trusted-host=m.example x\n", ["warning install.sh:1 m.example"]),
    ("install.sh", ".venv/bin/pip3 install -ihttp://m.example/simple x\n", ["warning install.sh:1 m.example"]),
    ("install.sh", "uv pip install --index a=http://m.example/simple x\n", ["warning install.sh:1 m.example"]),
    ("install.sh", "pip config set global.index-url http://m.example/simple\n", ["warning install.sh:1 m.example"]),
    (
      "install.sh",
      "pip install -i https://m.example/simple -r http://x/y.txt\npip install -i http://localhost:3141/ x\n", []
    ),
    (
      "install.sh", "pip install -i $INDEX --trusted-host $HOST x\necho --trusted-host x\n",
      ["unknown install.sh:1 $INDEX"]
    ),
    ("requirements.txt", "--index-url ${INDEX}\nx\n", ["unknown requirements.txt:1 $INDEX"]),
    ("requirements.txt", "--index-url ${INDEX:-https://u:s3cret@x/}\nx\n", ["unknown requirements.txt:1 $INDEX"]),
    ("Dockerfile", "FROM x\r\nENV PIP_INDEX_URL=http://m.example/simple\r\n", ["warning Dockerfile:2 m.example"]),
    (
      "compose.yml", "services:\n  a:\n    environment:\n      PIP_TRUSTED_HOST: m.example\n",
      ["warning compose.yml:4 m.example"]
    ),
    ("requirements.txt", "-i http://m.example/simple\ndjango\n", ["warning requirements.txt:1 m.example"]),
    ("requirements.txt", "django\n--trusted-host m.example:8080\n", ["warning requirements.txt:2 m.example"]),
    ("pip.conf", "[global]\nindex_url = http://m.example/simple\n", ["warning pip.conf:2 m.example"]),
    ("deploy/pip.ini", "[install]\ntrusted-host =\n  localhost\n  m.example\n", ["warning deploy/pip.ini:4 m.example"]),
    ("pyproject.toml", "[[tool.uv.index]]\nurl = \"http://m.example/s\"\n", ["warning pyproject.toml:2 m.example"]),
    (
      "tox.ini", "[testenv]\ninstall_command = pip install -i http://m.example/s {packages}\n",
      ["warning tox.ini:2 m.example"]
    ),
    ("tox.ini", "[testenv]\nsetenv =\n  PIP_INDEX_URL = http://m.example/s\n", ["warning tox.ini:3 m.example"]),
    ("setup.cfg", "[easy_install]\nindex_url = http://m.example/s\n", ["warning setup.cfg:2 m.example"]),
    (
      "environment.yml", "dependencies:\n  - pip:\n    - --index-url http://m.example/s\n    - django\n",
      ["warning environment.yml:3 m.example"]
    ),
    (
      "pyproject.toml", "[[tool.poetry.source]]\nname = \"a\"\nurl = \"http://m.example/s\"\n",
      ["warning pyproject.toml:3 m.example"]
    ),
    (
      "Pipfile", "[[source]]\nurl = \"https://m.example/s\"\nverify_ssl = false\nname = \"a\"\n",
      ["warning Pipfile:3 m.example"]
    ),
  ])
  func places(_ path: String, _ text: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("index-insecure", [path: text]).findings == expected)
  }

  @Test func credentialsStayHidden() async throws {
    let run = try await CheckRun(
      "index-insecure", ["a.sh": "pip install -i http://me:s3cret@m.example/simple?k=s3cret x\n"])
    #expect(run.findings == ["warning a.sh:1 m.example"])
    #expect(!run.results.contains { "\($0.result)".contains("s3cret") })
  }
}

@Suite struct RequirementsPathTests {
  @Test(arguments: [
    ("install.sh", "pip install -r requriements.txt\n", ["error install.sh:1 requriements.txt"]),
    ("install.sh", "pip install --no-cache-dir -r requirements.txt -c requirements/base.txt\n", []),
    (
      "install.sh",
      "cd requirements && pip install -rbase.txt\nuv pip sync nothere.txt\nuv pip compile --no-emit-package pip x.in\n",
      ["error install.sh:2 nothere.txt", "error install.sh:3 x.in"]
    ),
    (
      "install.sh", "pip freeze > made.txt\npip install -r made.txt\npip install -r $FILE -r <(x) -r http://x/y.txt\n",
      []
    ),
    (
      "Dockerfile", "FROM x\nCOPY requriements.txt .\nRUN pip install -r requriements.txt\n",
      ["error Dockerfile:3 requriements.txt"]
    ),
    ("setup.bash", "pip install -r gone.txt\n", ["error setup.bash:1 gone.txt"]),
    (
      "buildspec.yml", "phases:\n  install:\n    commands:\n    - pip install -r gone.txt\n",
      ["error buildspec.yml:4 gone.txt"]
    ),
    ("Dockerfile", "FROM x\nCOPY --from=a /app/made.txt .\nRUN pip install -r made.txt\n", []),
    (
      "render.yaml", "services:\n- buildCommand: pip install -r gone.txt\n  startCommand: x\n",
      ["error render.yaml:2 gone.txt"]
    ),
    (
      ".readthedocs.yaml", "python:\n  install:\n  - requirements: docs/gone.txt\n  - requirements: requirements.txt\n",
      ["error .readthedocs.yaml:3 docs/gone.txt"]
    ),
    ("environment.yml", "dependencies:\n- pip:\n  - -r gone.txt\n", ["error environment.yml:3 gone.txt"]),
    ("Dockerfile", "FROM x\nCOPY requirements.txt /tmp/reqs.txt\nRUN pip install -r /tmp/reqs.txt\n", []),
    (
      "Dockerfile", "FROM x\nRUN set -e && pip install -r /app/requirement.txt\n",
      ["error Dockerfile:2 /app/requirement.txt"]
    ),
    (
      "tox.ini", "[testenv]\ndeps =\n  -r{toxinidir}/requirements.txt\n  -rtset.txt\n  -r {env:X}.txt\n",
      ["error tox.ini:4 tset.txt"]
    ),
    (
      "pyproject.toml", "[tool.setuptools.dynamic]\ndependencies = {file = [\"requirements.txt\", \"gone.txt\"]}\n",
      ["error pyproject.toml:2 gone.txt"]
    ),
    ("get.sh", "git clone http://x/y\ncd y\npip install -r theirs.txt\n", ["unknown get.sh:3 theirs.txt"]),
    (
      ".github/workflows/ci.yml", "jobs:\n  t:\n    steps:\n      - run: pip install -r dev.txt\n",
      ["error .github/workflows/ci.yml:4 dev.txt"]
    ),
    (
      "requirements/prod.txt", "-r bse.txt\n-c base.txt\n-r ../requirements.txt\n-r https://x/y.txt\n",
      ["error requirements/prod.txt:1 bse.txt"]
    ),
  ])
  func files(_ path: String, _ text: String, _ expected: [String]) async throws {
    let files = ["requirements.txt": "django\n", "requirements/base.txt": "django\n", path: text]
    #expect(try await CheckRun("requirements-path", files).findings == expected)
  }
}

@Suite struct SQLiteVersionTests {
  private static let settings = [
    "mysite/settings.py":
      "INSTALLED_APPS = ['django.contrib.admin']\nDATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x'}}\n"
  ]

  @Test(arguments: [
    ("3.7.17", "django==2.2.1", ["error SQLite"]), ("3.8.3", "django==2.2.1", []), ("3.7.17", "django==2.1.1", []),
    ("3.26.0", "django>=5", ["error SQLite"]), ("3.28.0", "django>=5", ["unknown SQLite"]),
    ("3.26.0", "django", ["unknown SQLite"]), ("3.50.1", "django", []),
    ("No module named _sqlite3", "django==5.2.1", ["error SQLite"]),
  ])
  func answers(_ answer: String, _ django: String, _ expected: [String]) async throws {
    let files = with(environment(answer: answer), Self.settings)
    let run = try await CheckRun("sqlite-version", with(files, ["requirements.txt": "\(django)\n"]))
    #expect(run.findings == expected)
  }

  @Test func withoutKnownDatabasesItMayNotBeUsed() async throws {
    let files = with(environment(answer: "3.7.17"), ["requirements.txt": "django==5.2.1\n", "a.py": "import django\n"])
    #expect(try await CheckRun("sqlite-version", files).findings == ["unknown SQLite"])
  }
}
