// Supported: strings added to an array, in whatever style it is written; keys added to a table, be it made by a header, by
// dotted keys or inline; tables added to the file. Only ever insertions: comments, quotes, order and blanks stay.
// Unsupported: values changed or removed.

/// Adds to a TOML file without changing anything that stands there.
package struct TOMLEditor: Sendable {
  package private(set) var text: GrowingText
  package private(set) var document: ConfigNode
  private(set) var layout: TOMLLayout
  private let version: TOMLVersion

  /// One string to be added to an array, with the name that its place goes by.
  package struct Item: Sendable {
    package let name: String
    /// Any text; it is quoted as the array's other strings are.
    package let text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// How items of arrays are indented: as the first string that begins a line is, four blanks where none does.
  var indent: String { TOMLArrayIndent.usual(in: text.bytes) }

  /// Reads the file; throws when it is not TOML.
  package init(_ bytes: [UInt8], as version: TOMLVersion = .v1_0) throws(ConfigError) {
    text = GrowingText(bytes)
    self.version = version
    (document, layout) = try TOMLReader.readLayout(bytes, as: version)
  }

  /// Inserts and reads the file again; throws when it would be TOML no longer, and leaves it as it was then.
  mutating func insert(_ insertions: [(offset: Int, text: String)]) throws(ConfigError) {
    var grown = text
    grown.insert(insertions)
    (document, layout) = try TOMLReader.readLayout(grown.bytes, as: version)
    text = grown
  }

  /// The value at a path of keys.
  package func node(at path: [String]) -> ConfigNode? {
    path.reduce(Optional(document)) { node, key in node?[key] }
  }

  /// `"text"`, or `'text'` where the double quote stands in it or the neighbours are written so.
  package func quoted(_ text: String, like neighbours: [ConfigNode] = []) -> String {
    let starts = neighbours.filter { $0.string != nil }.map { self.text.bytes[$0.place.bytes.lowerBound] }
    let singles = starts.count { $0 == UInt8(ascii: "'") }
    let isSingle = text.contains("\"") || singles * 2 > starts.count
    if isSingle, !text.utf8.contains(where: { $0 == UInt8(ascii: "'") || $0 < 0x20 || $0 == 0x7F }) {
      return "'\(text)'"
    }
    return Self.basicString(text)
  }

  /// A string in double quotes on one line.
  static func basicString(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

enum TOMLArrayIndent {
  /// That of the first line that begins with blanks and a quote.
  static func usual(in bytes: [UInt8]) -> String {
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let blanks = line.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      let first = line.dropFirst(blanks.count).first
      if !blanks.isEmpty, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
        return String(decoding: blanks, as: UTF8.self)
      }
    }
    return "    "
  }
}
