import Diagnostics
import Host
import Packaging

/// The state of everything that the walk of a tree found: as long as it is the same, its files hold the same.
struct TreeState {
  let root: SourcePath
  /// What the names of everything come to, and what the configuration says of modules.
  let shape: [UInt8]
  /// Of the files of the tree, then of its process files.
  let stamps: [FileStamp]
  /// The paths that the stamps belong to.
  let paths: [SourcePath]
  /// The time some while before the walk began, in nanoseconds since 1970: what changed later may change again unnoticed.
  let limit: Int64

  /// Nil for a tree of which a later scan could not tell for sure that it is the same.
  init?(of tree: ProjectTree, _ rules: ProjectRules, settledAt limit: Int64) {
    guard let known = tree.stamps, Files.isStampedReliably(tree.root) else { return nil }
    root = tree.root
    self.limit = limit
    stamps = known.files + known.processFiles
    paths = tree.files + tree.processFiles.map(\.path)
    guard Self.areReliable(stamps, paths, in: root) else { return nil }
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
  }

  /// Of all paths in their order: a large tree has megabytes of them, and each has a stamp to be compared beside.
  private static func hash(of paths: [SourcePath]) -> UInt64 {
    paths.reduce(0) { hash, path in
      path.bytes.withUnsafeBufferPointer { ByteHash($0, behind: hash).value }
    }
  }

  /// A tree may reach over several file systems.
  private static func areReliable(_ stamps: [FileStamp], _ paths: [SourcePath], in root: SourcePath) -> Bool {
    var devices: Set<UInt64> = []
    var last: UInt64?
    for (index, stamp) in stamps.enumerated() where stamp != .unknown {
      if stamp.inode == 0 { return false }
      if stamp.device == last { continue }
      last = stamp.device
      if devices.insert(stamp.device).inserted, !Files.isStampedReliably(root.appending(paths[index])) { return false }
    }
    return devices.count <= 16
  }

  /// The stamps as a later scan may rely on them: those of `lost` files, which could not be read, and of files that may have
  /// been written to since are unknown.
  func lastingStamps(without lost: Set<SourcePath>) -> [FileStamp] {
    zip(stamps, paths).map { stamp, path in
      stamp.isRecent(since: limit) || !lost.isEmpty && lost.contains(path) ? .unknown : stamp
    }
  }
}
