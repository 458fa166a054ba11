import PythonSource
import Testing

/// Errors with the lines and the words of CPython 3.13.
@Suite struct SyntaxErrorTests {
  static func first(_ source: String) -> String {
    PythonTree(Array(source.utf8)).firstError(inPython: (3, 13)).map { "\($0.line): \($0.message)" } ?? "none"
  }

  @Test(arguments: [
    ("x = (", "1: '(' was never closed"),
    ("x = [1,\n2\ny = 3\n", "1: '[' was never closed"),
    ("f(\nx = 1\n", "1: '(' was never closed"),
    ("x = {\n'a': 1,\n\nclass A: pass\n", "1: '{' was never closed"),
    ("x = (1]\n", "1: closing parenthesis ']' does not match opening parenthesis '('"),
    ("x = (\n1]\n", "2: closing parenthesis ']' does not match opening parenthesis '(' on line 1"),
    ("x = f(a))\n", "1: unmatched ')'"),
    ("x = 'abc\ny = 1\n", "1: unterminated string literal (detected at line 1)"),
    ("x = '''abc\n\nb", "1: unterminated triple-quoted string literal (detected at line 3)"),
    ("x = a \\ b\n", "1: unexpected character after line continuation character"),
    ("x = 1\u{A0}+ 2\n", "1: invalid non-printable character U+00A0"),
    ("x = “a”\n", "1: invalid character '“' (U+201C)"),
    ("x = ?\n", "1: invalid syntax"),
    ("1a\n", "1: invalid decimal literal"),
    ("0xg\n", "1: invalid hexadecimal literal"),
    ("0b12\n", "1: invalid digit '2' in binary literal"),
    ("1__0\n", "1: invalid decimal literal"),
    (
      "x = 007\n",
      "1: leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"
    ),
  ])
  func tokens(source: String, expected: String) {
    #expect(Self.first(source) == expected)
  }

  @Test(arguments: [
    ("if x\n    y\n", "1: expected ':'"),
    ("if x:\ny\n", "2: expected an indented block after 'if' statement on line 1"),
    ("class A:\n", "1: expected an indented block after class definition on line 1"),
    ("def f():\npass\n", "2: expected an indented block after function definition on line 1"),
    ("if a:\n b\nelif c:\nd\n", "4: expected an indented block after 'elif' statement on line 3"),
    ("x = 1\n  y = 2\n", "2: unexpected indent"),
    ("if x:\n    a\n  b\n", "3: unindent does not match any outer indentation level"),
    ("if True:\n\tx\n        y\n", "3: inconsistent use of tabs and spaces in indentation"),
    ("try:\n    a\nb\n", "3: expected 'except' or 'finally' block"),
    ("try:\n  a\nexcept\n  b\n", "3: expected ':'"),
    ("try:\n  a\nexcept* A:\n  b\nexcept B:\n  c\n", "5: cannot have both 'except' and 'except*' on the same 'try'"),
    ("match x:\n  pass\n", "2: invalid syntax"),
    ("match x\n  case 1: pass\n", "1: expected ':'"),
    ("return 1\n", "1: 'return' outside function"),
    ("while a: pass\nelse: break\n", "2: 'break' outside loop"),
    ("class A:\n  yield 1\n", "2: 'yield' outside function"),
    ("nonlocal x\n", "1: nonlocal declaration not allowed at module level"),
    ("return 1\nx = = 1\n", "2: invalid syntax"),
  ])
  func blocks(source: String, expected: String) {
    #expect(Self.first(source) == expected)
  }

