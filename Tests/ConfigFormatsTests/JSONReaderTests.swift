import ConfigFormats
import Testing

@Suite struct JSONReaderTests {
  static func read(_ text: String) throws -> ConfigNode { try JSONReader.read(Array(text.utf8)) }

  @Test(arguments: [
    ("null", ["1:1  null"]),
    (
      " [true, false,\n\t-0, 1.5E+3]\r\n",
      [
        "1:2  array", "1:3 [0] true", "1:9 [1] false", "2:2 [2] integer -0", "2:6 [3] float 1.5E+3",
      ]
    ),
    (
      "{\"é\": \"é\\u00e9\\ud83d\\ude00\", \"b\" : {}}",
      [
        "1:1  table", "1:2 .é", "1:7 .é \"éé😀\"", "1:30 .b", "1:36 .b table",
      ]
    ),
    ("{\"a\": 1, \"b\": 2,\n\"a\": 3}", ["1:1  table", "1:2 .a", "2:6 .a integer 3", "1:10 .b", "1:15 .b integer 2"]),
    ("123456789012345678901234567890", ["1:1  integer 123456789012345678901234567890"]),
    (#""\"\\\/\b\f\n\r\t\u0041\ud800x\udc00""#, ["1:1  \"\"\\/\u{8}\u{C}\n\r\tA\u{FFFD}x\u{FFFD}\""]),
  ])
  func reads(text: String, expected: [String]) throws {
    #expect(PlacedText.lines(try Self.read(text)) == expected)
    #expect(PlacedText.lines(try Self.read("\u{FEFF}" + text)) == expected, "with a BOM")
  }

  @Test func bytesOfTokens() throws {
    let bytes = Array("\u{FEFF} {\"é\" : [1, \"x\"]} ".utf8)
    #expect(
      PlacedText.slices(try JSONReader.read(bytes), of: bytes) == [
        "{\"é\" : [1, \"x\"]}", "\"é\"", "[1, \"x\"]", "1", "\"x\"",
      ])
  }

  @Test(arguments: [
    ("", "1:1: expected a value, found the end of the file"),
    ("[1,]", "1:4: expected a value, found `]`"),
    ("[1 2]", "1:4: expected a comma or ] behind a value, found `2`"),
    ("{\"a\" 1}", "1:6: expected : behind a key, found `1`"),
    ("{a: 1}", "1:2: expected a key in double quotes, or }, found `a`"),
    ("{\"a\": 1,}", "1:9: expected a key in double quotes, found `}`"),
    ("{\"a\": 1\n\"b\"", "2:1: expected a comma or } behind a value, found `\"`"),
    ("1 x", "1:3: expected the end of the file behind the value, found `x`"),
    ("01", "1:2: expected the end of the file behind the value, found `1`"),
    ("-", "1:2: expected a digit behind -, found the end of the file"),
    ("1.", "1:3: expected a digit behind the decimal point, found the end of the file"),
    ("1e+", "1:4: expected a digit in the exponent, found the end of the file"),
    ("NaN", "1:1: expected a value, found `N`"),
    ("\"é", "1:1: a string that does not end"),
    ("\"é\n\"", "1:3: expected \" at the end of a string, found the end of the line"),
    ("\"\t\"", "1:2: expected an escape such as \\u0000 for a control character in a string, found a tab"),
    ("\"\\x\"", "1:3: expected one of \" \\ / b f n r t u behind \\, found `x`"),
    ("\"\\u12g\"", "1:6: expected four hexadecimal digits behind \\u, found `g`"),
    ("'a'", "1:1: expected a value, found `'`"), ("/**/1", "1:1: expected a value, found `/`"),
    ("\u{C}1", "1:1: expected a value, found the character U+000C"),
  ])
  func explains(text: String, expected: String) throws {
    #expect(try #require(throws: ConfigError.self) { try Self.read(text) }.description == expected)
  }

  @Test func equalWhereverWritten() throws {
    #expect(try Self.read("{\"a\": [1, null], \"b\": 2}") == Self.read(" {\"b\":2,\n\"a\":[1,null]}"))
    #expect(try Self.read("{\"a\": 1}") != Self.read("{\"a\": 1.0}"))
    #expect(try Self.read("{\"a\": 1}") != Self.read("{\"b\": 1}"))
    #expect(try Self.read("[1]") != Self.read("[1, 1]"))
  }
}
