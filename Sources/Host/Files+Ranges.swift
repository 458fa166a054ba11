package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

extension Files {
  /// At most `count` bytes of a regular file, from `offset` on; fewer where the file ends before.
  ///
  /// Anything but a regular file fails with EINVAL without waiting for a writer.
  package static func read(_ path: SourcePath, from offset: Int, count: Int) throws(FileError) -> [UInt8] {
    let descriptor = withCString(path) { open($0, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileError("read", path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError("read", path, code: errno) }
    guard kind(mode: status.st_mode) == .regular else { throw FileError("read", path, code: EINVAL) }
    let room = min(count, Int(status.st_size) - offset)
    guard offset >= 0, room > 0 else { return [] }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
      while filled < room {
        // SAFETY: `filled` is less than the buffer's capacity.
        let got = pread(descriptor, buffer.baseAddress?.advanced(by: filled), room - filled, off_t(offset + filled))
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        filled += got
      }
    }
    if failure != 0 { throw FileError("read", path, code: failure) }
    return bytes
  }
}
