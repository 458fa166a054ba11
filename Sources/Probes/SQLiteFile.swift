import Diagnostics
import Glibc

/// What the file system tells about a database file before SQLite sees it.
///
/// Source: https://www.sqlite.org/fileformat2.html#the_database_header
struct SQLiteFile {
  let path: SourcePath
  private let isInLogMode: Bool
  private let hasLog: Bool
  private let hasLogIndex: Bool

  /// Throws when `path` is no file that can be read.
  init(_ path: SourcePath) throws(ProbeFailure) {
    self.path = path
    guard !path.isEmpty, !path.bytes.contains(0) else {
      throw ProbeFailure(.missing, "the path of the database, `\(path)`, is not a path")
    }
    // SQLite's locks end when the process closes the file anywhere: that could only disturb another reader of it here.
    let descriptor = Self.withPath(path) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { throw Self.failure(errno, path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(errno, path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw ProbeFailure(.corrupt, "\(path) is a folder, not a database file")
    default: throw ProbeFailure(.corrupt, "\(path) is not a regular file")
    }
    var header = [UInt8](repeating: 0, count: 20)
    guard pread(descriptor, &header, header.count, 0) >= 0 else { throw Self.failure(errno, path) }
    isInLogMode = header.starts(with: "SQLite format 3\0".utf8) && header[18] == 2 && header[19] == 2
    hasLog = (Self.size(SourcePath(bytes: path.bytes + "-wal".utf8)) ?? 0) > 0
    hasLogIndex = Self.size(SourcePath(bytes: path.bytes + "-shm".utf8)) != nil
  }

  /// Whether there are changes in a `-wal` file that only a writer could read.
  var hasUnreadableLog: Bool { isInLogMode && hasLog && !hasLogIndex }

  /// The URI under which SQLite opens the file without creating any other. https://www.sqlite.org/uri.html
  ///
  /// In WAL mode a reader creates the `-shm` file when there is none: `immutable` looks at the main file alone.
  var uri: String {
    let start = path.isAbsolute ? "file://" : "file:"
    let options = !isInLogMode ? "mode=ro" : hasLogIndex ? "mode=ro&readonly_shm=1" : "mode=ro&immutable=1"
    return start + Self.percentEncoded(path.bytes) + "?" + options
  }

  private static func percentEncoded(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        result.append(byte)
      default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func size(_ path: SourcePath) -> Int? {
    var status = stat()
    return withPath(path) { stat($0, &status) } == 0 ? Int(status.st_size) : nil
  }

  private static func withPath<T>(_ path: SourcePath, _ body: (UnsafePointer<CChar>) -> T) -> T {
    // SAFETY: the terminated copy lives until `body` returns.
    (path.bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map(body) ?? body([0])
    }
  }

  private static func failure(_ error: CInt, _ path: SourcePath) -> ProbeFailure {
    switch error {
    case ENOENT, ENOTDIR:
      var status = stat()
      let folder = path.parent.isEmpty ? SourcePath(".") : path.parent
      let hasFolder = withPath(folder) { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
      return hasFolder
        ? ProbeFailure(.missing, "there is no database file \(path)")
        : ProbeFailure(.missing, "there is no folder \(folder) to hold the database \(path.name)")
    case EACCES, EPERM: return ProbeFailure(.noGrant, "permission to read the database file \(path) is denied")
    default:
      return ProbeFailure(.system, "the database file \(path) cannot be read: \(String(cString: strerror(error)))")
    }
  }
}
