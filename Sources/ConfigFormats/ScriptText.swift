/// A part of a file with what wraps it undone (quotes, escapes, indentation), each byte with its offset in the file.
struct ScriptText: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var offsets: [UInt32] = []

  init() {}

  /// A range of the file as it stands.
  init(_ file: [UInt8], _ range: Range<Int>) { append(file, range) }

  var count: Int { bytes.count }
  var isEmpty: Bool { bytes.isEmpty }
  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(_ file: [UInt8], _ range: Range<Int>) {
    bytes += file[range]
    offsets += range.lazy.map { UInt32(truncatingIfNeeded: $0) }
  }

  mutating func append(_ byte: UInt8, at offset: Int) {
    bytes.append(byte)
    offsets.append(UInt32(truncatingIfNeeded: offset))
  }

  /// Text that stands in the file elsewhere, or nowhere, all of it at one offset.
  mutating func append(_ text: some Sequence<UInt8>, allAt offset: Int) {
    for byte in text { append(byte, at: offset) }
  }

  mutating func append(_ other: ScriptText) {
    bytes += other.bytes
    offsets += other.offsets
  }

  func offset(at index: Int) -> Int {
    index < offsets.count ? Int(offsets[index]) : offsets.last.map { Int($0) + 1 } ?? 0
  }

  func part(_ range: Range<Int>) -> ScriptText {
    var part = ScriptText()
    part.bytes = Array(bytes[range])
    part.offsets = Array(offsets[range])
    return part
  }
}

extension ScriptText {
  /// The text of a string of JSON or TOML, `token` being its range with the quotes: one or three, `"` or `'`.
  init(stringToken token: Range<Int>, of file: [UInt8]) {
    self.init()
    guard let quote = file[token].first, token.count >= 2 else { return }
    let isLong = token.count >= 6 && file[token].prefix(3).allSatisfy { $0 == quote }
    let width = isLong ? 3 : 1
    let end = token.upperBound - width
    var position = token.lowerBound + width
    while position < end {
      let byte = file[position]
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), position + 1 < end {
        switch file[position + 1] {
        case UInt8(ascii: "n"), UInt8(ascii: "r"): append(UInt8(ascii: "\n"), at: position)
        case UInt8(ascii: "t"): append(UInt8(ascii: " "), at: position)
        // A line end that is escaped in TOML joins two lines, as a blank does here.
        case UInt8(ascii: "\n"): append(UInt8(ascii: " "), at: position)
        // Characters given by number are in no name of a command.
        case UInt8(ascii: "u"), UInt8(ascii: "U"): append(UInt8(ascii: "?"), at: position)
        case let escaped: append(escaped, at: position)
        }
        position += 2
      } else {
        append(byte, at: position)
        position += 1
      }
    }
  }
}
