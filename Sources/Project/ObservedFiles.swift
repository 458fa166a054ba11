import Diagnostics
import Host

/// Files and folders that are looked at beside the walk, with what they were at that time, so that a later scan can tell
/// whether it would see the same.
final class ObservedFiles {
  /// What was looked at, and what was seen.
  enum Observation: Hashable {
    /// The content of a file, or the names in a folder; nil when there was nothing.
    case content(SourcePath, FileStamp?)
    case existence(SourcePath, Bool)
    /// Where links lead to.
    case destination(SourcePath, SourcePath?)

    /// Whether the same would be seen now.
    var holds: Bool {
      switch self {
      case .content(let path, let stamp): stamp != .unknown && Files.stamp(of: path) == stamp
      case .existence(let path, let isThere): Files.exists(path) == isThere
      case .destination(let path, let target): Files.resolved(path) == target
      }
    }
  }

  /// In the order of looking, each once.
  private(set) var observations: [Observation] = []
  private var known: Set<Observation> = []

  private func note(_ observation: Observation) {
    if known.insert(observation).inserted { observations.append(observation) }
  }

  private func noteContent(of path: SourcePath) { note(.content(path, Files.stamp(of: path))) }

  /// As `Files.read`.
  func read(_ path: SourcePath, limit: Int) throws(FileError) -> [UInt8] {
    noteContent(of: path)
    return try Files.read(path, limit: limit)
  }

  /// As `Files.list`.
  func list(_ folder: SourcePath) throws(FileError) -> [(name: SourcePath, kind: FileKind)] {
    noteContent(of: folder)
    return try Files.list(folder)
  }

  /// As `Files.exists`.
  func exists(_ path: SourcePath) -> Bool {
    let isThere = Files.exists(path)
    note(.existence(path, isThere))
    return isThere
  }

  /// As `Files.resolved`.
  func resolved(_ path: SourcePath) -> SourcePath? {
    let target = Files.resolved(path)
    note(.destination(path, target))
    return target
  }
}
