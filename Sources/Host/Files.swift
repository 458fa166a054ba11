package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

/// What a path names.
package enum FileKind: Sendable {
  case regular
  case folder
  case symbolicLink
  /// A FIFO, socket or device.
  case special
}

/// Reading files and folders. Every call takes the path as the bytes that the system gave.
package enum Files {
  /// What `path` names, links followed unless `followingLinks` is false; nil when there is nothing there.
  package static func kind(of path: SourcePath, followingLinks: Bool = true) -> FileKind? {
    var status = stat()
    let found = withCString(path) { followingLinks ? stat($0, &status) : lstat($0, &status) }
    return found == 0 ? kind(mode: status.st_mode) : nil
  }

  package static func exists(_ path: SourcePath) -> Bool { kind(of: path) != nil }

  /// Whether this process may read, write or search `path` (`R_OK`, `W_OK`, `X_OK`).
  package static func isAccessible(_ path: SourcePath, _ mode: Int32) -> Bool {
    withCString(path) { access($0, mode) } == 0
  }

  /// The bytes of a regular file.
  ///
  /// Anything else (a FIFO, a device, a folder) fails with EINVAL without waiting for a writer, and a file of more than
  /// `limit` bytes with EFBIG.
  package static func read(_ path: SourcePath, limit: Int = .max) throws(FileError) -> [UInt8] {
    let descriptor = withCString(path) { open($0, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileError("read", path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError("read", path, code: errno) }
    guard kind(mode: status.st_mode) == .regular else { throw FileError("read", path, code: EINVAL) }
    guard status.st_size <= limit else { throw FileError("read", path, code: EFBIG) }
    do { return try readAll(descriptor, sizeHint: Int(status.st_size)) } catch {
      throw FileError("read", path, code: error.code)
    }
  }

  /// Everything that standard input gives up to its end; a terminal is waited for. More than `limit` bytes fail with EFBIG.
  package static func standardInput(limit: Int) throws(FileError) -> [UInt8] {
    do { return try readAll(STDIN_FILENO, sizeHint: 0, limit: limit) } catch {
      throw FileError("read", "standard input", code: error.code)
    }
  }

  /// The text of a regular file, ill-formed UTF-8 repaired.
  package static func text(_ path: SourcePath) throws(FileError) -> String {
    String(decoding: try read(path), as: UTF8.self)
  }

  /// The names in a folder with what they are, links not followed, sorted by bytes.
  package static func list(_ folder: SourcePath) throws(FileError) -> [(name: SourcePath, kind: FileKind)] {
    guard let stream = withCString(folder, { opendir($0) }) else { throw FileError("list", folder, code: errno) }
    defer { closedir(stream) }
    var entries: [(name: SourcePath, kind: FileKind)] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw FileError("list", folder, code: errno) }
        break
      }
      let name = nameBytes(of: entry)
      if name == [0x2E] || name == [0x2E, 0x2E] { continue }
      let path = SourcePath(bytes: name)
      let known = kind(type: entry.pointee.d_type) ?? kind(of: folder.appending(path), followingLinks: false)
      if let known { entries.append((path, known)) }
    }
    return entries.sorted { $0.name < $1.name }
  }

  /// `path` with every link resolved, or nil when it does not exist.
  package static func resolved(_ path: SourcePath) -> SourcePath? {
    guard let real = withCString(path, { realpath($0, nil) }) else { return nil }
    defer { free(real) }
    return SourcePath(bytes: bytes(of: real))
  }

  /// The folder that this process stands in.
  package static func currentFolder() -> SourcePath {
    guard let name = getcwd(nil, 0) else { return "/" }
    defer { free(name) }
    return SourcePath(bytes: bytes(of: name))
  }

  static func withCString<Result>(_ path: SourcePath, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    // A NUL cannot stand in a path: the system would see a shorter one, so such a path names nothing.
    let count = path.bytes.withUnsafeBytes { bytes -> Int in
      guard let base = bytes.baseAddress, memchr(base, 0, bytes.count) == nil else { return 0 }
      return bytes.count
    }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count + 1) { buffer in
      _ = buffer.initialize(fromContentsOf: path.bytes[..<count])
      buffer[count] = 0
      // SAFETY: the buffer holds at least the final NUL, so it has a base address.
      return buffer.withMemoryRebound(to: CChar.self) { body(UnsafePointer($0.baseAddress.unsafelyUnwrapped)) }
    }
  }

  static func kind(mode: mode_t) -> FileKind {
    switch mode & S_IFMT {
    case S_IFREG: .regular
    case S_IFDIR: .folder
    case S_IFLNK: .symbolicLink
    default: .special
    }
  }

  static func kind(type: UInt8) -> FileKind? {
    switch Int(type) {
    case Int(DT_REG): .regular
    case Int(DT_DIR): .folder
    case Int(DT_LNK): .symbolicLink
    case Int(DT_UNKNOWN): nil
    default: .special
    }
  }

  private static func bytes(of text: UnsafePointer<CChar>) -> [UInt8] {
    // SAFETY: the system ends the text with a NUL.
    UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
  }

  private static func nameBytes(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    // SAFETY: readdir(3) keeps the entry until the next call and ends d_name with a NUL inside d_reclen.
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    return bytes(of: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self))
  }

  private struct ReadFailure: Error { let code: Int32 }

  private static func readAll(
    _ descriptor: Int32, sizeHint: Int, limit: Int = .max
  ) throws(ReadFailure) -> [UInt8] {
    var result: [UInt8] = []
    var failure: Int32 = 0
    // One byte more than the size, so that a file that has not grown needs one read and one end-of-file.
    var chunk = max(sizeHint + 1, 4096)
    while true {
      let part = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
        var got = Glibc.read(descriptor, buffer.baseAddress, chunk)
        while got < 0 && errno == EINTR { got = Glibc.read(descriptor, buffer.baseAddress, chunk) }
        if got < 0 { failure = errno }
        count = max(0, got)
      }
      if failure != 0 { throw ReadFailure(code: failure) }
      if part.isEmpty { return result }
      if result.isEmpty { result = part } else { result += part }
      if result.count > limit { throw ReadFailure(code: EFBIG) }
      chunk = 65536
    }
  }
}
