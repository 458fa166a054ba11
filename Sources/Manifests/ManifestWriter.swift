import ConfigFormats
import Diagnostics
import Packaging
import Project

/// Adds requirements to one manifest, each to the list of its group.
struct ManifestWriter {
  private let target: WritableManifest
  private let style: VersionStyle?
  private(set) var bytes: [UInt8]
  private(set) var additions: [ManifestUpdate.Addition] = []
  private(set) var findings: [Finding] = []

  init(_ target: WritableManifest, style: VersionStyle?) {
    self.target = target
    self.style = style
    bytes = target.bytes
  }

  mutating func add(_ entries: [RequirementEntry]) throws(EditRefusal) {
    switch target.kind {
    case .requirements:
      var editor = try RequirementsFileEditor(bytes)
      // What a generator reads names what is wanted; any other file is installed as it is.
      let fallback: VersionStyle = target.path.name.hasSuffix(".in") ? .none : .exact
      take(entries, try editor.add(entries.map(\.added), style: style, fallback: fallback), list: nil)
      bytes = editor.text.bytes
    case .pyproject: try addToPyProject(entries)
    case .pipfile:
      var editor = try PipfileEditor(bytes)
      for (group, entries) in grouped(entries) {
        guard group != .optional, group != .build else {
          noPlace(entries, group)
          continue
        }
        let list: DeclaredDependency.Group = group == .runtime ? .project : .group("dev-packages")
        let texts = try editor.add(entries.map(\.added), to: list, style: style)
        take(entries, texts, list: group == .runtime ? nil : "dev-packages")
      }
      bytes = editor.text.bytes
    case .setupConfiguration:
      var editor = try SetupConfigurationEditor(bytes)
      for (group, entries) in grouped(entries) {
        guard group == .runtime else {
          noPlace(entries, group)
          continue
        }
        take(entries, try editor.add(entries.map(\.added), style: style), list: nil)
      }
      bytes = editor.text.bytes
    }
  }

  private mutating func addToPyProject(_ entries: [RequirementEntry]) throws(EditRefusal) {
    var editor = try PyProjectEditor(bytes)
    for (group, entries) in grouped(entries) {
      guard let list = editor.list(for: group.rawValue) else {
        noPlace(entries, group)
        continue
      }
      take(entries, try editor.add(entries.map(\.added), to: list, style: style), list: Self.name(of: list))
    }
    bytes = editor.text.bytes
  }

  private static func name(of list: DeclaredDependency.Group) -> String? {
    switch list {
    case .project: nil
    case .extra(let name): "extra \(name)"
    case .group(let name): "group \(name)"
    case .build: "build-system"
    }
  }

  private func grouped(_ entries: [RequirementEntry]) -> [(DependencyGroup, [RequirementEntry])] {
    DependencyGroup.allCases.compactMap { group in
      let members = entries.filter { $0.group == group }
      return members.isEmpty ? nil : (group, members)
    }
  }

  private mutating func take(_ entries: [RequirementEntry], _ texts: [String], list: String?) {
    for (entry, text) in zip(entries, texts) {
      additions.append(.init(text: text, list: list, location: entry.evidence.first?.location))
    }
  }

  private mutating func noPlace(_ entries: [RequirementEntry], _ group: DependencyGroup) {
    let names = entries.map(\.name.description).joined(separator: ", ")
    findings.append(
      Finding(
        .warning, at: Location(path: target.shownPath),
        "there is no place for what the group \(group.rawValue) needs: \(names)",
        remedy: "name another file for it: --group \(group.rawValue) --write=requirements-\(group.rawValue).txt"))
  }
}

extension RequirementEntry {
  /// What a manifest is to have of it.
  fileprivate var added: AddedRequirement { AddedRequirement(name: name, extras: extras, version: knownVersion) }
}
