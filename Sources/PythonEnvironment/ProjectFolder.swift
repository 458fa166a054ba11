import Diagnostics
import Host

/// The folder of a Python project below a repository.
enum ProjectFolder {
  /// The way from `repository` to the nearest folder at or above `folder` that can be installed; nil when that is the
  /// repository itself, or there is none.
  static func subdirectory(of folder: SourcePath, in repository: SourcePath) -> String? {
    var project = folder
    while !isInstallable(project) {
      guard project.bytes.count > 1 else { return nil }
      project = project.parent
    }
    if project == repository || Files.resolved(project) == Files.resolved(repository) { return nil }
    return relative(project, to: repository)
  }

  private static func isInstallable(_ folder: SourcePath) -> Bool {
    ["pyproject.toml", "setup.py"].contains { Files.kind(of: folder.appending($0)) == .regular }
  }

  /// The way from one absolute path to another, links not followed: `../a/b`.
  private static func relative(_ path: SourcePath, to start: SourcePath) -> String {
    let (to, from) = (path.components, start.components)
    let shared = zip(to, from).prefix { $0 == $1 }.count
    return (from.dropFirst(shared).map { _ in ".." } + to.dropFirst(shared)).joined(separator: "/")
  }
}
