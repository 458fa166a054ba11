package import Diagnostics
import Host
import Project

/// What there is where a value of uWSGI's configuration points to.
package enum UWSGIPlace: Sendable {
  /// Absolute.
  case found(SourcePath)
  /// Nothing: the path as it would be shown. `isOutside` where it is absolute and no part of the project, so that another machine
  /// may have it.
  case missing(String, isOutside: Bool)
  case unknown(String)
}

extension CheckContext {
  /// What a path in a configuration points to. Relative paths begin where uWSGI is started, which no file tells: the folders
  /// that people start it in are tried, unless it changes the folder first. `isHeldByFolder` asks for the folder that should hold it.
  package func place(
    of value: String, in configuration: UWSGIConfiguration, isHeldByFolder: Bool = false, isChdir: Bool = false
  ) -> UWSGIPlace {
    let expansion = configuration.expansion(of: value, in: project.root)
    if let reason = expansion.unknownReason { return .unknown(reason) }
    var path = SourcePath(expansion.text).normalized
    if isHeldByFolder { path = path.isAbsolute || !path.parent.isEmpty ? path.parent : "." }
    if path.isAbsolute {
      if Files.exists(path) { return .found(path) }
      let isOwn = expansion.isBeside || path.isBelow(project.root)
      if !isOwn, isInImage(path) { return .unknown("\(path) is a path of the image") }
      return .missing(display(path), isOutside: !isOwn)
    }
    switch bases(configuration, isChdir: isChdir) {
    case .unknown(let reason): return .unknown(reason)
    case .known(let folders, let others):
      if let found = folders.lazy.map({ $0.appending(path).normalized }).first(where: Files.exists) {
        return .found(found)
      }
      // Another file may start uWSGI in the folder where it is.
      if others.contains(where: { Files.exists($0.appending(path)) && isNamedAsStart($0) }) {
        return .unknown("it is there only for who starts uWSGI in another folder")
      }
      return .missing(path.description, isOutside: false)
    }
  }

  /// Whether a process file speaks of a folder in which something is started.
  private func isNamedAsStart(_ folder: SourcePath) -> Bool {
    project.tree.processFiles.contains { file in
      guard let text = code.text(of: file.path) else { return false }
      let words = ["WorkingDirectory", "WORKDIR", "working_dir", "directory", "chdir", "cd "]
      return text.textLines.contains { line in
        line.contains(folder.name) && words.contains { line.contains($0) }
      }
    }
  }

  private enum Bases {
    /// Where the path may begin, and where it would begin in a rare case.
    case known([SourcePath], others: [SourcePath])
    case unknown(String)
  }

  /// The folders that a relative path may begin in, absolute.
  private func bases(_ configuration: UWSGIConfiguration, isChdir: Bool) -> Bases {
    let root = project.root
    let starts =
      [root, root.appending(configuration.path.parent), root.appending(configuration.path.parent.parent)]
      + [project.managePath.map { root.appending($0.parent) }].compactMap(\.self)
    let anywhere = project.tree.folders.map { root.appending($0) }
    guard !isChdir, let chdir = configuration.last("chdir") else { return .known(starts, others: anywhere) }
    if chdir.isConditional { return .unknown("chdir is set under a condition") }
    switch place(of: chdir.value ?? "", in: configuration, isChdir: true) {
    case .found(let folder):
      let text = configuration.expansion(of: chdir.value ?? "", in: root).text
      return .known(
        SourcePath(text).isAbsolute ? [folder] : starts.map { $0.appending(text).normalized }, others: [])
    // Another machine has the project there: any of its folders may be meant.
    case .missing(_, isOutside: true): return .known(starts + anywhere, others: [])
    case .missing: return .known(starts, others: anywhere)
    case .unknown: return .known(starts + anywhere, others: [])
    }
  }
}
