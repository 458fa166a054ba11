import TestSupport
import Testing

/// Comments `# envtool: ignore`, and rules for modules within packages.
@Suite struct IgnoreTests {
  private func output(_ files: [String: String], _ arguments: [String] = []) async throws -> String {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    return try await EnvtoolRun(["scan", folder.path, "--quiet"] + arguments).output
  }

  @Test(arguments: [
    ("import redis\nimport celery  # envtool: ignore\n", "redis\n"),
    ("from celery import (\n    shared_task,\n    Celery,  # noqa  # envtool: ignore\n)\nimport redis\n", "redis\n"),
    ("import celery, redis  # envtool: ignore[celery]\n", "redis\n"),
    ("import yaml  # envtool: ignore[PyYAML]\nimport redis # envtool: ignore[yaml]\n", "redis\n"),
    ("from google.cloud import storage, bigquery  # envtool: ignore[google.cloud.storage]\n", ""),
    ("x = '# envtool: ignore'; import redis\n", "redis\n"),
    ("import redis  # envtool: ignore[missing]\n", "redis\n"),
  ]) func imports(_ source: String, _ expected: String) async throws {
    #expect(try await output(["app.py": source]) == expected)
  }

  @Test func settingsAndProcessFiles() async throws {
    let settings = """
      SECRET_KEY = "x"
      INSTALLED_APPS = [
          "rest_framework",
          "corsheaders",  # envtool: ignore
      ]
      MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]  # envtool: ignore[corsheaders]
      """
    let uwsgi = "[uwsgi] # envtool: ignore\nmodule = x\n"
    let found = try await output(["mysite/settings.py": settings, "mysite/__init__.py": "", "uwsgi.ini": uwsgi])
    #expect(found.contains("djangorestframework\n"))
    #expect(!found.contains("cors"))
    #expect(!found.contains("uwsgi"))
  }

  @Test func rulesReachIntoNamespaces() async throws {
    let files = [
      "app.py": "from google.cloud import inhouse, other, storage\nimport google.cloud.secret\n",
      "envtool.toml": """
      ignore = ["google.cloud.other", "google.cloud.secret"]
      map = {"google.cloud.inhouse" = "inhouse-client"}
      """,
    ]
    #expect(try await output(files) == "google-cloud-storage\ninhouse-client\n")
  }

  /// On a declared line, and on a line that needs what is declared nowhere.
  @Test func checkAndWriteObeyThem() async throws {
    let folder = try TemporaryFolder()
    try folder.write("a.py", "import celery # envtool: ignore[missing]\nimport yaml\n")
    let lines = "pyyaml\nfoo # envtool: ignore[unused]\nbar # envtool: ignore\nbaz # envtool: ignore[missing]\n"
    try folder.write("requirements.txt", lines)
    let check = try await EnvtoolRun(["scan", "--check", folder.path])
    #expect(check.status == 1)
    #expect(check.output == "requirements.txt:4:1: unused baz: declared for running, and nothing uses it\n")
    let write = try await EnvtoolRun(["scan", "--write", folder.path])
    #expect(write.status == 0)
    #expect(write.errors.hasPrefix("requirements.txt declares all of it: nothing was written\n"))
    try folder.write("envtool.toml", "ignore = ['baz']\n")
    #expect(try await EnvtoolRun(["scan", "--check", folder.path]).status == 0)
  }

  /// What was written is compared: the status is that of what is left.
  @Test func writeAndCheckTogether() async throws {
    let folder = try TemporaryFolder()
    try folder.write("a.py", "import celery\n")
    try folder.write("requirements.txt", "pyyaml\n")
    let first = try await EnvtoolRun(["scan", "--check", "--write", folder.path])
    #expect(first.status == 1)
    #expect(first.output.contains("unused pyyaml") && !first.output.contains("celery"))
    try folder.write("requirements.txt", "redis\n# nothing\n")
    try folder.write("a.py", "import celery, redis\n")
    #expect(try await EnvtoolRun(["scan", "--check", "--write", folder.path]).status == 0)
  }

  @Test func modulesOfOnesOwn() async throws {
    let files = [
      "app.py": "import buildinfo.version\nfrom google.cloud import ours\nimport redis\n",
      "envtool.toml": "local = ['buildinfo', 'google.cloud.ours']\n",
    ]
    #expect(try await output(files, ["--strict"]) == "redis\n")
  }
}
