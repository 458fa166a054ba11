import Diagnostics
import Project
import Testing

/// Settings as checks judge them: what the environment leaves open is not known.
struct JudgedSettingsTests {
  /// `X` of settings with `body`, as `Shown` writes it.
  private func shown(_ body: String, files: [String: String] = [:], environment: [String: String] = [:]) -> String {
    var all = files
    all["site/settings.py"] = "import os, sys, platform\nfrom pathlib import Path\n\(body)\n"
    let settings = SettingsFolder.loader(of: all, environment: environment, isJudging: true)
      .settings(at: "site/settings.py")
    return settings?["X"].map(Shown.text) ?? "-"
  }

  @Test(
    "Variables that are not set, and defaults",
    arguments: [
      ("X = os.environ.get('A')", "?A"), ("X = os.getenv('A', None)", "?A"), ("X = os.environ['A']", "?A"),
      ("X = os.environ.get('A', '')", "?A"), ("X = os.environ.get('A', 'x')", "x$A"),
      ("a = os.environ.get('A')\nX = a", "?A"), ("X = os.environ.get('A') or 'x'", "x"),
      ("X = os.environ.get('A') or os.environ.get('B') or 'x'", "x"), ("X = os.getenv('A') or ''", "?A"),
      ("X = 1 if (os.environ.get('A') or 'x') == 'x' else 2", "1|2"),
      ("X = f\"{os.environ.get('A')}/x\"", "?A"), ("X = '%s/x' % os.environ.get('A')", "?A"),
      ("X = f\"{os.environ.get('A', 'x')}/y\"", "x/y$A"), ("X = ':'.join([os.getenv('A', 'x'), '1'])", "x:1$A"),
      ("X = int(os.environ.get('A'))", "?"), ("X = int(os.environ.get('A', '3'))", "3$A"),
      ("X = str(os.environ.get('A'))", "?"), ("X = [os.environ.get('A')]", "[?A]"),
      ("X = os.environ.get('A') == '1'", "false$A"), ("X = 'A' in os.environ", "false$A"),
      ("X = os.environ.get('A', 'no').lower() in ('1', 'yes')", "false$A"), ("X = not os.environ.get('A')", "true$A"),
      ("X = os.path.join(os.environ.get('A'), 'x')", "?A"), ("X = Path(os.getenv('A', '/a')) / 'x'", "/a/x$A"),
      ("X = os.environ.get('A', '').split(',')", "[?A]$A"),
      ("import environ\nenv = environ.Env(B=(bool, False))\nX = env.list('A', default=[])", "?A"),
      ("import environ\nenv = environ.Env()\nX = env.str('A', '')", "?A"),
      ("import environ\nenv = environ.Env()\nX = env.db('A')", "?A"),
      ("import environ\nenv = environ.Env()\nX = env('A', default=None)", "?A"),
      ("from decouple import config\nX = config('A', default='')", "?A"),
      ("from decouple import config, Csv\nX = config('A', default='', cast=Csv())", "?A"),
      ("from decouple import config\nX = config('A', default=3, cast=int)", "3$A"),
      ("import dj_database_url\nX = dj_database_url.config()", "?DATABASE_URL"),
      ("X = os.path.expandvars('$A/x')", "?A"), ("X = os.path.expandvars('/a/x')", "/a/x"),
      ("os.environ['A'] = 'x'\nX = os.environ['A']", "x$A"),
    ])
  func variables(_ body: String, _ expected: String) {
    #expect(shown(body) == expected)
  }

  @Test(
    "Variables that are set",
    arguments: [
      ("X = os.environ.get('S')", "s$S"), ("X = 'a' if os.environ.get('S') == 's' else 'b'", "a"),
      ("X = 'a' if 'S' in os.environ else 'b'", "a"), ("X = os.path.expandvars('${S}/x/$S')", "s/x/s$S"),
      ("X = {'s': 1, 'b': 2}[os.environ['S']]", "1"), ("os.environ.setdefault('S', 'x')\nX = os.environ['S']", "s$S"),
    ])
  func set(_ body: String, _ expected: String) {
    #expect(shown(body, environment: ["S": "s"]) == expected)
  }

