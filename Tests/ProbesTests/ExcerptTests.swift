import Diagnostics
import Testing

@testable import Probes

@Suite("What is shown of a server's text") struct ExcerptTests {
  @Test(arguments: [
    ("", "", ""), ("plain", "", "plain"), ("a\u{1B}[2Jb\r\n", "", "a\\x1B[2Jb\\x0D\\x0A"),
    ("the pass is pass", "pass", "the *** is ***"), ("aaaa", "aa", "******"), ("one two", "one\r\ntwo", "*** ***"),
    ("grüße", "ü", "gr***ße"), ("abc", "abcd", "abc"),
  ])
  func texts(_ text: String, _ secret: String, _ expected: String) {
    #expect(Excerpt.text(Array(text.utf8), hiding: [Secret(secret)]) == expected)
  }

  @Test func longTextIsCutAfterSecretsAreHidden() {
    let text = [UInt8](repeating: UInt8(ascii: "x"), count: 55) + Array("Geheimnis".utf8)
    #expect(Excerpt.text(text, limit: 60, hiding: [Secret("Geheimnis")]) == String(repeating: "x", count: 55) + "***")
    #expect(Excerpt.text(text, limit: 57) == String(repeating: "x", count: 55) + "Ge...")
    #expect(Excerpt.text([0xFF, 0xC3], limit: 10) == "\\xFF\\xC3")
  }
}
