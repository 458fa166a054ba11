// Supported: what packaging.utils.parse_wheel_filename of packaging 26 accepts, names beyond ASCII included.
// Unsupported: a version that `Version` does not read.
// Grammar: wheel = name "-" version ["-" build] "-" interpreters "-" abis "-" platforms ".whl"
//   name  = (letter | digit | "_" | ".")+ without "__"
//   build = digit+ any*

/// The file name of a wheel: `numpy-2.1.0-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`.
///
/// Only the name's grammar was looked at: a platform may hold `/`, so take the name's last component before a file is
/// opened by it. Source:
/// https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention
package struct WheelName: Hashable, Sendable {
  /// The name of the distribution in lower case with `-` for each run of `-`, `_` and `.`; it may be one that no index
  /// would take. Compare it with `PackageName.normalized`.
  package let name: String
  package let version: Version
  package let build: BuildTag?
  package let tags: TagSet

  /// The parts of `fileName`, or nil when it is no wheel's.
  package init?(_ fileName: String) {
    let bytes = Array(fileName.utf8)
    guard bytes.count > 4, bytes[(bytes.count - 4)...].elementsEqual(".whl".utf8) else { return nil }
    let stem = bytes.dropLast(4)
    let dashes = stem.indices.filter { stem[$0] == UInt8(ascii: "-") }
    guard dashes.count == 4 || dashes.count == 5, let name = WheelName.name(stem[..<dashes[0]]),
      let version = Version(String(decoding: stem[(dashes[0] + 1)..<dashes[1]], as: UTF8.self)),
      let tags = TagSet(bytes: stem[(dashes[dashes.count - 3] + 1)...])
    else { return nil }
    if dashes.count == 5 {
      guard let build = BuildTag(bytes: stem[(dashes[1] + 1)..<dashes[2]]) else { return nil }
      self.build = build
    } else {
      build = nil
    }
    self.name = name
    self.version = version
    self.tags = tags
  }

  private static func name(_ bytes: ArraySlice<UInt8>) -> String? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard !bytes.isEmpty,
      bytes.allSatisfy({ ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") })
        || text.unicodeScalars.allSatisfy({ PythonText.isWord($0) || $0 == "." }),
      !zip(bytes, bytes.dropFirst()).contains(where: { $0 == UInt8(ascii: "_") && $1 == UInt8(ascii: "_") })
    else { return nil }
    return PythonText.normalizedName(text)
  }
}

extension WheelName: CustomStringConvertible {
  /// Name, version and each tag between single spaces, the tags sorted: `foo 1.0 py2-none-any py3-none-any`. Where there
  /// are more tags than a real wheel has, they stand compressed.
  package var description: String {
    let written = tags.count <= 10_000 ? tags.tags.map(\.description) : [tags.compressed]
    return ([name, version.description] + written).joined(separator: " ")
  }
}
