import PythonSource

/// Which handlers catch which exceptions.
enum ExceptionName {
  /// Each with the classes that it belongs to beside `Exception`.
  private static let bases: [String: [String]] = [
    "ModuleNotFoundError": ["ImportError"], "KeyError": ["LookupError"], "IndexError": ["LookupError"],
    "FileNotFoundError": ["OSError", "IOError", "EnvironmentError"], "UndefinedValueError": [],
    "ZeroDivisionError": ["ArithmeticError"], "JSONDecodeError": ["ValueError"], "UnicodeError": ["ValueError"],
    "ImproperlyConfigured": [], "EnvError": ["ValueError"], "ImportError": [], "ValueError": [], "TypeError": [],
    "NameError": [], "AttributeError": [],
  ]

  /// Whether `except type` catches an exception of that class; nil when it is not known.
  static func catches(_ type: PythonExpression?, _ kind: String) -> Bool? {
    guard let type else { return true }
    let types = if case .tuple(let types) = type.node { types } else { [type] }
    var isKnown = true
    for type in types {
      let name = type.dottedName.map { String($0.split(separator: ".").last ?? "") } ?? ""
      if name == kind || name == "BaseException" || bases[kind]?.contains(name) == true { return true }
      if name == "Exception" { return kind != "SystemExit" && kind != "KeyboardInterrupt" }
      if bases[kind] == nil || !isBuiltin(name) { isKnown = false }
    }
    return isKnown ? false : nil
  }

  private static func isBuiltin(_ name: String) -> Bool {
    bases[name] != nil || bases.values.contains { $0.contains(name) }
  }
}
