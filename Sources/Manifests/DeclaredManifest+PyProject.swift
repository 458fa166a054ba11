import ConfigFormats
import Diagnostics
import Host
import Packaging

extension DeclaredManifest {
  /// What `[project]`, or else Poetry's table, and the dependency groups of a pyproject.toml in `folder` declare; nil when
  /// there is none.
  ///
  /// Of what the build gives, the files of `[tool.setuptools.dynamic]` are read, and nothing else is known.
  init?(pyproject path: SourcePath, in folder: SourcePath, _ host: Host) throws(Finding) {
    guard let bytes = try Self.bytes(path, in: folder) else { return nil }
    self.init(path: path)
    let file: PyProject
    do { file = try PyProject(bytes: bytes) } catch { throw Self.finding(error, path, .error) }
    for problem in file.problems {
      let finding = Self.finding(problem, path, file.remarks.contains(problem) ? .warning : .error)
      if finding.severity == .error { throw finding }
      findings.append(finding)
    }
    name = file.project?.name
    let maker = DeclaredDependencyRoots(path: path, folder: folder)
    for dependency in file.project?.dependencies ?? [] {
      let root = maker.root(dependency)
      if case .extra(let extra) = dependency.group { add(root, toExtra: extra) } else { roots.append(root) }
    }
    for extra in file.project?.extras ?? [] where !extras.contains(where: { $0.name == extra }) {
      extras.append((extra, []))
    }
    groups = file.groups.groups.map { ($0.writtenName, file.groups.dependencies(of: $0.name).map(maker.root)) }
    try readDynamic(file, bytes, in: folder, host)
  }

  private mutating func add(_ root: Root, toExtra name: String) {
    if let index = extras.firstIndex(where: { $0.name == name }) {
      extras[index].roots.append(root)
    } else {
      extras.append((name, [root]))
    }
  }

  static func finding(_ problem: ConfigError, _ path: SourcePath, _ severity: Severity) -> Finding {
    Finding(
      severity, at: Location(path: path, line: problem.line, column: problem.column),
      CredentialText(problem.message).description,
      remedy: severity == .error ? "correct it, or name the requirements: --requirements FILE" : nil)
  }

  // MARK: - Dynamic fields

  private mutating func readDynamic(
    _ file: PyProject, _ bytes: [UInt8], in folder: SourcePath, _ host: Host
  ) throws(Finding) {
    guard let fields = file.project?.dynamic, !fields.isEmpty, let document = try? TOMLReader.read(bytes) else {
      return
    }
    let dynamic = document["tool"]?["setuptools"]?["dynamic"]
    if fields.contains("dependencies") {
      if let names = Self.files(dynamic?["dependencies"]) {
        roots += try read(names, in: folder, host)
      } else {
        findings.append(
          Finding(
            .warning, at: Location(path: path), "the build gives the dependencies, so they are not known from here",
            remedy: "name the requirements: --requirements FILE"))
      }
    }
    if fields.contains("optional-dependencies") {
      for entry in dynamic?["optional-dependencies"]?.table?.entries ?? [] {
        guard let names = Self.files(entry.value) else { continue }
        for root in try read(names, in: folder, host) { add(root, toExtra: PackageName.normalize(entry.key)) }
      }
    }
  }

  /// The names of `{file = "a"}` or `{file = ["a", "b"]}`.
  static func files(_ node: ConfigNode?) -> [String]? {
    guard let file = node?["file"] else { return nil }
    return file.string.map { [$0] } ?? file.array?.compactMap(\.string)
  }

  private mutating func read(_ names: [String], in folder: SourcePath, _ host: Host) throws(Finding) -> [Root] {
    var tree = RequirementsTree(in: folder, host: host)
    for name in names { try tree.add(SourcePath(name)) }
    let manifest = try DeclaredManifest(tree, path: path, in: folder)
    findings += manifest.findings
    return manifest.roots
  }

  // MARK: - Pipfile

  /// What a Pipfile in `folder` declares; nil when there is none.
  init?(pipfile path: SourcePath, in folder: SourcePath) throws(Finding) {
    guard let bytes = try Self.bytes(path, in: folder) else { return nil }
    self.init(path: path)
    let file: Pipfile
    do { file = try Pipfile(bytes: bytes) } catch { throw Self.finding(error, path, .error) }
    if let problem = file.problems.first { throw Self.finding(problem, path, .error) }
    let maker = DeclaredDependencyRoots(path: path, folder: folder)
    for dependency in file.dependencies {
      guard case .group(let name) = dependency.group else {
        roots.append(maker.root(dependency))
        continue
      }
      if let index = groups.firstIndex(where: { $0.name == name }) {
        groups[index].roots.append(maker.root(dependency))
      } else {
        groups.append((name, [maker.root(dependency)]))
      }
    }
  }
}

/// Makes roots of the dependencies that a manifest declares.
private struct DeclaredDependencyRoots {
  let path: SourcePath
  let folder: SourcePath

  func root(_ dependency: DeclaredDependency) -> Root {
    let requirement = dependency.requirement
    var source = Root.Source.index
    if let url = requirement.url.map(CredentialText.init) {
      source = .url(url)
    } else if let local = dependency.localPath {
      source = .path(folder.appending(local).normalized)
    }
    return Root(
      requirement: requirement.withoutCredentials, origin: origin(of: dependency.group),
      location: Location(path: path, line: dependency.line), source: source)
  }

  /// `pyproject.toml`, `pyproject.toml (extra test)`
  private func origin(of group: DeclaredDependency.Group) -> String {
    switch group {
    case .project, .build: "\(path)"
    case .extra(let name): "\(path) (extra \(Escaping.text(name)))"
    case .group(let name): "\(path) (group \(Escaping.text(name)))"
    }
  }
}
