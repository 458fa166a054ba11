package import Diagnostics
import Host

/// The static files of a project, and what is known of those that are not there.
package struct StaticFiles: Sendable {
  /// By the names that templates use, sorted by path; those in STATIC_ROOT left out.
  package let files: [(name: String, path: SourcePath)]
  private let names: Set<String>
  private let folders: [StaticFolder]
  /// STATIC_ROOT.
  private let root: SourcePath?
  /// Whether all places that are searched are known.
  package let isComplete: Bool
  /// Whether a folder that is searched is not there: files of it may be elsewhere.
  private let lacksFolder: Bool
  private let hasOtherApps: Bool
  private let hasBuild: Bool
  private let tree: ProjectTree
  private let ignored: IgnoredPaths

  /// Nil where the settings do not tell which folders are searched.
  package init?(_ project: Project) {
    guard let (apps, knowsApps) = project.apps, let settings = project.judgedSettings?.values else { return nil }
    let (named, knowsFolders) = project.staticDirectories
    let folders = named + project.staticAppFolders
    tree = project.tree
    ignored = IgnoredPaths(tree)
    root = settings["STATIC_ROOT"]?.text.map(project.place)
    isComplete = knowsApps && knowsFolders && Self.areUsual(settings["STATICFILES_FINDERS"])
    lacksFolder = named.contains { Files.kind(of: project.root.appending($0.folder)) != .folder }
    hasOtherApps = apps.contains { $0.folder == nil && !$0.module.hasPrefix("django.contrib.") }
    let tools = [
      "package.json", "gulpfile", "gruntfile", "webpack", "vite.config", "rollup", "bower.json", ".gitmodules",
    ]
    hasBuild = (tree.otherFiles + tree.processFiles.map(\.path)).contains { path in
      let name = path.name.lowercased()
      return tools.contains { name.hasPrefix($0) }
    }
    var files: [(String, SourcePath)] = []
    for path in tree.otherFiles {
      for folder in folders { if let name = folder.name(of: path) { files.append((name, path)) } }
    }
    self.files = files
    names = Set(files.map(\.0))
    self.folders = folders
  }

  /// Whether there is a file of that name.
  package func holds(_ name: String) -> Bool { names.contains(name) }

  /// Where files of that name would lie.
  package func places(of name: String) -> [SourcePath] {
    folders.compactMap { $0.path(of: name) } + (root.map { [$0.appending(name).normalized] } ?? [])
  }

  /// Whether .gitignore leaves the file out wherever it would lie: some tool makes it.
  package func isMade(_ name: String) -> Bool { places(of: name).contains { ignored.contains($0) } }

  /// Whether a file of that name that is not among the project's is nowhere: no tool builds files, no other app brings some of
  /// its top folder.
  package func isAbsent(_ name: String) -> Bool {
    guard isComplete, !hasBuild, !folders.contains(where: { $0.folder.isAbsolute }) else { return false }
    let stem = name.split(separator: "/").last.map { $0.prefix { $0 != "." } } ?? ""
    // A stylesheet that is compiled from another.
    if name.hasSuffix(".css") || name.hasSuffix(".js") {
      let sources = [".scss", ".sass", ".less", ".styl", ".ts", ".tsx", ".jsx", ".coffee"]
      let isCompiled = tree.otherFiles.contains { path in
        sources.contains { path.name == "\(stem)\($0)" }
      }
      if isCompiled { return false }
    }
    guard let top = name.split(separator: "/").first, name.contains("/") else {
      return !hasOtherApps && !lacksFolder
    }
    if files.contains(where: { $0.name.hasPrefix("\(top)/") }) { return true }
    return !hasOtherApps && !lacksFolder && top != "admin" && top != "gis"
  }

  /// A file with the same letters in another arrangement: `my_app.example.jpg` for `my_app/example.jpg`.
  package func rearranged(_ name: String) -> (name: String, path: SourcePath)? {
    let letters = Self.letters(name)
    return files.first { $0.name != name && Self.letters($0.name) == letters }
  }

  /// The only file that is called the same in another folder.
  package func elsewhere(_ name: String) -> (name: String, path: SourcePath)? {
    let last = name.split(separator: "/").last
    let found = files.filter { $0.name.split(separator: "/").last == last }
    return found.count == 1 ? found[0] : nil
  }

  private static func areUsual(_ finders: SettingValue?) -> Bool {
    guard let finders else { return true }
    return !finders.items.isEmpty
      && finders.items.allSatisfy { $0.text?.hasPrefix("django.contrib.staticfiles.finders.") ?? false }
  }

  private static func letters(_ name: String) -> [UInt8] {
    Array(name.lowercased().utf8.filter { !"/._- ".utf8.contains($0) })
  }
}
