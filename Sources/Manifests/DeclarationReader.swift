import ConfigFormats
import Diagnostics
import Host
import Packaging

/// Gathers what the manifests of a project declare.
struct DeclarationReader {
  typealias Entry = DeclaredDependencies.Entry

  let root: SourcePath
  let host: Host
  private(set) var entries: [Entry] = []
  private(set) var locks: [DeclaredDependencies.Lock] = []
  private(set) var files: [SourcePath] = []
  private(set) var findings: [Finding] = []
  private(set) var projects: [PackageName] = []
  private(set) var pythons: [SpecifierSet] = []
  /// Requirements files that are still to be read, with their roles.
  private var pending: [SourcePath: DeclarationRole] = [:]
  private var generated: [SourcePath: Bool] = [:]

  /// Reads `manifests`, and of the files beside them what is locked and what the projects are called.
  init(_ manifests: [ManifestFile], in root: SourcePath, _ host: Host, beside others: [ManifestFile] = []) {
    self.root = root
    self.host = host
    for file in others { read(file) }
    (entries, files, findings, pending) = ([], [], [], [:])
    for file in manifests { read(file) }
    readRequirements(isAlone: manifests.count == 1)
  }

  private mutating func read(_ file: ManifestFile) {
    let path = file.path
    let bytes: [UInt8]
    do { bytes = try Files.read(root.appending(path), limit: file.sizeLimit) } catch {
      let location = Location(path: path)
      findings.append(
        error.isTooLarge
          ? Finding(.warning, at: location, "larger than \(file.sizeLimit >> 20) MiB, so it was not read")
          : Finding(.warning, at: location, "cannot read: \(error.reason)", remedy: "make the file readable"))
      return
    }
    let known = (entries.count, findings.count)
    switch file.kind {
    case .requirements:
      pending[path] = DeclarationRole(of: path) ?? .runtime
      generated[path] = GeneratedFile.isGenerated(bytes)
      if generated[path] == true { readGenerated(bytes, path) }
      return
    case .lock: return readLock(bytes, path)
    case .pyproject: readPyProject(bytes, path)
    case .pipfile: readPipfile(bytes, path)
    case .setupConfiguration: readSetupConfiguration(bytes, path)
    case .setupScript: readSetupScript(bytes, path)
    case .tox: readTox(bytes, path)
    case .conda: readConda(bytes, path)
    case .pixi: readPixi(bytes, path, isPyProject: false)
    }
    // Many a setup.py, setup.cfg or tox.ini declares nothing, and is none of its project's manifests.
    if file.kind == .pyproject || known != (entries.count, findings.count) { files.append(path) }
  }

  mutating func add(
    _ requirement: Requirement, _ role: DeclarationRole, at location: Location, isConda: Bool = false
  ) {
    entries.append(
      Entry(requirement: requirement.withoutCredentials, role: role, location: location, isConda: isConda))
  }

  mutating func addPython(_ specifiers: SpecifierSet?) { pythons += [specifiers].compactMap(\.self) }

  mutating func addProject(_ name: PackageName?) { if let name { projects.append(name) } }

  mutating func tell(_ finding: Finding) {
    findings.append(Finding(.warning, at: finding.location, finding.message, remedy: finding.remedy))
  }

  /// Tells what is wrong in a manifest of TOML or JSON.
  mutating func tell(_ problem: ConfigError, _ path: SourcePath) {
    tell(DeclaredManifest.finding(problem, path, .error))
  }

  /// Reads a requirement that stands at a place of a manifest; what is none is told.
  mutating func add(_ text: String, _ role: DeclarationRole, at location: Location) {
    do { add(try Requirement(parsing: text), role, at: location) } catch {
      tell(
        Finding(
          .warning, at: location, "not a requirement: \(CredentialText(text)): \(error)",
          remedy: "correct it, for example django>=5.2"))
    }
  }

  /// Notes a requirements file that another manifest names: `path` is relative to that one's folder.
  mutating func add(file name: String, of manifest: SourcePath, _ role: DeclarationRole) {
    let path = manifest.parent.appending(name).normalized
    pending[path] = min(pending[path] ?? role, role)
  }

