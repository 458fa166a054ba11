import Project
import Testing

@Suite struct TemplateTagTests {
  @Test(arguments: [
    ("", []), ("{", []), ("{%", []), ("{% %}", []),
    ("{% a %}", ["a@1:1"]),
    ("x{%a 'b c' \"d\\\"e\"|f %}", ["a 'b c' \"d\\\"e\"|f@1:2"]),
    ("\u{FEFF}é{% a %}\r\n  {% b %}", ["a@1:2", "b@2:3"]),
    ("{{ '{% a %}' }}{# {% b %} #}{% c %}", ["c@1:29"]),
    ("{% comment \"x\" %}{% a %}\n{% endcomment %}{% b %}", ["b@2:17"]),
    ("{% verbatim x %}{% a %}{% endverbatim %}{% endverbatim x %}{% b %}", ["b@1:60"]),
    ("{% a\n%}{% b %}", ["b@2:3"]),
    ("{% a 'b %}", ["a 'b@1:1"]),
  ])
  func tags(_ source: String, _ expected: [String]) {
    let tags = TemplateTag.all(in: Array(source.utf8))
    #expect(
      tags.map { ([$0.name] + $0.words.map(\.text)).joined(separator: " ") + "@\($0.line):\($0.column)" } == expected)
  }

  @Test(arguments: [("'a'", "a"), ("\"a b\"", "a b"), ("'a'|b", nil), ("a", nil), ("'", nil), ("''", "")])
  func literals(_ word: String, _ expected: String?) {
    let tags = TemplateTag.all(in: Array("{% x \(word) %}".utf8))
    #expect(tags.first?.words.first?.literal == expected)
  }

  @Test func anyBeginningIsRead() {
    let source =
      Array("{% a 'é' %}{# b #}{% comment %}{{ c }}{% endcomment %}{% verbatim %}\n{% d %}".utf8) + [0xFF, 0xC3]
    for end in 0...source.count { #expect(TemplateTag.all(in: Array(source[..<end])).count <= 2) }
  }
}
