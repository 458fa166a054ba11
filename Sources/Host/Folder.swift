import CPosix
package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

/// An open folder that paths below it are looked up from, without the way to it being walked again each time.
package final class Folder: Sendable {
  private let descriptor: Int32

  /// Opens `path`; links are followed.
  package init(_ path: SourcePath) throws(FileError) {
    descriptor = Files.withCString(path.isEmpty ? "." : path) { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileError("list", path, code: errno) }
  }

  deinit { close(descriptor) }

  /// Opens a folder below this one, no link in its last part followed; an empty path is the folder itself. The caller
  /// closes the descriptor.
  func openFolder(_ path: SourcePath) throws(FileError) -> Int32 {
    let found = Files.withCString(path.isEmpty ? "." : path) {
      openat(descriptor, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    }
    guard found >= 0 else { throw FileError("list", path, code: errno) }
    return found
  }

  /// Opens a file below this one for reading, without waiting for the writer of a pipe.
  func openFile(_ path: SourcePath) throws(FileError) -> Int32 {
    let found = Files.withCString(path) { openat(descriptor, $0, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }
    guard found >= 0 else { throw FileError("read", path, code: errno) }
    return found
  }

  /// What `path` below this folder names; nil when there is nothing there.
  package func kind(of path: SourcePath, followingLinks: Bool = true) -> FileKind? {
    var status = stat()
    let flags = followingLinks ? 0 : AT_SYMLINK_NOFOLLOW
    let found = Files.withCString(path) { fstatat(descriptor, $0, &status, flags) }
    return found == 0 ? Files.kind(mode: status.st_mode) : nil
  }
}

/// The entries of folders, one folder after another in the same memory.
package struct FolderListing {
  private struct Entry {
    /// Where the name stands in `names`.
    let name: Range<Int>
    /// Links are not followed.
    let kind: FileKind
  }

  private var names: [UInt8] = []
  /// In the order that the system gives.
  private var entries: [Entry] = []
  private var buffer = [UInt64](repeating: 0, count: 4096)

  package init() {}

  /// Calls `body` with each entry and its name, which is lent for the call.
  package func forEach(_ body: (_ name: UnsafeBufferPointer<UInt8>, _ kind: FileKind) -> Void) {
    names.withUnsafeBufferPointer { names in
      for entry in entries { body(UnsafeBufferPointer(rebasing: names[entry.name]), entry.kind) }
    }
  }

  /// Lists `path` below `folder`, without `.` and `..`.
  package mutating func read(_ path: SourcePath, in folder: Folder) throws(FileError) {
    names.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    let descriptor = try folder.openFolder(path)
    defer { close(descriptor) }
    while true {
      let size = buffer.withUnsafeMutableBytes { cposix_folder_entries(descriptor, $0.baseAddress, $0.count) }
      guard size >= 0 else { throw FileError("list", path, code: errno) }
      if size == 0 { return }
      buffer.withUnsafeBytes { buffer in
        // SAFETY: the system wrote `size` bytes of whole entries, each beginning where the one before it ends.
        guard let base = buffer.baseAddress else { return }
        var offset = 0
        while offset < size {
          let entry = cposix_folder_entry_at(base + offset)
          offset += entry.size
          append(entry, of: path, in: folder)
        }
      }
    }
  }

  private mutating func append(_ entry: cposix_folder_entry, of path: SourcePath, in folder: Folder) {
    // SAFETY: the name ends with a NUL inside its entry.
    let name = UnsafeRawBufferPointer(start: entry.name, count: strlen(entry.name))
    if name.first == 0x2E, name.count == 1 || name.count == 2 && name[1] == 0x2E { return }
    let kind: FileKind? =
      switch Int(entry.type) {
      case Int(DT_REG): .regular
      case Int(DT_DIR): .folder
      case Int(DT_LNK): .symbolicLink
      case Int(DT_UNKNOWN): folder.kind(of: path.appending(SourcePath(bytes: name)), followingLinks: false)
      default: .special
      }
    guard let kind else { return }
    let start = names.count
    names.append(contentsOf: name)
    entries.append(Entry(name: start..<names.count, kind: kind))
  }
}
