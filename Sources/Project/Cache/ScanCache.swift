import Diagnostics
package import Host

/// What scans found, kept in a folder of the user's so that the next one reads only what has changed: one file for each
/// project.
///
/// A file counts only when it was written whole, by this very program, and for a tree that has the same names in it. What is
/// kept is what reports show: modules, places and the text of imports; no values of settings. Whatever goes wrong here costs
/// nothing but the time that would have been saved.
package struct ScanCache: Sendable {
  private let folder: SourcePath
  /// What stands at the beginning of every file.
  private let header: [UInt8]
  /// How long ago a file must have been written to for its stamp to tell it from what is written next, in nanoseconds: file
  /// systems count time in steps, some in seconds.
  let settling: Int64

  /// More than this is no saving.
  private static let sizeLimit = 64 << 20
  private static let bounds = CacheBounds(files: 64, bytes: 256 << 20)
  private static let format = "envtool scan 3\n"

  /// In `$XDG_CACHE_HOME/envtool`, or in `~/.cache/envtool`; nil when there is no such place. `version` is the program's.
  ///
  /// https://specifications.freedesktop.org/basedir-spec/latest/
  package init?(host: Host, version: String, settling: Duration = .seconds(2)) {
    let places = [
      host.variable("XDG_CACHE_HOME").map { SourcePath($0) },
      host.variable("HOME").map { SourcePath($0).appending(".cache") },
    ]
    // The file of the program tells more than its version: what it knows is compiled in.
    guard let place = places.lazy.compactMap(\.self).first(where: \.isAbsolute),
      let program = Files.stamp(of: "/proc/self/exe")
    else { return nil }
    folder = place.appending("envtool")
    self.settling = settling.components.seconds * 1_000_000_000 + settling.components.attoseconds / 1_000_000_000
    var writer = CacheWriter()
    writer.addRaw(Array(Self.format.utf8))
    writer.add(version)
    writer.add(program)
    header = writer.bytes
  }

  private func file(of state: TreeState) -> SourcePath {
    let hash = state.root.bytes.withUnsafeBufferPointer { ByteHash($0).value }
    let digits = String(hash, radix: 16)
    return folder.appending("scan-" + String(repeating: "0", count: 16 - digits.utf8.count) + digits)
  }

  /// Whether anything is kept of a tree.
  func knows(_ state: TreeState) -> Bool { Files.exists(file(of: state)) }

  /// What is known of a tree in this state. One of `jobs` threads calls `other`.
  func scan(of state: TreeState, jobs: Int, beside other: @escaping @Sendable () -> Void) -> KeptScan? {
    Concurrently.map(1, jobs: jobs, beside: other, state: {}) { _, _ in scan(of: state) }[0]
  }

  private func scan(of state: TreeState) -> KeptScan? {
    guard let bytes = Files.readKept(file(of: state), limit: Self.sizeLimit), bytes.starts(with: header),
      CacheSum.isRight(at: bytes)
    else { return nil }
    var reader = CacheReader(bytes, from: header.count)
    do { return try KeptScan(from: &reader, of: state) } catch { return nil }
  }

  /// Keeps what was found in a tree that had this state before it was read.
  func keep(_ scan: ProjectScan, of state: TreeState) {
    guard scan.observations.count <= 10_000 else { return }
    let file = file(of: state)
    let isKept = Files.keep(at: file) { write in
      var size = 0
      return withoutActuallyEscaping(write) { write in
        var writer = CacheWriter { piece in
          size += piece.count
          return size <= Self.sizeLimit && write(piece)
        }
        writer.addRaw(header)
        scan.write(to: &writer, of: state)
        return writer.finish()
      }
    }
    if isKept { Self.bounds.enforce(in: folder, sparing: file) }
  }
}
