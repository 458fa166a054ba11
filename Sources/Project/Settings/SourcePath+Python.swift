import Diagnostics

/// Paths as Python's libraries compute them.
extension SourcePath {
  /// As pathlib writes it: without empty and `.` parts; `..` stays, since a link may stand before it.
  var collapsed: SourcePath {
    let parts = bytes.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
    return SourcePath(bytes: (isAbsolute ? [UInt8(ascii: "/")] : []) + parts.joined(separator: [UInt8(ascii: "/")]))
  }

  /// os.path.join: an absolute part starts anew, an empty one gives a final slash.
  static func joining(_ parts: [SourcePath]) -> SourcePath {
    parts.dropFirst().reduce(parts.first ?? "") { path, part in
      if part.isAbsolute || path.isEmpty { return part }
      let isClosed = path.bytes.last == UInt8(ascii: "/")
      return SourcePath(bytes: path.bytes + (isClosed ? [] : [UInt8(ascii: "/")]) + part.bytes)
    }
  }

  /// os.path.dirname.
  var directoryName: SourcePath {
    var head = bytes[...(bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1)]
    while head.count > 1, head.last == UInt8(ascii: "/") { head.removeLast() }
    return SourcePath(bytes: head)
  }
}
