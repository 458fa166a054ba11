import PythonSource
import Testing

@Suite struct StatementTests {
  /// The statements that run at import as fully bracketed text, conditional ones with a `?` before.
  static func statements(_ source: String) -> [String] {
    PythonTree(Array(source.utf8)).moduleLevel.compactMap { statement, isConditional in
      let text: String
      switch statement.kind {
      case .assignment(let targets, let value): text = (targets + [value]).map(TreeText.of).joined(separator: " = ")
      case .annotation(let target, _, let value?): text = "\(TreeText.of(target)) = \(TreeText.of(value))"
      case .augmentedAssignment(let target, let operation, let value):
        text = "\(TreeText.of(target)) \(operation)= \(TreeText.of(value))"
      case .expression(let expression): text = TreeText.of(expression)
      default: return nil
      }
      return isConditional ? "?\(text)" : text
    }
  }

  @Test(arguments: [
    ("A = 1", ["A = 1"]),
    ("A = B = 'x'", ["A = B = 'x'"]),
    ("A: int = 1_000", ["A = 1000"]),
    ("A: int", []),
    ("A += [1]; B -= 2", ["A += [1]", "B -= 2"]),
    ("A //= 2", ["A //= 2"]),
    ("A = 1 + 2 * 3 ** 4 ** 5 - -6", ["A = ((1 + (2 * (3 ** (4 ** 5)))) - (- 6))"]),
    ("A = -2 ** 2", ["A = (- (2 ** 2))"]),
    ("A = a or b and not c in d", ["A = (a or (b and (not (c in d))))"]),
    ("A = a is not b", ["A = (a is not b)"]),
    ("A = a not in b", ["A = (a not in b)"]),
    ("A = x if y else z if w else v", ["A = (x if y else (z if w else v))"]),
    ("A = (1,)", ["A = (tuple 1)"]),
    ("A = 1, 2,", ["A = (tuple 1 2)"]),
    ("A = ()", ["A = (tuple )"]),
    ("A, B = 1, 2", ["(tuple A B) = (tuple 1 2)"]),
    ("A = {'a': 1, **b, 'c': {}}", ["A = {'a':1 **:b 'c':{}}"]),
    ("A = {1, 2}", ["A = {1 2}"]),
    ("A = [*a, 1]", ["A = [*a 1]"]),
    ("A = f(1, *b, c=2, **d).e['x']", ["A = f(1 *b c=2 **=d).e['x']"]),
    ("A['x']['y'] = 1", ["A['x']['y'] = 1"]),
    ("A = (\n  1,  # one\n  2\n)\nB = 3", ["A = (tuple 1 2)", "B = 3"]),
    ("A = [x for x in y]\nB = 1", ["A = [x for x in y]", "B = 1"]),
    ("A = [lambda: (1, 2), 3]\nB = 1", ["A = [(lambda : (tuple 1 2)) 3]", "B = 1"]),
    ("A = b[1:2]\nB = 1", ["A = b[(slice 1 2 -)]", "B = 1"]),
    ("if x:\n  A = 1\nelse: A = 2\nB = 3", ["?A = 1", "?A = 2", "B = 3"]),
    ("try:\n  A = 1\nexcept E:\n  A = 2", ["?A = 1", "?A = 2"]),
    ("with f(x)[1:2] as g: A = 1", ["?A = 1"]),
    ("def f():\n  A = 1\n\n  B = 2\nC = 3", ["C = 3"]),
    ("class D:\n  A = 1\nC = 3", ["C = 3"]),
    ("async def f(): pass\nC = 3", ["C = 3"]),
    ("@decorated\ndef f(): A = 1\nC = 3", ["C = 3"]),
    ("import a; A = 1", ["A = 1"]),
    ("A = ...", ["A = ..."]),
    ("A = b'x'", ["A = b[120]"]),
    ("A.append('x')", ["A.append('x')"]),
    ("A == 1", ["(A == 1)"]),
    ("A = a < b <= c != d", ["A = (a < b <= c != d)"]),
    ("A = a or b or c and d", ["A = (a or b or (c and d))"]),
    ("A = f'x{y!r:>{w}}z'", ["A = f('x' <y!r:f('>' <w>)> 'z')"]),
    ("A = 'a' f'{b=}' 'c'", ["A = f('ab=' <b!r> 'c')"]),
    ("A = t'{b}'", ["A = t(<b>)"]),
    ("A = lambda a, /, b=1, *c, d, e=2, **f: g", ["A = (lambda /a b=1 *c k:d k:e=2 **f: g)"]),
    ("A = lambda *, d=1: g", ["A = (lambda k:d=1: g)"]),
    ("A = f(x for x in y if x if z)", ["A = f((x for x in y if x if z))"]),
    ("A = (b := 1)", ["A = (b := 1)"]),
    ("A = `b`", ["A = `b`"]),
    ("A = x[1:, ::2, *y]", ["A = x[(tuple (slice 1 - -) (slice - - 2) *y)]"]),
    ("A = async\nB = f(async=1)", ["A = async", "B = f(async=1)"]),
    ("match x:\n  case [1, *_] if y: A = 1\n  case _:\n    A = 2", ["?A = 1", "?A = 2"]),
    ("match = 1\nmatch.a\nmatch(b)\ntype = 2", ["match = 1", "match.a", "match(b)", "type = 2"]),
    ("if a:\n  A = 1\nelif b:\n  A = 2\nelse:\n  A = 3", ["?A = 1", "?A = 2", "?A = 3"]),
    ("with (a as b, c): A = 1", ["?A = 1"]),
    ("A = 1\nB = = 2\nC = 3", ["A = 1", "C = 3"]),
    ("A = [1, 2\nimport x\nC = 3", ["C = 3"]),
    ("A = f(')\nC = 3", ["C = 3"]),
    ("A = 1\nif x = 1:\n  B = 2\nC = 3", ["A = 1", "?B = 2", "C = 3"]),
    ("  A = 1\nB = 2", ["A = 1", "B = 2"]),
  ])
  func reads(source: String, expected: [String]) {
    #expect(Self.statements(source) == expected)
  }

