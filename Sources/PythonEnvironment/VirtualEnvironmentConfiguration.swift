package import Diagnostics
import Host
package import Packaging

/// What pyvenv.cfg says. https://docs.python.org/3/library/venv.html#how-venvs-work
package struct VirtualEnvironmentConfiguration: Sendable {
  /// The folder of the interpreter that the environment was made with.
  package let home: SourcePath?
  package let version: Version?
  package let includesSystem: Bool

  /// Reads `prefix/pyvenv.cfg`; nil when there is none that can be read.
  package init?(at prefix: SourcePath) {
    guard let text = try? Files.text(prefix.appending("pyvenv.cfg")) else { return nil }
    var values: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimming() }
      if parts.count == 2 { values[parts[0].lowercased()] = parts[1] }
    }
    home = values["home"].map { SourcePath($0) }
    // virtualenv writes 3.11.7.final.0 as version_info, venv and uv write 3.11.7.
    let written = values["version"] ?? values["version_info"] ?? ""
    version = Version(
      written.split(separator: ".").prefix { $0.allSatisfy(\.isNumber) }.prefix(3).joined(separator: "."))
    includesSystem = values["include-system-site-packages"]?.lowercased() == "true"
  }
}

extension Substring {
  fileprivate func trimming() -> String {
    var rest = self
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
