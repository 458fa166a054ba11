import Diagnostics
import Host

/// What some folders hold.
struct WalkedFolders: Sendable {
  var files: [SourcePath] = []
  /// Of each file and of each process file; empty when they are not asked for.
  var stamps: [FileStamp] = []
  var processFiles: [ProcessFile] = []
  var processStamps: [FileStamp] = []
  var ignoredSources: [SourcePath] = []
  var projectFolders: [SourcePath] = []
  var notes: [Finding] = []
  var failures: [Finding] = []
  var folders: [Subfolder] = []
  /// Files that are none of those, and the paths of the folders that were entered; empty when they are not asked for.
  var otherFiles: [SourcePath] = []
  var folderPaths: [SourcePath] = []

  struct Subfolder: Sendable {
    let path: SourcePath
    let depth: Int
    /// The .gitignore files above it.
    let ignore: IgnoreStack
  }

  /// Takes over everything but the folders.
  mutating func add(_ other: WalkedFolders) {
    files += other.files
    stamps += other.stamps
    processFiles += other.processFiles
    processStamps += other.processStamps
    ignoredSources += other.ignoredSources
    otherFiles += other.otherFiles
    folderPaths += other.folderPaths
    projectFolders += other.projectFolders
    notes += other.notes
    failures += other.failures
  }
}

/// The walk over a project's folders, one depth after the other.
struct TreeWalk: Sendable {
  let root: Folder
  /// Of the root, absolute.
  let path: SourcePath
  let jobs: Int
  /// What the configuration leaves out, whatever .gitignore says.
  let excluded: IgnoreStack
  /// Whether the stamps of files are taken.
  let isStamping: Bool
  /// Whether files that are no sources are listed.
  let isListing: Bool

  /// Deeper than any real tree.
  private static let depthLimit = 200

  /// How many folders are listed in one piece.
  private static let pieceSize = 32

  func walk() -> WalkedFolders {
    var result = WalkedFolders()
    var level = [WalkedFolders.Subfolder(path: "", depth: 0, ignore: Self.outerRules(of: path))]
    while !level.isEmpty {
      let folders = level
      let pieces = (folders.count + Self.pieceSize - 1) / Self.pieceSize
      let walked = Concurrently.map(pieces, jobs: jobs, state: { FolderListing() }) { listing, index in
        var piece = WalkedFolders()
        for folder in folders[(index * Self.pieceSize)..<min(folders.count, (index + 1) * Self.pieceSize)] {
          enter(folder, &listing, &piece)
        }
        return piece
      }
      level.removeAll()
      for piece in walked {
        level += piece.folders
        result.add(piece)
      }
    }
    return result
  }

  private func enter(_ folder: WalkedFolders.Subfolder, _ listing: inout FolderListing, _ result: inout WalkedFolders) {
    do { try listing.read(folder.path, in: root, staysOpen: isStamping) } catch {
      // A folder that vanished during the walk is no loss.
      if !error.isMissing {
        result.failures.append(Finding(.error, at: Location(path: folder.path), "cannot list: \(error.reason)"))
      }
      return
    }
    let marks = Marks(listing)
    if folder.depth > 0, isVirtualEnvironment(folder.path, marks) { return }
    if isListing { result.folderPaths.append(folder.path) }
    if marks.isProject { result.projectFolders.append(folder.path) }
    let ignore = marks.hasIgnoreFile ? rules(of: folder, &result) : folder.ignore
    listing.forEach { name, kind in
      switch kind ?? root.kind(of: child(folder.path, name), followingLinks: false) {
      case nil: break
      case .folder:
        // A project may lie in the folder of its environment.
        if !name.isSkippedFolder, !(marks.isEnvironment && name.isScriptFolder) {
          add(folder: child(folder.path, name), name, in: folder, ignore, &result)
        }
      case .regular, .symbolicLink, .special:
        guard name.isSource else {
          if let fileKind = ProcessFile.Kind(name, in: folder.path) {
            let file = ProcessFile(path: child(folder.path, name), kind: fileKind)
            if add(file, ignore, &result, isLink: kind != .regular), isStamping {
              result.processStamps.append(listing.stamp(of: name) ?? .unknown)
            }
          } else if isListing {
            let path = child(folder.path, name)
            if !isLeftOut(path, ignore, isFolder: false) { result.otherFiles.append(path) }
          }
          return
        }
        let path = child(folder.path, name)
        if isLeftOut(path, ignore, isFolder: false) {
          if name.isPython { result.ignoredSources.append(path) }
        } else {
          if add(source: path, &result, isLink: kind != .regular), isStamping {
            result.stamps.append(listing.stamp(of: name) ?? .unknown)
          }
        }
      }
    }
  }

  @inline(__always)
  private func isLeftOut(_ path: SourcePath, _ ignore: IgnoreStack, isFolder: Bool) -> Bool {
    !ignore.isEmpty && ignore.ignores(path.bytes.span, isFolder: isFolder)
      || !excluded.isEmpty && excluded.ignores(path.bytes.span, isFolder: isFolder)
  }

  /// What the entries of a folder say of the folder itself.
  private struct Marks {
    var isProject = false
    var isEnvironment = false
    var hasLibrary = false
    var hasIgnoreFile = false

