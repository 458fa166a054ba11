package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

extension Files {
  /// What a symbolic link says, as it stands there; nil when `path` is none.
  package static func destination(ofLink path: SourcePath) -> SourcePath? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = withCString(path) { readlink($0, &buffer, buffer.count) }
    return length > 0 ? SourcePath(bytes: buffer.prefix(length).map { UInt8(bitPattern: $0) }) : nil
  }

  /// `path` with every link resolved as a process would whose root folder is `root`: an absolute link leads below `root`,
  /// and no `..` leads out of it.
  ///
  /// `path` is as that process would write it; the result begins with `root`. Nil when nothing is there.
  package static func resolved(_ path: SourcePath, below root: SourcePath) -> SourcePath? {
    var done: [SourcePath] = []
    // Names still to be walked, the next one last.
    var pending = names(of: path)
    var links = 0
    while let name = pending.popLast() {
      if name == ".." {
        _ = done.popLast()
        continue
      }
      let here = done.reduce(root) { $0.appending($1) }.appending(name)
      guard let target = destination(ofLink: here) else {
        done.append(name)
        continue
      }
      links += 1
      if links > 40 { return nil }
      if target.isAbsolute { done = [] }
      pending += names(of: target)
    }
    let result = done.reduce(root) { $0.appending($1) }
    return kind(of: result, followingLinks: false) == nil ? nil : result
  }

  /// The names of a path without `.`, the first one last.
  private static func names(of path: SourcePath) -> [SourcePath] {
    path.bytes.split(separator: UInt8(ascii: "/")).map { SourcePath(bytes: $0) }.filter { $0 != "." }.reversed()
  }
}
