import Diagnostics

/// Where a statement is run.
final class Frame {
  /// Innermost last.
  let scopes: [NamespaceID]
  let globals: NamespaceID
  /// The number of the file.
  let file: Int32
  /// The file, absolute.
  let path: SourcePath
  /// Names that `global` or `nonlocal` declares.
  var outerNames: Set<String> = []
  /// What a call may have returned already.
  var returns: [PythonValue] = []

  /// Where the function is called.
  var callPlace: Place?

  /// Whether the call has met `yield`.
  var isGenerator = false

  var local: NamespaceID { scopes[scopes.count - 1] }

  init(scopes: [NamespaceID], globals: NamespaceID, file: Int32, path: SourcePath) {
    self.scopes = scopes
    self.globals = globals
    self.file = file
    self.path = path
  }

  func inner(_ scope: NamespaceID) -> Frame {
    Frame(scopes: scopes + [scope], globals: globals, file: file, path: path)
  }
}
