import Diagnostics
import Host
import Packaging

extension DeclaredManifest {
  /// What requirements files ask for; paths in them start at `folder`, as they start at pip's.
  init(_ tree: RequirementsTree, path: SourcePath, in folder: SourcePath) throws(Finding) {
    self.init(path: path)
    let namer = RootNamer(folder: folder)
    for line in tree.requirements { roots.append(try namer.root(line, option: "-r")) }
    for line in tree.constraints { constraints.append(try namer.root(line, option: "-c")) }
    options = tree.options
    findings = tree.findings
  }
}

/// Makes roots of the lines of requirements files, and finds the names that those leave out.
private struct RootNamer {
  let folder: SourcePath

  func root(_ found: RequirementsTree.Line, option: String) throws(Finding) -> Root {
    let line = found.line
    let source = source(of: line)
    let name: PackageName
    if let known = line.requirement?.name { name = known } else { name = try self.name(of: found, source) }
    var requirement = line.requirement(named: name)
    // A path is the machine's own, so it stands in `source` alone.
    if case .path = source, requirement.url != nil {
      requirement = Requirement(name: name, extras: requirement.extras, marker: requirement.marker)
    }
    return Root(
      requirement: requirement, origin: "\(option) \(found.location.path)", location: found.location, source: source,
      isEditable: line.isEditable, hashes: line.hashes, includes: found.includes)
  }

  private func source(of line: RequirementLine) -> Root.Source {
    switch line.source {
    case .index: return .index
    case .path(let path): return .path(folder.appending(path).normalized)
    case .url(let text):
      let url = RequirementURL(text.revealed)
      guard url.scheme == nil || url.scheme == "file" else { return .url(text) }
      return .path(folder.appending(url.path).normalized)
    }
  }

  private func name(of found: RequirementsTree.Line, _ source: Root.Source) throws(Finding) -> PackageName {
    let shown = found.line.text
    func failure(_ message: String, _ remedy: String) -> Finding {
      let trail = found.includes.map { Location(path: $0.path, line: $0.line).description }
      let way = trail.isEmpty ? "" : " (included by \(trail.joined(separator: " -> ")))"
      return Finding(.error, at: found.location, message + way, remedy: remedy)
    }
    guard case .path(let path) = source else {
      throw failure("what \(shown) is called is not known without opening it", "write NAME @ \(shown)")
    }
    switch Files.kind(of: path) {
    case .folder:
      let project = LocalProject(folder: path)
      guard project.isInstallable else {
        throw failure(
          "\(shown) is no project: the folder holds no pyproject.toml, setup.py or setup.cfg",
          "name the folder of a project")
      }
      if let name = try project.name() { return name }
      throw failure(
        "what the project \(shown) is called is not known: no file of it says so without being run",
        "write `name` into \(path)/pyproject.toml, or NAME @ file://\(path) here")
    case nil: throw failure("no such file or folder: \(path)", "name a folder or file that is there")
    default:
      throw failure("what \(shown) is called is not known without opening it", "write NAME @ file://\(path)")
    }
  }
}
