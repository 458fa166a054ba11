package import Diagnostics
package import Host
package import Packaging

/// The roots that a project declares.
///
/// They are those of the requirements files that are named, else of the first of these that declares any: pyproject.toml
/// (PEP 621, else Poetry), requirements.in, requirements.txt, requirements/{base,prod,production} with .in or .txt,
/// Pipfile, setup.cfg, setup.py. A lock (the header of a generator; in a .txt every version pinned) is
/// no source of roots, an empty manifest is no evidence. A requirement whose name cannot be known is an error.
package struct DeclaredRoots: Sendable {
  /// What is asked for.
  package struct Request: Sendable {
    /// Requirements files to take instead of the project's manifest, `-` for standard input; relative to the host's folder.
    package var files: [SourcePath]
    /// The bytes of standard input, for `-`.
    package var standardInput: [UInt8]
    package var extras: [String]
    package var groups: [String]

    package init(
      files: [SourcePath] = [], standardInput: [UInt8] = [], extras: [String] = [], groups: [String] = []
    ) {
      self.files = files
      self.standardInput = standardInput
      self.extras = extras
      self.groups = groups
    }
  }

  package let roots: [Root]
  /// What restricts versions without asking for anything: `-c FILE`.
  package let constraints: [Root]
  /// Where the requirements files say to look, and what to take: `--index-url`, `--pre`.
  package let options: [RequirementsTree.Option]
  /// Warnings: what was not taken, and why.
  package let findings: [Finding]
  /// The files that were named, or the manifest that was found; empty when the project declares nothing that can be read.
  package let sources: [SourcePath]
  /// What the manifest calls the project; nil when it does not say.
  package let project: PackageName?

  /// Reads what the project in `folder`, an absolute path, declares. Throws what keeps the roots from being known.
  package init(of folder: SourcePath, _ request: Request = Request(), host: Host) throws(Finding) {
    if !request.files.isEmpty {
      let manifest = try Self.manifest(of: request, host)
      self.init(manifest, try manifest.roots(for: request), request.files)
      return
    }
    var passed: [Finding] = []
    for candidate in ManifestCandidate.allCases {
      guard let manifest = try candidate.manifest(of: folder, host) else { continue }
      if manifest.isEvidence(for: request) {
        self.init(manifest, try manifest.roots(for: request), [manifest.path])
        return
      }
      passed += manifest.findings
    }
    for (kind, names) in [("extra", request.extras), ("group", request.groups)] {
      guard let name = names.first else { continue }
      throw Finding(
        .error, "there is no \(kind) \(Escaping.text(name)): no manifest of \(folder) declares any",
        remedy: "leave out --\(kind) \(Escaping.text(name))")
    }
    self.init(DeclaredManifest(path: ""), [], [], passed)
  }

  private init(
    _ manifest: DeclaredManifest, _ roots: [Root], _ sources: [SourcePath], _ findings: [Finding] = []
  ) {
    self.roots = roots
    constraints = manifest.constraints
    options = manifest.options
    self.findings = manifest.findings + findings
    self.sources = sources
    project = manifest.name
  }

  /// The requirements files that the user names, as one.
  private static func manifest(of request: Request, _ host: Host) throws(Finding) -> DeclaredManifest {
    var tree = RequirementsTree(in: host.folder, host: host)
    for file in request.files {
      if file == "-" {
        try tree.add(request.standardInput, named: "<stdin>")
      } else {
        try tree.add(file)
      }
    }
    let path =
      request.files.count == 1 ? request.files[0] : SourcePath(request.files.map(\.description).joined(separator: ", "))
    let manifest = try DeclaredManifest(tree, path: path, in: host.folder)
    if manifest.roots.isEmpty {
      throw Finding(
        .error, at: Location(path: path), "holds no requirements", remedy: "name a file that holds some")
    }
    return manifest
  }
}
