// Supported: what packaging.utils.parse_sdist_filename of packaging 26 accepts: any text before the last `-` is a name.
// Unsupported: a version that `Version` does not read.
// Grammar: sdist = name "-" version (".tar.gz" | ".zip")

/// The file name of a source distribution: `django-5.2.tar.gz`.
///
/// Source: https://packaging.python.org/en/latest/specifications/source-distribution-format/#source-distribution-file-name
package struct SdistName: Hashable, Sendable {
  /// As in `WheelName`: in lower case with `-` for each run of `-`, `_` and `.`, not necessarily a valid name.
  package let name: String
  package let version: Version

  /// The parts of `fileName`, or nil when it is no source distribution's.
  package init?(_ fileName: String) {
    let bytes = Array(fileName.utf8)
    guard let ending = [".tar.gz", ".zip"].first(where: { bytes.suffix($0.utf8.count).elementsEqual($0.utf8) })
    else { return nil }
    let stem = bytes.dropLast(ending.utf8.count)
    guard let dash = stem.lastIndex(of: UInt8(ascii: "-")), dash > 0,
      let version = Version(String(decoding: stem[(dash + 1)...], as: UTF8.self))
    else { return nil }
    name = PythonText.normalizedName(String(decoding: stem[..<dash], as: UTF8.self))
    self.version = version
  }
}

extension SdistName: CustomStringConvertible {
  /// `django 5.2`
  package var description: String { "\(name) \(version)" }
}
