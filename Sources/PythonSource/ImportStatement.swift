/// One module that a statement or call imports.
package struct ImportStatement: Hashable, Sendable {
  /// What surrounds an import and tells how much it is needed.
  package struct Context: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// In a `try` body whose handler takes ImportError, or in that handler.
    package static let optional = Context(rawValue: 1)
    /// Under `if TYPE_CHECKING`.
    package static let typeChecking = Context(rawValue: 2)
    /// `importlib.import_module("x")` or `__import__("x")`.
    package static let dynamic = Context(rawValue: 4)
  }

  /// The dotted name as written, without the dots of a relative import; empty for `from . import x`.
  package let module: String
  /// The number of leading dots; 0 for an absolute import.
  package let level: Int
  /// The names of `from module import names`; empty for a plain import.
  package let names: [String]
  /// Of the statement's first token, or of the call for a dynamic import; both from 1.
  package let line: Int
  package let column: Int
  package var context: Context

  /// The first part of the dotted name.
  package var topLevel: Substring { module.prefix { $0 != "." } }
}
