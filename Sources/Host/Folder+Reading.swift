package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

extension Folder {
  /// The bytes of a regular file below this folder, or its first bytes when `isEnough` says so of what was read so far.
  ///
  /// Anything but a regular file fails with EINVAL without waiting for a writer, a file of which more than `limit` bytes
  /// would have to be read with EFBIG.
  package func read(
    _ path: SourcePath, limit: Int = .max, chunk size: Int = 8192, until isEnough: ([UInt8]) -> Bool = { _ in false }
  ) throws(FileError) -> [UInt8] {
    let descriptor = try openFile(path)
    defer { close(descriptor) }
    var result: [UInt8] = []
    var chunk = size
    while true {
      var failure: Int32 = 0
      let part = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
        var got = Glibc.read(descriptor, buffer.baseAddress, chunk)
        while got < 0 && errno == EINTR { got = Glibc.read(descriptor, buffer.baseAddress, chunk) }
        if got < 0 { failure = errno }
        count = max(0, got)
      }
      if failure != 0 { throw FileError("read", path, code: failure == EISDIR ? EINVAL : failure) }
      if result.isEmpty, try !isRegular(descriptor, path) { throw FileError("read", path, code: EINVAL) }
      if result.isEmpty { result = part } else { result += part }
      // A regular file gives less than asked for only at its end.
      if part.count < chunk || isEnough(result) { return result }
      guard result.count < limit else { throw FileError("read", path, code: EFBIG) }
      chunk = 65536
    }
  }

  private func isRegular(_ descriptor: Int32, _ path: SourcePath) throws(FileError) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError("read", path, code: errno) }
    return status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether there is something of that name below this folder, links followed.
  package func contains(_ path: SourcePath) -> Bool { kind(of: path) != nil }
}
