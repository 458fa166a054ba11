/// One import as the scanner keeps it: places alone, no text.
package struct ImportRecord: Sendable {
  /// Where the dotted name stands: in the source, or in what the scanner copied when blanks stand in it. Empty for
  /// `from . import x`. `ImportScanner.withModule` lends its bytes.
  package let module: Range<Int>
  let isCopied: Bool
  /// Where the names of `from module import names` begin, behind the keyword; 0 for a plain import.
  let names: Int
  /// The number of leading dots.
  package let level: Int
  /// Of the statement's first token, or of the call for a dynamic import; both from 1.
  package let line: Int
  package let column: Int
  package internal(set) var context: ImportContext

  /// Whether it takes names from the module.
  package var takesNames: Bool { names > 0 }

  /// Line and column, to sort by.
  var place: (Int, Int) { (line, column) }
}
