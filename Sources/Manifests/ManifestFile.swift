import Diagnostics
import Host
import Packaging
import PythonSource

/// A file in which a project declares dependencies, or that a tool locked them in.
struct ManifestFile: Hashable {
  enum Kind {
    case pyproject
    case pipfile
    case setupConfiguration
    case setupScript
    case tox
    case conda
    case pixi
    case requirements
    case lock
  }

  let kind: Kind
  /// Relative to the project's root.
  let path: SourcePath

  /// The file of that path, by its name; in a folder whose name speaks of requirements every `.txt` and `.in` is one.
  init?(_ path: SourcePath) {
    guard let kind = Self.kind(of: path.name, in: path.parent.name) else { return nil }
    self.init(kind, path)
  }

  init(_ kind: Kind, _ path: SourcePath) {
    self.kind = kind
    self.path = path
  }

  private static func kind(of name: String, in folder: String) -> Kind? {
    switch name {
    case "pyproject.toml": return .pyproject
    case "Pipfile": return .pipfile
    case "setup.cfg": return .setupConfiguration
    case "setup.py": return .setupScript
    case "tox.ini": return .tox
    case "pixi.toml": return .pixi
    case "requirements.lock", "requirements-dev.lock": return .lock
    default: break
    }
    if ToolLock.isLock(name) { return .lock }
    if name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
      return name.hasPrefix("environment") || name.hasPrefix("conda") ? .conda : nil
    }
    guard name.hasSuffix(".txt") || name.hasSuffix(".in") || name.hasSuffix(".pip") else { return nil }
    return namesRequirements(name) || namesRequirements(folder) ? .requirements : nil
  }

  /// What may be read of it, in bytes: of locks, which tools write, more than of what people write.
  var sizeLimit: Int { kind == .lock ? 64 << 20 : 4 << 20 }

  static func namesRequirements(_ name: String) -> Bool {
    let lower = Array(name.lowercased().utf8)
    if lower.holds("requirement") || lower.holds("constraints") { return true }
    let words = lower.split { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    return words.contains { word in
      ["reqs", "req", "deps", "dependencies"].contains { word.elementsEqual($0.utf8) }
    }
  }

  /// Those in `folders`, relative to `root`, in the folders below them that hold such files by custom, and in folders
  /// named for requirements; sorted by path.
  static func files(in folders: [SourcePath], of root: SourcePath) -> [ManifestFile] {
    var found: Set<ManifestFile> = []
    for folder in Set(folders + [""]) where !folder.components.contains(where: isTemplate) {
      list(folder, of: root, depth: 0, into: &found)
    }
    return found.sorted { $0.path < $1.path }
  }

  /// What new projects are made from: `project_template`, `{{cookiecutter.name}}`.
  private static func isTemplate(_ folder: String) -> Bool {
    folder.hasPrefix("{{") || folder.hasSuffix("_template") || folder.hasSuffix("-template")
  }

  private static func list(_ folder: SourcePath, of root: SourcePath, depth: Int, into found: inout Set<ManifestFile>) {
    for (name, kind) in (try? Files.list(root.appending(folder))) ?? [] {
      let path = folder.appending(name)
      if kind == .folder {
        let isNamed = namesRequirements(name.name)
        if depth == 0 ? isNamed || isUsual(name.name) : isNamed || (depth == 1 && namesRequirements(folder.name)) {
          list(path, of: root, depth: depth + 1, into: &found)
        }
      } else if let file = ManifestFile(path), Files.kind(of: root.appending(path)) == .regular {
        // What lies below belongs to a project of its own, or to none.
        if depth == 0 || file.kind == .requirements { found.insert(file) }
      }
    }
  }

  private static func isUsual(_ name: String) -> Bool {
    [
      "docs", "doc", "test", "tests", ".ci", "ci", ".github", ".circleci", ".devcontainer", "config", "conf", "etc",
      "docker", "deploy", "tools", "scripts",
    ].contains(name)
  }
}
