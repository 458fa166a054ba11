package import Diagnostics
import PythonSource

extension ProjectCode {
  /// Whether any source of the project imports a file, or names it by its dotted name in a text.
  ///
  /// Reads every source: to be asked of few files.
  package func isImported(_ file: SourcePath) -> Bool {
    let dotted = dottedName(of: file.parent).map { "\($0).\(moduleName(of: file))" }
    return sources.contains { source in
      guard source != file, let text = text(of: source) else { return false }
      if let dotted, text.contains("\"\(dotted)") || text.contains("'\(dotted)") { return true }
      return imports(file, in: source, text)
    }
  }

  /// The sources that import a file, by a statement anywhere in them.
  ///
  /// Reads every source: to be asked of few files.
  package func importers(of file: SourcePath) -> [SourcePath] {
    sources.filter { source in
      guard source != file, let text = text(of: source) else { return false }
      return imports(file, in: source, text)
    }
  }

  private func imports(_ file: SourcePath, in source: SourcePath, _ text: String) -> Bool {
    guard text.contains(moduleName(of: file)), let tree = tree(of: source) else { return false }
    return tree.imports.contains { imports(file, by: $0, in: source) }
  }

  private func moduleName(of file: SourcePath) -> String { String(file.name.dropLast(3)) }

  private func imports(_ file: SourcePath, by statement: PythonStatement, in source: SourcePath) -> Bool {
    switch statement.kind {
    case .import(let aliases):
      return aliases.contains { alias in
        self.file(ofModule: alias.name) == file
          || Self.ends(alias.name, with: moduleName(of: file), beside: source, file)
      }
    case .importFrom(let module, let names, let level):
      let folder = level == 0 ? nil : Self.folder(above: source, level)
      for target in [module] + names.map({ module.isEmpty ? $0.name : "\(module).\($0.name)" }) where !target.isEmpty {
        if level == 0 {
          if self.file(ofModule: target) == file { return true }
          if Self.ends(target, with: moduleName(of: file), beside: source, file) { return true }
        } else if let folder {
          let path = folder.appending(target.split(separator: ".").joined(separator: "/"))
          if SourcePath(bytes: path.bytes + Array(".py".utf8)) == file { return true }
        }
      }
      return false
    default: return false
    }
  }

  /// A script finds what stands beside it.
  private static func ends(_ module: String, with name: String, beside source: SourcePath, _ file: SourcePath) -> Bool {
    module == name && source.parent == file.parent
  }

  private static func folder(above source: SourcePath, _ level: Int) -> SourcePath {
    var folder = source.parent
    for _ in 1..<max(1, level) { folder = folder.parent }
    return folder
  }
}

extension ProjectCode {
  /// Whether any source imports something by the name of a folder.
  package func isImportedPackage(_ folder: SourcePath) -> Bool {
    let name = folder.name
    if name.isEmpty { return false }
    return sources(mentioning: "import").contains { source in
      guard let text = text(of: source) else { return false }
      return text.contains("from \(name)") || text.contains("from .\(name)") || text.contains("import \(name)")
        || text.contains("\"\(name).")
        || text.contains("'\(name).")
    }
  }
}
