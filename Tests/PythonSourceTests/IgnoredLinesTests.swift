import Diagnostics
import PythonSource
import Testing

@Suite struct IgnoredLinesTests {
  static let comments: [(text: String, names: [String]?)] = [
    ("# envtool: ignore", []), ("#envtool:ignore", []), ("#  envtool : ignore  ", []),
    ("# noqa: F401  # envtool: ignore", []), ("# envtool: ignore, it is optional", []),
    ("# envtool: ignore[yaml]", ["yaml"]), ("# envtool: ignore [yaml , google.cloud]", ["yaml", "google.cloud"]),
    ("# envtool: ignore[a] # envtool: ignore[b]", ["a", "b"]), ("# envtool: ignore[a] # envtool: ignore", []),
    ("# envtool: ignored", nil), ("# envtool: ignore-file", nil), ("# see envtool: ignore", nil),
    ("# envtool: ignore[]", nil), ("# envtool: ignore[a", nil), ("# Envtool: ignore", nil), ("#", nil), ("", nil),
    ("# envtool ignore", nil), ("# envtool:", nil),
  ]

  @Test(arguments: comments) func aCommentIsReadOrIsNone(_ text: String, _ names: [String]?) {
    #expect(IgnoreComment(text.utf8)?.names == names)
  }

  @Test func namesCoverWhatLiesBelowThem() throws {
    let comment = try #require(IgnoreComment("# envtool: ignore[google.cloud]".utf8))
    #expect(comment.covers(module: "google.cloud"))
    #expect(comment.covers(module: "google.cloud.storage"))
    #expect(!comment.covers(module: "google"))
    #expect(!comment.covers(module: "google.clouds"))
    #expect(try #require(IgnoreComment("# envtool: ignore".utf8)).covers(module: "x"))
  }

  static let sources: [(text: String, lines: [Int])] = [
    ("import a  # envtool: ignore\nimport b\n", [1]),
    ("from a import (\n    b,\n    c,  # envtool: ignore\n)\nimport d\n", [1, 2, 3, 4]),
    ("# envtool: ignore\nimport a\n", [1]),
    ("import a, \\\n    b  # envtool: ignore\n", [1, 2]),
    ("x = '# envtool: ignore'\n", []),
    ("x = '''\n# envtool: ignore\n'''\n", []),
    ("x = f'{a}# envtool: ignore'\n", []),
    ("x = f'''{\na # envtool: ignore\n}'''\n", [2]),
    ("APPS = [\n    'a',  # envtool: ignore\n    'b',\n]\n", [2]),
    ("try: from a import (b,\n  c)  # envtool: ignore\nexcept ImportError: pass\n", [1, 2]),
    ("x = 1; from a import (b,\n  c)  # envtool: ignore\n", [1, 2]),
    ("def f():\n    yield from (a,\n      b)  # envtool: ignore\n", [3]),
    ("import a # envtool: ignore\r\nimport b\rimport c # envtool: ignore", [1, 3]),
    ("\u{FEFF}import a # envtool: ignore", [1]),
    ("import a # é envtool: ignore # envtool: ignore\n", [1]),
    ("x = (  # envtool: ignore\n", [1]),
    ("x = '  # envtool: ignore\nimport a\n", []),
  ]

  @Test(arguments: sources) func theLinesOfPythonSource(_ text: String, _ lines: [Int]) {
    #expect(IgnoredLines(python: Array(text.utf8)).comments.keys.sorted() == lines)
    let padded = Array(text.utf8) + [UInt8](repeating: 0, count: 64)
    let found = padded.withUnsafeBufferPointer { IgnoredLines(padded: $0) }
    #expect(found.comments.keys.sorted() == lines)
  }

  /// The search for the word finds it at every offset, and none that is cut off by the end.
  @Test func theWordIsFoundWhereverItStands() {
    for offset in 0..<130 {
      let text = String(repeating: "v", count: offset) + "\n#envtool:ignore\n"
      let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 64)
      #expect(bytes.withUnsafeBufferPointer { IgnoredLines(padded: $0) }.comments.keys.sorted() == [2])
      let cut = Array((String(repeating: "#", count: offset) + "envtoo").utf8) + [UInt8](repeating: 0, count: 64)
      #expect(cut.withUnsafeBufferPointer { IgnoredLines(padded: $0) }.isEmpty)
    }
  }

  @Test(
    arguments: [
      ("django # envtool: ignore\nredis\n", [1]), ("# envtool: ignore\n", [1]), ("a#envtool: ignore\n", []),
      ("django \\\n  ==5 # envtool: ignore\nredis\r\n", [1, 2]), ("a\r\nb\t# envtool: ignore[x]\r\n", [2]),
    ] as [(String, [Int])])
  func theLinesOfOtherFiles(_ text: String, _ lines: [Int]) {
    #expect(IgnoredLines(inLinesOf: Array(text.utf8)).comments.keys.sorted() == lines)
  }

  @Test func truncatedSourceIsSurvived() {
    let text = Array("from a import (\n  b, # envtool: ignore[x]\n)\nx = f'''{y # envtool: ignore\n}'''\n".utf8)
    for end in text.indices {
      _ = IgnoredLines(python: Array(text[..<end]))
      _ = IgnoredLines(inLinesOf: Array(text[..<end]))
    }
    #expect(IgnoredLines(python: text).comments.keys.sorted() == [1, 2, 3, 4])
  }
}
