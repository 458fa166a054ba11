import Diagnostics

/// The names of a module, class or call while settings are evaluated.
struct PythonNamespace {
  enum Kind {
    case module(SourcePath)
    /// By its name, with its bases.
    case `class`(String, bases: [PythonValue])
    case local
    case environment
  }

  let kind: Kind
  var variables: [String: PythonValue] = [:]
  /// Why any name may have any value; nil when it may not.
  var doubt: String?

  init(kind: Kind) { self.kind = kind }
}
