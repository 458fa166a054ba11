// Supported: METADATA and PKG-INFO of every metadata version; CRLF, folded lines, header names in any case, bytes that
//   are not UTF-8 (they become U+FFFD).
// Unsupported: every header but the six below; the body; RFC 2047 encoded words.
// Grammar: header* (empty line body)?, header = name ":" value (newline blank value)*

internal import Diagnostics

/// What the metadata of a distribution says about its name, its version and what it needs.
///
/// Reads up to the first empty line, in time proportional to that; a long description behind it costs nothing.
/// Source: https://packaging.python.org/en/latest/specifications/core-metadata/
package struct CoreMetadata: Sendable {
  /// The two headers that every distribution has, as written.
  package struct Identity: Hashable, Sendable {
    package let name: String?
    package let version: String?

    package init(name: String?, version: String?) {
      self.name = name
      self.version = version
    }
  }

  /// As written; nil for what is missing.
  package let identity: Identity
  /// In the order of the file.
  package private(set) var requiresDist: [Requirement]
  /// Normalised names, in the order of the file.
  package private(set) var providesExtra: [String]
  package let requiresPython: SpecifierSet?
  /// As SPDX writes it, unchecked: `BSD-3-Clause`.
  package let licenseExpression: String?
  /// What could not be read, a sentence each without a final full stop; nothing else is lost by it.
  package private(set) var warnings: [String]
  /// What was read although it is not as it should be, a sentence each without a final full stop: what was read as what.
  package private(set) var notes: [String]

  /// As written, `PackageName` normalises it; empty when it is missing.
  package var name: String { identity.name ?? "" }
  /// As written; empty when it is missing.
  package var version: String { identity.version ?? "" }

  /// The metadata in the bytes of a file, or nil when they hold no name or no version.
  package init?(bytes: [UInt8]) {
    self.init(headers: bytes)
    if identity.name == nil || identity.version == nil { return nil }
  }

  /// The metadata in the bytes of a file, or in its beginning as far as `holdsAllHeaders` wants; name and version may be
  /// missing.
  package init(headers bytes: [UInt8]) {
    var fields = Fields()
    var reader = HeaderReader(bytes)
    while let header = reader.next() { fields.take(header.field, header.value) }
    if reader.stoppedAtRubbish {
      fields.warnings.append("line \(reader.line) is no header, so what follows it was not read")
    }
    identity = Identity(name: fields.name, version: fields.version)
    requiresDist = fields.requiresDist
    providesExtra = fields.providesExtra
    requiresPython = fields.requiresPython
    licenseExpression = fields.licenseExpression
    warnings = fields.warnings
    notes = fields.notes
  }

  /// Adds what an egg-info folder says outside its PKG-INFO.
  package mutating func add(_ requirements: EggRequirements) {
    guard requiresDist.isEmpty else { return }
    requiresDist = requirements.requirements
    providesExtra += requirements.extras.filter { !providesExtra.contains($0) }
    warnings += requirements.warnings
  }

  /// Whether the bytes of a file that were read so far hold the empty line behind the headers.
  package static func holdsAllHeaders(_ bytes: [UInt8]) -> Bool {
    var afterLineEnd = false
    for byte in bytes {
      if byte == 0x0A {
        if afterLineEnd { return true }
        afterLineEnd = true
      } else if byte != 0x0D {
        afterLineEnd = false
      }
    }
    return false
  }
}

extension CoreMetadata.Identity {
  /// Name and version from the first bytes of a file; nil when both may still follow.
  package init?(beginning bytes: [UInt8]) {
    var fields = Fields()
    var reader = HeaderReader(bytes)
    while fields.name == nil || fields.version == nil, let header = reader.next(identityOnly: true) {
      fields.take(header.field, header.value)
    }
    // The last line may go on behind what is there.
    if reader.isAtEnd, !CoreMetadata.holdsAllHeaders(bytes) { return nil }
    self.init(name: fields.name, version: fields.version)
  }
}

private enum Field: CaseIterable {
  case name
  case version
  case requiresDist
  case providesExtra
  case requiresPython
  case licenseExpression

  var isIdentity: Bool { self == .name || self == .version }

  var key: StaticString {
    switch self {
    case .name: "name"
    case .version: "version"
    case .requiresDist: "requires-dist"
    case .providesExtra: "provides-extra"
    case .requiresPython: "requires-python"
    case .licenseExpression: "license-expression"
    }
  }

  /// The field of a header's name, compared without regard to case.
  init?(_ name: ArraySlice<UInt8>) {
    // Most headers are of another size.
    switch name.count {
    case 4, 7, 13, 14, 15, 18: break
    default: return nil
    }
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
  var licenseExpression: String?
  var warnings: [String] = []
  var notes: [String] = []

  mutating func take(_ field: Field, _ value: String) {
    switch field {
    case .name: name = name ?? value
    case .version: version = version ?? value
    case .licenseExpression: licenseExpression = licenseExpression ?? value
    case .providesExtra: providesExtra.append(PackageName.normalize(value))
    case .requiresPython:
      let found = LenientRequirement.specifiers(value)
      requiresPython = found?.specifiers
      if let found, !found.fixes.isEmpty {
        note("Requires-Python", value, "read as \(found.specifiers)", found.fixes)
      } else if found == nil {
        warnings.append("Requires-Python: \(Escaping.text(value)) is no version specifier")
      }
    case .requiresDist:
      do throws(RequirementError) {
        let found = try LenientRequirement(parsing: value)
        requiresDist.append(found.requirement)
        if !found.fixes.isEmpty {
          note("Requires-Dist", value, "read as \(found.requirement.withoutCredentials)", found.fixes)
        }
      } catch {
        warnings.append("Requires-Dist: \(CredentialText(value)): \(error)")
      }
    }
  }

  private mutating func note(_ header: String, _ value: String, _ reading: String, _ fixes: [String]) {
    notes.append("\(header): \(CredentialText(value)) is \(reading), by \(fixes.joined(separator: " and "))")
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

  var isAtEnd: Bool { position >= bytes.count }

  /// The next header that matters, unfolded.
  mutating func next(identityOnly: Bool = false) -> (field: Field, value: String)? {
    while let content = nextLine() {
      if content.isEmpty { break }
      if ASCII.isBlank(content[content.startIndex]) { continue }
      guard let colon = content.firstIndex(where: { $0 <= 0x20 || $0 == UInt8(ascii: ":") || $0 > 0x7E }),
        content[colon] == UInt8(ascii: ":"), colon > content.startIndex
      else {
        stoppedAtRubbish = true
        break
      }
      guard let field = Field(content[..<colon]), field.isIdentity || !identityOnly else { continue }
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
