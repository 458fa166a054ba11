/// Dotted names of modules.
extension String {
  /// The first part of a dotted name: `google` of `google.cloud.storage`.
  package var topLevelModule: String {
    // Looked for among the bytes: a manifest asks this of every import.
    var name = self
    let top = name.withUTF8 { bytes in
      bytes.firstIndex(of: UInt8(ascii: ".")).map { String(decoding: bytes[..<$0], as: UTF8.self) }
    }
    return top ?? self
  }
}
