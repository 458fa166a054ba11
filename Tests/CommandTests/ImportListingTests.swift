import TestSupport
import Testing

/// `scan --imports`: what is listed, and where.
@Suite struct ImportListingTests {
  private func output(_ files: [String: String]) async throws -> String {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    return try await EnvtoolRun(["scan", "--imports", folder.path]).output
  }

  /// The line is that of the file, the column that of the cell's own line.
  @Test func notebooks() async throws {
    let notebook = """
      {"cells": [
       {"cell_type": "markdown", "source": ["import nothing"]},
       {"cell_type": "code", "source": [
        "%matplotlib inline\\n",
        "!pip install yaml\\n",
        "files = !ls\\n",
        "if files:\\n",
        "    import requests, yaml"]},
       {"cell_type": "code", "source": ["%%bash\\n", "import nothing"]},
       {"cell_type": "code", "source": ["%%time\\n", "from . import a; __import__('b')"]}
      ]}
      """
    #expect(
      try await output(["b.ipynb": notebook, "a.py": "import x\n", "c.py": "import y\n"]) == """
        a.py:1:1 x
        b.ipynb:8:5 requests
        b.ipynb:8:5 yaml
        b.ipynb:10:1 .
        b.ipynb:10:18 b dynamic
        c.py:1:1 y

        """)
  }

  /// All cells in one line of the file: by column, and in their order.
  @Test func notebookInOneLine() async throws {
    let cells = ["a = 1; import b", "import c", "  import d"].map { "{\"cell_type\": \"code\", \"source\": \"\($0)\"}" }
    #expect(
      try await output(["n.ipynb": "{\"cells\": [\(cells.joined(separator: ","))]}"]) == """
        n.ipynb:1:1 c
        n.ipynb:1:3 d
        n.ipynb:1:8 b

        """)
  }

  @Test(arguments: ["", "{", "[]", "{\"cells\": 1}", "{\"cells\": [{\"cell_type\": \"code\"}]}", "import a"])
  func noNotebooks(_ text: String) async throws { #expect(try await output(["n.ipynb": text]) == "") }

  /// What is installed is no source, wherever it lies.
  @Test func environments() async throws {
    let files = [
      "a.py": "import a", "pyvenv.cfg": "", "bin/tool.py": "import b", "lib/python3.12/site-packages/c.py": "import c",
      "__pypackages__/3.12/lib/d.py": "import d", "sub/__pypackages__/e.py": "import e", "sub/bin/f.py": "import f",
      "sub/venv/pyvenv.cfg": "", "sub/venv/g.py": "import g", "sub/conda/conda-meta/h.py": "import h",
    ]
    #expect(try await output(files) == "a.py:1:1 a\nsub/bin/f.py:1:1 f\n")
  }
}
