// Supported: METADATA and PKG-INFO of every metadata version; CRLF, folded lines, header names in any case, bytes that
//   are not UTF-8 (they become U+FFFD).
// Unsupported: every header but the five below; the body; RFC 2047 encoded words.
// Grammar: header* (empty line body)?, header = name ":" value (newline blank value)*

internal import Diagnostics

/// What the metadata of a distribution says about its name, its version and what it needs.
///
/// Reads up to the first empty line, in time proportional to that; a long description behind it costs nothing.
/// Source: https://packaging.python.org/en/latest/specifications/core-metadata/
package struct CoreMetadata: Sendable {
  /// As written; `PackageName` normalises it.
  package let name: String
  /// As written.
  package let version: String
  /// In the order of the file.
  package let requiresDist: [Requirement]
  /// Normalised names, in the order of the file.
  package let providesExtra: [String]
  package let requiresPython: SpecifierSet?
  /// What could not be read, a sentence each without a final full stop; nothing else is lost by it.
  package let warnings: [String]

  /// The metadata in the bytes of a file, or nil when they hold no name or no version.
  package init?(bytes: [UInt8]) {
    var fields = Fields()
    var reader = HeaderReader(bytes)
    while let header = reader.next() { fields.take(header.field, header.value) }
    if reader.stoppedAtRubbish {
      fields.warnings.append("line \(reader.line) is no header, so what follows it was not read")
    }
    guard let name = fields.name, let version = fields.version else { return nil }
    self.name = name
    self.version = version
    requiresDist = fields.requiresDist
    providesExtra = fields.providesExtra
    requiresPython = fields.requiresPython
    warnings = fields.warnings
  }
}

private enum Field: CaseIterable {
  case name
  case version
  case requiresDist
  case providesExtra
  case requiresPython

  var key: StaticString {
    switch self {
    case .name: "name"
    case .version: "version"
    case .requiresDist: "requires-dist"
    case .providesExtra: "provides-extra"
    case .requiresPython: "requires-python"
    }
  }

  /// The field of a header's name, compared without regard to case.
  init?(_ name: ArraySlice<UInt8>) {
    let found = Field.allCases.first { field in
      let key = field.key
      guard key.utf8CodeUnitCount == name.count else { return false }
      return key.withUTF8Buffer { name.lazy.map(ASCII.lowercased).elementsEqual($0) }
    }
    guard let found else { return nil }
    self = found
  }
}

private struct Fields {
  var name: String?
  var version: String?
  var requiresDist: [Requirement] = []
  var providesExtra: [String] = []
  var requiresPython: SpecifierSet?
  var warnings: [String] = []

  mutating func take(_ field: Field, _ value: String) {
    switch field {
    case .name: name = name ?? value
    case .version: version = version ?? value
    case .providesExtra: providesExtra.append(PackageName.normalize(value))
    case .requiresPython:
      requiresPython = SpecifierSet(value)
      if requiresPython == nil { warnings.append("Requires-Python: \(Escaping.text(value)) is no version specifier") }
    case .requiresDist:
      do throws(RequirementError) {
        requiresDist.append(try Requirement(parsing: value))
      } catch {
        warnings.append("Requires-Dist: \(Escaping.text(value)): \(error)")
      }
    }
  }
}

private struct HeaderReader {
  private let bytes: [UInt8]
  private var position = 0
  /// The number of the line before `position`.
  private(set) var line = 0
  private(set) var stoppedAtRubbish = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next header that matters, unfolded.
  mutating func next() -> (field: Field, value: String)? {
    while let content = nextLine() {
      if content.isEmpty { break }
      if ASCII.isBlank(content[content.startIndex]) { continue }
      guard let colon = content.firstIndex(where: { $0 <= 0x20 || $0 == UInt8(ascii: ":") || $0 > 0x7E }),
        content[colon] == UInt8(ascii: ":"), colon > content.startIndex
      else {
        stoppedAtRubbish = true
        break
      }
      guard let field = Field(content[..<colon]) else { continue }
      return (field, value(from: content[(colon + 1)...]))
    }
    position = bytes.count
    return nil
  }

  private mutating func value(from first: ArraySlice<UInt8>) -> String {
    var text = String(decoding: ASCII.trimmed(first), as: UTF8.self)
    while position < bytes.count, ASCII.isBlank(bytes[position]), let more = nextLine() {
      let part = ASCII.trimmed(more)
      if !part.isEmpty { text += (text.isEmpty ? "" : " ") + String(decoding: part, as: UTF8.self) }
    }
    return text
  }

  /// The bytes of the line at `position` without its end, or nil at the end of the file.
  private mutating func nextLine() -> ArraySlice<UInt8>? {
    guard position < bytes.count else { return nil }
    let start = position
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    position = min(end + 1, bytes.count)
    line += 1
    return bytes[start..<(end > start && bytes[end - 1] == 0x0D ? end - 1 : end)]
  }
}
