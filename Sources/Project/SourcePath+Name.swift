import Diagnostics

extension SourcePath {
  /// Whether that is what the file is called in its folder.
  func isNamed(_ name: StaticString) -> Bool {
    bytes.withUnsafeBufferPointer { path in
      let start = path.count - name.utf8CodeUnitCount
      return path.hasSuffix(name) && (start == 0 || path[start - 1] == UInt8(ascii: "/"))
    }
  }
}
