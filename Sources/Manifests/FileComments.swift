import ConfigFormats
import Diagnostics
import Host
import Packaging
import PythonSource

/// The comments `# envtool: ignore` of the files that were asked about.
struct FileComments {
  private let root: SourcePath
  private var files: [SourcePath: IgnoredLines] = [:]

  init(root: SourcePath) { self.root = root }

  /// Whether a comment on the line leaves out a difference of that kind, or the distribution.
  mutating func ignore(_ name: PackageName, _ kind: DeclarationComparison.Kind, at location: Location) -> Bool {
    let lines = files[location.path] ?? read(location.path)
    files[location.path] = lines
    guard let line = location.line, let comment = lines[line] else { return false }
    return comment.covers { $0 == kind.rawValue || PackageName.normalize($0) == name.normalized }
  }

  /// None of a file that cannot be read, of which is told elsewhere.
  private func read(_ path: SourcePath) -> IgnoredLines {
    guard let bytes = try? Files.read(root.appending(path), limit: 64 << 20) else { return IgnoredLines() }
    let name = path.name
    if name.hasSuffix(".py") { return IgnoredLines(python: bytes) }
    return name.hasSuffix(".toml") || name == "Pipfile" ? IgnoredLines(toml: bytes) : IgnoredLines(inLinesOf: bytes)
  }
}
