import Diagnostics
import Packaging

/// What one file of a project declares: its requirements, and those that extras and groups add.
struct DeclaredManifest {
  /// A named list of requirements.
  typealias Part = (name: String, roots: [Root])

  /// What the user calls it: the path as given or found.
  let path: SourcePath
  /// The project's own name, by which its extras name one another.
  var name: PackageName?
  var roots: [Root] = []
  var constraints: [Root] = []
  var extras: [Part] = []
  var groups: [Part] = []
  var options: [RequirementsTree.Option] = []
  var findings: [Finding] = []
  /// Why its extras are not all known.
  var unknownExtras: Finding?

  init(path: SourcePath) { self.path = path }

  /// Whether it names a root, or one of the extras or groups that are asked for: an empty one is no evidence.
  func isEvidence(for request: DeclaredRoots.Request) -> Bool {
    !roots.isEmpty || request.extras.contains { part($0, in: extras) != nil }
      || request.groups.contains { part($0, in: groups) != nil }
  }

  /// The roots with those of the extras and groups asked for; throws when it lacks one of them.
  func roots(for request: DeclaredRoots.Request) throws(Finding) -> [Root] {
    var result = roots
    for extra in request.extras { result += try find(extra, in: extras, kind: "extra") }
    for group in request.groups { result += try find(group, in: groups, kind: "group") }
    return expanded(result)
  }

  private func part(_ name: String, in parts: [Part]) -> Part? {
    parts.first { PackageName.normalize($0.name) == PackageName.normalize(name) }
  }

  private func find(_ name: String, in parts: [Part], kind: String) throws(Finding) -> [Root] {
    if let part = part(name, in: parts) { return part.roots }
    if kind == "extra", let unknownExtras { throw unknownExtras }
    let names = parts.map(\.name)
    let shown = Escaping.text(name)
    if names.isEmpty {
      throw Finding(
        .error, at: Location(path: path), "there is no \(kind) \(shown), and none at all",
        remedy: "leave out --\(kind) \(shown)")
    }
    let closest = Suggestion.closest(to: name, among: names).map { "did you mean \(Escaping.text($0))? " } ?? ""
    let all = names.sorted().map { Escaping.text($0) }.joined(separator: ", ")
    throw Finding(
      .error, at: Location(path: path), "there is no \(kind) \(shown)", remedy: "\(closest)it has \(all)")
  }

  /// Puts the requirements of an extra where the project's own name asks for it: `project[test]`.
  private func expanded(_ roots: [Root]) -> [Root] {
    guard let name else { return roots }
    var result: [Root] = []
    var seen: Set<String> = []
    var pending = Array(roots.reversed())
    while let root = pending.popLast() {
      let known = root.requirement.extras.compactMap { part($0, in: extras) }
      guard root.requirement.name == name, known.count == root.requirement.extras.count, !known.isEmpty else {
        result.append(root)
        continue
      }
      for part in known.reversed() where seen.insert(part.name).inserted { pending += part.roots.reversed() }
    }
    return result
  }
}
