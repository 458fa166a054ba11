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

  /// The system's words for the error: `Permission denied`.
  package var reason: String { String(cString: strerror(code)) }
}

extension FileError: CustomStringConvertible {
  package var description: String { "cannot \(operation) \(path): \(reason)" }
}
