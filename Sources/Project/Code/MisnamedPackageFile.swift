package import Diagnostics
import PythonSource

extension ProjectCode {
  /// Misspelt `__init__`, whatever is in it.
  private static let misspelt: Set<String> = [
    "_init_", "__init", "init__", "_init", "init_", "__init_", "_init__", "___init___", "__init___", "___init__",
    "__int__", "__inti__", "__ini__", "__intit__", "__nit__", "__inint__", "__initt__", "__iinit__", "__innit__",
    "__iint__", "__ init __", "-init-", "--init--", "__init-_", "__initialize__",
    // An ending that was hidden.
    "__init__.py",
  ]

  /// Files that are meant to be a package's `__init__.py` and are called otherwise, so that Python never runs them; sorted.
  ///
  /// What somebody imports is none, and of files that are called `init.py` only those that hold what a package starts with:
  /// nothing, imports from beside it, `__all__`, the hook of a database driver.
  package var misnamedPackageFiles: [SourcePath] {
    (sources + strays).filter { file in
      let isSource = file.bytes.suffix(3).elementsEqual(".py".utf8)
      let stem = isSource ? String(file.name.dropLast(3)).lowercased() : ""
      let joined = stem.filter { $0 != " " }
      let isMisspelt = !isSource || Self.misspelt.contains(joined) || joined == "__init__" && file.name != "__init__.py"
      guard isMisspelt || Self.words.contains(stem) else { return false }
      let folders = file.components.dropLast()
      if folders.isEmpty { return false }
      // There a module of that name is a command or a library, unless nothing is in it.
      if folders.last == "commands" || folders.last == "templatetags", tree(of: file)?.statements.isEmpty != true {
        return false
      }
      let isPackage = holds(source: file.parent.appending("__init__.py"))
      let isWord = !isMisspelt && stem != "init"
      guard
        isMisspelt && isSource || holdsHook(file) || !isWord && looksLikePackage(file, besideOne: isPackage)
      else { return false }
      return !isImported(file)
    }.sorted()
  }

  /// Files called `init.py` in a folder without `__init__.py` that cannot be read as Python, so that nothing tells what they are
  /// meant to be; sorted.
  package var unreadablePackageFiles: [SourcePath] {
    sources.filter { file in
      file.name == "init.py" && !file.parent.isEmpty && tree(of: file)?.syntaxErrors.isEmpty == false
        && !holds(source: file.parent.appending("__init__.py")) && !isImported(file)
    }.filter { !misnamedPackageFiles.contains($0) }
  }

  /// Words that may as well be meant.
  private static let words: Set<String> = ["init", "inti", "intit", "initt", "innit", "inint", "iniit"]

  private func holdsHook(_ file: SourcePath) -> Bool {
    tree(of: file).map { !$0.mentions(of: "install_as_MySQLdb").isEmpty } ?? false
  }

  private func looksLikePackage(_ file: SourcePath, besideOne: Bool) -> Bool {
    guard let tree = tree(of: file) else { return false }
    var hasSign = false
    for statement in tree.statements {
      switch statement.kind {
      case .import: break
      case .importFrom(_, _, let level): if level > 0 { hasSign = true }
      case .assignment(let targets, _):
        guard let name = targets.first?.dottedName, Self.isOfPackages(name) else { return false }
        hasSign = true
      case .expression(let value):
        switch value.node {
        case .string: break
        case .call(let function, _, _):
          guard Self.startsUp(function) else { return false }
          hasSign = true
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

  private static func isOfPackages(_ name: String) -> Bool {
    name == "default_app_config" || name.hasPrefix("__") || name.lowercased() == "version"
      || name.lowercased() == "version_info"
  }

  /// `monkey.patch_all()`, `logging.getLogger(__name__).addHandler(...)`
  private static func startsUp(_ function: PythonExpression) -> Bool {
    guard case .attribute(_, let name) = function.node else { return false }
    return ["addHandler", "patch_all", "filterwarnings", "simplefilter"].contains(name)
  }
}
