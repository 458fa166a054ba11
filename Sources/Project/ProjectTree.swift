package import Diagnostics
import Host

/// The files of a project that envtool reads, found in one walk.
///
/// Not entered: version control folders, node_modules, `__pycache__`, `__pypackages__`, virtual environments whatever their name, folders
/// behind links, and what .gitignore files leave out, in a repository or not. Links to files are read.
package struct ProjectTree: Sendable {
  /// The project's folder, absolute.
  package let root: SourcePath
  /// Python sources and INI files, relative to `root`, sorted by bytes.
  package let files: [SourcePath]
  /// The Python sources among them.
  package let sources: [SourcePath]
  /// Files that start commands, and notebooks, sorted by bytes.
  package let processFiles: [ProcessFile]
  /// Python sources that .gitignore leaves out: not read, yet there to be imported. Of ignored folders only their
  /// `__init__.py`. And what Cython makes, as if it were such a source. Sorted by bytes.
  package let ignoredSources: [SourcePath]
  /// The folders that hold what the root of a project holds: manage.py, pyproject.toml, requirements.txt and the like.
  /// Sorted by bytes.
  package let projectFolders: [SourcePath]
  /// All other files that .gitignore does not leave out, and the folders that were entered, the project's own (an empty path)
  /// first; sorted by bytes. Empty when they were not asked for.
  package let otherFiles: [SourcePath]
  package let folders: [SourcePath]
  /// What looked like a source and is none: a dangling link, a FIFO, a folder named x.py. Sorted by location.
  package let notes: [Finding]
  /// Folders that could not be listed. Sorted by location.
  package let failures: [Finding]
  /// The state of each of `files` and of `processFiles` before anything of it was read; nil when it was not asked for, and for
  /// one file alone.
  let stamps: (files: [FileStamp], processFiles: [FileStamp])?

  /// Walks `path`, absolute, on `jobs` threads: a folder, or one file whose folder becomes the root.
  /// What `rules` exclude is left out as what .gitignore does.
  package init(
    walking path: SourcePath, jobs: Int = 1, rules: ProjectRules = ProjectRules(), isStamping: Bool = false,
    isListing: Bool = false
  ) throws(Finding) {
    var found = WalkedFolders()
    var isStamped = false
    switch Files.kind(of: path) {
    case .folder?:
      root = path
      let folder: Folder
      do { folder = try Folder(path) } catch {
        throw Finding(.error, "cannot list \(path): \(error.reason)", remedy: "name a folder that can be read")
      }
      isStamped = isStamping
      found = TreeWalk(
        root: folder, path: path, jobs: jobs, excluded: rules.excludeStack(for: path), isStamping: isStamping,
        isListing: isListing
      ).walk()
    case .regular?:
      root = path.parent
      let name = SourcePath(bytes: path.nameBytes)
      if let kind = name.bytes.withUnsafeBufferPointer({ ProcessFile.Kind($0, in: path.parent) }) {
        found.processFiles = [ProcessFile(path: name, kind: kind)]
      } else {
        found.files = [name]
      }
    case .special?, .symbolicLink?:
      throw Finding(.error, "\(path) is neither a folder nor a file", remedy: "name the project's folder")
    case nil:
      throw Finding(.error, "no such file or folder: \(path)", remedy: "name the project's folder")
    }
    if isStamped {
      let order = SourcePath.order(of: found.files)
      let processOrder = SourcePath.order(of: found.processFiles.map(\.path))
      files = order.map { found.files[$0] }
      processFiles = processOrder.map { found.processFiles[$0] }
      stamps = (order.map { found.stamps[$0] }, processOrder.map { found.processStamps[$0] })
    } else {
      files = SourcePath.sorted(found.files)
      processFiles = found.processFiles.sorted { $0.path < $1.path }
      stamps = nil
    }
    let isSource = files.map { $0.bytes.ends(with: ".py") }
    sources = isSource.allSatisfy(\.self) ? files : zip(files, isSource).filter(\.1).map(\.0)
    ignoredSources = found.ignoredSources.sorted()
    projectFolders = found.projectFolders.sorted()
    otherFiles = SourcePath.sorted(found.otherFiles)
    folders = SourcePath.sorted(found.folderPaths)
    notes = found.notes.sorted(by: Finding.precedes)
    failures = found.failures.sorted(by: Finding.precedes)
  }

  /// The size of all files, in bytes; nil when it was not asked for.
  package var totalSize: Int64? {
    stamps.map { ($0.files + $0.processFiles).reduce(0) { $0 &+ $1.size } }
  }

}

extension Finding {
  /// By location, those without one first.
  static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    guard let first = left.location, let second = right.location else {
      return left.location == nil && right.location != nil
    }
    return first < second
  }
}

extension [UInt8] {
  func ends(with suffix: StaticString) -> Bool { withUnsafeBufferPointer { $0.hasSuffix(suffix) } }
}
