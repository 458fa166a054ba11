/// A token of Python source: what it is and where its bytes stand.
package struct PythonToken: Sendable {
  package enum Kind: UInt8, Sendable {
    /// An identifier or keyword.
    case name
    case number
    /// A string or bytes literal with its prefix and quotes.
    case string
    /// The prefix and opening quotes of an f-string or t-string.
    case formattedStart
    /// Text between the fields of an f-string or t-string, doubled braces as written.
    case formattedText
    /// The closing quotes of an f-string or t-string.
    case formattedEnd
    case symbol
    /// The end of a logical line; blank lines and comments give none.
    case newline
    case indent
    case dedent
    case end
    /// Bytes that are no token of Python; the lexer has noted why.
    case invalid
  }

  /// Which operator, delimiter or keyword a token is.
  package enum Code: UInt8, Sendable {
    case none
    // Delimiters and operators.
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case comma, colon, semicolon, dot, ellipsis, at, arrow, equal, walrus, exclamation, backtick
    case plus, minus, star, slash, doubleSlash, percent, doubleStar, leftShift, rightShift, ampersand, bar, caret, tilde
    case less, greater, equalEqual, lessEqual, greaterEqual, notEqual, lessGreater
    case plusEqual, minusEqual, starEqual, slashEqual, doubleSlashEqual, percentEqual, doubleStarEqual, leftShiftEqual
    case rightShiftEqual, ampersandEqual, barEqual, caretEqual, atEqual
    // Keywords.
    case and, `as`, assert, async, await, `break`, `class`, `continue`, def, del, elif, `else`, except, `false`, finally
    case `for`, from, global, `if`, `import`, `in`, `is`, lambda, none_, nonlocal, not, or, pass, raise, `return`
    case `true`, `try`, `while`, with, yield
    // Words that are keywords in some places only.
    case match, `case`, type, lazy, print, exec, underscore
  }

  package let kind: Kind
  package let code: Code
  /// Byte offsets into the source, `start..<end`.
  package let start: UInt32
  package let end: UInt32
}

extension PythonToken.Code {
  /// A keyword that no name may be.
  var isKeyword: Bool { rawValue >= Self.and.rawValue && rawValue <= Self.yield.rawValue }
  var isAugmentedAssignment: Bool { rawValue >= Self.plusEqual.rawValue && rawValue <= Self.atEqual.rawValue }

  /// A keyword that stands inside no expression: at the start of a line it ends whatever bracket is open.
  var startsStatementOnly: Bool {
    switch self {
    case .assert, .break, .class, .continue, .def, .del, .elif, .except, .finally, .global, .import, .nonlocal, .pass,
      .raise, .return, .try, .while, .with:
      true
    default: false
    }
  }

  /// The operator as `binary`, `unary` and `comparison` nodes carry it.
  var text: String {
    switch self {
    case .plus, .plusEqual: "+"
    case .minus, .minusEqual: "-"
    case .star, .starEqual: "*"
    case .slash, .slashEqual: "/"
    case .doubleSlash, .doubleSlashEqual: "//"
    case .percent, .percentEqual: "%"
    case .doubleStar, .doubleStarEqual: "**"
    case .leftShift, .leftShiftEqual: "<<"
    case .rightShift, .rightShiftEqual: ">>"
    case .ampersand, .ampersandEqual: "&"
    case .bar, .barEqual: "|"
    case .caret, .caretEqual: "^"
    case .at, .atEqual: "@"
    case .tilde: "~"
    case .less: "<"
    case .greater: ">"
    case .equalEqual: "=="
    case .lessEqual: "<="
    case .greaterEqual: ">="
    case .notEqual: "!="
    case .lessGreater: "<>"
    default: "\(self)"
    }
  }
}
