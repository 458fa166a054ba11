import Foundation
import TestSupport
import Testing

/// The environment that `make test` makes for the tests.
private let testEnvironment = ProcessInfo.processInfo.environment["ENVTOOL_TEST_ENVIRONMENT"]

/// The commands on a copy of fixtures/mysite with a real environment: Django, django-redis, pymemcache and PyMySQL, no uWSGI.
@Suite(
  .enabled(if: testEnvironment != nil, "ENVTOOL_TEST_ENVIRONMENT names no environment: `make test` makes one"))
struct EnvironmentTests {
  private let folder: TemporaryFolder
  private let project: String

  init() throws {
    folder = try TemporaryFolder()
    project = folder.file("mysite")
    try FileManager.default.copyItem(
      at: EnvtoolRun.repository.appending(path: "fixtures/mysite"), to: URL(filePath: project))
    try FileManager.default.createSymbolicLink(
      atPath: "\(project)/.venv", withDestinationPath: try #require(testEnvironment))
  }

  /// Does `line` in the project with `$0` as envtool.
  private func shell(_ line: String) async throws -> EnvtoolRun { try await EnvtoolRun(shell: line, in: project) }

  @Test func scanPinsWhatIsInstalled() async throws {
    let run = try await EnvtoolRun(["scan", "--quiet"], in: project)
    let names = run.output.split(separator: "\n").map { $0.split(separator: "=")[0] }
    #expect(names == ["django", "django-redis", "pymemcache", "pymysql", "uwsgi"])
    #expect(run.output.contains("django==5.2") && run.output.hasSuffix("\nuwsgi\n"))
  }

  @Test func freezeRefusesAPartialLock() async throws {
    try Data("old\n".utf8).write(to: URL(filePath: "\(project)/requirements.lock"))
    let run = try await EnvtoolRun(["freeze", "-o", "requirements.lock"], in: project)
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("error: django_uwsgi.ini:1:1: uwsgi is not installed in .venv"))
    #expect(try String(contentsOfFile: "\(project)/requirements.lock", encoding: .utf8) == "old\n")
    let redirected = try await shell("\"$0\" freeze > requirements.lock")
    #expect(redirected.status == 1)
    #expect(redirected.errors.contains("the shell has emptied the file behind `>` already"))
  }

  @Test func freezeIsTheClosureWithItsReasons() async throws {
    try FileManager.default.removeItem(atPath: "\(project)/django_uwsgi.ini")
    let run = try await EnvtoolRun(["freeze", "-o", "requirements.lock"], in: project)
    #expect(run.status == 0)
    let lock = try String(contentsOfFile: "\(project)/requirements.lock", encoding: .utf8)
    let pins = lock.split(separator: "\n").filter { !$0.hasPrefix(" ") }.map { $0.split(separator: "=")[0] }
    #expect(
      Set(pins).isSuperset(of: ["asgiref", "django", "django-redis", "pymemcache", "pymysql", "redis", "sqlparse"]))
    #expect(!pins.contains("pip"))
    #expect(lock.contains("    # via mysite/settings.py:94\n"))
  }

  @Test func freezeAllIsWhatPipFreezes() async throws {
    let run = try await shell("\"$0\" freeze --all --no-annotate --quiet")
    let pip = try await shell(
      """
      .venv/bin/python -m pip --disable-pip-version-check freeze --all |
        awk -F== '{ gsub(/[._]/, "-", $1); print tolower($1) "==" $2 }'
      """)
    #expect(run.status == 0)
    #expect(
      run.output.split(separator: "\n")
        == pip.output.split(separator: "\n").sorted { $0.prefix { $0 != "=" } < $1.prefix { $0 != "=" } })
  }

  @Test func scanAndFreezeStartNoProcessAndOpenNoSocket() async throws {
    let isThere = try await shell("command -v strace >/dev/null").status == 0
    try #require(isThere, "strace is not installed")
    for command in ["scan", "freeze --all", "freeze"] {
      let run = try await shell(
        "strace -f -o trace -e trace=process,network \"$0\" \(command) >/dev/null 2>&1; cat trace")
      let calls = run.output.split(separator: "\n").filter { line in
        !line.contains("exit") && !line.contains("CLONE_THREAD") && !line.contains("+++") && !line.contains("resumed")
          && !line.contains("---")
      }
      // The one call left is the start of envtool itself.
      #expect(calls.count == 1 && calls[0].contains("execve"), "\(command): \(calls)")
    }
  }

  @Test func doctorAsksTheProjectsInterpreter() async throws {
    let run = try await shell("\"$0\" doctor --only 'sqlite-version,interpreter-found,dependency-missing'")
    #expect(run.status == 1)
    #expect(run.output.contains("✗ dependency-missing  uwsgi"))
    #expect(run.output.contains("; Django 5.2"))
    #expect(run.output.contains("beside the project"))
  }

  @Test func runServesAndLeavesNothing() async throws {
    let run = try await shell(
      """
      .venv/bin/python manage.py migrate --verbosity 0
      "$0" run 127.0.0.1:0 >log 2>&1 & pid=$!
      for i in $(seq 300); do grep -q ^ready: log && break; sleep 0.1; done
      url=$(sed -n 's/^ready: //p' log)
      python3 -c 'import sys, urllib.request as u; print(u.urlopen(sys.argv[1], timeout=20).status)' "$url"
      kill -INT $pid; wait $pid; echo "status $?"
      python3 -c 'import sys, urllib.parse as p, socket as s; u = p.urlsplit(sys.argv[1]); print(s.socket().connect_ex((u.hostname, u.port)) != 0)' "$url"
      """)
    #expect(run.output.hasPrefix("200\nstatus 0\nTrue\n"), "\(run.output) \(run.errors)")
  }

  @Test func runRefusesAPortInUse() async throws {
    let run = try await shell(
      """
      python3 -c 'import socket, sys, time; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1], flush=True); time.sleep(30)' >port 2>/dev/null & pid=$!
      while [ ! -s port ]; do sleep 0.05; done
      "$0" run 127.0.0.1:$(cat port); echo "status $?"
      kill -9 $pid
      """)
    #expect(run.output == "status 1\n")
    #expect(run.errors.contains("is in use by") && run.errors.contains("python3"))
  }

  @Test func runWithoutDjangoIsRefused() async throws {
    try FileManager.default.removeItem(atPath: "\(project)/.venv")
    let made = try await shell("python3 -m venv --without-pip .venv && \"$0\" run 0")
    #expect(made.status == 1)
    #expect(made.errors.contains("error: Django is not installed in .venv"))
    #expect(made.errors.contains("hint: .venv/bin/python3 -m pip install django"))
  }
}
