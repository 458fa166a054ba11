/// A token of Python source: what it is and where its bytes stand.
package struct ImportToken: Sendable {
  package enum Kind: UInt8, Sendable {
    case name
    case number
    /// A string, bytes, f-string or t-string literal with its prefix and quotes.
    case string
    /// An operator or delimiter; the bytes say which.
    case symbol
    /// The end of a logical line; empty lines and comments give none.
    case newline
    case end
  }

  package let kind: Kind
  /// Byte offsets into the source, `start..<end`.
  package let start: Int
  package let end: Int
  /// Where the token starts: the line, and the column in Unicode scalars, both from 1.
  package let line: Int
  package let column: Int
}
