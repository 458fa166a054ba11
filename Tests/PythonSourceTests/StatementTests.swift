import PythonSource
import Testing

@Suite struct StatementTests {
  /// The statements as fully bracketed text, conditional ones with a `?` before.
  static func statements(_ source: String) -> [String] {
    PythonModule(Array(source.utf8)).statements.map { statement in
      let text: String =
        switch statement.kind {
        case .assignment(let targets, let value): (targets + [value]).map(text).joined(separator: " = ")
        case .augmentedAssignment(let target, let operation, let value): "\(text(target)) \(operation)= \(text(value))"
        case .expression(let expression): text(expression)
        }
      return statement.isConditional ? "?\(text)" : text
    }
  }

  static func text(_ expression: PythonExpression) -> String {
    func join(_ items: [PythonExpression]) -> String { items.map(text).joined(separator: " ") }
    switch expression.node {
    case .name(let name): return name
    case .string(let text): return "'\(text)'"
    case .number(let digits): return digits
    case .boolean(let flag): return flag ? "True" : "False"
    case .none: return "None"
    case .list(let items): return "[\(join(items))]"
    case .tuple(let items): return "(tuple \(join(items)))"
    case .set(let items): return "{\(join(items))}"
    case .dictionary(let entries):
      return "{\(entries.map { "\($0.key.map(text) ?? "**"):\(text($0.value))" }.joined(separator: " "))}"
    case .call(let function, let arguments, let keywords):
      return
        "\(text(function))(\((arguments.map(text) + keywords.map { "\($0.name)=\(text($0.value))" }).joined(separator: " ")))"
    case .attribute(let base, let name): return "\(text(base)).\(name)"
    case .subscripted(let base, let key): return "\(text(base))[\(text(key))]"
    case .binary(let left, let operation, let right): return "(\(text(left)) \(operation) \(text(right)))"
    case .unary(let operation, let operand): return "(\(operation) \(text(operand)))"
    case .starred(let inner): return "*\(text(inner))"
    case .conditional(let value, let condition, let otherwise):
      return "(\(text(value)) if \(text(condition)) else \(text(otherwise)))"
    case .other: return "?"
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
    ("A = a is not b", ["A = (a is b)"]),
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
    ("A = [x for x in y]\nB = 1", ["A = ?", "B = 1"]),
    ("A = [lambda: (1, 2), 3]\nB = 1", ["A = ?", "B = 1"]),
    ("A = b[1:2]\nB = 1", ["A = ?", "B = 1"]),
    ("if x:\n  A = 1\nelse: A = 2\nB = 3", ["?A = 1", "?A = 2", "B = 3"]),
    ("try:\n  A = 1\nexcept E:\n  A = 2", ["?A = 1", "?A = 2"]),
    ("with f(x)[1:2] as g: A = 1", ["?A = 1"]),
    ("def f():\n  A = 1\n\n  B = 2\nC = 3", ["C = 3"]),
    ("class D:\n  A = 1\nC = 3", ["C = 3"]),
    ("async def f(): pass\nC = 3", ["C = 3"]),
    ("@decorated\ndef f(): A = 1\nC = 3", ["(? @ decorated)", "C = 3"]),
    ("import a; A = 1", ["A = 1"]),
    ("A = ...", ["A = ?"]),
    ("A = b'x'", ["A = ?"]),
    ("A.append('x')", ["A.append('x')"]),
    ("A == 1", ["(A == 1)"]),
  ])
  func reads(source: String, expected: [String]) {
    #expect(Self.statements(source) == expected)
  }

  @Test func placesCountScalars() throws {
    let statements = PythonModule(Array("\u{FEFF}É = ['ü', x]\n\tY = 1".utf8)).statements
    guard case .assignment(_, let value) = try #require(statements.first).kind, case .list(let items) = value.node
    else {
      Issue.record("no list")
      return
    }
    #expect([value.line, value.column] == [1, 5])
    #expect([items[1].line, items[1].column] == [1, 11])
  }

  @Test func whatIsDeeperThanTheLimitIsOther() {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(Self.statements("A = \(nested(100))") == ["A = \(nested(100))"])
    #expect(Self.statements("A = \(nested(100_000))\nB = 1").last == "B = 1")
    #expect(Self.statements("A = x\(String(repeating: ".y", count: 1000))") == ["A = ?"])
  }
}
