package import Diagnostics
import Host

extension ProjectTree {
  /// Whether .gitignore files leave out a path, relative to the project's folder, that need not be there: a file or folder
  /// that some tool makes. Reads those files anew.
  package func ignores(_ path: SourcePath) -> Bool {
    guard !path.isAbsolute, !path.isEmpty else { return false }
    var stack = TreeWalk.outerRules(of: root)
    var folder: SourcePath = ""
    for component in path.components {
      if let rules = TreeWalk.rules(in: root.appending(folder).appending(".gitignore")) {
        stack = stack.adding(rules, in: folder)
      }
      folder = folder.appending(component)
      if stack.ignores(folder.bytes.span, isFolder: true) { return true }
    }
    return stack.ignores(path.bytes.span, isFolder: false)
  }
}
