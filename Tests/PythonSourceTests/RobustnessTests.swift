import PythonSource
import Testing

/// Nothing that stands in a file may crash the reader or keep it from ending.
@Suite struct RobustnessTests {
  static func readAll(_ bytes: [UInt8]) -> Int {
    let tree = PythonTree(bytes)
    return ScannedImport.read(bytes).imports.count + tree.moduleLevel.count + tree.dump().utf8.count
      + tree.errors(inPython: (3, 8)).count
  }

  static let samples = [
    """
    import a, b.c as d
    try:
        from ..x import (y, z)
    except ImportError: z = None
    if TYPE_CHECKING: import q
    m = importlib.import_module("a.b")
    """,
    """
    BASE = Path(__file__).resolve().parent / "a"
    D = {"k": [1, -2, 0x1F, 3.5e-3], **E, "s": (x if y else not z), }
    D["a"]["b"] += f"{x!r:>{w}}" rb'\\x00' '''t
    t''' + "\\N{DASH}\\u00e9\\x41\\101\\
    "
    f(a, *b, k=c, **d)[1:2].e ** ~g
    """,
    """
    # é \\
    def f(x: int = 1) -> None:
    \tasync with a as b: yield f\"""{f'{g["h"]}'}\"""; return
    class C(B): pass
    lambda: (i := 1)
    """,
  ]

  @Test(arguments: samples) func truncatedAnywhere(sample: String) {
    let bytes = Array(sample.utf8)
    for end in 0...bytes.count {
      _ = Self.readAll(Array(bytes[..<end]))
      _ = Self.readAll(Array(bytes[end...]))
    }
  }

  @Test func anyByteAloneAndInTheMiddle() {
    let bytes = Array(Self.samples[1].utf8)
    for byte in UInt8.min...UInt8.max {
      _ = Self.readAll([byte])
      for offset in stride(from: Int(byte) % 61, to: bytes.count, by: 61) {
        var changed = bytes
        changed[offset] = byte
        _ = Self.readAll(changed)
      }
    }
  }

  @Test(arguments: ["(", "[", "f\"{"])
  func nestedVeryDeeply(piece: String) {
    let source = Array(String(repeating: piece, count: 200_000).utf8)
    #expect(ScannedImport.read(source).imports.isEmpty)
    #expect(!PythonTree(source).syntaxErrors.isEmpty)
  }

  @Test(arguments: [
    "{", "{1:", "f(", "a[", "(x,", "f'''{", "f\"{x:{", "-", "not ", "~", "a**", "a.", "a if b else ",
    "lambda:", "*", "**", "\\\n", "if x:\n", "x=", "a[0]", "a()", "1+", "'' ", "try:\n ", "b;", "from . ", "else:",
    "f\"\\N{", "\"\"\"", "'\\", ")", "@", "await ", "x:", "`", "print ", "match x:\n case [", "type X[T:", "with (",
    "(yield ", "f'''{\n", "(\ndef f(:\n", "lazy ", "async ", "except:\n", "\u{A0}",
  ])
  func nestedAndRepeated(piece: String) {
    #expect(Self.readAll(Array(String(repeating: piece, count: 10_000).utf8)) >= 0)
  }

  @Test func deepIndentation() {
    let source = (0..<2000).map { String(repeating: " ", count: $0) + "if x:" }.joined(separator: "\n")
    #expect(
      ScannedImport.read(Array((source + "\n" + String(repeating: " ", count: 2000) + "import a").utf8)).imports.count
        == 1)
  }

  @Test(arguments: [("x", 10_240), ("# ", 1024), ("'", 1024), ("import a;", 512), ("x,", 256), ("é=1;", 256)])
  func oneLongLine(piece: String, kilobytes: Int) {
    let bytes = Array(piece.utf8)
    var source: [UInt8] = []
    source.reserveCapacity(kilobytes << 10)
    while source.count < kilobytes << 10 { source += bytes }
    #expect(ScannedImport.read(source).imports.count == (piece == "import a;" ? source.count / bytes.count : 0))
  }

  @Test(arguments: [
    ("X = [", "[1], ", "]"), ("X = 1", " + 1", ""), ("X = a", " if b else a", ""), ("if a: b\n", "elif c: d\n", ""),
    ("X = ", "not ", "a"), ("X = ", "- ", "a"), ("X = a", " < b", ""), ("X = a", "[0]", ""), ("X = a", "().b", ""),
  ])
  func longChains(start: String, piece: String, end: String) {
    let tree = PythonTree(Array((start + String(repeating: piece, count: 10_000) + end).utf8))
    #expect(tree.syntaxErrors == [])
    #expect(tree.count > 10_000)
    #expect(!tree.dump().isEmpty)
  }

  @Test(
    arguments: [
      [0xFF, 0xFE], [0xC3], [0x80, 0x80], [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0x00], [0xEF, 0xBB], [0xEF, 0xBB, 0xBF],
    ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let source = Array("x = '".utf8) + bytes + Array("'\nimport a\ny = ".utf8) + bytes
    #expect(ScannedImport.read(source).imports.map(\.module) == ["a"])
    _ = Self.readAll(bytes)
  }

  @Test(arguments: [
    ("x = '''a\n\nb", 1), ("a = 1\nx = 'b\ny = 2", 2), ("a\nf(\n[1", 2), ("a \\ b", 1), ("x = f'''{a", 1),
  ])
  func tellsWhereItIsNoPython(source: String, line: Int) {
    #expect(ScannedImport.read(Array((source + "\nimport x").utf8)).problem?.line == line)
  }
}
