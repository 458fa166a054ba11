import Diagnostics
import Host
import Packaging

/// A folder below `lib` that belongs to one Python, such as `python3.12` or `pypy3.10`.
struct LibraryFolder {
  /// What such a folder, or an interpreter, is called.
  struct Name {
    let text: String
    /// `3.12`, `3.13t`; empty when the name holds none.
    let series: String
    let version: Version?

    /// nil when the name is not that of a Python.
    init?(_ name: String) {
      guard let word = ["python", "pypy"].first(where: name.hasPrefix) else { return nil }
      let rest = name.dropFirst(word.count)
      let digits = rest.prefix { $0 == "." || $0.isASCII && $0.isNumber }
      let isFreeThreaded = rest.dropFirst(digits.count) == "t"
      guard rest.count == digits.count || isFreeThreaded else { return nil }
      version = digits.contains(".") ? Version(String(digits)) : nil
      series = version == nil ? "" : String(rest)
      text = name
    }

    func matches(_ other: Version) -> Bool { version?.release.prefix(2) == other.release.prefix(2) }
  }

  let name: Name

  /// Those with a site-packages or dist-packages folder, newest first.
  static func all(in prefix: SourcePath) -> [LibraryFolder] {
    var result: [LibraryFolder] = []
    for library in ["lib", "lib64"] {
      let folder = prefix.appending(library)
      for entry in (try? Files.list(folder)) ?? [] {
        guard let name = Name(entry.name.name), name.version != nil else { continue }
        let place = folder.appending(entry.name)
        let holdsPackages = ["site-packages", "dist-packages"].contains {
          Files.kind(of: place.appending($0)) == .folder
        }
        if holdsPackages { result.append(LibraryFolder(name: name)) }
      }
    }
    return result.sorted { left, right in
      guard let first = left.name.version, let second = right.name.version, first != second else {
        return left.name.text < right.name.text
      }
      return first > second
    }
  }
}