  @Test(arguments: [
    ("1 = x\n", "1: cannot assign to literal here. Maybe you meant '==' instead of '='?"),
    ("f() = 1\n", "1: cannot assign to function call here. Maybe you meant '==' instead of '='?"),
    ("None = 1\n", "1: cannot assign to None"),
    ("(a, 1) = 2\n", "1: cannot assign to literal"),
    ("if x = 1:\n  pass\n", "1: invalid syntax. Maybe you meant '==' or ':=' instead of '='?"),
    ("f() += 1\n", "1: 'function call' is an illegal expression for augmented assignment"),
    ("a, b: int\n", "1: only single target (not tuple) can be annotated"),
    ("del f()\n", "1: cannot delete function call"),
    ("f(a b)\n", "1: invalid syntax. Perhaps you forgot a comma?"),
    ("A = {\n 'a': 'b'\n 'c': 'd',\n}\n", "3: invalid syntax"),
    ("x = {'a': 1 'b': 2}\n", "1: invalid syntax. Perhaps you forgot a comma?"),
    ("x = {'a':}\n", "1: expression expected after dictionary key and ':'"),
    ("x = {'a': 1, 'b' 2}\n", "1: ':' expected after dictionary key"),
    ("f(a=1, b)\n", "1: positional argument follows keyword argument"),
    ("f(c, a for a in b)\n", "1: Generator expression must be parenthesized"),
    ("[a, b for a in c]\n", "1: did you forget parentheses around the comprehension target?"),
    ("def f(a=1, b): pass\n", "1: parameter without a default follows parameter with a default"),
    ("def f(*): pass\n", "1: named arguments must follow bare *"),
    ("x = a if b\n", "1: expected 'else' after 'if' expression"),
    ("from a import b,\n", "1: trailing comma not allowed without surrounding parentheses"),
    ("f'{}'\n", "1: f-string: valid expression required before '}'"),
    ("f'{a'\n", "1: f-string: expecting '}'"),
    ("f'}'\n", "1: f-string: single '}' is not allowed"),
    ("f'{a!x}'\n", "1: f-string: invalid conversion character 'x': expected 's', 'r', or 'a'"),
    ("'a' b'b'\n", "1: cannot mix bytes and nonbytes literals"),
    ("a b\n", "1: invalid syntax"),
  ])
  func expressions(source: String, expected: String) {
    #expect(Self.first(source) == expected)
  }

  @Test(arguments: [
    ("def f(a, **b:\n  if a:\n    c\n  d\n e\n", "1: '(' was never closed"),
    ("if a:\nb\n    c\n  d\n", "2: expected an indented block after 'if' statement on line 1"),
    ("a b\nx = 'c\n", "2: unterminated string literal (detected at line 2)"),
    ("a b\nx = (\n", "1: invalid syntax"),
    ("x = 1\n  y = 2\nz = 'c\n", "2: unexpected indent"),
    ("def f(a **b): pass\n", "1: invalid syntax"),
    ("def f(*a **b): pass\n", "1: invalid syntax"),
    ("def f(a *b): pass\n", "1: invalid syntax"),
    ("lambda *, a: 1\nlambda **b: 2\ndef f(*, a, **b): pass\n", "none"),
    ("from a import (\n  b\n  c\n)\n", "3: invalid syntax"),
    ("@a\n\n", "2: invalid syntax"),
    ("if a:\n  @b\nc\n", "3: unexpected unindent"),
  ])
  func order(source: String, expected: String) {
    #expect(Self.first(source) == expected)
  }

