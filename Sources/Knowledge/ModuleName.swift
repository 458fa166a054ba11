/// Dotted names of modules.
extension String {
  /// The first part of a dotted name: `google` of `google.cloud.storage`.
  package var topLevelModule: String {
    // Looked for among the bytes: a manifest asks this of every import.
    guard let dot = utf8.firstIndex(of: UInt8(ascii: ".")) else { return self }
    return String(self[..<dot])
  }
}
