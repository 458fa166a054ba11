/// Where the names of requirements stand in the strings that hold them.
struct NamePlaces {
  private let lines: [ArraySlice<UInt8>]

  init(_ bytes: [UInt8]) {
    lines = (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...])
      .split(separator: 0x0A, omittingEmptySubsequences: false)
  }

  /// The column behind the quotes that begin at `column`, itself when none do; both from 1, in Unicode scalars.
  func column(of line: Int, _ column: Int) -> Int {
    guard line > 0, line <= lines.count else { return column }
    let rest = String(decoding: lines[line - 1], as: UTF8.self).unicodeScalars.dropFirst(column - 1)
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return column }
    let quotes = rest.prefix { $0 == quote }.count
    return column + (quotes == 2 || quotes > 3 ? 1 : quotes)
  }
}
