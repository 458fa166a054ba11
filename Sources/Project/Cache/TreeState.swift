import Diagnostics
import Host
import Packaging

/// The state of everything that the walk of a tree found: as long as it is the same, its files hold the same.
struct TreeState {
  let root: SourcePath
  /// What the names of everything come to, and what the configuration says of modules.
  let shape: [UInt8]
  /// The files of the tree, then its process files.
  let paths: [SourcePath]
  /// Of the former and of the latter, as the tree has them.
  private let stamps: (files: [FileStamp], processFiles: [FileStamp])
  /// The time some while before the walk began, in nanoseconds since 1970: what changed later may change again unnoticed.
  let limit: Int64

  /// Nil for a tree of which a later scan could not tell for sure that it is the same.
  init?(of tree: ProjectTree, _ rules: ProjectRules, settledAt limit: Int64) {
    guard let known = tree.stamps, Files.isStampedReliably(tree.root) else { return nil }
    root = tree.root
    self.limit = limit
    stamps = known
    paths = tree.files + tree.processFiles.map(\.path)
    var writer = CacheWriter()
    writer.add(root.bytes)
    writer.add(each: rules.ignored) { $0.add($1) }
    writer.add(each: rules.local) { $0.add($1) }
    writer.add(each: rules.providers.sorted { $0.key < $1.key }) { writer, entry in
      writer.add(entry.key)
      writer.add(each: entry.value) { $0.add($1.normalized) }
    }
    for names in [paths, tree.ignoredSources, tree.projectFolders] {
      writer.add(names.count)
      writer.add(Self.hash(of: names))
    }
    shape = writer.bytes
    guard areReliable else { return nil }
  }

  /// Of all paths in their order: a large tree has megabytes of them, and each has a stamp to be compared beside.
  private static func hash(of paths: [SourcePath]) -> UInt64 {
    paths.reduce(0) { hash, path in
      path.bytes.withUnsafeBufferPointer { ByteHash($0, behind: hash).value }
    }
  }

  /// A tree may reach over several file systems.
  private var areReliable: Bool {
    var devices: Set<UInt64> = []
    var last: UInt64?
    for (index, path) in paths.enumerated() {
      let stamp = stamp(at: index)
      if stamp == .unknown { continue }
      if stamp.inode == 0 { return false }
      if stamp.device == last { continue }
      last = stamp.device
      if devices.insert(stamp.device).inserted, !Files.isStampedReliably(root.appending(path)) { return false }
    }
    return devices.count <= 16
  }

  /// The stamp of the path at that index.
  func stamp(at index: Int) -> FileStamp {
    index < stamps.files.count ? stamps.files[index] : stamps.processFiles[index - stamps.files.count]
  }

  /// Lays down the stamps as a later scan may rely on them: those of `lost` files, which could not be read, and of files that
  /// may have been written to since are unknown.
  func writeLastingStamps(without lost: Set<SourcePath>, to writer: inout CacheWriter) {
    writer.add(each: paths.indices) { writer, index in
      let stamp = stamp(at: index)
      let isLasting = !stamp.isRecent(since: limit) && (lost.isEmpty || !lost.contains(paths[index]))
      writer.add(isLasting ? stamp : .unknown)
    }
  }
}
