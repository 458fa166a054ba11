import Diagnostics
import Host
import PythonSource
import Testing
import TestSupport

/// Imports against CPython's own `ast`, on files of its standard library.
@Suite struct ImportOracleTests {
  /// Prints, for about 400 files that parse, the path and every `module:line`, each with its leading dots.
  static let oracle = """
    import ast, os, sys, sysconfig
    root = sysconfig.get_path("stdlib")
    files = []
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if f not in ("site-packages", "dist-packages", "__pycache__")]
        files += [os.path.join(folder, n) for n in names if n.endswith(".py")]
    files.sort()
    hard = ("test_fstring.py", "test_grammar.py", "test_tokenize.py", "test_import", "test_string_literals.py")
    sample = {f for i, f in enumerate(files) if i % max(1, len(files) // 400) == 0 or any(h in f for h in hard)}
    for path in sorted(sample):
        try: tree = ast.parse(open(path, "rb").read())
        except Exception: continue
        found = set()
        for n in ast.walk(tree):
            if isinstance(n, ast.Import): found |= {(a.name.split(".")[0], n.lineno) for a in n.names}
            elif isinstance(n, ast.ImportFrom): found.add(("." * n.level + (n.module or "").split(".")[0], n.lineno))
        print(path, *[f"{name}:{line}" for name, line in found], sep="\\t")
    """

  @Test func importsOfTheStandardLibrary() async throws {
    let lines = try await Python.output(of: Self.oracle).split(separator: "\n")
    let mismatches = try await withThrowingTaskGroup(of: [String].self) { group in
      for part in 0..<4 {
        group.addTask {
          try stride(from: part, to: lines.count, by: 4).compactMap { try Self.mismatch(lines[$0]) }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(lines.count > 150)
    #expect(mismatches.sorted() == [])
  }

  private static func mismatch(_ line: Substring) throws -> String? {
    let fields = line.split(separator: "\t").map(String.init)
    let path = try #require(fields.first)
    let module = ScannedImport.read(try Files.read(SourcePath(path)))
    let expected = Set(fields.dropFirst())
    let found = Set(
      module.imports.filter { !$0.context.contains(.dynamic) }.map { statement in
        "\(String(repeating: ".", count: statement.level))\(statement.topLevel):\(statement.line)"
      })
    if found == expected, module.problem == nil { return nil }
    return "\(path): missing \(expected.subtracting(found).sorted()), extra \(found.subtracting(expected).sorted()), "
      + "problem \(module.problem.map { "\($0.line): \($0.reason)" } ?? "none")"
  }
}
