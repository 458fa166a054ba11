import ConfigFormats
import Diagnostics
import Host

/// The file that holds a project's configuration: `[tool.envtool]` of a pyproject.toml, or an envtool.toml with the same
/// keys at its top.
///
/// It stands in the project's folder, else in the nearest folder above it up to the repository's root; above a project
/// that lies in no repository nothing is looked for. Both files in one folder are an error: neither could win without
/// surprising somebody.
struct ConfigurationFile {
  /// The folder it stands in, absolute.
  let folder: SourcePath
  /// From the project's folder: `../pyproject.toml`.
  let path: SourcePath
  /// The table with the keys.
  let table: ConfigTable
  /// What the table is called: `tool.envtool`, empty for a file of its own.
  let prefix: String

  /// No configuration that anybody wrote is larger.
  private static let sizeLimit = 16 << 20

  /// The configuration for `project`, an absolute path to a folder or a file in it; nil when there is none.
  static func find(for project: SourcePath) throws(Finding) -> ConfigurationFile? {
    let start = Files.kind(of: project) == .regular ? project.parent : project
    var up: SourcePath = ""
    for folder in folders(from: start) {
      let own = try read("envtool.toml", in: folder, shownIn: up)
      let shared = try read("pyproject.toml", in: folder, shownIn: up)
      if let own, let shared {
        throw Finding(
          .error, at: Location(path: own.path), "\(shared.path) holds [tool.envtool], too",
          remedy: "keep one of the two")
      }
      if let found = own ?? shared { return found }
      up = up.isEmpty ? ".." : up.appending("..")
    }
    return nil
  }

  /// The project's folder and those above it up to its repository's root.
  private static func folders(from start: SourcePath) -> [SourcePath] {
    var folders = [start]
    while let last = folders.last, !Files.exists(last.appending(".git")) {
      guard last.parent != last, !last.parent.isEmpty else { return [start] }
      folders.append(last.parent)
    }
    return folders
  }

  private static func read(
    _ name: SourcePath, in folder: SourcePath, shownIn shown: SourcePath
  ) throws(Finding) -> ConfigurationFile? {
    let path = shown.appending(name)
    let bytes: [UInt8]
    do { bytes = try Files.read(folder.appending(name), limit: sizeLimit) } catch {
      if error.isMissing || error.isNoFile { return nil }
      throw Finding(.error, at: Location(path: path), "cannot read: \(error.reason)", remedy: "make the file readable")
    }
    let isShared = name == "pyproject.toml"
    // Without the word there is no such table, and what else is wrong there is for others to tell.
    if isShared, !IgnoredLines.mayOccur(in: bytes) { return nil }
    do throws(ConfigError) {
      let document = try TOMLReader.read(bytes)
      if !isShared { return document.table.map { Self(folder: folder, path: path, table: $0, prefix: "") } }
      guard let node = document["tool"]?["envtool"] else { return nil }
      guard let table = node.table else {
        throw ConfigError(at: node.place, "`tool.envtool` must be a table, not \(node.kindName)")
      }
      return Self(folder: folder, path: path, table: table, prefix: "tool.envtool")
    } catch {
      throw Finding(
        .error, at: Location(path: path, line: error.line, column: error.column), error.message,
        remedy: "correct the file")
    }
  }
}
