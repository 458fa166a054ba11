// Supported: one block `# /// script` ... `# ///`, its lines without their `#`; `dependencies`.
// Unsupported: other types of block; of several `script` blocks, which the standard forbids, the first is read.

/// The requirements that a Python script gives for itself.
///
/// Source: https://packaging.python.org/en/latest/specifications/inline-script-metadata/
package enum ScriptMetadata {
  /// A requirement as it is written, with its place in the script, from 1.
  package struct Dependency: Hashable, Sendable {
    package let text: String
    package let line: Int
    package let column: Int
  }

  package static let opening: StaticString = "# /// script"

  package static func dependencies(in file: [UInt8]) -> [Dependency] {
    var block: [UInt8] = []
    var first: Int?
    for (number, range) in zip(1..., FileLines.ranges(of: file)) {
      let line = file[range]
      if first == nil {
        if opening.withUTF8Buffer({ line.elementsEqual($0) }) { first = number }
        continue
      }
      guard line.first == UInt8(ascii: "#") else { return [] }
      if line.elementsEqual("# ///".utf8) { break }
      block += line.dropFirst(line.dropFirst().first == UInt8(ascii: " ") ? 2 : 1) + [UInt8(ascii: "\n")]
    }
    guard let first, let table = try? TOMLReader.read(block), let nodes = table["dependencies"]?.array else {
      return []
    }
    return nodes.compactMap { node in
      node.string.map { Dependency(text: $0, line: node.place.line + first, column: node.place.column + 2) }
    }
  }
}
