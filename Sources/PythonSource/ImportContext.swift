/// What surrounds an import and tells how much it is needed.
package struct ImportContext: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// In a `try` body whose handler takes ImportError, in that handler, or under `with suppress(ImportError)`.
  package static let optional = ImportContext(rawValue: 1)
  /// In a handler of ImportError: what serves instead. Comes with `optional`.
  package static let fallback = ImportContext(rawValue: 2)
  /// Under `if TYPE_CHECKING`, or in the else of `if not TYPE_CHECKING`.
  package static let typeChecking = ImportContext(rawValue: 4)
  /// Under a condition on `sys.version_info`, or in its else.
  package static let version = ImportContext(rawValue: 8)
  /// Under a condition on `sys.platform`, `os.name` or `platform.system()`, or in its else.
  package static let platform = ImportContext(rawValue: 16)
  package static let function = ImportContext(rawValue: 32)
  package static let classBody = ImportContext(rawValue: 64)
  /// `importlib.import_module("x")` or `__import__("x")`.
  package static let dynamic = ImportContext(rawValue: 128)

  /// As `OptionSet` has it: from another module that one is reached through its protocol, which costs more than the rest of
  /// what is asked of an import.
  package func contains(_ other: ImportContext) -> Bool { rawValue & other.rawValue == other.rawValue }
}
