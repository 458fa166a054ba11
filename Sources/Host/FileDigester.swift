package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

/// Hashes of files, one after another through the same memory; for one thread.
package final class FileDigester {
  private static let chunk = 256 << 10

  private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: FileDigester.chunk, alignment: 64)
  private var sha256: Digest
  private var sha384: Digest
  private var sha512: Digest

  package init() throws(MissingLibrary) {
    sha256 = try Digest(.sha256)
    sha384 = try Digest(.sha384)
    sha512 = try Digest(.sha512)
  }

  deinit { memory.deallocate() }

  /// The hash of a regular file; anything else fails with EINVAL without waiting for a writer.
  package func digest(of path: SourcePath, _ algorithm: Digest.Algorithm) throws(FileError) -> [UInt8] {
    switch algorithm {
    case .sha256: try digest(of: path, &sha256)
    case .sha384: try digest(of: path, &sha384)
    case .sha512: try digest(of: path, &sha512)
    }
  }

  private func digest(of path: SourcePath, _ digest: inout Digest) throws(FileError) -> [UInt8] {
    let descriptor = Files.withCString(path) { open($0, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileError("read", path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError("read", path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileError("read", path, code: EINVAL) }
    while true {
      let got = Glibc.read(descriptor, memory.baseAddress, memory.count)
      if got < 0, errno == EINTR { continue }
      if got < 0 {
        let code = errno
        _ = digest.finish()
        throw FileError("read", path, code: code)
      }
      if got > 0 { digest.update(UnsafeRawBufferPointer(rebasing: memory[..<got])) }
      // A regular file gives less than asked for only at its end.
      if got < memory.count { return digest.finish() }
    }
  }
}
