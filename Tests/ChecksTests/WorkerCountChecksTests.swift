import Doctor
import Testing

/// How many processes the files of a project start, as cache-shared tells it.
@Suite struct WorkerCountTests {
  private static let settings =
    "CACHES = {'default': {\n'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}\n"

  private func told(_ files: [String: String]) async throws -> [String] {
    let run = try await CheckRun("cache-shared", files.merging(["mysite/settings.py": Self.settings]) { $1 })
    return run.results.map(\.result).filter { $0.status == .warning }.compactMap { $0.message }
      .map { String($0.prefix { $0 != "(" }) }
  }

  private func expected(_ count: Int?, _ program: String) -> [String] {
    count.map { ["each of the \($0) processes that \(program) starts "] } ?? []
  }

  @Test(arguments: [
    ("workers: int = 4\n", 4),
    ("from typing import Final\nworkers: Final[int] = 4\n", 4),
    ("workers: int\nbind = 'x'\n", nil),
    ("from decouple import config\nworkers = config('WORKERS', default=4, cast=int)\n", 4),
    ("from decouple import config\nworkers = config('WORKERS', cast=int)\n", nil),
    ("import environ\nenv = environ.Env()\nworkers = env.int('WORKERS', default=4)\n", 4),
    ("import environ\nenv = environ.Env()\nworkers = env.int('WORKERS', 1)\n", nil),
    ("import os\nworkers = len(os.sched_getaffinity(0)) * 2\n", 2),
    ("import os\nnames = ['a', 'b']\nworkers = len(names)\n", nil),
    ("import os\nworkers = os.getenv('WORKERS')\n", nil),
    (
      "import os\nasked = os.getenv('WORKERS', None)\nif asked:\n    count = int(asked)\nelse:\n    count = 2\nworkers = count\n",
      2
    ),
  ])
  func gunicornFile(_ text: String, _ count: Int?) async throws {
    #expect(try await told(["gunicorn.conf.py": text]) == expected(count, "gunicorn"))
  }

  @Test(arguments: [
    (["uwsgi.ini": "[uwsgi]\nprocs = 4\nprocesses = %(procs)\n"], 4),
    (["uwsgi.ini": "[uwsgi]\nset-placeholder = procs=3\nprocesses = %(procs)\n"], 3),
    (["uwsgi.ini": "[uwsgi]\nset-ph = procs=3\nprocesses = %(procs)\n"], 3),
    (["uwsgi.ini": "[uwsgi]\nprocesses = %(processes)\n"], nil),
    (["uwsgi.ini": "[uwsgi]\nprocesses = $(COUNT)\n"], nil),
    (
      ["uwsgi.ini": "[uwsgi]\nprocesses = $(COUNT)\n", "Dockerfile": "ENV COUNT=5\nCMD [\"uwsgi\", \"uwsgi.ini\"]\n"], 5
    ),
    (
      [
        "uwsgi.ini": "[uwsgi]\nprocesses = 1\n[prod]\nprocesses = 4\n",
        "Procfile": "web: uwsgi --ini uwsgi.ini:prod\n",
      ], 4
    ),
    (["Dockerfile": "ENV UWSGI_PROCESSES=4 UWSGI_MASTER=1\nCMD [\"uwsgi\"]\n"], 4),
  ])
  func uwsgi(_ files: [String: String], _ count: Int?) async throws {
    #expect(try await told(files) == expected(count, "uwsgi"))
  }

  @Test(arguments: [("numprocs=4", 4), ("numprocs=1", nil), ("[program:other]\nnumprocs=4", nil)])
  func supervisord(_ line: String, _ count: Int?) async throws {
    let files = ["supervisord.conf": "[fcgi-program:asgi]\ncommand=daphne --fd 0 mysite.asgi:application\n\(line)\n"]
    #expect(try await told(files) == expected(count, "daphne"))
  }

  @Test(arguments: [
    (["Procfile": "web: WEB_CONCURRENCY=4 gunicorn mysite.wsgi\n"], 4),
    (["Procfile": "web: WEB_CONCURRENCY=1 gunicorn mysite.wsgi\n"], nil),
    (["Procfile": "web: env WEB_CONCURRENCY=3 gunicorn mysite.wsgi\n"], 3),
    (["docker-compose.yml": "services:\n  web:\n    command: gunicorn mysite.wsgi -w ${WORKERS:-4}\n"], 4),
    (["docker-compose.yml": "services:\n  web:\n    command: gunicorn mysite.wsgi -w ${WORKERS}\n"], nil),
    (
      [
        "docker-compose.yml": "services:\n  web:\n    command: gunicorn mysite.wsgi -w ${WORKERS}\n",
        ".env": "WORKERS=4\n",
      ], 4
    ),
    (
      [
        "docker-compose.yml": "services:\n  web:\n    env_file: .env\n    command: gunicorn mysite.wsgi\n",
        ".env": "WEB_CONCURRENCY=4\n",
      ], 4
    ),
    (["Procfile": "web: gunicorn mysite.wsgi\n", ".env": "WEB_CONCURRENCY=4\n"], nil),
    (
      [
        "docker-compose.yml": "services:\n  web:\n    command: gunicorn mysite.wsgi\n", ".env": "WEB_CONCURRENCY=4\n",
      ], nil
    ),
    (["Dockerfile": "ENV N=4\nCMD [\"sh\", \"-c\", \"gunicorn mysite.wsgi --workers ${N}\"]\n"], 4),
    (
      [
        "docker-compose.yml":
          "services:\n  web:\n    environment:\n      WORKERS: 4\n    command: sh -c \"gunicorn mysite.wsgi -w $$WORKERS\"\n"
      ], 4
    ),
  ])
  func variables(_ files: [String: String], _ count: Int?) async throws {
    #expect(try await told(files) == expected(count, "gunicorn"))
  }
}
