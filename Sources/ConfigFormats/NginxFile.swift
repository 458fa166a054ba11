// Supported: directives with quoted and bare words, blocks to any depth, comments, `upstream` blocks.
// Unsupported: what `include` brings, blocks of Lua and the like (their lines are read as directives of no meaning).
// Grammar: directive = word word* ( ";" | "{" directive* "}" )

/// A configuration file of nginx, flat: its directives in order, with places and the blocks around them.
///
/// Reading never fails. https://nginx.org/en/docs/beginners_guide.html#conf_structure
package struct NginxFile: Sendable {
  package struct Directive: Sendable {
    package let name: String
    package let words: [String]
    /// The first words of the blocks around it with their arguments, the outermost first: `http`, `upstream site`.
    package let blocks: [String]
    /// Of the name, from 1; the column in Unicode scalars.
    package let line: Int
    package let column: Int
  }

  package private(set) var directives: [Directive] = []

  package init(_ file: [UInt8]) {
    var places = FilePlaces(file)
    var position = file.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var words: [(text: String, offset: Int)] = []
    var blocks: [String] = []
    func directive(_ words: [(text: String, offset: Int)]) -> Directive? {
      guard let first = words.first else { return nil }
      let (line, column) = places.place(of: first.offset)
      return Directive(
        name: first.text, words: words.dropFirst().map(\.text), blocks: blocks, line: line, column: column)
    }
    while position < file.count {
      switch file[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): position += 1
      case UInt8(ascii: "#"): position = file[position...].firstIndex(of: UInt8(ascii: "\n")) ?? file.count
      case UInt8(ascii: ";"):
        if let found = directive(words) { directives.append(found) }
        words = []
        position += 1
      case UInt8(ascii: "{"):
        blocks.append(words.map(\.text).joined(separator: " "))
        words = []
        position += 1
      case UInt8(ascii: "}"):
        if !blocks.isEmpty { blocks.removeLast() }
        words = []
        position += 1
      default:
        let start = position
        words.append((Self.word(file, &position), start))
      }
    }
  }

  /// One word; `${name}` belongs to it.
  private static func word(_ file: [UInt8], _ position: inout Int) -> String {
    var bytes: [UInt8] = []
    let quote = file[position]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      position += 1
      while position < file.count, file[position] != quote {
        if file[position] == UInt8(ascii: "\\"), position + 1 < file.count { position += 1 }
        bytes.append(file[position])
        position += 1
      }
      position += 1
      return String(decoding: bytes, as: UTF8.self)
    }
    while position < file.count, !" \t\r\n;".utf8.contains(file[position]) {
      if file[position] == UInt8(ascii: "{") {
        guard bytes.last == UInt8(ascii: "$") else { break }
        let end = file[position...].firstIndex(of: UInt8(ascii: "}")) ?? file.count - 1
        bytes += file[position...end]
        position = end + 1
        continue
      }
      if file[position] == UInt8(ascii: "}") { break }
      bytes.append(file[position])
      position += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
