package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

extension Files {
  /// Puts `bytes` in the file `path`: all of them or, when anything fails, none.
  ///
  /// They go to a new file in the same folder that is then renamed, so that no reader and no crash sees half a file.
  /// When `path` is a link the file it points to is replaced. An existing file keeps its permissions, and its owner where
  /// this process may give files away. A device or pipe is written to as it stands.
  package static func write(_ bytes: [UInt8], to path: SourcePath) throws(FileError) {
    if kind(of: path) == .special { return try writeInPlace(bytes, to: path) }
    let target = try linkTarget(of: path)
    var old = stat()
    let isOld = withCString(target) { stat($0, &old) } == 0
    let temporary = temporaryName(for: target)
    let descriptor = withCString(temporary) {
      open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isOld ? 0o600 : 0o666)
    }
    guard descriptor >= 0 else { throw FileError("write", path, code: errno) }
    var failure = writeAll(bytes, to: descriptor)
    if failure == 0, isOld {
      if old.st_uid != geteuid() || old.st_gid != getegid() { _ = fchown(descriptor, old.st_uid, old.st_gid) }
      if fchmod(descriptor, old.st_mode & 0o7777) != 0 { failure = errno }
    }
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
        // A stream may be non-blocking because of who else has it open.
        guard errno == EAGAIN else { return errno }
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
        continue
      }
      rest = rest.dropFirst(written)
    }
    return 0
  }

  private static func linkTarget(of path: SourcePath) throws(FileError) -> SourcePath {
    guard kind(of: path, followingLinks: false) == .symbolicLink else { return path }
    if let target = resolved(path) { return target }
    // A dangling link: what it names is made; a loop cannot be.
    var target = path
    for _ in 0..<40 {
      guard kind(of: target, followingLinks: false) == .symbolicLink else { return target }
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let length = withCString(target) { readlink($0, &buffer, buffer.count) }
      guard length > 0 else { throw FileError("write", path, code: errno) }
      target = target.parent.appending(SourcePath(bytes: buffer.prefix(length).map { UInt8(bitPattern: $0) }))
    }
    throw FileError("write", path, code: ELOOP)
  }

  private static func writeInPlace(_ bytes: [UInt8], to path: SourcePath) throws(FileError) {
    let descriptor = withCString(path) { open($0, O_WRONLY | O_NOCTTY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileError("write", path, code: errno) }
    var failure = writeAll(bytes, to: descriptor)
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure != 0 { throw FileError("write", path, code: failure) }
  }

  private static func temporaryName(for target: SourcePath) -> SourcePath {
    let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
    return target.parent.appending(
      SourcePath(bytes: Array(".".utf8) + target.nameBytes.prefix(200) + Array(".\(suffix)".utf8)))
  }
}
