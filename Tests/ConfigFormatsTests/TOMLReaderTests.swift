import ConfigFormats
import Diagnostics
import Testing

@Suite struct TOMLReaderTests {
  static func read(_ text: String, as version: TOMLVersion = .v1_0) throws -> ConfigNode {
    try TOMLReader.read(Array(text.utf8), as: version)
  }

  static func error(_ text: String, as version: TOMLVersion = .v1_0) throws -> String {
    try #require(throws: ConfigError.self) { try read(text, as: version) }.description
  }

  @Test(arguments: [
    ("", ["1:1  table"]),
    ("a = 1", ["1:1  table", "1:1 .a", "1:5 .a integer 1"]),
    (
      "é = 1".replacing("é", with: "'é'") + " # é\nb=2",
      [
        "1:1  table", "1:1 .é", "1:7 .é integer 1", "2:1 .b", "2:3 .b integer 2",
      ]
    ),
    (
      "a.\"b é\".c = [ 1,\n  'é', true ]",
      [
        "1:1  table", "1:1 .a", "1:1 .a table", "1:3 .a.b é", "1:3 .a.b é table", "1:9 .a.b é.c",
        "1:13 .a.b é.c array", "1:15 .a.b é.c[0] integer 1", "2:3 .a.b é.c[1] \"é\"", "2:8 .a.b é.c[2] true",
      ]
    ),
    (
      "[a.b]\nx = \"\"\"\\\n  é\n\"\"\" # é\n[a]\ny = {z.w=1e6}",
      [
        "1:1  table", "1:2 .a", "5:1 .a table", "1:4 .a.b", "1:1 .a.b table", "2:1 .a.b.x", "2:5 .a.b.x \"é\n\"",
        "6:1 .a.y", "6:5 .a.y table", "6:6 .a.y.z", "6:6 .a.y.z table", "6:8 .a.y.z.w", "6:10 .a.y.z.w float 1e6",
      ]
    ),
    (
      "[[p]]\nd = 1979-05-27 07:32:00Z\n[[p]]\n[p.q]",
      [
        "1:1  table", "1:3 .p", "1:1 .p array", "1:1 .p[0] table", "2:1 .p[0].d",
        "2:5 .p[0].d datetime 1979-05-27 07:32:00Z", "3:1 .p[1] table", "4:4 .p[1].q", "4:1 .p[1].q table",
      ]
    ),
  ])
  func places(text: String, expected: [String]) throws {
    #expect(PlacedText.lines(try Self.read(text)) == expected)
    #expect(PlacedText.lines(try Self.read("\u{FEFF}" + text)) == expected, "with a BOM")
    #expect(PlacedText.lines(try Self.read(text.replacing("\n", with: "\r\n"))) == expected, "with CRLF")
  }

