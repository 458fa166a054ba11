import Foundation
import PythonSource
import Testing
import TestSupport

/// Values of string literals against CPython's ast.literal_eval.
@Suite struct StringValueTests {
  static let literals = [
    "''", "\"\"", "'a'", "'''a'''", "\"\"\"a'b\"c\"\"\"", "''''a'''", "\"\"\"\"\"\"", "'\\''", "'\\\\'", "r'\\n'",
    "R'\\''", "u'é'", "U'a'", "'a' 'b'", "'a' \"b\" '''c'''", "'\\a\\b\\f\\n\\r\\t\\v'", "'\\x41\\u00e9\\U0001F600'",
    "'\\0\\12\\1234\\8'", "'\\777'", "'\\q\\('", "'a\\\nb'", "'''a\\\nb\nc'''", "'''a\r\nb\rc'''", "'''a\\\r\nb'''",
    "'\\\\n'", "'\u{1F600}é'", "'\"'", "\"'\"", "'''\"'''", "'{}'", "'%s'", "'\\x7f\\xff'", "('a'\n 'b')", "'\\u0000'",
  ]

  static func value(_ literal: String) -> String? {
    guard case .assignment(_, let value)? = PythonTree(Array("x = \(literal)".utf8)).statements.first?.kind else {
      return nil
    }
    return value.stringValue
  }

  @Test func likePython() async throws {
    let code = """
      import ast, json, sys
      print(json.dumps([ast.literal_eval(l) for l in json.loads(sys.argv[1])]))
      """
    let arguments = String(decoding: try JSONEncoder().encode(Self.literals), as: UTF8.self)
    let output = try await Python.output(of: code, [arguments])
    let expected = try JSONDecoder().decode([String].self, from: Data(output.utf8))
    for (literal, expected) in zip(Self.literals, expected) {
      #expect(Self.value(literal) == expected, "\(literal.debugDescription)")
    }
  }

  @Test(arguments: [
    ("f'a'", "a"), ("f'{{a}}'", "{a}"), ("rf'\\d{{2}}'", "\\d{2}"), ("'a' f'b'", "ab"), ("f'{{' '{'", "{{"),
  ])
  func formattedWithoutFields(literal: String, expected: String) {
    #expect(Self.value(literal) == expected)
  }

  @Test(arguments: ["b'a'", "Rb'a'", "f'{a}'", "f'a{b}c' 'd'", "'a' b'b'", "t'a'", "f'}'"])
  func notKnown(literal: String) {
    #expect(Self.value(literal) == nil)
  }
}
