package import Diagnostics

extension IgnoredLines {
  /// Reads the comments of a TOML file, each for its own line; none of a file that is not TOML.
  package init(toml bytes: [UInt8]) {
    self.init()
    guard Self.mayOccur(in: bytes), let layout = try? TOMLReader.readLayout(bytes).layout else { return }
    for place in layout.comments {
      if let comment = IgnoreComment(bytes[place.bytes]) { add(comment, to: place.line...place.line) }
    }
  }
}
