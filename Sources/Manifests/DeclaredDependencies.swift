package import Diagnostics
package import Host
package import Packaging

/// Everything that all manifests of a project declare, and what its locks hold.
///
/// Supported: pyproject.toml (PEP 621, 735, build-system, Poetry, uv, pdm, Hatch), requirements files by their names and
/// folders with `-r` and `-c`, Pipfile, setup.cfg, literal setup.py, tox.ini, environment.yml of conda, pixi.toml; the locks of uv,
/// Poetry, pdm, Pipenv, PEP 751, and requirements files that a program wrote.
/// A manifest that is broken is told among the findings, and what can be read of it counts.
package struct DeclaredDependencies: Sendable {
  package struct Entry: Sendable {
    package let requirement: Requirement
    package let role: DeclarationRole
    /// Of the name.
    package let location: Location
    /// Whether it is a name of conda, which need not be that of an index.
    package let isConda: Bool

    package var name: PackageName { requirement.name }
  }

  package struct Lock: Sendable {
    package let path: SourcePath
    /// In the order of the file.
    package let distributions: [LockedDistribution]

    package init(path: SourcePath, distributions: [LockedDistribution]) {
      self.path = path
      self.distributions = distributions
    }
  }

  /// Sorted by location.
  package let entries: [Entry]
  /// Sorted by path.
  package let locks: [Lock]
  /// The manifests that were read, sorted.
  package let files: [SourcePath]
  /// What could not be read or is not written out, sorted by location.
  package let findings: [Finding]
  /// The project's own names: one that asks for its extras declares no dependency. Sorted.
  package let projects: [PackageName]
  /// What the projects say of the Python that they run on.
  package let pythons: [SpecifierSet]

  /// Reads the manifests of the project in `root`, absolute, in the folders of its tree that hold such, relative to it.
  package init(of root: SourcePath, folders: [SourcePath], host: Host) {
    self.init(DeclarationReader(ManifestFile.files(in: folders, of: root), in: root, host))
  }

  /// The same with the one manifest `file`, relative to the host's folder, and the project's locks.
  package init(in file: SourcePath, of root: SourcePath, folders: [SourcePath], host: Host) throws(Finding) {
    let path = host.absolute(file)
    guard Files.kind(of: path) == .regular else {
      throw Finding(.error, "no such file: \(file)", remedy: "name a manifest of the project: --check=FILE")
    }
    let named = path.relative(to: root) ?? path
    let manifest = ManifestFile(named).flatMap { $0.kind == .lock ? nil : $0 } ?? ManifestFile(.requirements, named)
    let others = ManifestFile.files(in: folders, of: root).filter { $0 != manifest }
    self.init(DeclarationReader([manifest], in: root, host, beside: others))
  }

  private init(_ reader: consuming DeclarationReader) {
    let own = Set(reader.projects)
    entries = reader.entries.filter { !own.contains($0.name) }.sorted { left, right in
      if left.location != right.location { return left.location < right.location }
      return left.name < right.name
    }
    locks = reader.locks.sorted { $0.path < $1.path }
    files = reader.files.sorted()
    findings = reader.findings.sorted(by: Self.precedes)
    projects = own.sorted()
    pythons = reader.pythons
  }

  private static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    guard let first = left.location, let second = right.location, first != second else {
      return left.message < right.message
    }
    return first < second
  }
}
