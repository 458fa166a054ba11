package import Diagnostics
import Knowledge

/// Which modules the project itself provides.
///
/// Absolute imports are looked up below the import roots, never beside the importing file: `mysite/celery.py` is
/// `mysite.celery` and hides no `celery`. Roots are the project's folder, `src`, the folders that hold manage.py, setup.py,
/// pyproject.toml and the like, the folders that top-level packages stand in, and those that the project puts on sys.path. A
/// script also finds what stands in its own folder.
///
/// In a repository of several projects each sees its own roots first: what only another one provides counts too, unless a
/// published module has that name.
package struct LocalModules: Sendable {
  /// A root that holds a top-level module.
  private struct Place: Sendable {
    /// Empty for the project's folder.
    let root: SourcePath
    /// The folder of the innermost project around the root: whose files see the root as their own.
    let scope: SourcePath
    let isPackage: Bool
  }

  /// Where a top-level name is found.
  private struct Name: Sendable {
    /// Packages and modules.
    var regular: [Place] = []
    /// Folders without `__init__.py`, by what they hold.
    var namespaces: [String: [Place]] = [:]
  }

  private let files: Set<SourcePath>
  private let names: [String: Name]
  /// Sorted.
  private let roots: [SourcePath]
  /// Names of packages, and of modules and packages, that stand anywhere in the tree.
  private let packageNames: Set<String>
  private let allNames: Set<String>

  /// `searchPath`: folders, relative to the project, that its code puts on sys.path.
  package init(_ tree: ProjectTree, searchPath: [SourcePath] = []) {
    let sources = tree.files(ending: ".py") + tree.ignoredSources
    files = Set(sources)
    var folders: Set<SourcePath> = []
    var packages: Set<SourcePath> = []
    for source in sources {
      var folder = source.parent
      while !folder.isEmpty, folders.insert(folder).inserted { folder = folder.parent }
      if source.nameBytes.elementsEqual("__init__.py".utf8) { packages.insert(source.parent) }
    }
    var roots = Set(["", "src"] + tree.projectFolders + searchPath.filter(folders.contains))
    for package in packages where !packages.contains(package.parent) { roots.insert(package.parent) }
    let scopes = Set(tree.projectFolders)
    let places = Dictionary(
      uniqueKeysWithValues: roots.map { ($0, (scope: Self.scope(of: $0, among: scopes), path: $0)) })
    var names: [String: Name] = [:]
    func add(_ path: SourcePath, _ name: String, isPackage: Bool) {
      if let place = places[path.parent] {
        names[name, default: Name()].regular.append(
          Place(root: place.path, scope: place.scope, isPackage: isPackage))
      }
      let outer = path.parent
      // What a namespace folder in a root holds.
      if !outer.isEmpty, !packages.contains(outer), let place = places[outer.parent] {
        names[outer.name, default: Name()].namespaces[name, default: []].append(
          Place(root: place.path, scope: place.scope, isPackage: false))
      }
    }
    var allNames: Set<String> = []
    for source in sources {
      let name = String(source.name.dropLast(3))
      allNames.insert(name)
      add(source, name, isPackage: false)
    }
    for folder in folders where packages.contains(folder) || !roots.contains(folder.parent) {
      add(folder, folder.name, isPackage: packages.contains(folder))
    }
    self.names = names
    self.roots = roots.sorted()
    packageNames = Set(packages.lazy.map(\.name))
    self.allNames = allNames.union(packageNames)
  }

  private static func scope(of root: SourcePath, among projects: Set<SourcePath>) -> SourcePath {
    var folder = root
    while !folder.isEmpty, !projects.contains(folder) { folder = folder.parent }
    return folder
  }

  /// Whether an absolute import of `module` from `file` finds a file of the project before anything installed.
  package func provides(_ module: String, names: [String] = [], importedFrom file: SourcePath? = nil) -> Bool {
    let first = module.topLevelModule
    if first.isEmpty { return true }
    if let name = self.names[first] {
      var isElsewhere = false
      for place in places(of: name, module, names) {
        // No module imports itself: `lib/statsd.py` that imports `statsd` means another one.
        if !place.isPackage, let file, place.root.appending("\(first).py") == file { continue }
        if file.map({ $0.relative(to: place.scope) != nil }) ?? true { return true }
        isElsewhere = true
      }
      if isElsewhere, !isPublished(first) { return true }
    }
    guard let file, allNames.contains(first) else { return false }
    return isBeside(file, first)
  }

  /// Whether the project has no module at all of that top-level name, wherever it is imported from.
  func lacks(_ name: String) -> Bool { names[name] == nil && !allNames.contains(name) }

  /// A folder without `__init__.py` gives way to a regular package installed anywhere, so it counts only where it holds
  /// what is imported from it.
  private func places(of name: Name, _ module: String, _ imported: [String]) -> [Place] {
    if name.namespaces.isEmpty { return name.regular }
    let parts = module.utf8.split(separator: UInt8(ascii: "."), maxSplits: 2)
    let children = parts.count > 1 ? [String(parts[1]) ?? ""] : imported
    return name.regular + children.flatMap { name.namespaces[$0] ?? [] }
  }

  /// What a script finds in its own folder. A package's module does not look there, except in Python 2: that counts
  /// when no published module has the name.
  private func isBeside(_ file: SourcePath, _ first: String) -> Bool {
    let folder = file.parent
    let beside = folder.appending("\(first).py")
    let isThere =
      beside != file && files.contains(beside) || files.contains(folder.appending(first).appending("__init__.py"))
    if isThere { return !files.contains(folder.appending("__init__.py")) || !isPublished(first) }
    // Some way that cannot be told leads to a package of that name, and nothing published has it.
    return packageNames.contains(first) && !isPublished(first)
  }

  private func isPublished(_ module: String) -> Bool {
    StandardLibrary.contains(module, python: nil) || !ModuleTable.distributions(providing: module).isEmpty
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
}
