package import Diagnostics
import ConfigFormats
import Host
import Packaging
package import Project
import PythonSource

extension DeclarationComparison {
  /// Without what the configuration ignores, and without what comments `# envtool: ignore` do: on the line of a
  /// declaration, and on every line that needs the distribution. In brackets such a comment names the distribution or
  /// the kind of difference.
  package func leavingOutIgnored(by rules: ProjectRules, in root: SourcePath) -> DeclarationComparison {
    var comments = FileComments(root: root)
    return DeclarationComparison(
      differences: differences.filter { difference in
        if rules.ignores(difference.name) { return false }
        let places = difference.declarations.map(\.location)
        if places.contains(where: { comments.ignores(difference, at: $0) }) { return false }
        let evidence = difference.evidence.map(\.location)
        return evidence.isEmpty || !evidence.allSatisfy { comments.ignores(difference, at: $0) }
      }, unresolved: unresolved, declaredCount: declaredCount, neededCount: neededCount)
  }
}

/// The comments of the files that were asked about.
private struct FileComments {
  private let root: SourcePath
  private var files: [SourcePath: IgnoredLines] = [:]

  init(root: SourcePath) { self.root = root }

  mutating func ignores(_ difference: DeclarationComparison.Difference, at location: Location) -> Bool {
    let lines = files[location.path] ?? read(location.path)
    files[location.path] = lines
    guard let line = location.line, let comment = lines[line] else { return false }
    return comment.covers { name in
      name == difference.kind.rawValue || PackageName.normalize(name) == difference.name.normalized
    }
  }

  private func read(_ path: SourcePath) -> IgnoredLines {
    guard let bytes = try? Files.read(root.appending(path), limit: 64 << 20) else { return IgnoredLines() }
    let name = path.name
    if name.hasSuffix(".py") { return IgnoredLines(python: bytes) }
    return name.hasSuffix(".toml") || name == "Pipfile" ? IgnoredLines(toml: bytes) : IgnoredLines(inLinesOf: bytes)
  }
}
