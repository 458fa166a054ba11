/// The text of a requirements file as pip decodes it.
///
/// Supported: the byte order marks of UTF-8, UTF-16 and UTF-32; a PEP 263 line for ASCII, UTF-8, UTF-16, UTF-32 and
/// Latin-1; UTF-8 without either. Unsupported: other encodings, and the locale's, which pip tries last.
enum RequirementsText {
  typealias Scalars = [Unicode.Scalar]

  static func decoded(_ bytes: [UInt8]) throws(RequirementsFileProblem) -> Scalars {
    // FF FE begins the mark of UTF-32, too.
    let marks: [(bytes: [UInt8], encoding: Encoding)] = [
      ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE, 0, 0], .utf32), ([0, 0, 0xFE, 0xFF], .utf32BigEndian),
      ([0xFF, 0xFE], .utf16), ([0xFE, 0xFF], .utf16BigEndian),
    ]
    for mark in marks where bytes.starts(with: mark.bytes) {
      return try decode(bytes[mark.bytes.count...], as: mark.encoding)
    }
    guard let (name, line) = declaredEncoding(bytes) else { return try decode(bytes[...], as: .utf8) }
    guard let encoding = Encoding(name: name) else {
      throw RequirementsFileProblem(reason: .unknownEncoding(name), line: line, column: 1)
    }
    return try decode(bytes[...], as: encoding)
  }

  private enum Encoding: String {
    case ascii = "ASCII"
    case latin1 = "Latin-1"
    case utf8 = "UTF-8"
    case utf16 = "UTF-16"
    case utf16BigEndian = "UTF-16 (big-endian)"
    case utf32 = "UTF-32"
    case utf32BigEndian = "UTF-32 (big-endian)"

    init?(name: String) {
      switch PackageName.normalize(name) {
      case "utf-8", "utf8", "u8", "utf-8-sig": self = .utf8
      case "ascii", "us-ascii", "646": self = .ascii
      case "latin-1", "latin1", "latin", "l1", "iso-8859-1", "iso8859-1", "8859", "cp819": self = .latin1
      case "utf-16", "utf16", "u16", "utf-16-le", "utf-16le": self = .utf16
      case "utf-16-be", "utf-16be": self = .utf16BigEndian
      case "utf-32", "utf32", "u32", "utf-32-le", "utf-32le": self = .utf32
      case "utf-32-be", "utf-32be": self = .utf32BigEndian
      default: return nil
      }
    }
  }

  /// What `coding: NAME` or `coding=NAME` names in a comment on the first two lines.
  private static func declaredEncoding(_ bytes: [UInt8]) -> (name: String, line: Int)? {
    let lines = bytes.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
    for (number, line) in zip(1..., lines.prefix(2)) where line.first == UInt8(ascii: "#") {
      for start in line.indices where line[start...].starts(with: "coding".utf8) {
        let rest = line[start...].dropFirst(6)
        guard rest.first == UInt8(ascii: ":") || rest.first == UInt8(ascii: "=") else { continue }
        let name = rest.dropFirst().drop { ASCII.isSpace($0) }.prefix {
          ASCII.isAlphanumeric($0) || ASCII.isSeparator($0)
        }
        if !name.isEmpty { return (String(decoding: name, as: UTF8.self), number) }
      }
    }
    return nil
  }

  private static func decode(
    _ bytes: ArraySlice<UInt8>, as encoding: Encoding
  ) throws(RequirementsFileProblem) -> Scalars {
    switch encoding {
    case .ascii: return try decode(bytes.map { $0 < 0x80 ? $0 : 0xFF }, UTF8.self, encoding)
    case .latin1: return bytes.map { Unicode.Scalar($0) }
    case .utf8: return try decode(bytes, UTF8.self, encoding)
    case .utf16, .utf16BigEndian:
      // A byte too many becomes a lone surrogate, which is an error.
      let units = units(bytes, of: 2, isBigEndian: encoding == .utf16BigEndian, remainder: 0xD800)
      return try decode(units.map { UInt16($0) }, UTF16.self, encoding)
    case .utf32, .utf32BigEndian:
      let units = units(bytes, of: 4, isBigEndian: encoding == .utf32BigEndian, remainder: .max)
      return try decode(units, UTF32.self, encoding)
    }
  }

  private static func units(
    _ bytes: ArraySlice<UInt8>, of width: Int, isBigEndian: Bool, remainder: UInt32
  ) -> [UInt32] {
    stride(from: bytes.startIndex, to: bytes.endIndex, by: width).map { start in
      guard bytes.endIndex - start >= width else { return remainder }
      return (0..<width).reduce(0) { unit, index in
        unit << 8 | UInt32(bytes[start + (isBigEndian ? index : width - 1 - index)])
      }
    }
  }

  private static func decode<Codec: UnicodeCodec>(
    _ units: some Sequence<Codec.CodeUnit>, _: Codec.Type, _ encoding: Encoding
  ) throws(RequirementsFileProblem) -> Scalars {
    var decoder = Codec()
    var input = units.makeIterator()
    var result: Scalars = []
    while true {
      switch decoder.decode(&input) {
      case .scalarValue(let scalar): result.append(scalar)
      case .emptyInput: return result
      case .error:
        let lines = LogicalLines.physicalLines(result[...])
        throw RequirementsFileProblem(
          reason: .undecodable(encoding: encoding.rawValue), line: max(1, lines.count),
          column: 1 + (lines.last?.count ?? 0))
      }
    }
  }
}
