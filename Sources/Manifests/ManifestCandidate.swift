import Diagnostics
import Host
import Packaging

/// A place where a project may declare its requirements; the cases stand in the order in which they are asked.
enum ManifestCandidate: CaseIterable {
  case pyproject
  case requirements
  case pipfile
  case setupConfiguration
  case setupScript

  /// What the place declares in `folder`; nil when there is no such file, or when it is a lock.
  func manifest(of folder: SourcePath, _ host: Host) throws(Finding) -> DeclaredManifest? {
    switch self {
    case .pyproject: try DeclaredManifest(pyproject: "pyproject.toml", in: folder, host)
    case .requirements: try Self.requirements(in: folder, host)
    case .pipfile: try DeclaredManifest(pipfile: "Pipfile", in: folder)
    case .setupConfiguration: try DeclaredManifest(setupConfiguration: "setup.cfg", in: folder, host)
    case .setupScript: try DeclaredManifest(setupScript: "setup.py", in: folder)
    }
  }

  /// The usual requirements files, the likeliest to name what is wanted first.
  static let requirementsFiles: [SourcePath] =
    ["requirements.in", "requirements.txt"]
    + ["base", "prod", "production"].flatMap {
      [SourcePath("requirements/\($0).in"), SourcePath("requirements/\($0).txt")]
    }

  /// The first of the usual requirements files that is neither a lock nor empty.
  private static func requirements(in folder: SourcePath, _ host: Host) throws(Finding) -> DeclaredManifest? {
    for name in requirementsFiles {
      guard let bytes = try DeclaredManifest.bytes(name, in: folder), !GeneratedFile.isGenerated(bytes) else {
        continue
      }
      let tree = try RequirementsTree(name, in: folder, host: host)
      // What a generator reads may pin everything, what it writes does.
      if tree.requirements.isEmpty || (tree.isPinned && !name.name.hasSuffix(".in")) { continue }
      return try DeclaredManifest(tree, path: name, in: folder)
    }
    return nil
  }
}
