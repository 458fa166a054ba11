import ConfigFormats
import Foundation
import Testing
import TestSupport

@Suite struct ConfigParserFileTests {
  /// Files that Python's configparser reads, or refuses.
  static let files: [String] = [
    "", "\n", "[a]", "[a]\nb=c", "[a]\nb = c = d", "[a]\nb: c = d", "[a]\nb = c: d", "[a]\nb =", "[a]\nb =\n  c\n  d\n",
    "[a]\nb = c\n d\n  e\n f", "[a]\nb =\n  c\n\n  d\n\n\n[e]\nf = g", "[a]\nb =\n  c\n# comment\n  d",
    "[a]\nb =\n  c\n  # comment\n  ; comment\n  d",
    "[a]\n  b = c\n  d = e\n    f", "[a]\nb = c # d\ne = f ; g", "# x\n; y\n[a]\nb=c", "[a]\nb\n", "b=c\n[a]",
    "[a]\n= c", "[a]\nb=c\n[a]\nd=e", "[a]\nb=c\nb=d",
    "[a]\nb=c\n[d]\nb=e", "[a b]\nC d = e", "[a]x\nb=c", "[a]]\nb=c", "[]\nb=c", "[a\nb=c", "\u{FEFF}[a]\nb=c",
    "[a]\r\nb=c\r\n d\r\n", "[a]\rb=c\r d", "[a]\nb = c\n\n d", "[a]\nb = \n\n\n", "[a]\nb=c\n  [d]\ne=f",
    "[a]\n\u{a0}b = c",
    "[options]\ninstall_requires =\n    django>=5; python_version>='3.10'\n    redis\n\n[options.extras_require]\ntest = pytest\ndev =\n  ruff\n  mypy\n",
    "[a]\nb=c\n\td=e\nf=g", "[a]\nb:c\n :d", "[a]\né = è\n\té", "[a]\nb = c\n d = e\n", "[a]\n b = c\nd = e\n  f",
    "[a]\nb = c\n \n d",
  ]

  @Test func readsWhatConfigparserReads() async throws {
    let folder = try TemporaryFolder()
    for (index, text) in Self.files.enumerated() { try folder.write("\(index)", text) }
    let output = try await Python.output(of: Self.script, [folder.path, "\(Self.files.count)"])
    let answers = try JSONDecoder().decode([[[String]]?].self, from: Data(output.utf8))
    for (text, expected) in zip(Self.files, answers) {
      let file = ConfigParserFile(text)
      if let expected {
        #expect(file.entries.map { [$0.section, $0.key, $0.value] } == expected, "\(text.debugDescription)")
        #expect(file.problems.isEmpty, "\(text.debugDescription)")
      } else {
        #expect(!file.problems.isEmpty, "\(text.debugDescription)")
      }
    }
  }

  static let script = #"""
    import configparser, json, os, sys
    answers = []
    for index in range(int(sys.argv[2])):
        parser = configparser.RawConfigParser()
        parser.optionxform = str
        try:
            with open(os.path.join(sys.argv[1], str(index)), encoding="utf-8-sig") as file:
                parser.read_file(file)
            answers.append([[section, key, value] for section in parser.sections() for key, value in parser.items(section)])
        except configparser.Error:
            answers.append(None)
    print(json.dumps(answers))
    """#

  @Test func eachLineOfAValueHasItsPlace() throws {
    let file = ConfigParserFile("[a]\nb = c\n   d\n\n # x\n  é e\n\n[f]")
    let entry = try #require(file.entry("a", "b"))
    #expect(entry.lines.map { "\($0.line):\($0.column) \($0.text)" } == ["2:5 c", "3:4 d", "4:1 ", "6:3 é e"])
    #expect(file.entry("a", "B") == nil)
    #expect(file.sections == ["a", "f"])
  }

  @Test(arguments: [
    ("a=b", ConfigParserFile.Reason.noSection, 1), ("[a]\n[b]\n[a]", .repeatedSection("a"), 3),
    ("[a]\nb=\nb=", .repeatedKey("b"), 3),
    ("[a]\n\nb", .noValue, 3),
  ])
  func problems(text: String, reason: ConfigParserFile.Reason, line: Int) {
    #expect(ConfigParserFile(text).problems == [ConfigParserFile.Problem(reason: reason, line: line)])
  }

  @Test func survivesEveryTruncation() {
    let text = Self.files.joined(separator: "\n")
    for end in text.unicodeScalars.indices { _ = ConfigParserFile(String(text.unicodeScalars[..<end])) }
    #expect(
      ConfigParserFile("[a]\nb=\n" + String(repeating: " c\n", count: 100_000)).entries.first?.lines.count == 100_001)
  }
}
