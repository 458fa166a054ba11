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
package final class LocalModules: Sendable {
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
    /// The folders that hold it in some form, sorted.
    var folders: [SourcePath] = []
  }

  let rules: ProjectRules
  private let names: [String: Name]
  /// The roots that a project's own scripts start in: what lies there hides the standard library's modules.
  private let scriptRoots: Set<SourcePath>
  /// Hashes of the names of packages, and of modules and packages, that stand anywhere in the tree.
  private let packageNames: ByteHashSet
  private let allNames: ByteHashSet
  /// Hashes of the paths of all sources.
  private let paths: ByteHashSet

  /// `searchPath`: folders, relative to the project, that its code puts on sys.path.
  package init(_ tree: ProjectTree, searchPath: [SourcePath] = [], rules: ProjectRules = ProjectRules()) {
    self.rules = rules
    let folders = SourceFolders(tree)
    let files = folders.sources
    var roots = Set(["", "src"] + tree.projectFolders + searchPath.filter(folders.contains))
    for folder in folders.all where folder.isPackage && !folder.path.isEmpty {
      let parent = folders.all[folder.parent]
      if !parent.isPackage { roots.insert(parent.path) }
    }
    let scopes = Set(tree.projectFolders)
    let places = folders.all.map { folder in
      roots.contains(folder.path) ? (root: folder.path, scope: Self.scope(of: folder.path, among: scopes)) : nil
    }
    var names: [String: Name] = [:]
    func add(_ name: @autoclosure () -> String, in folder: Int, isPackage: Bool) {
      if let place = places[folder] {
        names[name(), default: Name()].regular.append(
          Place(root: place.root, scope: place.scope, isPackage: isPackage))
      }
      let outer = folders.all[folder]
      // What a namespace folder in a root holds.
      if folder > 0, !outer.isPackage, let place = places[outer.parent] {
        names[outer.path.name, default: Name()].namespaces[name(), default: []].append(
          Place(root: place.root, scope: place.scope, isPackage: false))
      }
    }
    var allNames = ByteHashSet(minimumCapacity: files.count)
    var paths = ByteHashSet(minimumCapacity: files.count)
    for (source, folder) in zip(files, folders.ofSources) {
      allNames.insert(Self.hash(ofModule: source))
      paths.insert(Self.hash(source.bytes[...]))
      add(String(source.name.dropLast(3)), in: folder, isPackage: false)
    }
    var packageNames = ByteHashSet()
    for (index, folder) in folders.all.enumerated().dropFirst() {
      if folder.isPackage {
        packageNames.insert(Self.hash(folder.path.nameBytes))
        allNames.insert(Self.hash(folder.path.nameBytes))
      }
      if folder.isPackage || places[folder.parent] == nil {
        add(folder.path.name, in: folders.all[index].parent, isPackage: folder.isPackage)
      }
    }
    // Roots that lie in each other are no names of the outer one, yet modules are found through them.
    var nested: [String: Set<SourcePath>] = [:]
    for root in roots where !root.isEmpty && roots.contains(root.parent) {
      nested[root.name, default: []].insert(root.parent)
    }
    for name in names.keys {
      let places = (names[name]?.regular ?? []) + (names[name]?.namespaces.values.flatMap(\.self) ?? [])
      names[name]?.folders = nested[name, default: []].union(places.map(\.root)).sorted()
    }
    self.names = names
    scriptRoots = roots.filter { $0.isEmpty || scopes.contains($0) }
    self.packageNames = packageNames
    self.allNames = allNames
    self.paths = paths
  }

  private static func hash(ofModule source: SourcePath) -> UInt64 { hash(source.nameBytes.dropLast(3)) }

  private static func hash(_ name: ArraySlice<UInt8>) -> UInt64 { name.withUnsafeBufferPointer { ByteHash($0).value } }

  private static func hash(_ name: String) -> UInt64 {
    var name = name
    return name.withUTF8 { ByteHash($0).value }
  }

  private func holds(_ file: SourcePath) -> Bool { paths.contains(Self.hash(file.bytes[...])) }

  private static func scope(of root: SourcePath, among projects: Set<SourcePath>) -> SourcePath {
    var folder = root
    while !folder.isEmpty, !projects.contains(folder) { folder = folder.parent }
    return folder
  }

  /// Whether an absolute import of `module` from `file` finds a file of the project before anything installed.
  /// `names` are what is imported from it; `isPublished` is what the function of that name says of the top-level module,
  /// when that is known.
  package func provides(
    _ module: String, names: @autoclosure () -> [String] = [], importedFrom file: SourcePath? = nil,
    isPublished: Bool? = nil
  ) -> Bool {
    let first = module.topLevelModule
    if first.isEmpty || rules.isLocal(module) { return true }
    if !rules.local.isEmpty {
      let names = names()
      if !names.isEmpty, names.allSatisfy({ rules.isLocal("\(module).\($0)") }) { return true }
    }
    if let name = self.names[first] {
      var isElsewhere = false
      let others = name.namespaces.isEmpty ? [] : namespaces(of: name, module, names())
      for place in others.isEmpty ? name.regular : name.regular + others {
        // No module imports itself: `lib/statsd.py` that imports `statsd` means another one.
        if !place.isPackage, let file, Self.isModule(file, first, in: place.root) { continue }
        if file?.isBelow(place.scope) ?? true { return true }
        isElsewhere = true
      }
      if isElsewhere, !(isPublished ?? self.isPublished(first)) { return true }
    }
    guard let file, allNames.contains(Self.hash(first)) else { return false }
    return isBeside(file, first, isPublished)
  }

  /// Whether the project has no module at all of that top-level name, wherever it is imported from.
  func lacks(_ name: String) -> Bool {
    names[name] == nil && !allNames.contains(Self.hash(name)) && !rules.local.contains { $0.topLevelModule == name }
  }

  /// The top-level packages, those without `__init__.py` left out; sorted.
  var packages: [String] { names.filter { $0.value.regular.contains(where: \.isPackage) }.map(\.key).sorted() }

  /// Whether every file of the project that imports `name` gets the project's own package.
  func isEverywhere(_ name: String) -> Bool {
    names[name]?.regular.contains { $0.isPackage && $0.scope.isEmpty } ?? false
  }

  /// A folder without `__init__.py` gives way to a regular package installed anywhere, so it counts only where it holds
  /// what is imported from it.
  private func namespaces(of name: Name, _ module: String, _ imported: [String]) -> [Place] {
    let parts = module.utf8.split(separator: UInt8(ascii: "."), maxSplits: 2)
    let children = parts.count > 1 ? [String(parts[1]) ?? ""] : imported
    return children.flatMap { name.namespaces[$0] ?? [] }
  }

  /// Whether the file is the module of that name in a folder.
  private static func isModule(_ file: SourcePath, _ name: String, in folder: SourcePath) -> Bool {
    // Told by their lengths for nearly all.
    let start = folder.isEmpty ? 0 : folder.bytes.count + 1
    return file.bytes.count == start + name.utf8.count + 3 && folder.appending("\(name).py") == file
  }

  /// What a script finds in its own folder. A package's module does not look there, except in Python 2: that counts
  /// when no published module has the name.
  private func isBeside(_ file: SourcePath, _ first: String, _ isPublished: Bool?) -> Bool {
    if isNeighbour(file, first) { return !isInPackage(file) || !(isPublished ?? self.isPublished(first)) }
    // Some way that cannot be told leads to a package of that name, and nothing published has it.
    return packageNames.contains(Self.hash(first)) && !(isPublished ?? self.isPublished(first))
  }

  /// Whether a module or package of that name stands in the folder of another file.
  private func isNeighbour(_ file: SourcePath, _ name: String) -> Bool {
    var name = name
    return name.withUTF8 { name in
      holds(name, ".py", inFolderOf: file, butNot: file) || holds(name, "/__init__.py", inFolderOf: file)
    }
  }

  private func isInPackage(_ file: SourcePath) -> Bool {
    holds(UnsafeBufferPointer(start: nil, count: 0), "__init__.py", inFolderOf: file)
  }

  /// The path that is looked for is laid down in scratch memory: this is asked for most imports of a common name.
  private func holds(
    _ name: UnsafeBufferPointer<UInt8>, _ ending: StaticString, inFolderOf file: SourcePath,
    butNot other: SourcePath? = nil
  ) -> Bool {
    file.bytes.withUnsafeBytes { bytes in
      let folder = UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - file.nameBytes.count)])
      let count = folder.count + name.count + ending.utf8CodeUnitCount
      return withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) { scratch in
        var rest = scratch[...]
        for part in [folder, UnsafeRawBufferPointer(name)] {
          UnsafeMutableRawBufferPointer(rebasing: rest).copyMemory(from: part)
          rest = rest.dropFirst(part.count)
        }
        UnsafeMutableRawBufferPointer(rebasing: rest)
          .copyMemory(from: UnsafeRawBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount))
        let path = UnsafeRawBufferPointer(scratch)
        return other?.bytes.withUnsafeBytes { SourcePath.order($0, path) == 0 } != true
          && paths.contains(path.withMemoryRebound(to: UInt8.self) { ByteHash($0).value })
      }
    }
  }

  /// Whether a module of that name comes with Python or with something published.
  func isPublished(_ module: String) -> Bool {
    StandardLibrary.contains(module, python: nil) || !ModuleTable.distributions(providing: module).isEmpty
  }

  /// The folders that hold the top-level module of a dotted name, relative to the project; none when it has no such.
  func folders(holding module: String) -> [SourcePath] { names[module.topLevelModule]?.folders ?? [] }

  /// The file of a dotted module: `a/b.py` or `a/b/__init__.py` below a root, relative to the project. For `file` the roots that
  /// it lies in come first, the innermost before the others: each of several projects in a repository finds its own.
  package func file(of module: String, for file: SourcePath? = nil) -> SourcePath? {
    guard var folders = names[module.topLevelModule]?.folders else { return nil }
    let path = SourcePath(module.split(separator: ".").joined(separator: "/"))
    let isStandard = StandardLibrary.contains(module.topLevelModule, python: nil)
    if isStandard { folders.removeAll { !scriptRoots.contains($0) || file?.isBelow($0) == false } }
    if let file, folders.count > 1 {
      folders = folders.reversed().filter(file.isBelow) + folders.filter { !file.isBelow($0) }
    }
    for root in folders {
      let base = root.appending(path)
      for candidate in [SourcePath(bytes: base.bytes + Array(".py".utf8)), base.appending("__init__.py")]
      where holds(candidate) {
        return candidate
      }
    }
    return nil
  }
}
