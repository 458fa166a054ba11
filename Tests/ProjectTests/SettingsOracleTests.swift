import Diagnostics
import Foundation
import Host
import Project
import Testing
import TestSupport

/// Values of settings against those that CPython gives to the same lines.
@Suite struct SettingsOracleTests {
  /// Each sets X; BASE is `Path(__file__).resolve().parent.parent`, and the environment holds SET=from-outside, EMPTY=.
  static let snippets = [
    "X = 'a'", "X = u'a' 'b'", "X = 12", "X = 1_000", "X = 0x1F", "X = 0o17", "X = 0b101", "X = -5", "X = 3.5",
    "X = True", "X = None", "X = []", "X = ()", "X = ['a', 1, (True, None)]", "X = {}",
    "X = {'a': {'b': [1]}, 'c': 2,}",
    "X = {'a': 1, 'b': 2, 'a': 3}", "A = {'a': 1, 'b': 2}\nX = {**A, 'a': 3}", "A = [1]\nX = [0, *A, 2]",
    "X = 'a' + 'b'", "X = [1] + [2]\nX += [3]", "A = 'x'\nX = A", "X = Y = 'z'", "X: str = 'typed'", "Y, X = 1, 'two'",
    "(Y, [Z, X]) = 1, [2, 3]", "X = (\n  'a'  # why\n  'b'\n)", "X = 'a' or 'b'", "X = '' or 0 or [] or 'b'",
    "X = 0.0 or 'b'", "X = os.environ.get('SET')", "X = os.environ['SET']", "X = os.environ.get('MISSING')",
    "X = os.environ.get('MISSING', 'default')", "X = os.getenv('MISSING', default='d')",
    "X = os.environ.get('EMPTY') or 'd'", "X = os.environ.get('EMPTY', 'd')",
    "X = int(os.environ.get('MISSING', '3306'))",
    "X = str(os.getenv('MISSING', 5))", "X = str(True)", "X = str(None)", "X = str(BASE)", "X = int('12')",
    "X = list((1, 2))", "X = tuple(['a'])", "X = dict(a=1, b='c')", "X = dict({'a': 1}, b=2)",
    "X = BASE / 'db.sqlite3'", "X = BASE / 'a' / 'b' / '..' / 'c'", "X = BASE / '/abs'", "X = BASE / 'a//b/./c/'",
    "X = (BASE / 'a/..').parent", "X = Path(__file__).parent", "X = Path(__file__).resolve().parents[1]",
    "X = Path(__file__).absolute()", "X = Path(BASE, 'a', 'b')", "X = BASE.joinpath('a', 'b')", "X = BASE.name",
    "X = pathlib.Path('relative/x')", "X = Path('relative').resolve()", "X = (BASE / 'missing' / 'x').resolve()",
    "X = os.path.join(BASE, 'a', 'b')", "X = os.path.join(BASE, 'static', '')", "X = os.path.join('a', '/b', 'c')",
    "X = os.path.join('', 'a')", "X = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))",
    "X = os.path.dirname('/a//b/')", "X = os.path.dirname('a')", "X = os.path.abspath('x/../y')",
    "X = os.path.normpath('a/./b/../c')", "X = os.path.realpath(__file__)",
    "X = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', 'x'))",
    "X = os.path.join(BASE, 'a') + '/b'", "X = str(BASE) + '/b'", "X = {'default': {'NAME': BASE / 'db'}}",
    "A = {'a': {'b': 'c'}}\nX = A['a']['b']", "X = {'a': {}}\nX['a']['b'] = 1\nX['c'] = 2\nX['c'] = 3",
    "X = [1]\nX.append(2)\nX.extend([3])\nX.insert(0, 0)", "X = {'a': 1}\nX.update({'b': 2}, a=3)",
    "X = 'é\\u00e9\\n'", "X = '''a\nb'''", "if 1:\n  Y = 2\nX = 1", "def f():\n  X = 2\nX = 1", "X = 1; Y = 2",
    "X = __file__", "X = BASE.as_posix()",
  ]

  static let oracle = """
    import json, os, pathlib, runpy, sys
    def show(v):
        if isinstance(v, (list, tuple)): return "[" + ", ".join(map(show, v)) + "]"
        if isinstance(v, dict): return "{" + ", ".join(f"{k}: {show(w)}" for k, w in v.items()) + "}"
        if isinstance(v, pathlib.PurePath): return "path " + str(v)
        return "text " + v if isinstance(v, str) else repr(v)
    os.chdir(sys.argv[1])
    os.environ.pop("MISSING", None)
    os.environ.update(SET="from-outside", EMPTY="")
    print(json.dumps([show(runpy.run_path(f"{sys.argv[1]}/site/s{i}.py")["X"]) for i in range(int(sys.argv[2]))]))
    """

  static func show(_ value: SettingValue) -> String {
    let text = content(of: value)
    return value.isOptional ? "\(text)?" : text
  }

  private static func content(of value: SettingValue) -> String {
    switch value.content {
    case .string(let text): "text \(text)"
    case .number(let digits): digits
    case .boolean(let flag): flag ? "True" : "False"
    case .none: "None"
    case .path(let path): "path \(path)"
    case .list(let items): "[\(items.map(show).joined(separator: ", "))]"
    case .dictionary(let entries): "{\(entries.map { "\($0.key): \(show($0.value))" }.joined(separator: ", "))}"
    case .oneOf(let values): values.map(show).joined(separator: " | ")
    case .unknown(let reason): "unknown: \(reason)"
    }
  }

  @Test func likePython() async throws {
    let folder = try TemporaryFolder()
    let root = try #require(Files.resolved(SourcePath(folder.path)))
    let start = "import os, pathlib\nfrom pathlib import Path\nBASE = Path(__file__).resolve().parent.parent\n"
    for (index, snippet) in Self.snippets.enumerated() { try folder.write("site/s\(index).py", start + snippet + "\n") }
    let output = try await Python.output(of: Self.oracle, [root.description, "\(Self.snippets.count)"])
    let expected = try JSONDecoder().decode([String].self, from: Data(output.utf8))
    let loader = SettingsLoader(
      root: root, files: SettingsFiles(read: { try? Files.read($0) }, resolve: Files.resolved),
      environment: ["SET": "from-outside", "EMPTY": ""])
    for (index, expected) in expected.enumerated() {
      let value = try #require(loader.settings(at: SourcePath("site/s\(index).py"))?["X"])
      #expect(Self.show(value) == expected, "\(Self.snippets[index])")
    }
  }

  /// Random modules of assignments, changes, conditions, functions and imports: all of it is in what is read.
  @Test(arguments: [1, 2, 3])
  func randomModules(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let root = try #require(Files.resolved(SourcePath(folder.path)))
    let output = try await Python.output(of: SettingsGenerator.code, [root.description, "100", "\(seed)"])
    let expected = try JSONDecoder().decode([[String: String]].self, from: Data(output.utf8))
    #expect(expected.count == 100)
    let loader = SettingsLoader(
      root: root,
      files: SettingsFiles(
        read: { try? Files.read($0) }, resolve: Files.resolved,
        module: { name, _ in
          let path = SourcePath(name.split(separator: ".").joined(separator: "/") + ".py")
          return Files.exists(root.appending(path)) ? path : nil
        }), environment: ["SET": "from-outside"])
    for (index, values) in expected.enumerated() {
      let settings = try #require(loader.settings(at: SourcePath("case\(index)/settings.py")))
      for (name, text) in values {
        #expect(settings[name].map(Self.show) == text, "case\(index) \(name)")
      }
    }
  }
}
