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

  @Test func modulesOfOnesOwn() async throws {
    let files = [
      "app.py": "import buildinfo.version\nfrom google.cloud import ours\nimport redis\n",
      "envtool.toml": "local = ['buildinfo', 'google.cloud.ours']\n",
    ]
    #expect(try await output(files, ["--strict"]) == "redis\n")
  }
}
