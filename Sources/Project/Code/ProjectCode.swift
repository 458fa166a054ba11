package import ConfigFormats
package import Diagnostics
import Host
package import PythonSource
import Synchronization

/// The files of a project as its checks read them: each from the disk once, each Python source parsed at most once for all of
/// them.
///
/// Paths are relative to the project's folder. What cannot be read is nil: the scan has told of it.
package final class ProjectCode: Sendable {
  private let root: SourcePath
  /// The script that runs the project: of several projects in a repository its modules are meant.
  private let managePath: SourcePath?
  fileprivate let localModules: LocalModules
  /// The project's own sources, sorted: without test data and templates of sources.
  package let sources: [SourcePath]
  /// Files that are called nearly `__init__.py` and are no sources: `__init__.txt`; sorted.
  let strays: [SourcePath]
  private let contents = Mutex(Contents())
  private let trees = Memo<SourcePath, PythonTree?>()
  private let mentions = Memo<[String], [SourcePath]>()
  private let moduleNames = Memo<SourcePath, ModuleNames?>()
  /// What ROOT_URLCONF leads to, once it was asked for.
  let routeTable = Mutex<RouteTable?>(nil)

  private struct Contents {
    var bytes: [SourcePath: [UInt8]?] = [:]
    /// How many bytes are kept; more are read anew each time.
    var kept = 0
  }

  private static let keptLimit = 64 << 20
  private static let strayNames: Set<String> = [
    "__init__.py", "__init__.txt", "__init__.py.txt", "__init_py", "__init__py", "__init__", "__init__,py",
    "__init__.p",
    "__init__.yp", "_init_.txt", "init__.txt",
  ]

  init(_ tree: ProjectTree, _ localModules: LocalModules) {
    root = tree.root
    managePath = tree.managePath
    self.localModules = localModules
    sources = tree.sources.filter { !$0.isMaterial }
    strays = tree.otherFiles.filter { Self.strayNames.contains($0.name.lowercased()) && !$0.isMaterial }
  }

  /// The bytes of any file.
  package func bytes(of path: SourcePath) -> [UInt8]? {
    if let known = contents.withLock({ $0.bytes[path] }) { return known }
    let bytes = try? Files.read(root.appending(path), limit: SourceReader.sizeLimit)
    contents.withLock { contents in
      guard contents.kept + (bytes?.count ?? 0) <= Self.keptLimit else { return }
      contents.kept += bytes?.count ?? 0
      contents.bytes[path] = .some(bytes)
    }
    return bytes
  }

  /// The text of any file, ill-formed UTF-8 repaired.
  package func text(of path: SourcePath) -> String? { bytes(of: path).map { String(decoding: $0, as: UTF8.self) } }

  /// The statements of a Python source.
  package func tree(of path: SourcePath) -> PythonTree? {
    trees.value(of: path) { bytes(of: path).map { PythonTree($0) } }
  }

  /// What the statements of a Python source make of its names.
  func moduleNames(of path: SourcePath) -> ModuleNames? {
    moduleNames.value(of: path) { tree(of: path).map { ModuleNames($0.statements) } }
  }

  /// Whether a file is one of `sources`.
  package func holds(source path: SourcePath) -> Bool {
    var (low, high) = (0, sources.count)
    while low < high {
      let middle = (low + high) / 2
      if sources[middle] < path { low = middle + 1 } else { high = middle }
    }
    return low < sources.count && sources[low] == path
  }

  /// The functions and classes that a module defines at its top, in source order; for a package its modules too, sorted.
  package func names(in module: SourcePath) -> [String] {
    let own = (tree(of: module)?.statements ?? []).compactMap { statement -> String? in
      switch statement.kind {
      case .function(let function): function.name
      case .class(let type): type.name
      default: nil
      }
    }
    return module.name == "__init__.py" ? own + modules(in: module.parent) : own
  }

  /// The modules and packages in a folder, sorted.
  package func modules(in folder: SourcePath) -> [String] {
    sources.compactMap { path in
      if path.parent == folder, path.name != "__init__.py" { return String(path.name.dropLast(3)) }
      return path.name == "__init__.py" && path.parent.parent == folder && path.parent != folder
        ? path.parent.name : nil
    }
  }

  /// The project's own sources in which one of the words stands, wherever; sorted.
  package func sources(mentioning words: StaticString...) -> [SourcePath] {
    mentions.value(of: words.map(\.description)) {
      sources.filter { path in words.contains { mentions($0, in: path) } }
    }
  }

  /// Whether a word stands in a file, wherever.
  package func mentions(_ word: StaticString, in path: SourcePath) -> Bool { bytes(of: path)?.holds(word) == true }

  /// The file of a dotted module of the project: `a/b.py` or `a/b/__init__.py`; nil for any other module.
  package func file(ofModule module: String) -> SourcePath? { localModules.file(of: module, for: managePath) }

  /// The folder of a dotted package of the project, one without `__init__.py` included; nil for anything else.
  package func folder(ofPackage module: String) -> SourcePath? {
    if let file = file(ofModule: module) { return file.name == "__init__.py" ? file.parent : nil }
    let path = module.split(separator: ".").joined(separator: "/")
    return localModules.folders(holding: module).map { $0.appending(path) }
      .first { Files.kind(of: root.appending($0)) == .folder }
  }

  /// Whether a folder has a module or package of that name in any form: one without `__init__.py`, one that is compiled, one that
  /// .gitignore leaves out.
  package func holds(module name: String, in folder: SourcePath) -> Bool {
    let path = root.appending(folder).appending(name)
    return Files.kind(of: path) == .folder
      || [".py", ".pyx", ".pyi"].contains { Files.exists(SourcePath(bytes: path.bytes + Array($0.utf8))) }
  }

  /// The packages that can be imported by a name without a dot, those without `__init__.py` left out; sorted.
  package var packages: [String] { localModules.packages }

  /// Whether the project provides the top-level module, whatever else is installed.
  package func provides(_ module: String) -> Bool { localModules.folders(holding: module).isEmpty == false }
}

extension Project {
  /// What the process files start, sorted by path.
  package func processCommands() -> [(command: ProcessCommand, path: SourcePath)] {
    guard let code else { return [] }
    return ProcessReader(tree, code.localModules).commands.sorted { left, right in
      left.path == right.path ? left.command.line < right.command.line : left.path < right.path
    }
  }
}