  @Test(
    "Conditions keep both branches",
    arguments: [
      ("X = 1 if os.environ.get('A') == 'prod' else 2", "1|2"), ("X = 1 if os.environ.get('A') else 2", "1|2"),
      ("X = 1 if 'A' in os.environ else 2", "1|2"), ("X = 1 if os.getenv('A', 'dev') == 'dev' else 2", "1|2"),
      ("P = os.environ.get('A', 'dev') == 'prod'\nif P:\n  X = 1\nelse:\n  X = 2", "1|2"),
      ("P = bool(os.environ.get('A'))\nX = 1\nif not P:\n  X = 2", "2|1"),
      ("P = os.getenv('A', 'f') == 't'\nX = P and 1 or 2", "1|2"),
      ("if 'test' in sys.argv:\n  X = 1\nelse:\n  X = 2", "1|2"), ("T = 'test' in sys.argv\nX = 1 if T else 2", "1|2"),
      ("X = 1 if os.path.exists('/x') else 2", "1|2"), ("X = 1 if Path('/x').is_file() else 2", "1|2"),
      ("X = {'dev': 1, 'prod': 2}[os.environ.get('A', 'dev')]", "1|2"),
      ("X = {'dev': 1, 'prod': 2}.get(os.environ.get('A'), 3)", "1|2|3"),
      ("os.environ.setdefault('A', 'dev')\nX = 1 if os.environ['A'] == 'dev' else 2", "1|2"),
      ("import environ\nenv = environ.Env(A=(bool, False))\nX = 1 if env('A') else 2", "1|2"),
      ("import environ\nenv = environ.Env()\nX = 1 if env.bool('A', default=False) else 2", "1|2"),
      ("from decouple import config\nX = 1 if config('A', default=True, cast=bool) else 2", "1|2"),
      ("try:\n  X = os.environ['A']\nexcept KeyError:\n  X = 1", "?A|1"),
      ("X = os.environ['A'] if 'A' in os.environ else 'x'", "?A|x"),
      (
        "def flag(name, default=False):\n  v = os.environ.get(name)\n  return default if v is None else v == '1'\n"
          + "X = 1 if flag('A') else 2", "1|2"
      ),
      ("X = [1]\nif os.environ.get('A'):\n  X += [2]", "[1, 2?]"),
      // What is written out decides.
      ("DEBUG = True\nX = 1 if DEBUG else 2", "1"),
      ("if not os.environ.get('A'):\n  raise ValueError('A')\nX = 1", "1"),
    ])
  func conditions(_ body: String, _ expected: String) {
    #expect(shown(body) == expected)
  }

  @Test(
    "Of systems only Linux counts",
    arguments: [
      "X = 1 if sys.platform == 'win32' else 2", "X = 1 if sys.platform.startswith('win') else 2",
      "X = 1 if platform.system() == 'Windows' else 2", "X = 1 if os.name == 'nt' else 2",
      "W = platform.system().lower() in ('windows', 'darwin')\nX = 1 if W else 2",
      "if sys.platform in ('win32', 'cygwin', 'darwin'):\n  X = 1\nelse:\n  X = 2",
      "from sys import platform as p\nX = 1 if p == 'darwin' else 2",
      "X = 1 if platform.uname().system == 'Windows' else 2", "X = 1 if os.uname()[0] == 'Darwin' else 2",
    ])
  func systems(_ body: String) {
    #expect(shown(body) == "2")
  }

  @Test("Modules that a branch takes all names of")
  func modules() {
    let body = "if os.environ.get('E') == 'prod':\n  from .prod import *\nelse:\n  from .dev import *"
    #expect(shown(body, files: ["site/prod.py": "X = 1", "site/dev.py": "X = 2"]) == "1|2")
    #expect(shown(body, files: ["site/dev.py": "X = 2"]) == "2")
    #expect(shown("X = 1\nif os.path.exists('site/local.py'):\n  from .local import *") == "1")
    #expect(shown("X = 1\nfrom .local import *") == "?")
  }

  @Test("Settings as they are run do not change")
  func run() {
    let body = "import os\nX = 1 if os.environ.get('A') == 'prod' else 2\nY = os.environ.get('B')"
    let settings = SettingsFolder.settings(of: "site/settings.py", in: ["site/settings.py": body])
    #expect(settings?["X"].map(Shown.text) == "2")
    #expect(settings?["Y"].map(Shown.text) == "none$B")
  }

  @Test(
    "Places of what is put together",
    arguments: [
      ("A = '/a'\nX = {\n 'k': A + '/b'}", 3), ("A = '/a'\nX = {\n 'k': str(A) + '/b'}", 3),
      ("A = 'a b'\nX = {\n 'k': A.replace(' ', '')}", 3), ("F = '%s/b'\nX = {\n 'k': F % 'a'}", 3),
      ("import os\nhere = lambda *p: os.path.join('/a', *p)\nX = {\n 'k': here('b')}", 4),
      ("import os\ndef here(*p):\n  return os.path.join('/a', *p)\nX = {\n 'k': here('b')}", 5),
      ("from pathlib import Path\ndef here(p):\n  return str(Path('/a') / p)\nX = {\n 'k': here('b')}", 5),
      // Passed on by name, or written out.
      ("A = '/a'\nX = {\n 'k': A}", 1), ("def f():\n  return '/a'\nX = {\n 'k': f()}", 2),
      ("def f(v):\n  return v\nX = {\n 'k': f(\n'/a')}", 5),
    ])
  func places(_ body: String, _ line: Int) {
    let settings = SettingsFolder.settings(of: "settings.py", in: ["settings.py": body])
    #expect(settings?["X"]?["k"]?.location.line == line)
  }
}

/// Values in short: `?A` unknown as A is not set, `x$A` from a variable, `a|b` one of several, `a?` optional.
private enum Shown {
  static func text(_ value: SettingValue) -> String {
    let variable = value.variable.map { name in if case .unknown = value.content { name } else { "$\(name)" } } ?? ""
    let base: String
    switch value.content {
    case .string(let text): base = text
    case .number(let digits): base = digits
    case .boolean(let flag): base = "\(flag)"
    case .none: base = "none"
    case .path(let path): base = "\(path)"
    case .list(let items): base = "[\(items.map(text).joined(separator: ", "))]"
    case .dictionary(let entries): base = "{\(entries.map { "\($0.key): \(text($0.value))" }.joined(separator: ", "))}"
    case .oneOf(let values): return values.map(text).joined(separator: "|")
    case .unknown: base = "?"
    }
    return base + variable + (value.isOptional ? "?" : "")
  }
}
