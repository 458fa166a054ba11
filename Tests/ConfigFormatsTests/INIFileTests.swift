import ConfigFormats
import Testing

@Suite struct INIFileTests {
  static func entries(_ text: String) -> [String] {
    INIFile(text).entries.map { "\($0.line):\($0.column) [\($0.section)] \($0.key)=\($0.value)" }
  }

  @Test(arguments: [
    ("", []),
    ("[uwsgi]\nmaster = true", ["2:1 [uwsgi] master=true"]),
    ("key=1", ["1:1 [] key=1"]),
    ("[a]\n  key : b = c\n[b]\nk = x:y=z", ["2:3 [a] key=b = c", "4:1 [b] k=x:y=z"]),
    ("[a]\n# k = 1\n; k = 2\n\nk = 3 # four", ["5:1 [a] k=3 # four"]),
    ("[a]\nmaster\nempty =", ["2:1 [a] master=", "3:1 [a] empty="]),
    ("[a]\nk = \u{0C}1\u{2028}2\nm = 3", ["2:1 [a] k=1\u{2028}2", "3:1 [a] m=3"]),
    ("[unclosed\nk = 1", ["1:1 [] [unclosed=", "2:1 [] k=1"]),
    (" [a] trailing\nk=1", ["2:1 [a] k=1"]),
    ("[é]\nü = é", ["2:1 [é] ü=é"]),
  ])
  func reads(text: String, expected: [String]) {
    #expect(Self.entries(text) == expected)
    #expect(Self.entries("\u{FEFF}" + text) == expected, "with a BOM")
    #expect(Self.entries(text.replacing("\n", with: "\r\n")) == expected, "with CRLF")
  }

  @Test func sectionsHaveTheirLines() {
    let file = INIFile("\u{FEFF}[a]\r\n\r\n[b c]\r\n[a]")
    #expect(file.sections.map(\.name) == ["a", "b c", "a"])
    #expect(file.sections.map(\.line) == [1, 3, 4])
  }

  @Test func truncatedAnywhere() {
    let bytes = Array("\u{FEFF}[uwsgi]\r\n# é\nkey = välue\n[\n]=\n=:".utf8)
    for end in 0...bytes.count { _ = INIFile(String(decoding: bytes[..<end], as: UTF8.self)) }
    for byte in UInt8.min...UInt8.max { #expect(INIFile(String(decoding: [byte], as: UTF8.self)).sections.isEmpty) }
  }
}
