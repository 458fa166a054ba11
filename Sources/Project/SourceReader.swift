import ConfigFormats
import Diagnostics
import Host
import PythonSource

#if canImport(Glibc)
  import Glibc
#endif

/// Reads Python sources one after another for one thread, in the same memory.
final class SourceReader {
  /// A file of more bytes is no source that anybody wrote.
  static let sizeLimit = 64 << 20

  private let root: Folder
  private var buffer = FileBuffer()
  private var scanner = ImportScanner()
  /// Whether the last file may have a block of metadata near its top; false where nobody seeks it.
  private(set) var hasScriptMetadata = false
  private let seeksMetadata: Bool

  /// Blocks stand behind a `#!` and a comment at most.
  private static let metadataReach = 1024

  init(root: Folder, seeksMetadata: Bool) {
    self.root = root
    self.seeksMetadata = seeksMetadata
  }

  /// Lends the imports of a file, `path` relative to the root.
  func imports<Result>(of path: SourcePath, _ body: (inout ImportScanner) -> Result) throws(FileError) -> Result {
    try buffer.read(path, in: root, limit: Self.sizeLimit) { bytes in
      hasScriptMetadata = seeksMetadata && Self.mayHaveMetadata(bytes)
      guard let decoded = SourceEncoding.decoded(padded: bytes) else {
        scanner.scan(padded: bytes)
        return body(&scanner)
      }
      return decoded.withUnsafeBufferPointer { bytes in
        scanner.scan(padded: bytes)
        return body(&scanner)
      }
    }
  }

  private static func mayHaveMetadata(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = UnsafeBufferPointer(rebasing: bytes.prefix(metadataReach))
    // SAFETY: what is looked for and where lie within the memory that is lent.
    while let base = rest.baseAddress, let found = memchr(base, Int32(UInt8(ascii: "#")), rest.count) {
      let start = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      rest = UnsafeBufferPointer(rebasing: rest[start...])
      if ScriptMetadata.opening.withUTF8Buffer({ rest.starts(with: $0) }) { return true }
      rest = UnsafeBufferPointer(rebasing: rest[1...])
    }
    return false
  }
}
