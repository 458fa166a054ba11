import Diagnostics
import Project
import Testing

@Suite struct SettingsTests {
  static func settings(_ source: String, environment: [String: String] = [:]) -> Settings {
    guard
      let settings = SettingsFolder.settings(
        of: "site/settings.py", in: ["site/settings.py": source], environment: environment)
    else { fatalError("the file is there") }
    return settings
  }

  /// What is not known must say so, never hold a value that Python might not give.
  @Test(arguments: [
    ("X = f()", "`f` is not set in this file"),
    ("X = Y", "`Y` is not set in this file"),
    ("import m\nX = m.f()", "`m.f` is not followed"),
    ("X = os.environ['MISSING']", "`os` is not set in this file"),
    ("import os\nX = os.environ['MISSING']", "the environment variable MISSING is not set"),
    ("X = f'{y}'", "`y` is not set in this file"),
    ("X = 'a' % 1", "a format that is not read"),
    ("X = Y / 'a'", "`Y` is not set in this file"),
    ("X = str(Y)", "`Y` is not set in this file"),
    ("import os\nX = os.path.join(Y, 'a')", "`Y` is not set in this file"),
    ("X = int('a')", "a call that is not read"),
    ("X = 1\nif y:\n  X = 2", "set under a condition"),
    ("import m\nX = 1\ntry:\n  m.f()\n  X = 2\nexcept E: pass", "set under a condition"),
    ("X = 1\nX -= y", "`y` is not set in this file"),
    ("X = 1\nX, Y = z", "`z` is not set in this file"),
    ("from m import *", "`from m import *` is not followed"),
    ("from .settings_local import *", "`.settings_local` is not there"),
    ("def f():\n  return f()\nX = f()", "calls are nested deeper than is followed"),
    ("X = 0\nwhile True: X += 1", "line 2 of site/settings.py takes more steps than are followed"),
  ])
  func unknown(source: String, reason: String) throws {
    let settings = Self.settings(source)
    let found = settings["X"].map { $0.unknownReason ?? "known: \(SettingsOracleTests.show($0))" } ?? settings.limit
    #expect(found == reason)
  }

  @Test func anUnknownPartLeavesTheRest() throws {
    let source = "A = BASE + ['a']\nA.append('b')\nB = [*BASE, 'c']\nif x:\n  B += ['d']"
    let settings = Self.settings(source)
    #expect(settings["A"]?.items.compactMap(\.text) == ["a", "b"])
    #expect(settings.history.filter { $0.name == "B" }.flatMap(\.value.items).compactMap(\.text) == ["c", "d"])
  }

  @Test func historyShowsWhatIsChangedAtAKey() {
    let settings = Self.settings("if x: DATABASES['other'] = {'ENGINE': 'e'}")
    #expect(settings.history.map { SettingsOracleTests.show($0.value) } == ["{other: {ENGINE: text e}}"])
  }

  @Test func placesAndVariables() throws {
    let settings = Self.settings(
      "import os; D = {\n  'a': os.environ.get('HOST', 'h'),\n  'é': 'b',\n}", environment: ["HOST": "outside"])
    let dictionary = try #require(settings["D"])
    #expect(dictionary.location.description == "site/settings.py:1:16")
    #expect(dictionary["a"]?.text == "outside")
    #expect(dictionary["a"]?.variable == "HOST")
    #expect(dictionary["é"]?.location.description == "site/settings.py:3:8")
  }

  @Test func aliases() throws {
    let settings = Self.settings(
      """
      DATABASES = {"default": {"ENGINE": "django.db.backends.mysql", "PORT": Z}, "o": {"ENGINE": "x.postgis"}, "p": Q}
      CACHES = {"a": {"LOCATION": "one, two;three"}, "b": {"LOCATION": ["x", "y"]}, "c": {"LOCATION": Z}, "d": {}}
      """)
    let databases = try #require(settings.databases)
    #expect(databases.map(\.alias) == ["default", "o", "p"])
    #expect(databases.map(\.family) == [.mysql, .postgresql, nil])
    #expect(databases[0].unknown(among: ["ENGINE", "PORT"])?.key == "PORT")
    #expect(databases[2].unknown(among: [])?.key == "p")
    #expect(settings.caches?.map(\.locations) == [["one", "two", "three"], ["x", "y"], nil, []])
  }

  @Test(arguments: [
    "X = 'x'\n" + String(repeating: "X = X + X\n", count: 60), "X = [1]\n" + String(repeating: "X += X\n", count: 60),
    "X = []\n" + String(repeating: "X = [X]\n", count: 5_000),
    "X = {}\n" + String(repeating: "X = {'a': X, 'b': X}\n", count: 2_000),
  ])
  func valuesStaySmall(source: String) throws {
    #expect(Self.holdsUnknown(try #require(Self.settings(source)["X"])))
  }

  static func holdsUnknown(_ value: SettingValue) -> Bool {
    value.unknownReason != nil || value.items.contains(where: holdsUnknown)
      || value.entries.contains { holdsUnknown($0.value) }
  }
}
