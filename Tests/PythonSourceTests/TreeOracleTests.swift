import Diagnostics
import Foundation
import Host
import PythonSource
import Testing
import TestSupport

/// Trees and tokens against CPython's own `ast` and `tokenize`, on files of its standard library.
@Suite struct TreeOracleTests {
  static let sample = """
    import os, sysconfig
    root = sysconfig.get_path("stdlib")
    files = []
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if f not in ("site-packages", "dist-packages", "__pycache__", "lib2to3")]
        files += [os.path.join(folder, n) for n in names if n.endswith(".py")]
    files = sorted(f for f in files if os.path.getsize(f) < 30000)
    hard = ("test_fstring.py", "test_grammar.py", "test_patma.py", "test_string_literals.py", "test_with.py")
    print(*files[:: max(1, len(files) // 25)], sep="\\n")
    for folder, folders, names in os.walk(os.path.join(root, "test")):
        print(*[os.path.join(folder, n) for n in names if n in hard], sep="\\n")
    """

  static let compare = """
    import importlib.machinery, importlib.util, sys
    loader = importlib.machinery.SourceFileLoader("oracle", sys.argv[1])
    oracle = importlib.util.module_from_spec(importlib.util.spec_from_loader("oracle", loader))
    sys.dont_write_bytecode = True
    loader.exec_module(oracle)
    with open(sys.argv[2], encoding="utf-8", newline="\\n") as file: output = file.read()
    oracle.run = lambda envtool, paths: output
    sys.argv = ["oracle", "none", *[line[2:] for line in output.split("\\n") if line.startswith("# ")]]
    oracle.main()
    """

  @Test(arguments: ["tree", "tokens"]) func likePython(kind: String) async throws {
    let script = URL(filePath: #filePath).appending(path: "../../../.ci/oracle-\(kind)").standardized.path()
    let files = try await Python.output(of: Self.sample).split(separator: "\n").map(String.init)
    var output = ""
    for path in files {
      let source = try Files.read(SourcePath(path))
      // What is not UTF-8 the oracle leaves out as well.
      guard String(validating: source, as: UTF8.self) != nil else { continue }
      output += "# \(path)\n\(kind == "tree" ? PythonTree(source).dump() : PythonTokens(source).dump())"
    }
    let folder = try TemporaryFolder()
    try folder.write("output", output)
    let result = try await Python.output(of: Self.compare, [script, "\(folder.path)/output"])
    #expect(result.contains(" files agree, 0 do not"), "\(result)")
    #expect(files.count > 20)
  }
}
