package import ConfigFormats

/// Adds packages to a Pipfile without changing anything that stands there.
package struct PipfileEditor: Sendable {
  private(set) var editor: TOMLEditor

  package init(_ bytes: [UInt8]) throws(EditRefusal) {
    do { editor = try TOMLEditor(bytes) } catch { throw EditRefusal(error) }
    let file: Pipfile
    do { file = try Pipfile(bytes: bytes) } catch { throw EditRefusal(error) }
    if let problem = file.problems.first { throw EditRefusal(problem) }
  }

  package var text: GrowingText { editor.text }

  /// Adds requirements, sorted by name, to `[packages]`, or to `[dev-packages]` for any group; their texts as they now
  /// stand. Without a style it is that of most of the table's others, `*` where there is none.
  package mutating func add(
    _ requirements: [AddedRequirement], to group: DeclaredDependency.Group, style: VersionStyle?
  ) throws(EditRefusal) -> [String] {
    let table = group == .project ? "packages" : "dev-packages"
    let neighbours = editor.node(at: [table])?.table?.entries.map(\.value) ?? []
    let writer = PoetryWriter(pipenv: style, neighbours: neighbours.compactMap(\.string))
    let before = try count(editor.text.bytes)
    var copy = self
    var texts: [String] = []
    for requirement in requirements {
      let value = writer.value(of: requirement) { editor.quoted($0, like: neighbours) }
      do {
        try copy.editor.addMember(
          requirement.name.normalized, value, toTableAt: [table], behind: "packages", name: PackageName.normalize)
      } catch { throw EditRefusal.unsure }
      texts.append("\(requirement.name) = \(value)")
    }
    guard try count(copy.editor.text.bytes) == before + requirements.count else { throw .unsure }
    self = copy
    return texts
  }

  private func count(_ bytes: [UInt8]) throws(EditRefusal) -> Int {
    do { return try Pipfile(bytes: bytes).dependencies.count } catch { throw EditRefusal(error) }
  }
}
