package import Diagnostics

/// Which modules the project itself provides.
///
/// Absolute imports are looked up below the import roots, never beside the importing file: `mysite/celery.py` is
/// `mysite.celery` and hides no `celery`. Roots are the project's folder, `src`, folders that hold manage.py, setup.py or
/// pyproject.toml, and the folders that top-level packages stand in.
package struct LocalModules: Sendable {
  private let files: Set<SourcePath>
  private let folders: Set<SourcePath>
  /// Folders that absolute imports start from, relative to the project.
  private let roots: [SourcePath]

  package init(_ tree: ProjectTree) {
    let sources = tree.files(ending: ".py")
    files = Set(sources)
    var folders: Set<SourcePath> = []
    var roots: Set<SourcePath> = ["", "src"]
    for source in sources {
      var folder = source.parent
      while !folder.isEmpty, folders.insert(folder).inserted { folder = folder.parent }
      if source.name == "manage.py" || source.name == "setup.py" { roots.insert(source.parent) }
      if source.name == "__init__.py", !files.contains(source.parent.parent.appending("__init__.py")) {
        roots.insert(source.parent.parent)
      }
    }
    self.folders = folders
    self.roots = roots.sorted()
  }

  /// Whether an absolute import of `module` from `file` finds a file of the project before anything installed.
  package func provides(_ module: String, names: [String] = [], importedFrom file: SourcePath? = nil) -> Bool {
    let parts = module.split(separator: ".").map(String.init)
    guard let first = parts.first else { return true }
    if roots.contains(where: { isRegular(first, in: $0, besides: file) || isNamespace(parts, names, in: $0) }) {
      return true
    }
    // A script's own folder comes first on its path; a package's does not.
    guard let file, !files.contains(file.parent.appending("__init__.py")) else { return false }
    return isRegular(first, in: file.parent, besides: file)
  }

  /// The file of a dotted module: `a/b.py` or `a/b/__init__.py` below a root, relative to the project.
  package func file(of module: String) -> SourcePath? {
    let path = SourcePath(module.split(separator: ".").joined(separator: "/"))
    for root in roots {
      let base = root.appending(path)
      for candidate in [SourcePath(bytes: base.bytes + Array(".py".utf8)), base.appending("__init__.py")]
      where files.contains(candidate) {
        return candidate
      }
    }
    return nil
  }

  /// Whether `root` holds the module or package. No module imports itself: `lib/statsd.py` that imports `statsd` means
  /// another one.
  private func isRegular(_ name: String, in root: SourcePath, besides file: SourcePath?) -> Bool {
    let module = root.appending("\(name).py")
    return module != file && files.contains(module)
      || files.contains(root.appending(name).appending("__init__.py"))
  }

  /// A folder without `__init__.py` gives way to a regular package installed anywhere, so it counts only where it holds
  /// what is imported from it.
  private func isNamespace(_ parts: [String], _ names: [String], in root: SourcePath) -> Bool {
    guard folders.contains(root.appending(parts[0])) else { return false }
    let folder = root.appending(SourcePath(parts.joined(separator: "/")))
    if parts.count > 1, files.contains(SourcePath(bytes: folder.bytes + Array(".py".utf8))) || folders.contains(folder)
    {
      return true
    }
    return names.contains { files.contains(folder.appending("\($0).py")) || folders.contains(folder.appending($0)) }
  }
}
