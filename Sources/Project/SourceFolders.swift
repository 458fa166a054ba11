import Diagnostics

/// The folders that Python sources stand in, with those around them.
struct SourceFolders {
  struct Folder {
    let path: SourcePath
    /// Index of the folder around it; its own for the project's folder.
    let parent: Int
    /// Whether it holds an `__init__.py`.
    var isPackage = false
  }

  /// The Python sources of the tree, those that .gitignore leaves out among them, sorted.
  let sources: [SourcePath]
  /// For each source the index of its folder.
  let ofSources: [Int]
  /// The project's folder first, each folder behind the one around it.
  let all: [Folder]

  init(_ tree: ProjectTree) {
    sources = Self.merged(tree.sources, tree.ignoredSources)
    var all = [Folder(path: "", parent: 0)]
    var ofSources: [Int] = []
    ofSources.reserveCapacity(sources.count)
    // In sorted paths everything below a folder stands together: one way from the root is open at a time.
    var open: [(index: Int, count: Int)] = []
    var last: SourcePath = ""
    for source in sources {
      source.bytes.withUnsafeBufferPointer { bytes in
        let shared = last.bytes.withUnsafeBufferPointer { Self.commonCount($0, bytes) }
        while let top = open.last, top.count >= shared { open.removeLast() }
        var start = open.last.map { $0.count + 1 } ?? 0
        for index in start..<bytes.count where bytes[index] == UInt8(ascii: "/") {
          all.append(
            Folder(
              path: SourcePath(bytes: UnsafeBufferPointer(rebasing: bytes[..<index])), parent: open.last?.index ?? 0))
          open.append((all.count - 1, index))
          start = index + 1
        }
        let folder = open.last?.index ?? 0
        if UnsafeBufferPointer(rebasing: bytes[start...]).equals("__init__.py") { all[folder].isPackage = true }
        ofSources.append(folder)
      }
      last = source
    }
    self.all = all
    self.ofSources = ofSources
  }

  func contains(_ folder: SourcePath) -> Bool { all.contains { $0.path == folder } }

  /// What two sorted lists hold, sorted.
  private static func merged(_ many: [SourcePath], _ few: [SourcePath]) -> [SourcePath] {
    if few.isEmpty { return many }
    var merged: [SourcePath] = []
    merged.reserveCapacity(many.count + few.count)
    var start = 0
    for path in few {
      var (low, high) = (start, many.count)
      while low < high {
        let middle = (low + high) / 2
        if many[middle] < path { low = middle + 1 } else { high = middle }
      }
      merged += many[start..<low]
      merged.append(path)
      start = low
    }
    return merged + many[start...]
  }

  /// How many bytes both begin with.
  private static func commonCount(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    let most = min(left.count, right.count)
    let (first, second) = (UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
    var count = 0
    while count + 8 <= most,
      first.loadUnaligned(fromByteOffset: count, as: UInt64.self)
        == second.loadUnaligned(fromByteOffset: count, as: UInt64.self)
    { count += 8 }
    while count < most, left[count] == right[count] { count += 1 }
    return count
  }
}
