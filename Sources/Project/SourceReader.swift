import Diagnostics
import Host
import PythonSource

/// Reads Python sources one after another for one thread, in the same memory.
final class SourceReader {
  /// A file of more bytes is no source that anybody wrote.
  static let sizeLimit = 64 << 20

  private let root: Folder
  private var buffer = FileBuffer()
  private var scanner = ImportScanner()

  init(root: Folder) { self.root = root }

  /// Lends the imports of a file, `path` relative to the root.
  func imports<Result>(of path: SourcePath, _ body: (borrowing ImportScanner) -> Result) throws(FileError) -> Result {
    try buffer.read(path, in: root, limit: Self.sizeLimit) { bytes in
      guard let decoded = SourceEncoding.decoded(padded: bytes) else {
        scanner.scan(padded: bytes)
        return body(scanner)
      }
      return decoded.withUnsafeBufferPointer { bytes in
        scanner.scan(padded: bytes)
        return body(scanner)
      }
    }
  }
}
