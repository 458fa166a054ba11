import PythonSource
import Testing

/// What stands around an import, and the other names of what imports.
@Suite struct ImportNestingTests {
  @Test(arguments: [
    (
      "if sys.version_info >= (3, 11):\n  import a\nelse:\n  import b\nimport c",
      ["2:3 a version", "4:3 b version", "5:1 c"]
    ),
    ("if sys.version_info[0] < 3: import a", ["1:29 a version"]),
    ("if six.PY2:\n  import a", ["2:3 a version"]),
    ("if sys.platform == 'win32':\n  import a\nelif x:\n  import b", ["2:3 a platform", "4:3 b platform"]),
    ("if os.name == 'nt':\n  import a", ["2:3 a platform"]),
    ("if not TYPE_CHECKING:\n  import a\nelse:\n  import b", ["2:3 a", "4:3 b typing"]),
    ("if t.TYPE_CHECKING and x:\n  import a", ["2:3 a typing"]),
    ("if TYPE_CHECKING:\n  pass\nelse:\n  import a", ["4:3 a"]),
    ("if(TYPE_CHECKING):\n  import a", ["2:3 a typing"]),
    ("def f():\n  class A:\n    import a\n  import b", ["3:5 a function class", "4:3 b function"]),
    ("async def f():\n  import a", ["2:3 a function"]),
    ("with suppress(ImportError):\n  import a", ["2:3 a optional"]),
    ("with suppress(ValueError):\n  import a", ["2:3 a"]),
    ("try:\n  x = 1\nexcept ImportError:\n  import a", ["4:3 a optional fallback"]),
    ("try:\n  import a\nexcept* ImportError:\n  pass", ["2:3 a optional"]),
    ("try:\n  import a\nexcept ImportError, e:\n  pass", ["2:3 a optional"]),
    ("try:\n  import a\n# x\n\nexcept ImportError: x = 1\ny = 2", ["2:3 a optional"]),
    ("try:\n  import a\nexcept ValueError:\n  x\nexcept ImportError:\n  y", ["2:3 a optional"]),
    ("try:\n  import a\nexcept ValueError:\n  x\nz = 1\n", ["2:3 a"]),
    ("match x:\n  case 1:\n    import a", ["3:5 a"]),
    ("lazy import a\nlazy from b import c\nlazy = 1", ["1:1 a", "2:1 b c"]),
  ])
  func contexts(source: String, expected: [String]) {
    #expect(ImportTests.imports(source) == expected)
    #expect(ImportTests.imports(source.replacing("\n", with: "\r\n")) == ImportTests.imports(source), "with CRLF")
  }

  @Test func aHandlerIsAFallback() {
    #expect(
      ImportTests.imports("try:\n  import a\nexcept ImportError:\n  import b")
        == ["2:3 a optional", "4:3 b optional fallback"])
  }

  @Test(arguments: [
    ("from importlib import import_module as im\nim('a')", ["1:1 importlib import_module", "2:1 a dynamic"]),
    ("import importlib as il\nx = il.import_module('a.b')", ["1:1 importlib", "2:5 a.b dynamic"]),
    ("import_module('.a', 'b.c')", ["1:1 b.c.a dynamic"]),
    ("import_module('..a', package='b.c')", ["1:1 b.a dynamic"]),
    ("import_module(\n  'a'  # why\n)", ["1:1 a dynamic"]),
    ("import_module(name='a')", ["1:1 a dynamic"]),
    ("f'{__import__(\"a\").b}'", ["1:4 a dynamic"]),
    ("f'{x:{import_module(\"a\")}}'", ["1:7 a dynamic"]),
    ("if __import__('a').b: import c", ["1:4 a dynamic", "1:23 c"]),
    ("import_module ('a')", ["1:1 a dynamic"]),
    ("def import_module('a'): pass", []),
    ("x.importlib.import_module('a')", []),
    ("'import_module(\"a\")'", []),
    ("# import_module('a')", []),
  ])
  func otherNamesAndArguments(source: String, expected: [String]) {
    #expect(ImportTests.imports(source) == expected)
  }

  @Test(arguments: [
    ("x = (1,\nimport a", ["2:1 a"], 1),
    ("def f(:\n  import a\nimport b", ["2:3 a function", "3:1 b"], 1),
    ("import a\nx = [1, (2\ndef f():\n  import b\ny = 3", ["1:1 a", "4:3 b function"], 2),
    ("x = {\nfrom a import b", ["2:1 a b"], 1),
    ("import a b\nimport c", ["2:1 c"], 1),
    ("from a import\nimport c", ["2:1 c"], 1),
    ("from a import (b\nimport c", ["2:1 c"], 1),
    ("x = ')'; y = )\nimport a", ["2:1 a"], 1),
    ("x = (1]\nimport a", ["2:1 a"], 1),
    ("x = \"\"\"\nimport a", ["2:1 a"], 1),
    ("def f(a)\n  import b\nimport c", ["2:3 b function", "3:1 c"], 1),
    ("if x[1:2]  # why\n  y = {1: 2}\nimport c", ["3:1 c"], 1),
    ("x = 'a\nimport b", ["2:1 b"], 1),
    ("x = f'{a\nimport b", [], 1),
  ])
  func whatIsBrokenCostsItsStatement(source: String, expected: [String], line: Int) {
    #expect(ImportTests.imports(source) == expected)
    #expect(ScannedImport.read(Array(source.utf8)).problem?.line == line)
  }
}
