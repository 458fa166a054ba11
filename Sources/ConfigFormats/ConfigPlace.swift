/// Where a token stands in a configuration file.
package struct ConfigPlace: Hashable, Sendable {
  private let storedLine: UInt32
  private let storedColumn: UInt32
  private let start: UInt32
  private let end: UInt32

  /// `bytes` is what `ConfigPlace.bytes` gives; no number may be beyond `ConfigCursor.maximumCount`.
  init(line: Int, column: Int, bytes: Range<Int>) {
    storedLine = UInt32(truncatingIfNeeded: line)
    storedColumn = UInt32(truncatingIfNeeded: column)
    start = UInt32(truncatingIfNeeded: bytes.lowerBound)
    end = UInt32(truncatingIfNeeded: max(bytes.lowerBound, bytes.upperBound))
  }

  /// The place of what no file holds: line and column are 0.
  package static let nowhere = ConfigPlace(line: 0, column: 0, bytes: 0..<0)

  /// From 1.
  package var line: Int { Int(storedLine) }

  /// From 1, in Unicode scalars; a byte order mark does not count.
  package var column: Int { Int(storedColumn) }

  /// The token in the bytes that were read, quotes and brackets included; a byte order mark counts.
  package var bytes: Range<Int> { Int(start)..<Int(end) }

  /// The same token, known to reach as far as `end`.
  func reaching(_ end: Int) -> ConfigPlace { ConfigPlace(line: line, column: column, bytes: Int(start)..<end) }
}
