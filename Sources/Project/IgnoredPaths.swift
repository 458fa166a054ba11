package import Diagnostics
import Host

/// What the .gitignore files of a project leave out, files that are not there included: those that some tool makes.
package struct IgnoredPaths: Sendable {
  /// The rules of the folders around the project.
  private let outer: IgnoreStack
  private let rules: [SourcePath: IgnoreRules]

  /// Reads the .gitignore files that the walk found, and those above the project.
  package init(_ tree: ProjectTree) {
    outer = TreeWalk.outerRules(of: tree.root)
    let files = tree.otherFiles.filter { $0.isNamed(".gitignore") }
    rules = Dictionary(
      files.compactMap { file in TreeWalk.rules(in: tree.root.appending(file)).map { (file.parent, $0) } }
    ) { first, _ in first }
  }

  /// Whether a path, relative to the project's folder, is left out, as a file or as a folder.
  package func contains(_ path: SourcePath) -> Bool {
    guard !path.isAbsolute, !path.isEmpty else { return false }
    var stack = outer
    var folder: SourcePath = ""
    for component in path.components {
      if let rules = rules[folder] { stack = stack.adding(rules, in: folder) }
      folder = folder.appending(component)
      if stack.ignores(folder.bytes.span, isFolder: true) { return true }
    }
    return stack.ignores(path.bytes.span, isFolder: false)
  }
}
