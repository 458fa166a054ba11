/// How a TOML file is laid out: where its tables begin and end, which keys stand where, and its comments.
package struct TOMLLayout: Sendable {
  /// One `key = value` of a section.
  package struct Pair: Sendable {
    /// The parts of its key, from the section's table.
    package let key: [String]
    /// From the key's first byte to the value's last one.
    package internal(set) var bytes: Range<Int>
  }

  /// A header with what stands below it; the first has none and holds what comes before every header.
  package struct Section: Sendable {
    /// The parts of the header's key; empty for the first section.
    package let key: [String]
    /// Of an array of tables: `[[key]]`.
    package let isElement: Bool
    /// Of the header with its brackets; empty for the first section.
    package let header: Range<Int>
    package internal(set) var pairs: [Pair] = []

    /// Behind the last value, or the header where there is none.
    package var end: Int { pairs.last?.bytes.upperBound ?? header.upperBound }
  }

  package internal(set) var sections: [Section]
  /// Each from its `#` to the last byte before the end of its line.
  package internal(set) var comments: [ConfigPlace] = []

  init(start: Int) {
    sections = [Section(key: [], isElement: false, header: start..<start)]
  }
}
