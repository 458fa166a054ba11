// Supported: RECORD files: path, hash and size a line, as CSV with quotes; CRLF; lines with fewer fields.
// Unsupported: line ends inside quotes count as part of the path, fields behind the third are not looked at.
// Grammar: (field ("," field)* newline)*, field = plain | "\"" (char | "\"\"")* "\""

package import Diagnostics

/// The files of an installed distribution, as its RECORD lists them.
///
/// Source: https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file
package struct RecordFile: Sendable {
  package struct Entry: Sendable, Hashable {
    /// As written: relative to the folder that holds the distribution's metadata, or absolute.
    package let path: SourcePath
    /// The hash's name as written, `sha256`; nil when none was taken.
    package let algorithm: String?
    /// URL-safe base64 without padding; empty when none was taken.
    package let hash: String
    package let size: Int?
  }

  package private(set) var entries: [Entry] = []

  package init(bytes: [UInt8]) {
    var position = 0
    while position < bytes.count {
      let fields = Self.line(bytes, &position)
      guard let path = fields.first, !path.isEmpty else { continue }
      let written = fields.count > 1 ? fields[1][...] : []
      let equals = written.firstIndex(of: UInt8(ascii: "="))
      let size = fields.count > 2 ? Int(String(decoding: fields[2], as: UTF8.self)) : nil
      entries.append(
        Entry(
          path: SourcePath(bytes: path), algorithm: equals.map { String(decoding: written[..<$0], as: UTF8.self) },
          hash: equals.map { String(decoding: written[($0 + 1)...], as: UTF8.self) } ?? "", size: size))
    }
  }

  /// The fields of the line at `position`, which moves behind it.
  private static func line(_ bytes: [UInt8], _ position: inout Int) -> [[UInt8]] {
    var fields: [[UInt8]] = []
    var field: [UInt8] = []
    var isQuoted = false
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if isQuoted {
        if byte != UInt8(ascii: "\"") {
          field.append(byte)
        } else if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
          field.append(byte)
          position += 1
        } else {
          isQuoted = false
        }
      } else if byte == UInt8(ascii: "\""), field.isEmpty {
        isQuoted = true
      } else if byte == UInt8(ascii: ",") {
        fields.append(field)
        field = []
      } else if byte == 0x0A {
        break
      } else if byte != 0x0D {
        field.append(byte)
      }
    }
    return fields + [field]
  }
}
