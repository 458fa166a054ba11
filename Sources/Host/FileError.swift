package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

/// A file or folder that the system would not open, read or write.
package struct FileError: Error, Hashable, Sendable {
  /// What was tried, as a verb: `read`, `write`, `list`.
  package let operation: String
  package let path: SourcePath
  /// As in errno(3).
  package let code: Int32

  package init(_ operation: String, _ path: SourcePath, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether there is something that is no regular file, or a link that leads nowhere.
  package var isNoFile: Bool { code == EINVAL || code == ENXIO || code == ELOOP }

  /// The file has more bytes than were asked for at most.
  package var isTooLarge: Bool { code == EFBIG }

  /// The system's words for the error: `Permission denied`.
  package var reason: String { String(cString: strerror(code)) }
}

extension FileError: CustomStringConvertible {
  package var description: String { "cannot \(operation) \(path): \(reason)" }
}
