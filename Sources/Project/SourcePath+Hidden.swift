package import Diagnostics
import PythonSource

extension SourcePath {
  /// Whether a folder in the path, relative to the project, is hidden: `.github/workflows/ci.yml`.
  package var isInHiddenFolder: Bool {
    guard bytes.first == UInt8(ascii: ".") || bytes.holds("/.") else { return false }
    let parts = bytes.split(separator: UInt8(ascii: "/"))
    return parts.dropLast().contains { $0.first == UInt8(ascii: ".") }
  }
}
