import PythonSource
import Testing

@Suite struct ImportTests {
  /// `line:column dots-and-module names context`, one for each import of `source`.
  static func imports(_ source: String) -> [String] { imports(Array(source.utf8)) }

  static func imports(_ bytes: [UInt8]) -> [String] {
    ScannedImport.read(bytes).imports.map { statement in
      var text = "\(statement.line):\(statement.column) "
      text += String(repeating: ".", count: statement.level) + statement.module
      if !statement.names.isEmpty { text += " \(statement.names.joined(separator: ","))" }
      for (context, name) in [
        (ImportContext.optional, "optional"), (.fallback, "fallback"), (.typeChecking, "typing"),
        (.version, "version"), (.platform, "platform"), (.function, "function"), (.classBody, "class"),
        (.dynamic, "dynamic"),
      ] where statement.context.contains(context) {
        text += " \(name)"
      }
      return text
    }
  }

  @Test(arguments: [
    ("import a", ["1:1 a"]),
    ("import a.b as c, d", ["1:1 a.b", "1:1 d"]),
    ("from a.b import c as d, e", ["1:1 a.b c,e"]),
    ("from . import x", ["1:1 . x"]),
    ("from ...a.b import *", ["1:1 ...a.b *"]),
    ("from .... import x", ["1:1 .... x"]),
    ("from a import (  # why\n  b,\n  c as d,\n)", ["1:1 a b,c"]),
    ("from a \\\n  import b", ["1:1 a b"]),
    ("import a; import b;from c import d", ["1:1 a", "1:11 b", "1:20 c d"]),
    ("x = 1; import a", ["1:8 a"]),
    ("if x: import a", ["1:7 a"]),
    ("if (lambda: x)(): import a", ["1:19 a"]),
    ("class A: import a", ["1:10 a class"]),
    ("for x in y[1:2]: import a; import b", ["1:18 a", "1:28 b"]),
    ("def f():\n\timport a\n\n\tfrom b import c", ["2:2 a function", "4:2 b c function"]),
    ("raise E from e\nyield_ = f(x)\ndef g():\n  yield from b", []),
    ("x.import_ = 1\nimportant = 2\nfrom_ = 3", []),
    ("print('''\nimport a\n''')\nimport b", ["4:1 b"]),
    (#"x = "\"; import a"; import b"#, ["1:21 b"]),
    ("x = 'a\\\nimport b'\nimport c", ["3:1 c"]),
    ("x = r'\\'; import a'\nimport b", ["2:1 b"]),
    ("# import a\nimport b  # import c", ["2:1 b"]),
    ("x = {1: '{', 2: [\n'import a',\n]}\nimport b", ["4:1 b"]),
    ("x = 1if y else 2\nimport a", ["2:1 a"]),
    ("\u{0C}import a\n  \u{0C}import b", ["1:2 a", "2:4 b"]),
    ("é = 'ü'; import a", ["1:10 a"]),
    ("match x:\n  case {'a': 1}: import a", ["2:18 a"]),
    ("\n\n\nimport a", ["4:1 a"]),
    ("async def f():\n  async with x: import a", ["2:17 a function"]),
  ])
  func finds(source: String, expected: [String]) {
    #expect(Self.imports(source) == expected)
    #expect(Self.imports("\u{FEFF}" + source) == expected, "with a BOM")
    #expect(Self.imports(source.replacing("\n", with: "\r\n")) == expected, "with CRLF")
    #expect(Self.imports(source.replacing("\n", with: "\r")) == expected, "with CR")
  }

  @Test(arguments: [
    #"x = f"{a["import b"]}"; import c"#,
    #"x = f"{f"{f"{1}"}"}"; import c"#,
    #"x = f"{{"; y = "}}"; import c"#,
    #"x = f'{a:{b}}{c!r:>{d}}'; import c"#,
    #"x = f"{a:'>10}"; import c"#,
    #"x = f'{a!r:^{w}.{p}}' "'"; import c"#,
    #"x = f"\{a}\N{LEFT CURLY BRACKET}{b}"; import c"#,
    #"x = rf"\{a["b"]}"; import c"#,
    #"x = f"{fr'{y["a"]}'}"; import c"#,
    #"x = f"{rb'{'}"; import c"#,
    #"x = f"{(lambda y: {1: 2}[y])(1)}"; import c"#,
    #"x = f"{d['k']!r}"; import c"#,
    #"x = f'''{a['''b''']}"'"'''; import c"#,
    #"x = Rb'{' bR"}" u'"' F"{a}" ; import c"#,
    #"x = t"{a["b"]}"; import c"#,
    "x = f'''{a # it's\n}'''; import c",
    "x = f'{a[\n\"b\"]}'; import c",
  ])
  func readsPastStrings(source: String) {
    let read = ScannedImport.read(Array(source.utf8))
    #expect(read.imports.map(\.module) == ["c"])
    #expect(read.problem == nil)
  }

  @Test(arguments: [
    ("try:\n  import a\nexcept ImportError:\n  import b", ["2:3 a optional", "4:3 b optional fallback"]),
    ("try:\n  import a\nexcept ModuleNotFoundError: import b", ["2:3 a optional", "3:29 b optional fallback"]),
    ("try: import a\nexcept: pass", ["1:6 a optional"]),
    ("try:\n  import a\nexcept (ValueError, ImportError) as e:\n  pass", ["2:3 a optional"]),
    (
      "try:\n  import a\nexcept ValueError:\n  import b\nexcept ImportError:\n  pass",
      ["2:3 a optional", "4:3 b"]
    ),
    ("try:\n  import a\nexcept ValueError:\n  import b", ["2:3 a", "4:3 b"]),
    ("try:\n  import a\nfinally:\n  import b", ["2:3 a", "4:3 b"]),
    ("try:\n  import a\nexcept ImportError:\n  pass\nelse:\n  import b", ["2:3 a optional", "6:3 b"]),
    ("try:\n  if x:\n    import a\nexcept ImportError:\n  pass\nimport b", ["3:5 a optional", "6:1 b"]),
    (
      "try:\n  try:\n    import a\n  except ValueError:\n    pass\nexcept ImportError:\n  pass",
      ["3:5 a optional"]
    ),
    ("if TYPE_CHECKING:\n  import a\nimport b", ["2:3 a typing", "3:1 b"]),
    ("if typing.TYPE_CHECKING: import a", ["1:26 a typing"]),
    ("if t.TYPE_CHECKING:\n  import a\nelse:\n  import b", ["2:3 a typing", "4:3 b"]),
    ("if x:\n  pass\nelif TYPE_CHECKING:\n  import a", ["4:3 a typing"]),
    ("if not TYPE_CHECKING:\n  import a", ["2:3 a"]),
    ("if x or TYPE_CHECKING:\n  import a", ["2:3 a"]),
    ("if TYPE_CHECKING:\n  if x:\n    import a\n  import b", ["3:5 a typing", "4:3 b typing"]),
  ])
  func contexts(source: String, expected: [String]) {
    #expect(Self.imports(source) == expected)
  }

  @Test(arguments: [
    (#"x = importlib.import_module("a.b")"#, ["1:5 a.b dynamic"]),
    (#"import_module('a', package=None)"#, ["1:1 a dynamic"]),
    (#"y = __import__("a", fromlist=["b"])"#, ["1:5 a dynamic"]),
    (#"builtins.__import__("a")"#, ["1:1 a dynamic"]),
    (#"import_module(".a", __name__)"#, []),
    (#"import_module(name)"#, []),
    (#"import_module("a" + b)"#, []),
    (#"import_module("a b")"#, []),
    (#"plugins.import_module("a")"#, []),
    ("try:\n  import_module('a')\nexcept ImportError: pass", ["2:3 a optional dynamic"]),
  ])
  func dynamicImports(source: String, expected: [String]) {
    #expect(Self.imports(source) == expected)
  }
}
