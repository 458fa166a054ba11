import ConfigFormats
package import Diagnostics
import Project
import PythonSource

/// Edits that are safe to make: each replaces just what a check found.
extension CheckContext {
  /// Writes `replacement` in place of `text`; nil where something else stands there. Columns count Unicode scalars.
  package func fix(_ text: String, at location: Location, to replacement: String) -> CheckFix? {
    guard let bytes = code.bytes(of: location.path), let line = location.line, let column = location.column else {
      return nil
    }
    var offset = 0
    for _ in 1..<line {
      guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      offset = end + 1
    }
    for _ in 1..<column {
      guard offset < bytes.count else { return nil }
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    guard bytes[offset...].starts(with: text.utf8) else { return nil }
    let edit = TextEdit(offset..<(offset + text.utf8.count), replacement: Array(replacement.utf8))
    return CheckFix(location.path, [edit])
  }

  /// Gives a string literal of a Python source other text: the first that says `text` at a place or behind it on its line.
  package func fix(literal text: String, at location: Location, to replacement: String) -> CheckFix? {
    guard let literal = code.literal(text, atOrAfter: location), literal.line == location.line else { return nil }
    return code.edit(literal, to: replacement, in: location.path).map { CheckFix(location.path, [$0]) }
  }
}
