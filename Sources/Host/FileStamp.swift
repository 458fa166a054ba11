import CPosix
package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

/// What tells one state of a regular file or a folder from another without reading it.
///
/// A file that is written to gets another time of change from the system, whatever its times are set to afterwards; two
/// writes within one tick of its clock get the same: see `isRecent`.
package struct FileStamp: Hashable, Sendable, BitwiseCopyable {
  package let device: UInt64
  package let inode: UInt64
  /// In bytes.
  package let size: Int64
  /// When the content was modified, in nanoseconds since 1970.
  package let modified: Int64
  /// When the content, the name or the rights were changed, in nanoseconds since 1970.
  package let changed: Int64

  /// The stamp of nothing: no file has it.
  package static let unknown = FileStamp(device: 0, inode: 0, size: -1, modified: 0, changed: 0)

  package init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
  }

  init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
    size = Int64(status.st_size)
    modified = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
  }

  /// Whether the file was written to after `limit`, in nanoseconds since 1970: when that is not some time before the file was
  /// looked at, it may have been written to once more since without its stamp telling.
  package func isRecent(since limit: Int64) -> Bool {
    // A time of modification in the future was set by somebody; a time of change cannot be.
    changed > limit || (modified > limit && modified &- limit < 60_000_000_000)
  }

  /// The time by the clock that files are stamped with, in nanoseconds since 1970.
  package static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return nanoseconds(time)
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}

extension Files {
  /// The stamp of what `path` names, links followed; nil when there is nothing there.
  package static func stamp(of path: SourcePath) -> FileStamp? {
    var status = stat()
    return withCString(path) { stat($0, &status) } == 0 ? FileStamp(status) : nil
  }

  /// Whether `path` lies on a file system of this machine, which stamps every change by this machine's clock and gives each
  /// file a number of its own.
  package static func isStampedReliably(_ path: SourcePath) -> Bool {
    withCString(path) { cposix_has_honest_stamps($0) } != 0
  }
}

extension Folder {
  /// As `Files.stamp(of:)`, for a path below this folder.
  package func stamp(of path: SourcePath) -> FileStamp? {
    status(of: path).map { FileStamp($0) }
  }
}
