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
    status(of: path, followingLinks: followingLinks).map { Files.kind(mode: $0.st_mode) }
  }

  func status(of path: SourcePath, followingLinks: Bool = true) -> stat? {
    var status = stat()
    let flags = followingLinks ? 0 : AT_SYMLINK_NOFOLLOW
    let found = Files.withCString(path) { fstatat(descriptor, $0, &status, flags) }
    return found == 0 ? status : nil
  }
}
