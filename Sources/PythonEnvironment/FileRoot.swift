package import Diagnostics
import Host

/// The file system that the paths of an environment are meant in: that of this machine, or another's that lies in a folder
/// here, such as the unpacked image of a container.
package struct FileRoot: Sendable, Equatable {
  /// Where the other file system's `/` lies; nil for this machine's own.
  package let folder: SourcePath?

  package static let machine = FileRoot(folder: nil)

  package init(folder: SourcePath?) { self.folder = folder }

  /// The file system that an absolute path belongs to: that of the nearest folder above it that looks like a `/`.
  package init(around path: SourcePath) {
    var candidate = path.parent
    while candidate.bytes.count > 1 {
      if Self.looksLikeRoot(candidate) {
        self.init(folder: candidate)
        return
      }
      candidate = candidate.parent
    }
    self.init(folder: nil)
  }

  /// Whether a folder has what the root of every Linux has: programs below `usr`, and something else of its own.
  static func looksLikeRoot(_ folder: SourcePath) -> Bool {
    let holds = { (names: [String]) in names.contains { Files.kind(of: folder.appending($0)) == .folder } }
    return holds(["usr/bin", "usr/local/bin"]) && holds(["etc", "bin", "lib", "var", "usr/lib/python3/dist-packages"])
  }

  /// Where a path of that file system lies here.
  package func place(of path: SourcePath) -> SourcePath {
    guard let folder, path.isAbsolute, path.relative(to: folder) == nil else { return path }
    return folder.appending(SourcePath(bytes: path.bytes.drop { $0 == UInt8(ascii: "/") }))
  }

  /// What a place here is called in that file system.
  package func written(_ place: SourcePath) -> SourcePath {
    guard let folder, let inside = place.relative(to: folder) else { return place }
    return SourcePath("/").appending(inside)
  }

  /// A place here with every link resolved as that file system does, or nil when there is nothing.
  package func resolved(_ place: SourcePath) -> SourcePath? {
    guard let folder, place.relative(to: folder) != nil else { return Files.resolved(place) }
    return Files.resolved(written(place), below: folder)
  }
}
