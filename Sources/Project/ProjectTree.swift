package import Diagnostics
import Host

/// The files of a project that envtool reads, found in one walk.
///
/// Not entered: version control folders, node_modules, `__pycache__`, virtual environments whatever their name, and
/// folders behind links. Links to files are read.
package struct ProjectTree: Sendable {
  /// The project's folder, absolute.
  package let root: SourcePath
  /// Python sources and INI files, relative to `root`, sorted by bytes.
  package let files: [SourcePath]
  /// What looked like a source and is none: a dangling link, a FIFO, a folder named x.py.
  package let notes: [Finding]
  /// Folders that could not be listed.
  package let failures: [Finding]

  /// Walks `path`, absolute: a folder, or one file whose folder becomes the root.
  package init(walking path: SourcePath) throws(Finding) {
    var walk = Walk()
    switch Files.kind(of: path) {
    case .folder?:
      root = path
      walk.root = path
      walk.enter(SourcePath(bytes: []))
    case .regular?:
      root = path.parent
      walk.files = [SourcePath(bytes: path.nameBytes)]
    case .special?, .symbolicLink?:
      throw Finding(.error, "\(path) is neither a folder nor a file", remedy: "name the project's folder")
    case nil:
      throw Finding(.error, "no such file or folder: \(path)", remedy: "name the project's folder")
    }
    files = walk.files.sorted()
    notes = walk.notes
    failures = walk.failures
  }

  /// The files with that ending, such as `.py`.
  package func files(ending suffix: String) -> [SourcePath] { files.filter { $0.bytes.ends(with: suffix) } }
}

private struct Walk {
  var root: SourcePath = ""
  var files: [SourcePath] = []
  var notes: [Finding] = []
  var failures: [Finding] = []

  private static let skippedFolders: Set<String> = [
    ".git", ".hg", ".svn", ".bzr", "CVS", "_darcs", ".jj", "node_modules", "__pycache__",
  ]

  /// Deeper than any real tree, and short of what the stack holds.
  private static let depthLimit = 200

  mutating func enter(_ folder: SourcePath, depth: Int = 0) {
    let entries: [(name: SourcePath, kind: FileKind)]
    do { entries = try Files.list(root.appending(folder)) } catch {
      // A folder that vanished during the walk is no loss.
      if !error.isMissing {
        failures.append(Finding(.error, at: Location(path: folder), "cannot list: \(error.reason)"))
      }
      return
    }
    if depth > 0, isVirtualEnvironment(folder, entries) { return }
    for (name, kind) in entries {
      let path = folder.appending(name)
      switch kind {
      case .regular: if isSource(name) { files.append(path) }
      case .folder:
        if Self.skippedFolders.contains(name.name) { continue }
        if isSource(name) { notes.append(note(path, "a folder, not a source file")) }
        if depth < Self.depthLimit {
          enter(path, depth: depth + 1)
        } else {
          failures.append(Finding(.error, at: Location(path: path), "nested too deeply to be read"))
        }
      case .symbolicLink: if isSource(name) { follow(path) }
      case .special: if isSource(name) { notes.append(note(path, "not a regular file")) }
      }
    }
  }

  private mutating func follow(_ path: SourcePath) {
    switch Files.kind(of: root.appending(path)) {
    case .regular: files.append(path)
    case .folder: notes.append(note(path, "a link to a folder, not entered"))
    case .special, .symbolicLink: notes.append(note(path, "not a regular file"))
    case nil: notes.append(note(path, "a link that leads nowhere"))
    }
  }

  private func note(_ path: SourcePath, _ message: String) -> Finding {
    Finding(.note, at: Location(path: path), message)
  }

  private func isSource(_ name: SourcePath) -> Bool { name.bytes.ends(with: ".py") || name.bytes.ends(with: ".ini") }

  private func isVirtualEnvironment(_ folder: SourcePath, _ entries: [(name: SourcePath, kind: FileKind)]) -> Bool {
    if folder.name == "site-packages" { return true }
    return entries.contains { entry in
      switch entry.kind {
      case .folder: entry.name == "conda-meta" || entry.name == "lib" && holdsSitePackages(folder.appending("lib"))
      case .regular, .symbolicLink, .special: entry.name == "pyvenv.cfg"
      }
    }
  }

  /// Whether `lib` is that of an environment that lost its pyvenv.cfg or never had one.
  private func holdsSitePackages(_ library: SourcePath) -> Bool {
    // A folder that cannot be listed here is told of when the walk enters it.
    guard let entries = try? Files.list(root.appending(library)) else { return false }
    return entries.contains { entry in
      entry.kind == .folder && (entry.name.name.hasPrefix("python") || entry.name.name.hasPrefix("pypy"))
        && Files.kind(of: root.appending(library).appending(entry.name).appending("site-packages")) == .folder
    }
  }
}

extension [UInt8] {
  func ends(with suffix: String) -> Bool { self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
}
