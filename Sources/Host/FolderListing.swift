import CPosix
package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

/// The entries of folders, one folder after another in the same memory.
package struct FolderListing {
  /// Entries as the system writes them, each beginning where the one before it ends.
  private var buffer = [UInt64](repeating: 0, count: 2048)
  /// The number of bytes in use.
  private var size = 0
  private var folder: OpenFolder?

  private final class OpenFolder {
    let descriptor: Int32
    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }
  }

  package init() {}

  /// Lists `path` below `folder`, links not followed. With `staysOpen` the entries can be looked at until the next is read.
  package mutating func read(
    _ path: SourcePath, in folder: borrowing Folder, staysOpen: Bool = false
  ) throws(FileError) {
    size = 0
    self.folder = nil
    let descriptor = try folder.openFolder(path)
    if staysOpen { self.folder = OpenFolder(descriptor) }
    defer { if !staysOpen { close(descriptor) } }
    while true {
      // The system needs room for one entry with the longest name.
      if buffer.count * 8 - size < 512 { buffer += [UInt64](repeating: 0, count: buffer.count) }
      let got = buffer.withUnsafeMutableBytes { buffer in
        cposix_folder_entries(descriptor, buffer.baseAddress?.advanced(by: size), buffer.count - size)
      }
      guard got >= 0 else { throw FileError("list", path, code: errno) }
      if got == 0 { return }
      size += got
    }
  }

  /// Calls `body` with each entry but `.` and `..`, in the order that the system gives; the name is lent for the call. The
  /// kind is nil on file systems that do not tell it: see `Folder.kind(of:)`.
  package func forEach(_ body: (_ name: UnsafeBufferPointer<UInt8>, _ kind: FileKind?) -> Void) {
    buffer.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      var offset = 0
      while offset < size {
        // SAFETY: whole entries were written up to `size`; each name ends with a NUL inside its entry.
        let entry = cposix_folder_entry_at(base + offset)
        offset += entry.size
        let name = UnsafeRawPointer(entry.name).assumingMemoryBound(to: UInt8.self)
        if name[0] == 0x2E, name[1] == 0 || name[1] == 0x2E && name[2] == 0 { continue }
        body(UnsafeBufferPointer(start: name, count: strlen(entry.name)), Files.kind(type: entry.type))
      }
    }
  }

  /// The stamp of an entry whose name `forEach` lends, links followed; nil when it is gone, or the folder did not stay open.
  package func stamp(of name: UnsafeBufferPointer<UInt8>) -> FileStamp? {
    guard let folder, let base = name.baseAddress else { return nil }
    var status = stat()
    // SAFETY: the name ends with a NUL inside its entry.
    let found = fstatat(folder.descriptor, UnsafeRawPointer(base).assumingMemoryBound(to: CChar.self), &status, 0)
    return found == 0 ? FileStamp(status) : nil
  }
}
