// Supported: the grammar of python-dotenv 1.x: `export`, quoted keys, values in single or double quotes over several lines,
// unquoted values up to white space and `#`, keys without a value, `${NAME}` and `${NAME:-default}` in values.
// Unsupported: white space beyond ASCII. A line that is no binding is left out, as python-dotenv does with a warning.
// Grammar, blanks between all tokens:
//   binding  = space* ("export" blank)? key ("=" value)? comment? end
//   key      = "'" [^']+ "'" | [^=#\s]+
//   value    = "'" (escape | [^'])* "'" | '"' (escape | [^"])* '"' | [^\r\n]*

/// A .env file with places.
///
/// Source: https://saurabh-kumar.com/python-dotenv/
package struct DotEnvFile: Sendable {
  package struct Entry: Sendable {
    package let key: String
    /// Nil for a key without `=`.
    package internal(set) var value: String?
    /// Of the key in the bytes of the file.
    package let offset: Int
  }

  /// In the order of the file; of two entries with one key the last counts.
  package let entries: [Entry]
  /// The byte offsets of lines that are no bindings.
  package let problems: [Int]

  package init(_ bytes: [UInt8]) {
    var reader = DotEnvReader(bytes)
    reader.run()
    entries = reader.entries
    problems = reader.problems
  }

  /// The entries with `${NAME}` replaced: by what `lookUp` gives, else an earlier entry, else the default behind `:-`.
  package func expanded(_ lookUp: (String) -> String?) -> [Entry] {
    var known: [String: String] = [:]
    return entries.map { entry in
      var entry = entry
      if let value = entry.value {
        let text = Self.expanded(value) { lookUp($0) ?? known[$0] }
        entry.value = text
        known[entry.key] = text
      }
      return entry
    }
  }

  private static func expanded(_ text: String, _ lookUp: (String) -> String?) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index...].starts(with: Array("${".utf8)), let reference = Reference(bytes, at: index) else {
        result.append(bytes[index])
        index += 1
        continue
      }
      result += Array((lookUp(reference.name) ?? reference.fallback).utf8)
      index = reference.end
      // What doubles itself stays small.
      if result.count > 1 << 20 { break }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `${NAME}` or `${NAME:-default}`.
  private struct Reference {
    let name: String
    let fallback: String
    let end: Int

    init?(_ bytes: [UInt8], at start: Int) {
      guard let close = bytes[(start + 2)...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
      let name = bytes[(start + 2)..<close].prefix { $0 != UInt8(ascii: ":") }
      let rest = bytes[name.endIndex..<close]
      guard rest.isEmpty || rest.starts(with: Array(":-".utf8)) else { return nil }
      self.name = String(decoding: name, as: UTF8.self)
      fallback = String(decoding: rest.dropFirst(2), as: UTF8.self)
      end = close + 1
    }
  }

  /// The value of a key as python-decouple reads it: line by line, with the quotes around the value taken off.
  package static func plainValue(of key: String, in bytes: [UInt8]) -> (text: String, line: Int)? {
    var found: (text: String, line: Int)?
    for (number, line) in zip(1..., bytes.split(separator: 0x0A, omittingEmptySubsequences: false)) {
      let line = trimmed(line)
      guard line.first != UInt8(ascii: "#"), let equals = line.firstIndex(of: UInt8(ascii: "=")) else { continue }
      guard trimmed(line[..<equals]).elementsEqual(key.utf8) else { continue }
      var value = trimmed(line[(equals + 1)...])
      if value.count >= 2, let quote = value.first, quote == value.last, quote == 0x22 || quote == 0x27 {
        value = value.dropFirst().dropLast()
      }
      found = (String(decoding: value, as: UTF8.self), number)
    }
    return found
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes.drop(while: DotEnvReader.isSpace)
    while let last = rest.last, DotEnvReader.isSpace(last) { rest.removeLast() }
    return rest
  }
}

private struct DotEnvReader {
  private(set) var entries: [DotEnvFile.Entry] = []
  private(set) var problems: [Int] = []
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte) || (0x1C...0x1F).contains(byte)
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func run() {
    while true {
      while let byte = current, Self.isSpace(byte) { index += 1 }
      guard index < bytes.count else { return }
      let start = index
      if !binding() {
        problems.append(start)
        while let byte = current, !Self.isLineEnd(byte) { index += 1 }
      }
    }
  }

  /// Reads one line or what begins on it; false when it is no binding.
  private mutating func binding() -> Bool {
    let word = Array("export".utf8)
    if bytes[index...].starts(with: word), index + 6 < bytes.count, isBlank(bytes[index + 6]) {
      index += 6
      skipBlanks()
    }
    let start = index
    var key: String?
    if current != UInt8(ascii: "#") {
      guard let name = self.key() else { return false }
      key = name
    }
    skipBlanks()
    var value: String?
    if current == UInt8(ascii: "=") {
      index += 1
      skipBlanks()
      guard let text = self.value() else { return false }
      value = text
    }
    skipBlanks()
    if current == UInt8(ascii: "#") { while let byte = current, !Self.isLineEnd(byte) { index += 1 } }
    guard current.map(Self.isLineEnd) ?? true else { return false }
    if let key { entries.append(DotEnvFile.Entry(key: key, value: value, offset: start)) }
    return true
  }

  private func isBlank(_ byte: UInt8) -> Bool { Self.isSpace(byte) && !Self.isLineEnd(byte) }

  private mutating func skipBlanks() { while let byte = current, isBlank(byte) { index += 1 } }

  private mutating func key() -> String? {
    let start: Int
    let end: Int
    if current == UInt8(ascii: "'") {
      guard let close = bytes[(index + 1)...].firstIndex(of: UInt8(ascii: "'")) else { return nil }
      (start, end) = (index + 1, close)
      index = close + 1
    } else {
      start = index
      while let byte = current, !Self.isSpace(byte), byte != UInt8(ascii: "="), byte != UInt8(ascii: "#") { index += 1 }
      end = index
    }
    return start < end ? String(decoding: bytes[start..<end], as: UTF8.self) : nil
  }

  private mutating func value() -> String? {
    guard let first = current, !Self.isLineEnd(first) else { return "" }
    if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") { return quoted(first) }
    let start = index
    while let byte = current, !Self.isLineEnd(byte) { index += 1 }
    var part = bytes[start..<index]
    // A `#` behind white space begins a comment.
    if let hash = part.indices.first(where: {
      $0 > start && bytes[$0] == UInt8(ascii: "#") && Self.isSpace(bytes[$0 - 1])
    }) {
      part = part[..<hash]
    }
    while let last = part.last, Self.isSpace(last) { part.removeLast() }
    return String(decoding: part, as: UTF8.self)
  }

  private mutating func quoted(_ quote: UInt8) -> String? {
    var result: [UInt8] = []
    var position = index + 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == quote {
        index = position + 1
        return String(decoding: result, as: UTF8.self)
      }
      guard byte == UInt8(ascii: "\\"), position + 1 < bytes.count else {
        result.append(byte)
        position += 1
        continue
      }
      let escape = bytes[position + 1]
      if let value = Self.escape(escape, in: quote) { result.append(value) } else { result += [byte, escape] }
      position += 2
    }
    return nil
  }

  private static func escape(_ byte: UInt8, in quote: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "'"): return byte
    case _ where quote == UInt8(ascii: "'"): return nil
    case UInt8(ascii: "\""): return byte
    case UInt8(ascii: "a"): return 0x07
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "v"): return 0x0B
    default: return nil
    }
  }
}
