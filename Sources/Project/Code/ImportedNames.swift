package import Diagnostics
package import PythonSource

/// What the names of a file that imports bring stand for, those of imports in functions too.
package struct ImportedNames: Sendable {
  private var origins: [String: String] = [:]

  package init(_ tree: PythonTree, in file: SourcePath, _ code: ProjectCode) {
    for statement in tree.imports {
      switch statement.kind {
      case .import(let aliases):
        for alias in aliases {
          let first = String(alias.name.prefix { $0 != "." })
          origins[alias.alias ?? first] = alias.alias == nil ? first : alias.name
        }
      case .importFrom(let module, let names, let level):
        guard let module = code.absolute(module, level: level, from: file) else { continue }
        for name in names where name.name != "*" {
          origins[name.alias ?? name.name] = module.isEmpty ? name.name : "\(module).\(name.name)"
        }
      default: break
      }
    }
  }

  /// `django.db.transaction.atomic` for `transaction.atomic`; nil for a name that no import brings.
  package subscript(dotted: String) -> String? {
    let parts = dotted.split(separator: ".", maxSplits: 1).map(String.init)
    guard let first = parts.first, let origin = origins[first] else { return nil }
    return parts.count > 1 ? "\(origin).\(parts[1])" : origin
  }
}
