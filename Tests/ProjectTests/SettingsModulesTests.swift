import Diagnostics
import Host
import Project
import TestSupport
import Testing

/// Settings of several files, and those that libraries read from the environment.
@Suite struct SettingsModulesTests {
  static let files = [
    "site/__init__.py": "",
    "site/base.py": "DEBUG = False\nINSTALLED_APPS = ['a', 'b']\nDATABASES = {'default': {'ENGINE': 'e'}}",
    "site/dev.py": """
    from .base import *
    DEBUG = True
    INSTALLED_APPS += ['dev']
    INSTALLED_APPS.append('more')
    if DEBUG: INSTALLED_APPS.insert(0, 'first')
    else: INSTALLED_APPS += ['never']
    try:
      from .local import *
    except ImportError:
      LOCAL = False
    """,
    "site/production.py": "from site.base import INSTALLED_APPS as APPS\nimport site.base\nX = site.base.DEBUG",
    "manage.py": """
    import os
    def main(): os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"site.{os.getenv('STAGE', 'dev')}")
    if __name__ == "__main__": main()
    """,
    ".env": "SECRET_KEY='quoted # text'\nDATABASE_URL=postgres://u:p%40@h:5433/n\nexport DEBUG=on # yes\nLIST=a,b\n",
  ]

  static func show(_ source: String, _ name: String, environment: [String: String] = [:]) -> String? {
    var files = files
    files["settings.py"] = source
    return SettingsFolder.settings(of: "settings.py", in: files, environment: environment)?[name]
      .map(SettingsOracleTests.show)
  }

  @Test func importsBetweenFiles() throws {
    let dev = try #require(SettingsFolder.settings(of: "site/dev.py", in: Self.files))
    #expect(dev["INSTALLED_APPS"]?.items.compactMap(\.text) == ["first", "a", "b", "dev", "more"])
    #expect(dev["INSTALLED_APPS"]?.items.map(\.location.path.description).first == "site/dev.py")
    #expect(dev["INSTALLED_APPS"]?.items.map(\.location.path.description)[1] == "site/base.py")
    #expect(dev["LOCAL"].map(SettingsOracleTests.show) == "False")
    #expect(dev.databases?.first?.engine == "e")
    // What is added stands there once, in whichever branch.
    let added = dev.history.filter { $0.name == "INSTALLED_APPS" }.flatMap(\.value.items).compactMap(\.text)
    #expect(added == ["dev", "more", "first", "never"])
    let production = try #require(SettingsFolder.settings(of: "site/production.py", in: Self.files))
    #expect(production["APPS"]?.items.compactMap(\.text) == ["a", "b"])
    #expect(production["X"].map(SettingsOracleTests.show) == "False")
  }

