package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

/// Memory that one file after another is read into.
///
/// Behind the bytes of a file stand `padding` NULs. Memory beyond 16 MiB is given back with the next file.
package struct FileBuffer: ~Copyable {
  package static let padding = 64
  private static let usual = 1 << 20
  private static let most = 16 << 20

  private var memory: UnsafeMutableRawBufferPointer

  package init() { memory = .allocate(byteCount: Self.usual, alignment: 64) }

  deinit { memory.deallocate() }

  /// Reads a regular file below `folder` and lends its bytes, the padding included.
  ///
  /// Anything but a regular file fails with EINVAL without waiting for a writer, a file of more than `limit` bytes with
  /// EFBIG.
  package mutating func read<Result>(
    _ path: SourcePath, in folder: Folder, limit: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) throws(FileError) -> Result {
    let descriptor = try folder.openFile(path)
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError("read", path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileError("read", path, code: EINVAL) }
    guard status.st_size <= limit else { throw FileError("read", path, code: EFBIG) }
    reserve(Int(status.st_size))
    var count = 0
    while true {
      let room = memory.count - Self.padding - count
      let got = Glibc.read(descriptor, memory.baseAddress?.advanced(by: count), room)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw FileError("read", path, code: errno) }
      count += got
      // A regular file gives less than asked for only at its end.
      if got < room { break }
      guard count <= limit else { throw FileError("read", path, code: EFBIG) }
      grow(keeping: count)
    }
    // SAFETY: `count` bytes were read, and `padding` more are there.
    for index in count..<(count + Self.padding) { memory[index] = 0 }
    return body(UnsafeRawBufferPointer(rebasing: memory[..<(count + Self.padding)]).bindMemory(to: UInt8.self))
  }

  private mutating func reserve(_ size: Int) {
    let wanted = max(Self.usual, size + Self.padding + 1)
    if wanted > memory.count || memory.count > Self.most, wanted != memory.count {
      memory.deallocate()
      memory = .allocate(byteCount: wanted, alignment: 64)
    }
  }

  private mutating func grow(keeping count: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: memory.count * 2, alignment: 64)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
    memory.deallocate()
    memory = larger
  }
}
