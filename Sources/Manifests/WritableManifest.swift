import ConfigFormats
import Diagnostics
import Host
import Packaging

/// A manifest that requirements can be added to.
struct WritableManifest {
  enum Kind {
    case requirements
    case pyproject
    case pipfile
    case setupConfiguration
  }

  let kind: Kind
  /// Absolute.
  let path: SourcePath
  let shownPath: SourcePath
  /// Empty for a file that is not there yet.
  let bytes: [UInt8]

  private static let sizeLimit = 64 << 20

  /// The manifest that the user names, relative to the host's folder; only a requirements file need not be there.
  init(named file: SourcePath, _ host: Host) throws(Finding) {
    try self.init(host.absolute(file), shown: file)
  }

  private init(_ path: SourcePath, shown: SourcePath) throws(Finding) {
    self.path = path
    shownPath = shown
    kind = try Self.kind(of: shown)
    do { bytes = try Files.read(path, limit: Self.sizeLimit) } catch {
      guard error.isMissing, kind == .requirements, Files.kind(of: path.parent) == .folder else {
        throw Finding(
          .error, at: Location(path: shown), "cannot read: \(error.reason)", remedy: "name a manifest that can be read")
      }
      bytes = []
    }
  }

  private static func kind(of file: SourcePath) throws(Finding) -> Kind {
    func refusal(_ message: String, _ remedy: String) -> Finding {
      Finding(.error, at: Location(path: file), message, remedy: remedy)
    }
    switch file.name {
    case "pyproject.toml": return .pyproject
    case "Pipfile": return .pipfile
    case "setup.cfg": return .setupConfiguration
    case let name where name.hasSuffix(".lock") || name.hasPrefix("pylock."):
      throw refusal("a lock is not edited", "edit the manifest that it is made of, and lock anew")
    case let name where name.hasSuffix(".py"):
      throw refusal("a program is not edited", "name a requirements file or a pyproject.toml: --write=requirements.txt")
    case let name
    where name.hasSuffix(".toml") || name.hasSuffix(".yml") || name.hasSuffix(".yaml")
      || name.hasSuffix(".json") || name.hasSuffix(".cfg"):
      throw refusal(
        "this is no manifest that can be edited",
        "name a requirements file, pyproject.toml, Pipfile or setup.cfg")
    default: return .requirements
    }
  }

  // MARK: - The project's own

  /// The first manifest of the project in `folder`, absolute, that declares requirements, in the order of
  /// `ManifestCandidate`; else one that could, else a requirements.txt that is not there yet.
  init(of folder: SourcePath, _ host: Host) throws(Finding) {
    func manifest(_ name: SourcePath) throws(Finding) -> WritableManifest {
      try WritableManifest(folder.appending(name), shown: name)
    }
    for candidate in ManifestCandidate.allCases {
      if candidate == .requirements {
        if let name = Self.requirementsFile(in: folder) {
          self = try manifest(name)
          return
        }
        continue
      }
      guard let declared = try candidate.manifest(of: folder, host), !declared.roots.isEmpty else { continue }
      if candidate == .pyproject, let file = Self.dynamicFile(in: folder) {
        self = try manifest(file)
        return
      }
      self = try manifest(declared.path)
      return
    }
    let name = Self.undeclaring(in: folder) ?? "requirements.txt"
    self = try manifest(name)
  }

  /// The first of the usual requirements files that holds some and that no program wrote.
  private static func requirementsFile(in folder: SourcePath) -> SourcePath? {
    ManifestCandidate.requirementsFiles.first { name in
      guard let bytes = try? Files.read(folder.appending(name), limit: sizeLimit) else { return false }
      if GeneratedFile.isGenerated(bytes) { return false }
      return RequirementsFile(bytes).entries.contains { entry in
        switch entry.content {
        case .requirement, .file: true
        case .option: false
        }
      }
    }
  }

  /// The requirements file that the pyproject.toml of `folder` leaves its dependencies to.
  private static func dynamicFile(in folder: SourcePath) -> SourcePath? {
    guard let bytes = try? Files.read(folder.appending("pyproject.toml"), limit: sizeLimit),
      let document = try? TOMLReader.read(bytes), document["project"]?["dependencies"] == nil
    else { return nil }
    let file = document["tool"]?["setuptools"]?["dynamic"]?["dependencies"]?["file"]
    return (file?.string ?? file?.array?.first?.string).map { SourcePath($0) }
  }

  /// A manifest that declares nothing yet, or that a program wrote.
  private static func undeclaring(in folder: SourcePath) -> SourcePath? {
    let document = (try? Files.read(folder.appending("pyproject.toml"), limit: sizeLimit)).flatMap {
      try? TOMLReader.read($0)
    }
    let isProject = document?["project"] != nil || document?["tool"]?["poetry"] != nil
    let isDynamic = document?["project"]?["dynamic"]?.array?.contains { $0.string == "dependencies" } ?? false
    if isProject, !isDynamic { return "pyproject.toml" }
    let files = ManifestCandidate.requirementsFiles + (isProject ? ["pyproject.toml"] : []) + ["Pipfile"]
    return files.first { Files.kind(of: folder.appending($0)) == .regular }
  }

  // MARK: - What is in it

  /// The names that it declares, with those of the files that it includes.
  func declaredNames(_ host: Host) throws(Finding) -> Set<PackageName> {
    let (folder, name) = (path.parent, SourcePath(bytes: path.nameBytes))
    switch kind {
    case .requirements:
      if bytes.isEmpty { return [] }
      let tree = try RequirementsTree(path, in: folder, host: host)
      return Set(tree.requirements.compactMap { $0.line.requirement?.name })
    case .pyproject: return try DeclaredManifest(pyproject: name, in: folder, host)?.names ?? []
    case .pipfile: return try DeclaredManifest(pipfile: name, in: folder)?.names ?? []
    case .setupConfiguration: return try DeclaredManifest(setupConfiguration: name, in: folder, host)?.names ?? []
    }
  }

  /// Throws when a program wrote the file, or when pip would refuse a new line in it.
  func refuseGenerated() throws(Finding) {
    guard kind == .requirements else { return }
    if GeneratedFile.isGenerated(bytes) {
      throw Finding(
        .error, at: Location(path: shownPath), "a program has generated this file, and will again",
        remedy: "name the file that it is made of: --write=FILE; --force edits this one all the same")
    }
    let hasHashes = RequirementsFile(bytes).entries.contains { entry in
      guard case .requirement(let line) = entry.content else { return false }
      return !line.hashes.isEmpty
    }
    if hasHashes {
      throw Finding(
        .error, at: Location(path: shownPath), "its lines have hashes, and pip refuses those without beside them",
        remedy: "name the file that it is made of: --write=FILE; --force edits this one all the same")
    }
  }
}
