package import ConfigFormats
internal import Diagnostics

// Supported: [project] dependencies and optional-dependencies (PEP 621), [dependency-groups] (PEP 735), [build-system]
// requires, [tool.uv] dev-dependencies, [tool.poetry] dependencies, group.NAME.dependencies and dev-dependencies.
// Unsupported: extras of Poetry, which name dependencies that are declared elsewhere.
// What a project has decides: Poetry's tables where its dependencies stand there, else the standard ones.

/// Adds requirements to a pyproject.toml without changing anything that stands there.
package struct PyProjectEditor: Sendable {
  private(set) var editor: TOMLEditor
  /// As it was before anything was added.
  private let file: PyProject

  package init(_ bytes: [UInt8]) throws(EditRefusal) {
    do { editor = try TOMLEditor(bytes) } catch { throw EditRefusal(error) }
    do { file = try PyProject(bytes: bytes) } catch { throw EditRefusal(error) }
    if let problem = file.problems.first(where: { !file.remarks.contains($0) }) { throw EditRefusal(problem) }
  }

  package var text: GrowingText { editor.text }

  /// Other names that projects give to the lists of scan's groups.
  private static let spellings = [
    "test": ["test", "tests", "testing"], "dev": ["dev", "develop", "development"],
    "typing": ["typing", "types", "type-checking", "typecheck", "mypy"],
  ]

  /// The list for what scan's group of that name needs: one that is there under a usual name, the group `dev` where there
  /// is no closer one, else a new one; nil when the file has no place for such.
  package func list(for group: String) -> DeclaredDependency.Group? {
    switch group {
    case "runtime": return .project
    case "optional": return usesPoetry || editor.node(at: ["project"]) == nil ? nil : .extra("optional")
    case "build": return editor.node(at: ["build-system", "requires"]) == nil ? nil : .build
    default: break
    }
    let names = (Self.spellings[group] ?? [group]) + (Self.spellings["dev"] ?? [])
    if let known = names.first(where: { file.groups[$0] != nil }) { return .group(known) }
    if let known = names.first(where: { file.project?.extras.contains($0) ?? false }), !usesPoetry {
      return .extra(known)
    }
    return .group(group)
  }

  /// Adds requirements, sorted by name, to a list that is made where it is not there; their texts as they now stand.
  ///
  /// Without a style it is that of the list's others; `>=` where there are none, or Poetry's `^`.
  package mutating func add(
    _ requirements: [AddedRequirement], to group: DeclaredDependency.Group, style: VersionStyle?
  ) throws(EditRefusal) -> [String] {
    let before = try dependencies(editor.text.bytes)
    var copy = self
    let texts: [String]
    do {
      switch try copy.list(of: group) {
      case .array(let path): texts = try copy.add(requirements, toArrayAt: path, style)
      case .table(let path): texts = try copy.addPoetry(requirements, toTableAt: path, style)
      }
    } catch {
      // Where it is no refusal, nothing of the kind can stand at the place, as in an array of tables.
      throw error as? EditRefusal ?? .unsure
    }
    // What was there is still there, in its order.
    var rest: [DeclaredDependency] = []
    var old = before[...]
    for dependency in try dependencies(copy.editor.text.bytes) {
      if let next = old.first, next.isSame(as: dependency) { old.removeFirst() } else { rest.append(dependency) }
    }
    guard old.isEmpty, rest.map(\.requirement.name).sorted() == requirements.map(\.name).sorted(),
      rest.allSatisfy({ $0.group == group })
    else { throw .unsure }
    self = copy
    return texts
  }

  private func dependencies(_ bytes: [UInt8]) throws(EditRefusal) -> [DeclaredDependency] {
    do { return try PyProject(bytes: bytes).dependencies } catch { throw EditRefusal(error) }
  }

  // MARK: - Where

  /// A place for requirements, by the keys that lead there.
  private enum List {
    case array([String])
    case table([String])
  }

  private func list(of group: DeclaredDependency.Group) throws(EditRefusal) -> List {
    switch group {
    case .build: return .array(["build-system", "requires"])
    case .project:
      if usesPoetry { return .table(["tool", "poetry", "dependencies"]) }
      try checkProject("dependencies")
      return .array(["project", "dependencies"])
    case .extra(let name):
      if usesPoetry {
        throw EditRefusal(
          "an extra of Poetry names what stands among its dependencies", remedy: "add it there, and to the extra")
      }
      try checkProject("optional-dependencies")
      let path = ["project", "optional-dependencies"]
      return .array(path + [spelling(of: name, in: path)])
    case .group(let name): return groupList(name)
    }
  }

  /// Whether the project's own dependencies stand in Poetry's table.
  private var usesPoetry: Bool {
    guard editor.node(at: ["tool", "poetry"]) != nil, editor.node(at: ["project", "dependencies"]) == nil else {
      return false
    }
    guard editor.node(at: ["project"]) != nil else { return true }
    let table = editor.node(at: ["tool", "poetry", "dependencies"])?.table
    return table?.entries.contains { $0.key.lowercased() != "python" } ?? false
  }

  private func groupList(_ name: String) -> List {
    let standard = ["dependency-groups"]
    if editor.node(at: standard) != nil { return .array(standard + [spelling(of: name, in: standard)]) }
    let poetry = ["tool", "poetry"]
    if editor.node(at: poetry + ["group"]) != nil || usesPoetry {
      let old = poetry + ["dev-dependencies"]
      let groups = poetry + ["group"]
      if editor.node(at: groups) == nil, editor.node(at: old) != nil { return .table(old) }
      return .table(groups + [spelling(of: name, in: groups), "dependencies"])
    }
    let uv = ["tool", "uv", "dev-dependencies"]
    return .array(name == "dev" && editor.node(at: uv) != nil ? uv : standard + [name])
  }

  /// The key of a table that spells a name, or the name.
  private func spelling(of name: String, in path: [String]) -> String {
    let keys = editor.node(at: path)?.table?.entries.map(\.key) ?? []
    return keys.first { PackageName.normalize($0) == PackageName.normalize(name) } ?? name
  }

  private func checkProject(_ field: String) throws(EditRefusal) {
    guard let project = editor.node(at: ["project"]) else {
      throw EditRefusal(
        "there is no [project] table to take dependencies",
        remedy: "write one with name and version, or name another file: --write=requirements.txt")
    }
    guard project[field] == nil,
      let node = project["dynamic"]?.array?.first(where: { $0.string == field })
    else { return }
    let files = editor.node(at: ["tool", "setuptools", "dynamic", field, "file"])
    let file = files?.string ?? files?.array?.first?.string
    throw EditRefusal(
      "`\(field)` is dynamic: the build gives it\(file.map { ", from \(Escaping.text($0))" } ?? "")",
      line: node.place.line, column: node.place.column,
      remedy: file.map { "edit that file: --write=\(Escaping.text($0))" } ?? "add them where the build takes them from")
  }

  // MARK: - How

  private mutating func add(
    _ requirements: [AddedRequirement], toArrayAt path: [String], _ style: VersionStyle?
  ) throws -> [String] {
    let node = editor.node(at: path)
    let nodes = node?.array ?? []
    let old = nodes.compactMap { $0.string.flatMap { try? Requirement(parsing: $0) } }
    let style = style ?? VersionStyle.usual(of: old) ?? .minimum
    let items = requirements.map { TOMLEditor.Item(name: $0.name.normalized, text: $0.text(style)) }
    if node == nil {
      if path == ["build-system", "requires"] { return [] }
      try editor.addMember(
        path[path.count - 1], editor.array(items), toTableAt: Array(path.dropLast()), behind: "project")
    } else {
      try editor.append(items, toArrayAt: path, normalize: PackageName.normalize) { node in
        node.string.flatMap { try? Requirement(parsing: $0) }?.writtenName
      }
    }
    return items.map(\.text)
  }

  private mutating func addPoetry(
    _ requirements: [AddedRequirement], toTableAt path: [String], _ style: VersionStyle?
  ) throws -> [String] {
    let neighbours = editor.node(at: path)?.table?.entries.filter { Self.name(of: $0.key) != nil } ?? []
    let writer = PoetryWriter(style: style, neighbours: neighbours.compactMap { $0.value.string })
    var texts: [String] = []
    for requirement in requirements {
      let value = writer.value(of: requirement) { editor.quoted($0, like: neighbours.map(\.value)) }
      try editor.addMember(requirement.name.normalized, value, toTableAt: path, behind: "tool", name: Self.name)
      texts.append("\(requirement.name) = \(value)")
    }
    return texts
  }

  /// What a key of a table of dependencies is sorted by; nil for `python`, which goes first.
  private static func name(of key: String) -> String? {
    key.lowercased() == "python" ? nil : PackageName.normalize(key)
  }
}

extension DeclaredDependency {
  /// Whether both say the same, wherever they stand.
  fileprivate func isSame(as other: DeclaredDependency) -> Bool {
    requirement == other.requirement && localPath == other.localPath && group == other.group
  }
}
