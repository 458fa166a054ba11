import ConfigFormats
import TestSupport
import Testing

@Suite struct TOMLEditorTests {
  /// An array before and after `m` was added.
  static let arrays: [(before: String, after: String)] = [
    (#"a = []"#, "a = [\n    \"m\",\n]"),
    (#"a = [ ]"#, "a = [\n    \"m\",\n ]"),
    ("a = [\n]", "a = [\n    \"m\",\n]"),
    ("a = [\n  # none yet\n]", "a = [\n  # none yet\n  \"m\",\n]"),
    ("  a = []", "  a = [\n      \"m\",\n  ]"),
    (#"a = ["b"]"#, #"a = ["b", "m"]"#),
    (#"a = ["b", "z"]"#, #"a = ["b", "m", "z"]"#),
    (#"a = ["z"]"#, #"a = ["m", "z"]"#),
    (#"a = ["z", "b"]"#, #"a = ["z", "b", "m"]"#),
    (#"a = ["b",]"#, #"a = ["b", "m",]"#),
    (#"a = [ "b" ]"#, #"a = [ "b", "m" ]"#),
    (#"a = ['b', 'z']"#, #"a = ['b', 'm', 'z']"#),
    ("a = [\n  \"b\",\n]", "a = [\n  \"b\",\n  \"m\",\n]"),
    ("a = [\n  \"b\"\n]", "a = [\n  \"b\",\n  \"m\"\n]"),
    ("a = [\n  \"b\" # why\n]", "a = [\n  \"b\", # why\n  \"m\"\n]"),
    ("a = [\n  \"b\", # why\n  \"z\",\n]", "a = [\n  \"b\", # why\n  \"m\",\n  \"z\",\n]"),
    ("a = [\n  # of z\n  \"z\",\n]", "a = [\n  # of z\n  \"m\",\n  \"z\",\n]"),
    ("a = [\n  \"b\",\n  # of z\n  \"z\",\n]", "a = [\n  \"b\",\n  \"m\",\n  # of z\n  \"z\",\n]"),
    ("a = [\n  \"b\",\n  # the end\n]", "a = [\n  \"b\",\n  \"m\",\n  # the end\n]"),
    ("a = [\"b\",\n     \"z\"]", "a = [\"b\",\n     \"m\",\n     \"z\"]"),
    ("a = [\"b\",\n     \"c\"]", "a = [\"b\",\n     \"c\",\n     \"m\"]"),
    ("a = [\n  \"b\", \"z\",\n  \"y\",\n]", "a = [\n  \"b\", \"z\",\n  \"y\",\n  \"m\",\n]"),
    ("a = [\n  \"b\", \"z\",\n]", "a = [\n  \"b\", \"m\", \"z\",\n]"),
    ("a = [\n    \"b\"\n  , \"z\"\n]", "a = [\n    \"b\"\n  , \"m\"\n  , \"z\"\n]"),
    ("a = [\n    \"b\"\n  , \"c\" # x\n]", "a = [\n    \"b\"\n  , \"c\" # x\n  , \"m\"\n]"),
    ("a = [\r\n\t\"b\",\r\n]\r\n", "a = [\r\n\t\"b\",\r\n\t\"m\",\r\n]\r\n"),
    ("a = [\n  {x = 1},\n  \"b\",\n]", "a = [\n  {x = 1},\n  \"b\",\n  \"m\",\n]"),
    ("a = [\n  \"b\", ]", "a = [\n  \"b\",\n  \"m\", ]"),
    ("\u{FEFF}a = [\"b\"]", "\u{FEFF}a = [\"b\", \"m\"]"),
  ]

  private func edited(
    _ text: String, _ edit: (inout TOMLEditor) throws -> Void
  ) throws -> String {
    var editor = try TOMLEditor(Array(text.utf8))
    try edit(&editor)
    #expect(editor.text.edits.allSatisfy { $0.range.isEmpty })
    return String(decoding: editor.text.bytes, as: UTF8.self)
  }

  @Test(arguments: arrays) func anItemGoesWhereItBelongs(_ before: String, _ after: String) throws {
    let found = try edited(before) { editor in
      try editor.append([.init(name: "m", text: "m")], toArrayAt: ["a"], normalize: { $0 }) { $0.string }
    }
    #expect(found == after)
  }

  @Test func severalItemsKeepTheirOrder() throws {
    let items = ["a", "c", "d", "x", "y"].map { TOMLEditor.Item(name: $0, text: $0) }
    for (before, after) in [
      ("a = [\"b\"]", "a = [\"a\", \"b\", \"c\", \"d\", \"x\", \"y\"]"),
      ("a = [\n \"b\"\n]", "a = [\n \"a\",\n \"b\",\n \"c\",\n \"d\",\n \"x\",\n \"y\"\n]"),
    ] {
      let found = try edited(before) { editor in
        try editor.append(items, toArrayAt: ["a"], normalize: { $0 }) { $0.string }
      }
      #expect(found == after)
    }
  }

  /// A file before and after `k = 1` was added to the table `a.b`.
  static let tables: [(before: String, after: String)] = [
    ("", "[a.b]\nk = 1\n"),
    ("x = 1\n", "x = 1\n\n[a.b]\nk = 1\n"),
    ("x = 1", "x = 1\n\n[a.b]\nk = 1"),
    ("[a.b]\n", "[a.b]\nk = 1\n"),
    ("[a.b]", "[a.b]\nk = 1"),
    ("[a.b] # here\nx = 1 # one\n\n[c]\n", "[a.b] # here\nk = 1\nx = 1 # one\n\n[c]\n"),
    ("[a.b]\nj = 1\nl = 1\n", "[a.b]\nj = 1\nk = 1\nl = 1\n"),
    ("[a.b]\nl = 1\nj = 1\n", "[a.b]\nl = 1\nj = 1\nk = 1\n"),
    ("[a.b]\n# first\nl = 1\n", "[a.b]\n# first\nk = 1\nl = 1\n"),
    ("[a]\nb.x = 1\n", "[a]\nb.x = 1\nb.k = 1\n"),
    ("a.b.x = 1\nz = 1\n", "a.b.x = 1\na.b.k = 1\nz = 1\n"),
    ("[a]\nb = {x = 1}\n", "[a]\nb = {x = 1, k = 1}\n"),
    ("[a]\nb = { x = 1 }\n", "[a]\nb = { x = 1, k = 1 }\n"),
    ("[a]\nb = {}\n", "[a]\nb = { k = 1 }\n"),
    ("[a]\nx = 1\n# of a\n\n[z]\n", "[a]\nx = 1\n# of a\n\n[a.b]\nk = 1\n\n[z]\n"),
    ("[a]\nx = 1\n[z]\n", "[a]\nx = 1\n\n[a.b]\nk = 1\n\n[z]\n"),
    ("[a.b.c]\nx = 1\n", "[a.b.c]\nx = 1\n\n[a.b]\nk = 1\n"),
    ("[a.\"b\"]\r\nd = 1\r\n", "[a.\"b\"]\r\nd = 1\r\nk = 1\r\n"),
    ("\u{FEFF}a.b.x = 1\r\n", "\u{FEFF}a.b.x = 1\r\na.b.k = 1\r\n"),
  ]

  @Test(arguments: tables) func aMemberGoesWhereItBelongs(_ before: String, _ after: String) throws {
    let found = try edited(before) { try $0.addMember("k", "1", toTableAt: ["a", "b"]) { $0 } }
    #expect(found == after)
    #expect(try TOMLReader.read(Array(found.utf8))["a"]?["b"]?["k"]?.integer == 1)
  }

  @Test(arguments: ["a = 1\n", "a = {b = 1}\n", "[[a.b]]\n", "a = []\n"])
  func whatCannotBeATableIsRefused(_ text: String) throws {
    var editor = try TOMLEditor(Array(text.utf8))
    #expect(throws: ConfigError.self) { try editor.addMember("k", "1", toTableAt: ["a", "b"]) }
    #expect(editor.text.bytes == Array(text.utf8))
  }

  @Test func theLayoutKnowsSectionsPairsAndComments() throws {
    let text = "# top\nx = 1 # one\n[a.b] # here\ny.z = [ # in\n]\n[[c]]\n"
    let layout = try TOMLReader.readLayout(Array(text.utf8)).layout
    #expect(layout.sections.map(\.key) == [[], ["a", "b"], ["c"]])
    #expect(layout.sections.map(\.isElement) == [false, false, true])
    #expect(layout.sections.map { $0.pairs.map(\.key) } == [[["x"]], [["y", "z"]], []])
    #expect(layout.comments.map(\.line) == [1, 2, 3, 4])
    #expect(layout.comments.map(\.column) == [1, 7, 7, 9])
  }

  /// Arrays in random styles: what was there stays, in its order, and what was added is there.
  @Test func randomArraysGrow() throws {
    var numbers = SeededNumbers(state: 11)
    func one(_ texts: String...) -> String { texts[Int.random(in: 0..<texts.count, using: &numbers)] }
    for _ in 0..<2000 {
      let lineEnd = one("\n", "\r\n")
      func gap() -> String {
        one("", " ", lineEnd, "\(lineEnd)  ", "\(lineEnd)\t", " # x, y ] \"\(lineEnd)", "\(lineEnd)  # z\(lineEnd)    ")
      }
      let old = (0..<Int.random(in: 0..<5, using: &numbers)).map { _ in one("b", "d", "f", "h") }
      var text = "x = 1\(lineEnd)a = ["
      for (index, item) in old.enumerated() {
        text += gap() + one("\"\(item)\"", "'\(item)'", "\"\"\"\(item)\"\"\"") + gap()
        if index < old.count - 1 || one("", ",") == "," { text += "," }
      }
      text += gap() + "]" + one("", " # end", lineEnd + "[t]" + lineEnd)
      let new = ["a", "c", "e", "m"].filter { _ in one("", "y") == "y" }
      let found = try edited(text) { editor in
        try editor.append(
          new.map { .init(name: $0, text: $0) }, toArrayAt: ["a"], normalize: { $0 }
        ) { $0.string }
      }
      let all = try TOMLReader.read(Array(found.utf8))["a"]?.array?.compactMap(\.string) ?? []
      #expect(all.filter(old.contains) == old, "\(text)")
      #expect(all.sorted() == (old + new).sorted(), "\(text)")
      if old == old.sorted(), !old.isEmpty { #expect(all == all.sorted(), "\(text)") }
    }
  }
}
