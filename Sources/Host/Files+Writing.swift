package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

extension Files {
  /// Puts `bytes` in the file `path`: all of them or, when anything fails, none.
  ///
  /// They go to a new file in the same folder that is then renamed, so that no reader and no crash sees half a file.
  /// When `path` is a link the file it points to is replaced. An existing file keeps its permissions.
  package static func write(_ bytes: [UInt8], to path: SourcePath) throws(FileError) {
    let target = try linkTarget(of: path)
    var template = temporaryName(for: target).bytes.map { CChar(bitPattern: $0) } + [0]
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError("write", path, code: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let temporary = SourcePath(bytes: template.dropLast().map { UInt8(bitPattern: $0) })
    var failure = writeAll(bytes, to: descriptor)
    if failure == 0, fchmod(descriptor, permissions(for: target)) != 0 { failure = errno }
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, withCString(temporary, { from in withCString(target) { rename(from, $0) } }) != 0 {
      failure = errno
    }
    if failure != 0 {
      _ = withCString(temporary) { unlink($0) }
      throw FileError("write", path, code: failure)
    }
  }

  /// Writes everything; 0, or the errno of what stopped it.
  static func writeAll(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Int32 {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        return errno
      }
      rest = rest.dropFirst(written)
    }
    return 0
  }

  private static func linkTarget(of path: SourcePath) throws(FileError) -> SourcePath {
    guard kind(of: path, followingLinks: false) == .symbolicLink else { return path }
    if let target = resolved(path) { return target }
    // A dangling link: what it names is made; a loop cannot be.
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = withCString(path) { readlink($0, &buffer, buffer.count) }
    guard length > 0 else { throw FileError("write", path, code: errno) }
    let target = path.parent.appending(SourcePath(bytes: buffer.prefix(length).map { UInt8(bitPattern: $0) }))
    guard kind(of: target, followingLinks: false) == nil else { throw FileError("write", path, code: ELOOP) }
    return target
  }

  private static func temporaryName(for target: SourcePath) -> SourcePath {
    target.parent.appending(SourcePath(bytes: Array(".".utf8) + target.nameBytes.prefix(200) + Array(".XXXXXX".utf8)))
  }

  private static func permissions(for target: SourcePath) -> mode_t {
    var status = stat()
    if withCString(target, { stat($0, &status) }) == 0 { return status.st_mode & 0o7777 }
    let mask = umask(0)
    umask(mask)
    return 0o666 & ~mask
  }
}