    init(_ listing: FolderListing) {
      listing.forEach { name, kind in
        if kind == .folder {
          if name.isCondaFolder { isEnvironment = true }
          if name.isLibraryFolder { hasLibrary = true }
        } else {
          if name.isEnvironmentFile { isEnvironment = true }
          if name.isProjectMark { isProject = true }
          if name.isIgnoreFile, kind == .regular { hasIgnoreFile = true }
        }
      }
    }
  }

  private func child(_ folder: SourcePath, _ name: UnsafeBufferPointer<UInt8>) -> SourcePath {
    SourcePath(of: name, in: folder)
  }

  private func add(
    folder path: SourcePath, _ name: UnsafeBufferPointer<UInt8>, in parent: WalkedFolders.Subfolder,
    _ ignore: IgnoreStack,
    _ result: inout WalkedFolders
  ) {
    if isLeftOut(path, ignore, isFolder: true) {
      let initializer = path.appending("__init__.py")
      if root.kind(of: initializer) == .regular { result.ignoredSources.append(initializer) }
      return
    }
    if name.isSource { result.notes.append(note(path, "a folder, not a source file")) }
    guard parent.depth < Self.depthLimit else {
      result.failures.append(Finding(.error, at: Location(path: path), "nested too deeply to be read"))
      return
    }
    result.folders.append(WalkedFolders.Subfolder(path: path, depth: parent.depth + 1, ignore: ignore))
  }

  /// Whether it was one.
  private func add(source path: SourcePath, _ result: inout WalkedFolders, isLink: Bool) -> Bool {
    switch isLink ? root.kind(of: path) : .regular {
    case .regular:
      result.files.append(path)
      return true
    case .folder: result.notes.append(note(path, "a link to a folder, not entered"))
    case .special, .symbolicLink: result.notes.append(note(path, "not a regular file"))
    case nil: result.notes.append(note(path, "a link that leads nowhere"))
    }
    return false
  }

  /// Whether it was one; what is no file after all is no loss here: its name promised little.
  private func add(
    _ file: ProcessFile, _ ignore: IgnoreStack, _ result: inout WalkedFolders, isLink: Bool
  ) -> Bool {
    if isLeftOut(file.path, ignore, isFolder: false) { return false }
    guard !isLink || root.kind(of: file.path) == .regular else { return false }
    result.processFiles.append(file)
    // A module of Cython is there to be imported, as its source would be.
    if file.path.bytes.last == UInt8(ascii: "x") {
      result.ignoredSources.append(SourcePath(bytes: file.path.bytes.dropLast()))
    }
    return true
  }

  private func note(_ path: SourcePath, _ message: String) -> Finding {
    Finding(.note, at: Location(path: path), message)
  }

  // MARK: - Virtual environments

  private func isVirtualEnvironment(_ folder: SourcePath, _ marks: Marks) -> Bool {
    marks.isEnvironment || marks.hasLibrary && holdsSitePackages(folder.appending("lib"))
  }

  /// Whether `lib` is that of an environment that lost its pyvenv.cfg or never had one.
  private func holdsSitePackages(_ library: SourcePath) -> Bool {
    var listing = FolderListing()
    // A folder that cannot be listed here is told of when the walk enters it.
    do { try listing.read(library, in: root) } catch { return false }
    var isFound = false
    listing.forEach { name, kind in
      guard kind == .folder, name.isInterpreterFolder else { return }
      if root.kind(of: child(library, name).appending("site-packages")) == .folder { isFound = true }
    }
    return isFound
  }

  // MARK: - .gitignore

  /// No .gitignore that anybody wrote is larger.
  private static let rulesLimit = 1 << 20

  private func rules(of folder: WalkedFolders.Subfolder, _ result: inout WalkedFolders) -> IgnoreStack {
    let file = folder.path.appending(".gitignore")
    do {
      let rules = IgnoreRules(try Files.read(path.appending(file), limit: Self.rulesLimit))
      return rules.isEmpty ? folder.ignore : folder.ignore.adding(rules, in: folder.path)
    } catch {
      // One that cannot be read ignores nothing, as for git.
      if error.isTooLarge { result.notes.append(note(file, "larger than 1 MiB, so it ignores nothing")) }
      return folder.ignore
    }
  }

  /// The rules of the repository that the root lies in: its exclude file, and the .gitignore files above the root.
  static func outerRules(of path: SourcePath) -> IgnoreStack {
    var stack = IgnoreStack()
    var folders = [path]
    while let last = folders.last, !Files.exists(last.appending(".git")) {
      guard last.parent != last, !last.parent.isEmpty else { return stack }
      folders.append(last.parent)
    }
    guard let repository = folders.last else { return stack }
    for folder in folders.reversed() {
      let inner = path.relative(to: folder) ?? ""
      let names = folder == repository ? [".git/info/exclude", ".gitignore"] : [".gitignore"]
      // The walk itself finds the root's own .gitignore.
      for name in names where name != ".gitignore" || folder != path {
        if let rules = Self.rules(in: folder.appending(name)) {
          stack = inner.isEmpty ? stack.adding(rules, in: "") : stack.adding(rules, above: inner)
        }
      }
    }
    return stack
  }

  static func rules(in file: SourcePath) -> IgnoreRules? {
    // One that cannot be read ignores nothing, as for git.
    guard let bytes = try? Files.read(file, limit: rulesLimit) else { return nil }
    let rules = IgnoreRules(bytes)
    return rules.isEmpty ? nil : rules
  }
}
