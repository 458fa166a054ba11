/// Requirements files and manifests as projects have them, each with what they are when celery, gunicorn and zope.event
/// were added, versions of which are known for gunicorn alone.
enum ManifestShapes {
  static let requirements: [(name: String, before: String, after: String)] = [
    ("empty", "", "celery\ngunicorn==22.0\nzope-event\n"),
    ("sorted pins", "django==5.2\nredis==5.0\n", "celery\ndjango==5.2\ngunicorn==22.0\nredis==5.0\nzope-event\n"),
    (
      "no final line end", "django==5.2\nredis==5.0", "celery\ndjango==5.2\ngunicorn==22.0\nredis==5.0\nzope-event"
    ),
    ("unsorted", "redis\ndjango\n", "redis\ndjango\ncelery\ngunicorn\nzope-event\n"),
    (
      "minimums, upper case and comments",
      "# the web\nDjango>=5.2  # LTS\n\n# the cache\nredis[hiredis]>=5.0; python_version < '4'\n",
      "# the web\ncelery\nDjango>=5.2  # LTS\ngunicorn>=22.0\n\n# the cache\nredis[hiredis]>=5.0; python_version < '4'\nzope-event\n"
    ),
    (
      "sections", "# Web\nuvicorn\ndjango\n\n# Storage\nboto3\nredis\n\n# Testing\npytest\n",
      "# Web\nuvicorn\ndjango\n\n# Storage\nboto3\ncelery\ngunicorn\nredis\nzope-event\n\n# Testing\npytest\n"
    ),
    (
      "options first", "--index-url https://example.invalid/simple\n--pre\n-e ./plugins\n",
      "--index-url https://example.invalid/simple\n--pre\n-e ./plugins\ncelery\ngunicorn==22.0\nzope-event\n"
    ),
    (
      "includes alone", "-r base.txt\n-c constraints.txt",
      "-r base.txt\n-c constraints.txt\ncelery\ngunicorn==22.0\nzope-event"
    ),
    (
      "windows", "django~=5.2\r\nredis~=5.0\r\n",
      "celery\r\ndjango~=5.2\r\ngunicorn~=22.0\r\nredis~=5.0\r\nzope-event\r\n"
    ),
    ("byte order mark", "\u{FEFF}django\n", "\u{FEFF}celery\ndjango\ngunicorn\nzope-event\n"),
    (
      "continuations", "django==5.2 \\\n    ; python_version > '3'\nredis==5 \\\n  # why\n",
      "celery\ndjango==5.2 \\\n    ; python_version > '3'\ngunicorn==22.0\nredis==5 \\\n  # why\nzope-event\n"
    ),
    (
      "annotated", "django==5.2\n    # via -r requirements.in\nsqlparse==0.5\n    # via django\n",
      "celery\ndjango==5.2\n    # via -r requirements.in\ngunicorn==22.0\nsqlparse==0.5\n    # via django\nzope-event\n"
    ),
    (
      "URLs and paths", "django\nlib @ git+https://example.invalid/lib.git@v1\n./wheels/x-1-py3-none-any.whl\n",
      "celery\ndjango\ngunicorn\nlib @ git+https://example.invalid/lib.git@v1\n./wheels/x-1-py3-none-any.whl\nzope-event\n"
    ),
    ("dangling backslash", "django==5.2 \\", "celery\ndjango==5.2 \\\n\ngunicorn==22.0\nzope-event"),
    ("blank lines at the end", "django\n\n\n", "celery\ndjango\ngunicorn\nzope-event\n\n\n"),
    ("comments alone", "# nothing yet\n", "# nothing yet\ncelery\ngunicorn==22.0\nzope-event\n"),
    ("form feed", "django\u{0C}redis\n", "celery\ndjango\u{0C}gunicorn\nredis\nzope-event\n"),
  ]

