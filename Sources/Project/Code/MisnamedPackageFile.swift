package import Diagnostics
import PythonSource

extension ProjectCode {
  /// Misspelt `__init__`, whatever is in it.
  private static let misspelt: Set<String> = [
    "_init_", "__init", "init__", "_init", "init_", "__init_", "_init__", "___init___", "__init___", "___init__",
    "__int__", "__inti__", "__ini__", "__intit__", "__nit__", "__inint__", "__initt__", "__iinit__", "__innit__",
    "__iint__", "__ init __", "-init-", "--init--", "__init-_", "__initialize__",
  ]

  /// Files that are meant to be a package's `__init__.py` and are called otherwise, so that Python never runs them; sorted.
  ///
  /// What somebody imports is none, and of files that are called `init.py` only those that hold what a package starts with:
  /// nothing, imports from beside it, `__all__`, the hook of a database driver.
  package var misnamedPackageFiles: [SourcePath] {
    sources.filter { file in
      let stem = String(file.name.dropLast(3)).lowercased()
      let isMisspelt = Self.misspelt.contains(stem) || stem == "__init__" && file.name != "__init__.py"
      guard isMisspelt || stem == "init" else { return false }
      let folders = file.components.dropLast()
      if folders.isEmpty || folders.last == "commands" || folders.last == "templatetags" { return false }
      let isPackage = sources.contains(file.parent.appending("__init__.py"))
      guard isMisspelt || looksLikePackage(file, besideOne: isPackage) else { return false }
      return !isImported(file)
    }
  }

  private func looksLikePackage(_ file: SourcePath, besideOne: Bool) -> Bool {
    guard let tree = tree(of: file) else { return false }
    var hasSign = false
    for statement in tree.statements {
      switch statement.kind {
      case .import: break
      case .importFrom(_, _, let level): if level > 0 { hasSign = true }
      case .assignment(let targets, _):
        guard let name = targets.first?.dottedName else { return false }
        if name == "default_app_config" || name.hasPrefix("__") { hasSign = true } else { return false }
      case .expression(let value):
        switch value.node {
        case .string: break
        case .call(let function, _, _):
          if function.lastName == "install_as_MySQLdb" { hasSign = true } else { return false }
        case .attribute: if value.lastName == "install_as_MySQLdb" { hasSign = true } else { return false }
        default: return false
        }
      case .try(let body, _, _, _):
        guard body.allSatisfy(\.isImport) else { return false }
      default: return false
      }
    }
    if hasSign { return true }
    // Empty: it is missed only where there is none and others stand beside it.
    let isEmpty = tree.statements.allSatisfy { if case .expression = $0.kind { true } else { false } }
    return isEmpty && !besideOne && sources.contains { $0 != file && $0.parent == file.parent }
  }
}