  // MARK: - Requirements files

  /// Reads the files that were noted, the most binding first: one that two name belongs to that.
  private mutating func readRequirements(isAlone: Bool) {
    var tree = RequirementsTree(in: root, host: host, isLenient: true)
    let noted = pending.sorted { ($0.value.kind, $0.key) < ($1.value.kind, $1.key) }
    for (path, role) in noted where generated[path] != true || isAlone {
      // What lies in a folder of requirements without being named so may be anything.
      if !isAlone, role.kind != .constraint, !ManifestFile.namesRequirements(path.name), !isRequirements(path) {
        continue
      }
      files.append(path)
      try? tree.add(path)
    }
    for line in tree.requirements where isAlone || !isGenerated(line.location.path) { add(line, role(of: line)) }
    for line in tree.constraints where isAlone || !isGenerated(line.location.path) {
      add(line, DeclarationRole(.constraint))
    }
    for finding in tree.findings { tell(finding) }
  }

  private mutating func isGenerated(_ path: SourcePath) -> Bool {
    if let known = generated[path] { return known }
    let found = (try? Files.read(root.appending(path), limit: 64 << 20)).map(GeneratedFile.isGenerated) ?? false
    generated[path] = found
    return found
  }

  private func isRequirements(_ path: SourcePath) -> Bool {
    guard let bytes = try? Files.read(root.appending(path), limit: 64 << 20) else { return false }
    let file = RequirementsFile(bytes) { _ in nil }
    return !file.entries.isEmpty && !file.problems.contains(where: \.isError)
  }

  /// The most binding role of its file and of those that led there.
  private func role(of line: RequirementsTree.Line) -> DeclarationRole {
    (line.includes.map(\.path) + [line.location.path]).compactMap { pending[$0] }.min() ?? .runtime
  }

  private mutating func add(_ found: RequirementsTree.Line, _ role: DeclarationRole) {
    let place = found.location
    let location = Location(path: place.path, line: place.line, column: found.column)
    if let requirement = found.line.requirement { return add(requirement, role, at: location) }
    guard case .path(let path) = found.line.source else { return }
    // A folder of the project itself, `-e .`, declares nothing; another project's has a name.
    let folder = root.appending(path).normalized
    guard Files.kind(of: folder) == .folder, let name = try? LocalProject(folder: folder).name() else { return }
    add(found.line.requirement(named: name), role, at: location)
  }

  // MARK: - Locks

  private mutating func readLock(_ bytes: [UInt8], _ path: SourcePath) {
    guard ToolLock.isLock(path.name) else { return readGenerated(bytes, path) }
    do {
      let lock = try ToolLock(bytes: bytes, named: path.name)
      projects += lock.projects
      locks.append(.init(path: path, distributions: lock.distributions))
    } catch {
      tell(error, path)
    }
  }

  /// A requirements file that a program wrote: its comments tell who needs what.
  private mutating func readGenerated(_ bytes: [UInt8], _ path: SourcePath) {
    let via = ViaComments(bytes)
    var distributions: [LockedDistribution] = []
    var needs: [PackageName: [LockedDistribution.Need]] = [:]
    for entry in RequirementsFile(bytes, variable: { _ in nil }).entries {
      guard case .requirement(let line) = entry.content, let requirement = line.requirement else { continue }
      let version = requirement.specifiers.pinnedVersion?.description
      distributions.append(LockedDistribution(name: requirement.name, version: version, line: entry.line))
      for origin in via.origins(from: entry.line) { needs[origin, default: []].append(.init(requirement.name)) }
    }
    locks.append(
      .init(
        path: path,
        distributions: distributions.map {
          LockedDistribution(name: $0.name, version: $0.version, line: $0.line, needs: needs[$0.name] ?? [])
        }))
  }
}

extension DeclarationRole: Comparable {
  /// The most binding first.
  package static func < (left: DeclarationRole, right: DeclarationRole) -> Bool {
    (left.kind, left.name ?? "") < (right.kind, right.name ?? "")
  }
}
