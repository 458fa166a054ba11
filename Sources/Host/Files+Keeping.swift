package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

/// Files that are kept to save work and may be lost at any time.
extension Files {
  /// The bytes of a regular file that belongs to this user; nil for any other, and for one of more than `limit` bytes.
  package static func readKept(_ path: SourcePath, limit: Int) -> [UInt8]? {
    var status = stat()
    guard withCString(path, { lstat($0, &status) }) == 0, kind(mode: status.st_mode) == .regular,
      status.st_uid == geteuid()
    else { return nil }
    return try? read(path, limit: limit)
  }

  /// Puts what `fill` writes in the file `path`, which only this user can read, and makes the folders above it; false when that
  /// cannot be done or `fill` says so, and then nothing has changed. What `fill` is given writes bytes and says whether it could.
  ///
  /// A reader sees the old file or the new one. After a crash of the system there may be half a file.
  package static func keep(
    at path: SourcePath, _ fill: (_ write: (ArraySlice<UInt8>) -> Bool) -> Bool
  ) -> Bool {
    guard makeFolders(path.parent) else { return false }
    let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
    let temporary = SourcePath(bytes: path.bytes + Array("\(temporaryMark)\(suffix)".utf8))
    let descriptor = withCString(temporary) { open($0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
    guard descriptor >= 0 else { return false }
    let isFilled = fill { writeAll($0, to: descriptor) == 0 }
    if close(descriptor) == 0, isFilled, withCString(temporary, { from in withCString(path) { rename(from, $0) } }) == 0
    {
      return true
    }
    remove(temporary)
    return false
  }

  /// What the name of a file that is being written ends with, before letters and digits.
  package static let temporaryMark = ".part-"

  /// Removes a file; that it is not there any more is as good.
  package static func remove(_ path: SourcePath) { _ = withCString(path) { unlink($0) } }

  /// Makes the folder with those above it, for this user alone.
  private static func makeFolders(_ path: SourcePath) -> Bool {
    if kind(of: path) == .folder { return true }
    guard path.parent != path, !path.parent.isEmpty, makeFolders(path.parent) else { return false }
    return withCString(path) { mkdir($0, 0o700) } == 0 || errno == EEXIST
  }
}
