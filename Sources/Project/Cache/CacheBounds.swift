import Diagnostics
import Host

/// How much may be kept: where there is more the oldest files go.
struct CacheBounds: Sendable {
  let files: Int
  let bytes: Int64

  /// What a process that was killed left half written goes after this time, in nanoseconds.
  private static let patience: Int64 = 3_600_000_000_000

  /// Removes what is too much in a folder of the cache; other files in it stay.
  func enforce(in folder: SourcePath, sparing newest: SourcePath) {
    guard let names = try? Files.list(folder) else { return }
    let now = FileStamp.now()
    var kept: [(path: SourcePath, stamp: FileStamp)] = []
    for (name, kind) in names where kind == .regular && name.bytes.starts(with: "scan-".utf8) {
      let path = folder.appending(name)
      guard let stamp = Files.stamp(of: path) else { continue }
      if name.name.contains(Files.temporaryMark) {
        if stamp.modified < now - Self.patience { Files.remove(path) }
      } else if path != newest {
        kept.append((path, stamp))
      }
    }
    kept.sort { $0.stamp.modified > $1.stamp.modified }
    var size = Files.stamp(of: newest)?.size ?? 0
    for (index, file) in kept.enumerated() {
      size += file.stamp.size
      if index + 1 >= files || size > bytes { Files.remove(file.path) }
    }
  }
}
