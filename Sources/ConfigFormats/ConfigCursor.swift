/// A position in the bytes of a TOML or JSON file that knows its line and column.
///
/// One NUL stands behind the last byte, so that looking at `current` never needs a check: neither format has a NUL, and no
/// loop goes past one.
struct ConfigCursor {
  /// Tokens know their bytes as 32-bit numbers.
  static let maximumCount = Int(Int32.max)
  /// How deep arrays and tables may lie in each other, so that no file exhausts the stack.
  static let maximumDepth = 128

  let bytes: [UInt8]
  var position: Int
  private var line = 1
  private var lineStart: Int
  /// How many bytes of this line, up to the last string or comment that was read, only continue a scalar.
  private var continuations = 0

  /// Behind the byte order mark, if there is one; throws at the first bytes that are not UTF-8.
  init(_ content: [UInt8]) throws(ConfigError) {
    guard content.count < Self.maximumCount else {
      throw ConfigError(line: 1, column: 1, message: "a file of 2 GB or more")
    }
    bytes = content + [0]
    position = content.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    lineStart = position
    let wrong: Range<Int>?
    do {
      _ = try UTF8Span(validating: content.span)
      wrong = nil
    } catch {
      wrong = error.byteOffsets
    }
    if let wrong {
      throw self.error("bytes that are not UTF-8: \(Self.hexadecimal(content[wrong]))", at: wrong.lowerBound)
    }
  }

  var current: UInt8 { bytes[position] }

  var end: Int { bytes.count - 1 }

  var isAtEnd: Bool { position == end }

  /// Takes one byte when it stands here.
  mutating func take(_ byte: UInt8) -> Bool {
    guard bytes[position] == byte, position < end else { return false }
    position += 1
    return true
  }

  /// Takes ASCII text when it stands here.
  mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard end - position >= count else { return false }
    let matches = text.withUTF8Buffer { wanted in (0..<count).allSatisfy { bytes[position + $0] == wanted[$0] } }
    if matches { position += count }
    return matches
  }

  /// Says that a line begins at the byte offset.
  mutating func beginLine(at offset: Int) {
    line += 1
    lineStart = offset
    continuations = 0
  }

  /// Says that the bytes from `start` to the position, all on this line, need not be ASCII.
  mutating func countScalars(from start: Int) {
    var index = max(start, lineStart)
    while index < position {
      if bytes[index] & 0xC0 == 0x80 { continuations += 1 }
      index += 1
    }
  }

  /// The place of a token that begins here; `reaching` gives it its end.
  var place: ConfigPlace {
    ConfigPlace(line: line, column: position - lineStart - continuations + 1, bytes: position..<position)
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension ConfigCursor {
  /// An error at a byte offset, here when none is given.
  func error(_ message: String, at offset: Int? = nil) -> ConfigError {
    let offset = min(offset ?? position, end)
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let before = bytes[(hasMark ? min(3, offset) : 0)..<offset]
    let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count { $0 & 0xC0 != 0x80 } + 1
    return ConfigError(line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: column, message: message)
  }

  /// An error that says what should stand here and what does.
  func expected(_ phrase: String, at offset: Int? = nil) -> ConfigError {
    error("expected \(phrase), found \(found(at: offset ?? position))", at: offset)
  }

  /// What stands at a byte offset, in words.
  func found(at offset: Int) -> String {
    if offset >= end { return "the end of the file" }
    switch bytes[offset] {
    case UInt8(ascii: "\n"): return "the end of the line"
    case UInt8(ascii: "\r") where bytes[offset + 1] == UInt8(ascii: "\n"): return "the end of the line"
    case UInt8(ascii: "\t"): return "a tab"
    case UInt8(ascii: " "): return "a space"
    case UInt8(ascii: "`"): return "'`'"
    default: break
    }
    guard let scalar = String(decoding: bytes[offset..<min(offset + 4, end)], as: UTF8.self).unicodeScalars.first else {
      return "the end of the file"
    }
    if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.properties.isDefaultIgnorableCodePoint {
      return "the character \(Self.codePoint(scalar))"
    }
    return "`\(scalar)`"
  }

  /// `U+0007`
  static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.map { String($0, radix: 16, uppercase: true) }.map { $0.utf8.count == 1 ? "0x0\($0)" : "0x\($0)" }
      .joined(separator: " ")
  }
}
