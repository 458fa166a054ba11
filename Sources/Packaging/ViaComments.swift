/// Who needs what, from the `# via` comments of pip-compile and uv.
///
/// Supported: `# via a, b`, and `# via` with one name on each comment line that follows, behind or below a requirement.
/// What names a file (`-r requirements.in`, `project (pyproject.toml)`) stands for the project.
/// Source: https://pip-tools.readthedocs.io/en/stable/
package struct ViaComments: Sendable {
  /// By the line of a requirement, from 1: the distributions that need it, and whether a file of the project asks for it.
  package private(set) var origins: [Int: (names: [PackageName], isAskedFor: Bool)] = [:]

  /// The distributions that need what stands at `line`.
  package func origins(from line: Int) -> [PackageName] { origins[line]?.names ?? [] }

  package init(_ bytes: [UInt8]) {
    var requirement: Int?
    var isOpen = false
    for (number, line) in zip(1..., bytes.split(separator: 0x0A, omittingEmptySubsequences: false)) {
      let content = ASCII.trimmed(line)
      guard let first = content.first else { continue }
      if first != UInt8(ascii: "#"), ASCII.isAlphanumeric(line[line.startIndex]) {
        requirement = number
        isOpen = false
      }
      guard let requirement, let start = content.lastIndex(of: UInt8(ascii: "#")) else { continue }
      var text = ASCII.trimmed(content[(start + 1)...])
      if text.starts(with: "via".utf8), text.count == 3 || ASCII.isBlank(text[text.startIndex + 3]) {
        isOpen = true
        text = ASCII.trimmed(text.dropFirst(3))
      }
      if isOpen, !text.isEmpty { take(text, requirement) }
    }
  }

  private mutating func take(_ text: ArraySlice<UInt8>, _ line: Int) {
    for part in text.split(separator: UInt8(ascii: ",")).map(ASCII.trimmed) where !part.isEmpty {
      let written = String(decoding: part.prefix { $0 != UInt8(ascii: "[") }, as: UTF8.self)
      if let name = PackageName(written), !written.hasSuffix(".txt"), !written.hasSuffix(".in") {
        origins[line, default: ([], false)].names.append(name)
      } else {
        origins[line, default: ([], false)].isAskedFor = true
      }
    }
  }
}