  static let projects: [(name: String, before: String, after: String)] = [
    (
      "uv", "[project]\nname = \"x\"\nversion = \"1\"\ndependencies = [\n    \"django>=5.2\",\n    \"redis>=5\",\n]\n",
      "[project]\nname = \"x\"\nversion = \"1\"\ndependencies = [\n    \"celery\",\n    \"django>=5.2\",\n    \"gunicorn>=22.0\",\n    \"redis>=5\",\n    \"zope-event\",\n]\n"
    ),
    (
      "no dependencies", "[project]\nname = \"x\"\nversion = \"1\"\n\n[tool.ruff]\nline-length = 100\n",
      "[project]\nname = \"x\"\nversion = \"1\"\ndependencies = [\n    \"celery\",\n    \"gunicorn>=22.0\",\n    \"zope-event\",\n]\n\n[tool.ruff]\nline-length = 100\n"
    ),
    (
      "empty list", "[project]\nname = \"x\"\nversion = \"1\"\ndependencies = []\n[project.urls]\na = \"b\"\n",
      "[project]\nname = \"x\"\nversion = \"1\"\ndependencies = [\n    \"celery\",\n    \"gunicorn>=22.0\",\n    \"zope-event\",\n]\n[project.urls]\na = \"b\"\n"
    ),
    (
      "one line, single quotes, pins",
      "[project]\nname = 'x'\nversion = '1'\ndependencies = ['django==5.2', 'redis==5']\n",
      "[project]\nname = 'x'\nversion = '1'\ndependencies = ['celery', 'django==5.2', 'gunicorn==22.0', 'redis==5', 'zope-event']\n"
    ),
    (
      "comments, no comma at the end",
      "[project]\nname = \"x\"\ndynamic = [\"version\"]\ndependencies = [\n  # web\n  \"django~=5.2\", # LTS\n  # cache\n  \"redis[hiredis]~=5.0; python_version<'4'\" # fast\n]\n",
      "[project]\nname = \"x\"\ndynamic = [\"version\"]\ndependencies = [\n  # web\n  \"celery\",\n  \"django~=5.2\", # LTS\n  \"gunicorn~=22.0\",\n  # cache\n  \"redis[hiredis]~=5.0; python_version<'4'\", # fast\n  \"zope-event\"\n]\n"
    ),
    (
      "dotted keys", "project.name = \"x\"\nproject.version = \"1\"\n\n[build-system]\nrequires = [\"hatchling\"]\n",
      "project.name = \"x\"\nproject.version = \"1\"\nproject.dependencies = [\n    \"celery\",\n    \"gunicorn>=22.0\",\n    \"zope-event\",\n]\n\n[build-system]\nrequires = [\"hatchling\"]\n"
    ),
    (
      "Windows", "[project]\r\nname = \"x\"\r\nversion = \"1\"\r\n",
      "[project]\r\nname = \"x\"\r\nversion = \"1\"\r\ndependencies = [\r\n    \"celery\",\r\n    \"gunicorn>=22.0\",\r\n    \"zope-event\",\r\n]\r\n"
    ),
    (
      "Poetry",
      "[tool.poetry]\nname = \"x\"\nversion = \"1\"\n\n[tool.poetry.dependencies]\npython = \"^3.12\"\ndjango = \"^5.2\"\nredis = {version = \"^5.0\", extras = [\"hiredis\"]}\n\n[tool.poetry.group.dev.dependencies]\npytest = \"*\"\n",
      "[tool.poetry]\nname = \"x\"\nversion = \"1\"\n\n[tool.poetry.dependencies]\npython = \"^3.12\"\ncelery = \"*\"\ndjango = \"^5.2\"\ngunicorn = \"^22.0\"\nredis = {version = \"^5.0\", extras = [\"hiredis\"]}\nzope-event = \"*\"\n\n[tool.poetry.group.dev.dependencies]\npytest = \"*\"\n"
    ),
    (
      "Poetry with pins, unsorted",
      "[tool.poetry]\nname = \"x\"\nversion = \"1\"\n[tool.poetry.dependencies]\npython = \"^3.12\"\nredis = \"5.0\"\ndjango = \"5.2\"\n",
      "[tool.poetry]\nname = \"x\"\nversion = \"1\"\n[tool.poetry.dependencies]\npython = \"^3.12\"\nredis = \"5.0\"\ndjango = \"5.2\"\ncelery = \"*\"\ngunicorn = \"22.0\"\nzope-event = \"*\"\n"
    ),
    (
      "Poetry 2",
      "[project]\nname = \"x\"\nversion = \"1\"\ndependencies = [\n    \"django (>=5.2,<6.0)\"\n]\n\n[tool.poetry]\npackage-mode = false\n",
      "[project]\nname = \"x\"\nversion = \"1\"\ndependencies = [\n    \"celery\",\n    \"django (>=5.2,<6.0)\",\n    \"gunicorn>=22.0\",\n    \"zope-event\"\n]\n\n[tool.poetry]\npackage-mode = false\n"
    ),
  ]
}
