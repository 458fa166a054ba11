/// A place that is not Python, in CPython's words where it has some.
package struct PythonSyntaxError: Hashable, Sendable {
  /// Byte offset into the source.
  package let offset: Int
  /// Both from 1; the column in Unicode scalars.
  package let line: Int
  package let column: Int
  package let message: String
}

/// An error while reading, before its line is counted.
struct RawError {
  let offset: Int
  /// `%L` stands for the line of `reference`.
  let message: String
  var reference: Int?
  /// CPython's tokenizer finds it.
  var isLexical = false
  /// Where the statement starts, and how far the parser had come in it.
  var statement = 0
  var reached = 0
  /// CPython's compiler finds it, once all is parsed.
  var isLate = false
  /// In which of its passes the compiler does.
  var pass = CompilerPass.code
  /// An unclosed bracket is told only when nothing wrong stands before or on its line.
  var isUnclosedBracket = false
  /// CPython's tokenizer tells of it only when the parser comes to it, not after an error before it.
  var isOnDemand = false
}

/// What CPython does with a file that it has parsed, in its order.
enum CompilerPass: Int {
  case future, symbols, scopes, code
}
