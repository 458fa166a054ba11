package import Diagnostics

#if canImport(Glibc)
  import Glibc
#endif

extension Files {
  /// What a symbolic link says, as it is written; nil when `path` is none.
  package static func writtenTarget(ofLink path: SourcePath) -> SourcePath? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = withCString(path) { readlink($0, &buffer, buffer.count) }
    return length > 0 ? SourcePath(bytes: buffer.prefix(length).map { UInt8(bitPattern: $0) }) : nil
  }
}
