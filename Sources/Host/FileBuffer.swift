package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

/// Memory that one file after another is read into.
///
/// Behind the bytes of a file stand `padding` NULs. Memory beyond 1 MiB is given back with the next file.
package struct FileBuffer: ~Copyable {
  package static let padding = 64
  private static let usual = 1 << 20

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
    if memory.count > Self.usual { replaceMemory(byKeeping: 0, size: Self.usual) }
    var count = 0
    var isChecked = false
    while true {
      let room = memory.count - Self.padding - count
      let got = Glibc.read(descriptor, memory.baseAddress?.advanced(by: count), room)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw FileError("read", path, code: errno == EISDIR || errno == EAGAIN ? EINVAL : errno) }
      count += got
      guard count <= limit else { throw FileError("read", path, code: EFBIG) }
      // What gives some bytes and fewer than asked for is a regular file at its end; asking the system about each costs a
      // seventh of a walk.
      if !isChecked, got == 0 || got == room {
        let size = try Self.size(ofRegular: descriptor, path)
        guard size <= limit else { throw FileError("read", path, code: EFBIG) }
        isChecked = true
        if got == room { replaceMemory(byKeeping: count, size: max(size + Self.padding + 1, memory.count * 2)) }
      } else if got == room {
        replaceMemory(byKeeping: count, size: memory.count * 2)
      }
      if got < room { break }
    }
    // SAFETY: `count` bytes were read, and `padding` more are there.
    for index in count..<(count + Self.padding) { memory[index] = 0 }
    return body(UnsafeRawBufferPointer(rebasing: memory[..<(count + Self.padding)]).bindMemory(to: UInt8.self))
  }

  private static func size(ofRegular descriptor: Int32, _ path: SourcePath) throws(FileError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError("read", path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileError("read", path, code: EINVAL) }
    return Int(status.st_size)
  }

  private mutating func replaceMemory(byKeeping count: Int, size: Int) {
    let other = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
    other.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
    memory.deallocate()
    memory = other
  }
}