  @Test(arguments: [
    (#""C:\Users""#, #"'unicodeescape' codec can't decode bytes in position 2-3: truncated \UXXXXXXXX escape"#),
    (#""é\x1""#, #"'unicodeescape' codec can't decode bytes in position 10-12: truncated \xXX escape"#),
    (#"f"{a}\u12""#, #"'unicodeescape' codec can't decode bytes in position 0-3: truncated \uXXXX escape"#),
    (#""D:\New""#, #"'unicodeescape' codec can't decode bytes in position 2-3: malformed \N character escape"#),
    (#""\N{}""#, #"'unicodeescape' codec can't decode bytes in position 0-2: malformed \N character escape"#),
    (#""\N{a?}""#, #"'unicodeescape' codec can't decode bytes in position 0-5: unknown Unicode character name"#),
    (#""\U00110000""#, "'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character"),
  ])
  func escapes(source: String, expected: String) {
    #expect(Self.first("x = (\n  \(source)\n)\n") == "2: (unicode error) \(expected)")
  }

  @Test(arguments: [
    (#"b"\x1""#, #"1: (value error) invalid \x escape at position 0"#), (#"r"C:\Users\x""#, "none"),
    (#"rf"{a}\x1""#, "none"), (#"b"\u1\N""#, "none"), (#""\x41\u00e9\U0001F600\N{DASH}\d""#, "none"),
    (#"f"\N{DASH}{a:\x41}""#, "none"), (#""\\x""#, "none"),
  ])
  func otherEscapes(source: String, expected: String) {
    #expect(Self.first(source) == expected)
  }

  @Test(arguments: [
    ("def f(a, *, a): pass", "1: duplicate argument 'a' in function definition"),
    ("lambda a, a: 1", "1: duplicate argument 'a' in function definition"),
    ("f(a=1,\n a=2)", "2: keyword argument repeated: a"), ("f(**a, **a)", "none"),
    ("await x", "1: 'await' outside function"), ("def f():\n await x", "2: 'await' outside async function"),
    ("async def f():\n def g(): await x", "2: 'await' outside async function"),
    ("async def f():\n [await x for y in z]", "none"), ("def f():\n (await x for y in z)", "none"),
    ("def f():\n async with x: pass", "2: 'async with' outside async function"),
    ("[x async for x in y]", "1: asynchronous comprehension outside of an asynchronous function"),
    ("(x async for x in y)", "none"),
    ("'a'\nfrom __future__ import annotations\nfrom __future__ import division", "none"),
    ("import a\nfrom __future__ import division", "2: from __future__ imports must occur at the beginning of the file"),
    ("from __future__ import braces", "1: not a chance"),
    ("from __future__ import nope", "1: future feature nope is not defined"),
    ("def f():\n from a import *", "2: import * only allowed at module level"), ("if a:\n from a import *", "none"),
    ("try: a\nexcept: b\nexcept C: d", "2: default 'except:' must be last"),
    ("a = *b", "1: can't use starred expression here"), ("*a", "1: can't use starred expression here"),
    ("*b = 1", "1: starred assignment target must be in a list or tuple"), ("*a, = *b,", "none"),
    ("a, *b, *c = d", "1: multiple starred expressions in assignment"), ("x[*a]", "none"),
    ("match x:\n case [a, a]: pass", "2: multiple assignments to name 'a' in pattern"),
    ("match x:\n case [a] | (a): pass", "none"),
    ("[x := 1 for x in y]", "1: assignment expression cannot rebind comprehension iteration variable 'x'"),
    ("[(z := x) for x in y]", "none"), ("a, __debug__ = 1", "1: cannot assign to __debug__"),
    ("return\ndef f(a, a): pass", "2: duplicate argument 'a' in function definition"),
    (
      "def f(a, a): pass\nfrom __future__ import x",
      "2: from __future__ imports must occur at the beginning of the file"
    ),
  ])
  func compiler(source: String, expected: String) {
    #expect(Self.first(source) == expected)
  }

  @Test(arguments: [
    ("def f():\n x = 1\n global x", "3: name 'x' is assigned to before global declaration"),
    ("def f():\n print(x)\n global x", "3: name 'x' is used prior to global declaration"),
    ("def f(x):\n global x", "2: name 'x' is parameter and global"),
    ("def f(x=x):\n global y", "none"), ("x = 1\ndef f(a=lambda: x):\n global x\n x = 2", "none"),
    ("def f():\n [x for x in y]\n global x", "none"), ("def f():\n import x\n global x", "none"),
    ("def f():\n nonlocal x", "2: no binding for nonlocal 'x' found"),
    ("x = 1\ndef f():\n nonlocal x", "3: no binding for nonlocal 'x' found"),
    ("def f(x):\n def g():\n  nonlocal x", "none"), ("def f():\n def g():\n  nonlocal x\n x = 1", "none"),
    ("def f():\n class A:\n  def g(): nonlocal x\n from b import c as x", "none"),
    ("class A:\n def f(self):\n  nonlocal __class__", "none"),
  ])
  func declarations(source: String, expected: String) {
    #expect(Self.first(source) == expected)
  }

  @Test(arguments: [
    ("try: a\nexcept A, e: c\n", "2: multiple exception types must be parenthesized"),
    ("try: a\nexcept A, B: c\n", "none"), ("try: a\nexcept A, b.C: c\n", "none"),
    ("try: a\nexcept (A, e): c\n", "none"),
  ])
  func oldHandlers(source: String, guessed: String) {
    let tree = PythonTree(Array(source.utf8))
    let error = tree.firstError(inPython: (3, 14), isGuess: true)
    #expect(error.map { "\($0.line): \($0.message)" } ?? "none" == guessed)
    #expect(tree.firstError(inPython: (3, 14)) == nil)
  }

  @Test(arguments: [
    ("x = 'caf\u{E9}'", "1: Non-UTF-8 code starting with '\\xe9', but no encoding declared"),
    ("a\n\n# caf\u{E9}", "3: Non-UTF-8 code starting with '\\xe9', but no encoding declared"),
    ("# coding: latin-1\nx = '\u{E9}'", "none"), ("# coding: nope\nx", "1: unknown encoding: nope"),
    ("#!x\n# coding=nope\nx", "2: unknown encoding: nope"), ("x\n\n# coding: nope", "none"),
    ("# coding: ascii\nx = '\u{E9}'", "2: 'ascii' codec can't decode byte 0xe9"),
    ("# coding: iso2022_jp\nx", "none"), ("# coding: utf-8\nx = '\u{C3}\u{A9}'", "none"),
    ("\u{EF}\u{BB}\u{BF}# coding: utf-8\nx", "none"),
    ("\u{EF}\u{BB}\u{BF}# coding: latin-1\nx", "1: encoding problem: latin-1 with BOM"),
    ("# coding: UTF8\nx = '\u{E9}'", "2: (unicode error) 'utf-8' codec can't decode byte 0xe9"),
  ])
  func encodings(text: String, expected: String) {
    // Every scalar stands for a byte.
    let bytes = text.unicodeScalars.map { UInt8($0.value) }
    let error = PythonTree(bytes).encodingError(of: bytes)
    #expect(error.map { "\($0.line): \($0.message)" } ?? "none" == expected)
  }

  @Test func eachLineHasItsError() {
    let source = "a b\nc = 1\nd = f(\ndef g():\n  return )\ne = 'x\ng = 2\n"
    let tree = PythonTree(Array(source.utf8))
    #expect(tree.syntaxErrors.map(\.line) == [1, 3, 5, 6])
    #expect(tree.statements.count == 6)
    #expect(tree.syntaxErrors.map(\.column) == [3, 6, 10, 5])
  }

  @Test(
    arguments: [
      ("print 'x'", .printStatement, (3, 0), "Missing parentheses in call to 'print'. Did you mean print(...)?"),
      (#"f'{"\n"}'"#, .formattedExpression, (3, 11), "f-string expression part cannot include a backslash"),
      ("exec 'x' in y", .execStatement, (3, 0), "Missing parentheses in call to 'exec'. Did you mean exec(...)?"),
      ("`a`", .backticks, (3, 0), "invalid syntax"), ("a <> b", .lessGreater, (3, 0), "invalid syntax"),
      ("raise E, 'v', tb", .oldRaise, (3, 0), "invalid syntax"),
      ("10L", .longSuffix, (3, 0), "invalid decimal literal"),
      ("[a for a in 1, 2]", .oldListSource, (3, 0), "invalid syntax"),
      ("ur''", .rawUnicode, (3, 0), "invalid syntax"),
      ("def f(a, (b, c)): pass", .tupleParameter, (3, 0), "Function parameters cannot be parenthesized"),
      ("async = 1", .asyncName, (3, 7), "invalid syntax"), ("f''", .formattedString, (3, 5), "invalid syntax"),
      ("a: int", .variableAnnotation, (3, 5), "invalid syntax"), ("(a := 1)", .walrus, (3, 7), "invalid syntax"),
      ("def f(a, /): pass", .positionalOnly, (3, 7), "invalid syntax"),
      ("match a:\n  case 1: pass", .match, (3, 9), "invalid syntax"),
      ("with (a as b): pass", .parenthesisedWith, (3, 8), "invalid syntax"),
      ("try: a\nexcept* B: c", .exceptGroup, (3, 10), "invalid syntax"),
      ("type A = b", .typeStatement, (3, 11), "invalid syntax"),
      ("def f[T](): pass", .typeParameters, (3, 11), "invalid syntax"),
      ("class A[T = b]: pass", .typeParameterDefault, (3, 12), "invalid syntax"),
      ("f'{'a'}'", .formattedQuoteReuse, (3, 11), "invalid syntax"),
      ("t''", .templateString, (3, 13), "invalid syntax"),
      ("try: a\nexcept A, B: c", .bareExceptTuple, (3, 13), "multiple exception types must be parenthesized"),
      ("lazy import a", .lazyImport, (3, 14), "invalid syntax"),
      ("lazy from a import b", .lazyImport, (3, 14), "invalid syntax"),
    ] as [(String, PythonFeature, (Int, Int), String)])
  func features(source: String, feature: PythonFeature, lacking: (Int, Int), message: String) {
    let tree = PythonTree(Array(source.utf8))
    #expect(tree.syntaxErrors == [])
    #expect(tree.requiredSyntax.contains { $0.feature == feature })
    #expect(tree.errors(inPython: (lacking.0, lacking.1)).contains { $0.message == message })
    let reading = feature.since.map { ($0.major, $0.minor) } ?? (2, 7)
    #expect(feature.isRead(by: reading))
  }
}