  /// Of several projects in a repository each finds its own modules, and no other's scripts instead of Python's.
  @Test(arguments: ["api", "web"])
  func severalProjects(name: String) throws {
    let folder = try TemporaryFolder()
    for project in ["api", "web"] {
      try folder.write(
        "\(project)/manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')")
      try folder.write("\(project)/config/__init__.py")
      try folder.write("\(project)/config/base.py", "APP = '\(project)'\nimport string\nDIGITS = string.digits")
      try folder.write("\(project)/config/settings.py", "from config.base import *\nSECRET_KEY = 'x'\n")
    }
    try folder.write("tools/setup.py")
    try folder.write("tools/string.py", "digits = 'none'")
    let root = SourcePath(folder.path)
    let project = try Project(reading: root, host: Host(environment: [:], folder: root))
    let settings = try #require(
      project.settingsModules.first { $0.path.description == "\(name)/config/settings.py" })
    #expect(settings["APP"].map(SettingsOracleTests.show) == "text \(name)")
    #expect(settings["DIGITS"].map(SettingsOracleTests.show) != "text none")
  }

  @Test func everyItemIsInOneHistory() {
    let loader = SettingsFolder.loader(of: Self.files)
    let modules = loader.modules(["site/dev.py", "site/production.py"])
    #expect(modules.map(\.path.description) == ["site/base.py", "site/dev.py"])
    let items = modules.flatMap(\.history).filter { $0.name == "INSTALLED_APPS" }.flatMap(\.value.items)
    #expect(items.compactMap(\.text) == ["a", "b", "dev", "more", "first", "never"])
  }

  @Test func namesOfSettings() {
    #expect(SettingsFolder.loader(of: Self.files).moduleName(setBy: "manage.py") == "site.dev")
    let stage = SettingsFolder.loader(of: Self.files, environment: ["STAGE": "production"])
    #expect(stage.moduleName(setBy: "manage.py") == "site.production")
    let named = SettingsFolder.loader(of: [
      "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = a.b", "Dockerfile": "ENV DJANGO_SETTINGS_MODULE=a.c\n",
    ])
    #expect(named.moduleNames(namedIn: "") == ["a.b", "a.c"])
  }

  @Test(arguments: [
    ("if m.f(): X = 1\nelse: X = 2", "1 | 2"),
    ("X = ['a']\nif m.f(): X += ['b']\nX += ['c']", "[text a, text b?, text c]"),
    ("X = {}\nif m.f(): X['a'] = 1", "{a: 1?}"),
    ("if m.f(): raise m.E()\nX = 1", "1"),
    ("def f(a):\n  if m.f(): return a + 1\n  return a\nX = f(1)", "2 | 1"),
    ("X = 1 if m.f() else 2", "1 | 2"),
    ("X = ['a']\nfor i in m.f(): X.append(i)", "[text a, unknown: changed in a loop over something that is not known]"),
    ("try:\n  import m\n  X = 1\nexcept ImportError: X = 2", "1 | 2"),
    ("X = [i for i in ['a', 'b'] if i != 'a' or m.f()]", "[text a?, text b]"),
  ])
  func bothBranches(source: String, expected: String) {
    #expect(Self.show("import m\n" + source, "X") == expected)
  }

  @Test(arguments: [
    ("import environ\nenv = environ.Env(DEBUG=(bool, False))\nenv.read_env()\nX = env('DEBUG')", "True"),
    ("import environ\nenv = environ.Env()\nX = env.list('LIST', default=[])", "[]"),
    ("import environ\nenv = environ.Env()\nX = env('LIST')", "unknown: the environment variable LIST is not set"),
    (
      "import environ\nenv = environ.Env()\nenv.read_env()\nX = env.db()",
      "{ENGINE: text django.db.backends.postgresql, NAME: text n, USER: text u, PASSWORD: text p@, HOST: text h, PORT: 5433}"
    ),
    ("from decouple import config\nX = config('DEBUG', default=False, cast=bool)", "False"),
    ("from decouple import config, Csv\nX = config('LIST', cast=Csv())", "[text a, text b]"),
    ("from dotenv import load_dotenv\nimport os\nload_dotenv()\nX = os.environ['SECRET_KEY']", "text quoted # text"),
    ("from environs import Env\nenv = Env()\nenv.read_env()\nX = env.bool('DEBUG')", "True"),
    (
      "import dj_database_url\nX = dj_database_url.config(default='sqlite:///db.sqlite3')['NAME']", "text db.sqlite3"
    ),
  ])
  func environmentLibraries(source: String, expected: String) {
    #expect(Self.show(source, "X") == expected)
  }

  @Test func classesOfDjangoConfigurations() {
    let source = """
      from configurations import Configuration, values
      class Base(Configuration):
        X = ['a']
        Y = values.IntegerValue(3)
      class Dev(Base):
        X = Base.X + ['b']
      """
    #expect(Self.show(source, "X") == "[text a, text b]")
    #expect(Self.show(source, "Y", environment: ["DJANGO_Y": "4"]) == "4")
  }

  @Test func includesOfSplitSettings() {
    let files = [
      "s.py": "from split_settings.tools import include, optional\ninclude('c/*.py', optional('none.py'))\nX += ['c']",
      "c/1.py": "X = ['a']", "c/2.py": "X += ['b']",
    ]
    let settings = SettingsFolder.settings(of: "s.py", in: files)
    #expect(settings?["X"].map(SettingsOracleTests.show) == "[text a, text b, text c]")
  }

  @Test(arguments: [
    ("SECRET_KEY = 'a'", "SECRET_KEY", true), ("SECRET_KEY = 'a'\nX = SECRET_KEY + 'b'", "X", true),
    ("PASSWORD = 'a'\nX = f'x{PASSWORD}'", "X", true), ("X = 'redis://u:p@h'", "X", true),
    ("AUTH_PASSWORD_VALIDATORS = 'a'", "AUTH_PASSWORD_VALIDATORS", false), ("X = 'redis://h'", "X", false),
    ("API_KEY = 'a'\nX = 'k %s' % API_KEY", "X", true), ("X = 'a'", "X", false),
  ])
  func secrets(source: String, name: String, isSecret: Bool) {
    #expect(SettingsTests.settings(source)[name]?.isSecret == isSecret)
  }

  @Test(arguments: [
    "X = [0] * 10000 * 10000", "def f(n): return f(n - 1) + f(n - 1)\nX = f(9)", "X = 10 ** 100000",
    "X = 'x'\nfor i in range(100): X = X + X",
    "X = [[[i for i in range(1000)] for j in range(1000)] for k in range(1000)]",
    "X = []\nX.append(X)", "from settings import *\nX = Y",
  ])
  func hostile(source: String) {
    let settings = SettingsFolder.settings(of: "settings.py", in: ["settings.py": source + "\nLAST = 1"])
    #expect(settings?["LAST"].map(SettingsOracleTests.show) == "1")
    #expect(settings?["X"]?.unknownReason != nil || settings?["X"] == nil || source.contains("append"))
  }
}