  @Test func bytesOfTokens() throws {
    let bytes = Array("\u{FEFF}[ a ]\n'é' = [\"x\\n\", {b . c = -1}]\n[[d]]\n".utf8)
    #expect(
      PlacedText.slices(try TOMLReader.read(bytes), of: bytes) == [
        "[ a ]\n'é' = [\"x\\n\", {b . c = -1}]\n[[d]]\n", "a", "[ a ]", "'é'", "[\"x\\n\", {b . c = -1}]",
        "\"x\\n\"", "{b . c = -1}", "b", "b", "c", "-1", "d", "[[d]]", "[[d]]",
      ])
  }

  @Test(arguments: [
    ("a =", "1:4: expected a value behind =, found the end of the file"),
    ("a = \nb = 1", "1:5: expected a value behind =, found the end of the line"),
    ("a = # x", "1:5: expected a value behind =, found `#`"),
    ("a = yes", "1:5: `yes` is no value: text stands in quotes, booleans are true and false"),
    ("a = 1 2", "1:7: expected the end of the line, found `2`"),
    ("a 1", "1:3: expected = behind a key, found `1`"),
    ("= 1", "1:1: expected a key, found `=`"),
    ("a. = 1", "1:4: expected a key behind the dot, found `=`"),
    ("é = 1", "1:1: expected quotes around a key beyond A-Z, a-z, 0-9, - and _, found `é`"),
    ("[a", "1:3: expected ] behind the name of a table, found the end of the file"),
    ("[[a]", "1:5: expected ]] behind the name of a table, found the end of the file"),
    ("[]", "1:2: expected the name of a table, found `]`"),
    ("a = 1\nb = 2\n'a' = 3", "3:1: `a` is defined twice: line 1 has made `a` an integer"),
    ("[a]\nb = 1\n[ a ]", "3:3: `a` cannot be a table: line 1 has made `a` a table"),
    ("[a.b]\n[a]\nb.c = 1", "3:1: `b` cannot be a table to add to: line 1 has made `b` a table"),
    ("a.b = 1\n[a]", "2:2: `a` cannot be a table: line 1 has made `a` a table of dotted keys"),
    ("a = {}\n[a.b]", "2:2: `a` cannot be a table to add to: line 1 has made `a` an inline table"),
    ("a = []\n[[a]]", "2:3: `a` cannot be an array of tables: line 1 has made `a` an array"),
    ("[[a]]\n[a]", "2:2: `a` cannot be a table: line 1 has made `a` an array of tables"),
    ("\"\\r\" = 1\n[\"\\r\"]", "2:2: `\\x0D` cannot be a table: line 1 has made `\\x0D` an integer"),
    ("a = [1 2]", "1:8: expected a comma or ] in an array, found `2`"),
    ("a = [,]", "1:6: expected a value or ] in an array, found `,`"),
    ("a = {b = 1,}", "1:12: expected a key, found `}`"),
    ("a = {b = 1\n}", "1:11: expected a comma or } in an inline table, found the end of the line"),
    ("a = 'é\nb'", "1:7: expected ' at the end of a string, found the end of the line"),
    ("a = \"\"\"x", "1:5: a string that does not end: \"\"\" is missing"),
    ("a = \"\t\u{7F}\"", "1:7: the character U+007F in a string"),
    ("a = 1 # \u{0}", "1:9: the character U+0000 in a comment"),
    (
      "a = \"C:\\Users\"",
      "1:9: expected 8 hexadecimal digits behind \\U, found `s`".replacing("1:9", with: "1:10")
    ),
    (
      "a = \"\\q\"",
      "1:7: expected one of b t n f r \" \\ u U behind \\ (a path stands well in single quotes), found `q`"
    ),
    ("a = \"\\ud800\"", "1:6: \\ud800 is no Unicode character"),
    ("a = 01", "1:5: `01` begins with a zero, which no number may"),
    ("a = 1__0", "1:7: expected a digit, found `_`"),
    ("a = 1.", "1:7: expected a digit, found the end of the file"),
    ("a = 0xfg", "1:5: `0xfg` is no number"),
    ("a = 2021-02-29", "1:5: `2021-02-29` is no date or time: expected a day from 01 to 28"),
    ("a = 07:32", "1:5: `07:32` is no date or time: the seconds are missing"),
    ("a\rb", "1:2: expected = behind a key, found the character U+000D"),
  ])
  func explains(text: String, expected: String) throws {
    #expect(try Self.error(text) == expected)
    #expect(try Self.error("\u{FEFF}" + text) == expected, "with a BOM")
  }

  @Test(arguments: [
    "a = {b = 1,}", "a = {\n# é\nb = 1,\n\n}", "a = \"\\e\\x41\"", "a = 07:32", "a = 1979-05-27 07:32Z", "a = {,}",
  ])
  func versions(text: String) throws {
    #expect(throws: ConfigError.self) { try Self.read(text) }
    if text == "a = {,}" {
      #expect(throws: ConfigError.self) { try Self.read(text, as: .v1_1) }
    } else {
      _ = try Self.read(text, as: .v1_1)
    }
  }

  @Test func values() throws {
    let node = try Self.read(
      "i = [0x_f, 1]".replacing("0x_f", with: "0xf_f") + "\nf = [-1_0.5e1, +inf]\nb = 99999999999999999999")
    #expect(node["i"]?.array?.map(\.integer) == [255, 1])
    #expect(node["f"]?.array?.map(\.double) == [-105, .infinity])
    #expect(node["b"]?.integer == nil)
    #expect(node["b"] == ConfigNode(.integer("99999999999999999999"), at: node.place))
    #expect(node["c"] == nil)
  }

  @Test func keysAreNotNormalised() throws {
    let node = try Self.read("'e\u{301}' = 1\n'\u{e9}' = 2")
    #expect(node.table?.entries.count == 2)
    #expect(node["\u{e9}"]?.integer == 2)
  }

  @Test func manyKeys() throws {
    let text = (0..<40).map { "k\($0) = \($0)\n" }.joined()
    let node = try Self.read(text)
    for number in 0..<40 { #expect(node["k\(number)"]?.integer == number) }
    #expect(try Self.error(text + "k3 = 1") == "41:1: `k3` is defined twice: line 4 has made `k3` an integer")
  }
}