  @Test func placesCountScalars() throws {
    let statements = PythonTree(Array("\u{FEFF}É = ['ü', x]\nY = 1".utf8)).statements
    guard case .assignment(_, let value) = try #require(statements.first).kind, case .list(let items) = value.node
    else {
      Issue.record("no list")
      return
    }
    #expect([value.line, value.column] == [1, 5])
    #expect([items[1].line, items[1].column] == [1, 11])
  }

  @Test func whatNestsTooDeeplyIsInvalid() throws {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(Self.statements("A = \(nested(100))") == ["A = \(nested(100))"])
    let tree = PythonTree(Array("A = \(nested(100_000))\nB = 1".utf8))
    #expect(tree.syntaxErrors.map(\.message) == ["too many nested parentheses"])
    #expect(tree.statements.map(\.line) == [1, 2])
    let chain = PythonTree(Array("A = x\(String(repeating: ".y", count: 10_000))".utf8))
    #expect(chain.syntaxErrors == [])
    #expect(try #require(chain.statements.first).depth == 10_002)
  }

  @Test func definitionsKeepTheirParts() throws {
    let source = """
      @a.b(1)
      @c
      async def f[T: int = str, *Ts](x: int, /, y=1, *, z: str = 'q', **k) -> None:
        return x
      @d
      class C[T](B, metaclass=M):
        y: int
      """
    let statements = PythonTree(Array(source.utf8)).statements
    guard case .function(let function) = try #require(statements.first).kind,
      case .class(let type) = try #require(statements.last).kind
    else {
      Issue.record("neither function nor class")
      return
    }
    #expect(function.name == "f")
    #expect(function.isAsync)
    #expect(function.decorators.map(TreeText.of) == ["a.b(1)", "c"])
    #expect(function.parameters.map(\.name) == ["x", "y", "z", "k"])
    #expect(function.parameters.map(\.role) == [.positionalOnly, .regular, .keywordOnly, .variadicKeyword])
    #expect(function.parameters.map { $0.defaultValue.map(TreeText.of) } == [nil, "1", "'q'", nil])
    #expect(function.parameters.map { $0.annotation.map(TreeText.of) } == ["int", nil, "str", nil])
    #expect(function.returns.map(TreeText.of) == "None")
    #expect(function.body.count == 1)
    #expect(type.bases.map(TreeText.of) == ["B"])
    #expect(type.keywords.map(\.name) == ["metaclass"])
    #expect(type.decorators.map(TreeText.of) == ["d"])
    #expect(type.body.map(\.line) == [7])
  }
}
